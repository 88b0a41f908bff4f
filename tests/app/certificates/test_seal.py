"""The seal is accepted by openssl and poppler, which share no code with its maker, and dies with one bit."""

import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from asn1crypto import cms

from app.bodies.authority import make_test_authority
from app.certificates.drawing import draw
from app.certificates.seal import Sealer, SealError
from tests.factories.documents import (
    BEGAN,
    SIGNED,
    a_content,
    a_sealed_certificate,
    a_sealer,
    an_authority,
    sealed,
)
from tests.support import outsiders
from tests.support.outsiders import flipped, signed_parts


def openssl_says(pdf: bytes, folder: Path) -> bool:
    return outsiders.openssl_says(pdf, folder, root=an_authority().root, at=SIGNED)


def pdfsig_says(pdf: bytes, folder: Path) -> str:
    return outsiders.pdfsig_says(pdf, folder, root=an_authority().root)


def test_openssl_accepts_the_seal_over_the_whole_file(tmp_path: Path) -> None:
    pdf = a_sealed_certificate()

    assert signed_parts(pdf)[2]
    assert openssl_says(pdf, tmp_path)


def test_poppler_accepts_the_seal_and_trusts_the_chain(tmp_path: Path) -> None:
    said = pdfsig_says(a_sealed_certificate(), tmp_path)

    for line in (
        "Total document signed", "Signature is Valid.", "Certificate is Trusted.", "ETSI.CAdES.detached",
        "SHA-256", "Nov 22 2026", "TEST AUTHORITY document seal",
    ):  # fmt: skip
        assert line in said
    assert "Signature #2" not in said


def test_one_flipped_bit_is_refused_by_openssl(tmp_path: Path) -> None:
    assert not openssl_says(flipped(a_sealed_certificate()), tmp_path)


def test_one_flipped_bit_is_refused_by_poppler(tmp_path: Path) -> None:
    said = pdfsig_says(flipped(a_sealed_certificate()), tmp_path)

    assert "Digest Mismatch." in said
    assert "Signature is Valid." not in said


def test_another_root_is_refused_by_openssl(tmp_path: Path) -> None:
    other = make_test_authority("Other", now=BEGAN)
    pdf = Sealer(other.seal_key, other.chain).seal(
        draw(a_content()), signed_at=SIGNED, reason="r", location="l", name="n"
    )

    assert not openssl_says(pdf, tmp_path)


def test_the_drawn_bytes_stay_as_they_were() -> None:
    assert a_sealed_certificate().startswith(draw(a_content()))


def test_the_signature_is_pades_without_signing_time_and_without_the_root() -> None:
    signature = cms.ContentInfo.load(signed_parts(a_sealed_certificate())[1])["content"]
    [signer] = signature["signer_infos"]
    subjects = [item.chosen.subject.native["common_name"] for item in signature["certificates"]]

    attributes = {attribute["type"].native for attribute in signer["signed_attrs"]}
    assert attributes == {"content_type", "message_digest", "signing_certificate_v2"}
    assert sorted(subject.split(" - ")[0] for subject in subjects) == [
        "TEST AUTHORITY document seal",
        "TEST AUTHORITY issuing",
    ]


def test_it_certifies_and_allows_form_filling_at_most() -> None:
    pdf = a_sealed_certificate()

    assert re.search(rb"/Perms\s*<<\s*/DocMDP", pdf)
    assert re.search(rb"/TransformMethod\s*/DocMDP", pdf)
    assert re.search(rb"/P\s+2\b", pdf[len(draw(a_content())) :])


def test_the_time_is_the_callers_and_not_the_machines() -> None:
    assert rb"/M (D\07220261122103000Z)" in a_sealed_certificate()


def test_the_seal_adds_no_font_and_no_visible_ink(tmp_path: Path) -> None:
    drawn, finished = tmp_path / "drawn", tmp_path / "sealed"
    for folder, pdf in ((drawn, draw(a_content())), (finished, a_sealed_certificate())):
        folder.mkdir()
        (folder / "f.pdf").write_bytes(pdf)
        subprocess.run(["pdftoppm", "-r", "60", "-singlefile", "f.pdf", "page"], cwd=folder, check=True)

    assert (drawn / "page.ppm").read_bytes() == (finished / "page.ppm").read_bytes()
    assert a_sealed_certificate().count(b"/BaseFont") == draw(a_content()).count(b"/BaseFont")


def test_a_sealed_file_is_well_formed(tmp_path: Path) -> None:
    (tmp_path / "f.pdf").write_bytes(a_sealed_certificate())

    done = subprocess.run(
        ["qpdf", "--check", tmp_path / "f.pdf"], capture_output=True, text=True, check=False
    )

    assert (done.returncode, "No syntax or stream encoding errors found" in done.stdout) == (0, True), (
        done.stderr
    )


def test_one_sealer_serves_many_threads(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        files = list(pool.map(sealed, [draw(a_content())] * 6))

    assert len(set(files)) == 6  # each signature has its own random part
    for number, pdf in enumerate(files):
        folder = tmp_path / str(number)
        folder.mkdir()
        assert openssl_says(pdf, folder)


def test_names_in_other_scripts_may_stand_in_the_seal(tmp_path: Path) -> None:
    pdf = a_sealer().seal(
        draw(a_content()), signed_at=SIGNED, reason="Âge", location="Αθήνα", name="Юлия (x) \\"
    )

    assert openssl_says(pdf, tmp_path)


@pytest.mark.parametrize(
    "pdf", [a_sealed_certificate(), b"", b"no PDF", b"%PDF-1.7\n"], ids=["twice", "", "no", "cut"]
)
def test_only_a_whole_document_without_a_seal_is_sealed(pdf: bytes) -> None:
    with pytest.raises(SealError, match="cannot be sealed"):
        sealed(pdf)


def test_key_and_chain_must_be_readable() -> None:
    authority = an_authority()

    for key, chain in (
        (b"no key", authority.chain),
        (authority.seal_key, b""),
        (authority.seal_key, b"no chain"),
    ):
        with pytest.raises(SealError):
            Sealer(key, chain)


def test_a_key_of_another_kind_is_refused() -> None:
    key = subprocess.run(
        ["openssl", "genpkey", "-algorithm", "ED25519"], capture_output=True, check=True
    ).stdout

    with pytest.raises(SealError, match="P-256"):
        Sealer(key, an_authority().chain)


def test_a_key_that_does_not_belong_to_the_chain_is_refused() -> None:
    with pytest.raises(SealError, match="belong"):
        Sealer(an_authority().issuing_key, an_authority().chain)


def test_no_repr_shows_the_key() -> None:
    assert "PRIVATE" not in repr(replace(an_authority())) + repr(a_sealer()) + repr(vars(a_sealer()))
