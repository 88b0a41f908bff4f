"""The test authority passes its own check and openssl, and says what it is; other chains are found out."""

import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from cryptography import x509

from app.bodies.authority import Authority, check_seal_certificate, make_test_authority

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def authority() -> Authority:
    return make_test_authority(
        "Ostsee Zertifizierung gGmbH, Prüfstelle für Mentorinnen und Mentoren im Mittelstand", now=NOW
    )


def codes(chain: bytes, key: bytes, on: date = TODAY, months: int = 36) -> list[str]:
    return [finding.code for finding in check_seal_certificate(chain, key, on=on, months=months)]


def test_a_test_authority_passes_its_own_check(authority: Authority) -> None:
    assert codes(authority.chain, authority.seal_key) == []


def test_openssl_accepts_the_chain(authority: Authority, tmp_path: Path) -> None:
    for name in ("root", "issuing", "seal"):
        (tmp_path / f"{name}.pem").write_bytes(getattr(authority, name))

    done = subprocess.run(
        ["openssl", "verify", "-x509_strict", "-purpose", "smimesign", "-attime", f"{NOW.timestamp():.0f}",
         "-CAfile", "root.pem", "-untrusted", "issuing.pem", "seal.pem"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (done.stdout.strip(), done.returncode) == ("seal.pem: OK", 0), done.stderr


def test_every_certificate_says_what_it_is(authority: Authority) -> None:
    for certificate in x509.load_pem_x509_certificates(authority.chain):
        assert "TEST AUTHORITY" in certificate.subject.rfc4514_string()
        assert "TEST AUTHORITY" in certificate.issuer.rfc4514_string()


def test_a_seal_of_the_third_year_outlives_a_certification_of_three_years(authority: Authority) -> None:
    assert codes(authority.chain, authority.seal_key, on=date(2029, 11, 22), months=36) == []


def test_a_seal_that_ends_before_the_document_is_found(authority: Authority) -> None:
    ends = x509.load_pem_x509_certificate(authority.seal).not_valid_after_utc.date()

    assert codes(authority.chain, authority.seal_key, on=ends.replace(year=ends.year - 3), months=36) == []
    assert codes(authority.chain, authority.seal_key, on=ends.replace(year=ends.year - 3), months=37) == [
        "too_short"
    ]


def test_a_seal_from_the_future_is_found(authority: Authority) -> None:
    assert codes(authority.chain, authority.seal_key, on=date(2026, 11, 21)) == ["not_yet_valid"]


def test_another_key_is_found(authority: Authority) -> None:
    assert codes(authority.chain, authority.issuing_key) == ["key_mismatch"]


def test_an_authority_in_the_place_of_a_seal_is_found(authority: Authority) -> None:
    found = codes(authority.issuing + authority.root, authority.issuing_key)

    assert found == ["key_usage", "extended_key_usage", "is_authority"]


@pytest.mark.parametrize(
    "parts", [("seal", "root"), ("seal", "issuing"), ("seal",), ("seal", "root", "issuing")]
)
def test_a_chain_with_a_missing_or_misplaced_link_is_found(
    authority: Authority, parts: tuple[str, ...]
) -> None:
    chain = b"".join(getattr(authority, part) for part in parts)

    assert codes(chain, authority.seal_key) == ["chain_broken"]


def test_a_chain_ending_in_a_root_of_the_same_name_is_found(authority: Authority) -> None:
    namesake = make_test_authority("Ostsee Zertifizierung gGmbH", now=NOW)

    assert codes(authority.seal + namesake.issuing + namesake.root, authority.seal_key) == ["chain_broken"]


@pytest.mark.parametrize(
    "chain", [b"", b"no certificate", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"]
)
def test_an_unreadable_chain_is_found(authority: Authority, chain: bytes) -> None:
    assert codes(chain, authority.seal_key) == ["chain_unreadable"]


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (["openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"], "key_kind"),
        (["openssl", "genpkey", "-algorithm", "ED25519"], "key_kind"),
        (["echo", "no key"], "key_unreadable"),
    ],
)
def test_a_key_of_another_kind_is_found(authority: Authority, command: list[str], code: str) -> None:
    key = subprocess.run(command, capture_output=True, check=True).stdout

    assert codes(authority.chain, key) == [code]


def test_the_serial_numbers_of_two_authorities_differ() -> None:
    chains = [make_test_authority("A", now=NOW).chain for _ in range(2)]
    serials = [
        certificate.serial_number
        for chain in chains
        for certificate in x509.load_pem_x509_certificates(chain)
    ]

    assert len(set(serials)) == 6


def test_no_repr_shows_a_key(authority: Authority) -> None:
    assert "PRIVATE" not in repr(authority)
