"""The certificates under which a body seals documents: a test authority, and the check of any chain.

A test authority lets a body work before it has bought a certificate. Nobody outside trusts it, and its
subjects say so.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TypeVar

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

_DOCUMENT_SIGNING = ObjectIdentifier("1.3.6.1.5.5.7.3.36")
_LABEL = "TEST AUTHORITY"
_ROOT_YEARS = 20
_ISSUING_YEARS = 15
_SEAL_YEARS = 7  # a file sealed in its third year must outlive a certification of three years
Kind = TypeVar("Kind", bound=x509.ExtensionType)
_NAME_LIMIT = 64  # upper bound of X.520 for organisation and common name


@dataclass(frozen=True)
class Authority:
    """A chain of three certificates with their keys, all as PEM."""

    root: bytes
    issuing: bytes
    seal: bytes
    root_key: bytes = field(repr=False)
    issuing_key: bytes = field(repr=False)
    seal_key: bytes = field(repr=False)

    @property
    def chain(self) -> bytes:
        """Return seal, issuing and root certificate as one PEM text, in that order."""
        return self.seal + self.issuing + self.root


@dataclass(frozen=True)
class Finding:
    """One fault found in a seal certificate."""

    code: str
    message: str


def make_test_authority(name: str, *, now: datetime) -> Authority:
    """Make root, issuing and seal certificate (all P-256) for a body, each labelled TEST AUTHORITY."""
    root_key, issuing_key, seal_key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(3))
    root_name, issuing_name = _subject(name, "root"), _subject(name, "issuing")
    root = _certificate(root_name, root_name, root_key, signer=root_key, now=now, years=_ROOT_YEARS)
    root = _for_authority(root, path_length=1)
    issuing = _certificate(
        issuing_name, root_name, issuing_key, signer=root_key, now=now, years=_ISSUING_YEARS
    )
    issuing = _for_authority(issuing, path_length=0)
    seal = _certificate(
        _subject(name, "document seal"),
        issuing_name,
        seal_key,
        signer=issuing_key,
        now=now,
        years=_SEAL_YEARS,
    )
    seal = _for_seal(seal)
    return Authority(
        root=_signed(root, root_key),
        issuing=_signed(issuing, root_key),
        seal=_signed(seal, issuing_key),
        root_key=_key_pem(root_key),
        issuing_key=_key_pem(issuing_key),
        seal_key=_key_pem(seal_key),
    )


def _subject(name: str, role: str) -> x509.Name:
    common = f"{_LABEL} {role} - "
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, _cut(name, _NAME_LIMIT)),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, _LABEL),
            x509.NameAttribute(NameOID.COMMON_NAME, common + _cut(name, _NAME_LIMIT - len(common))),
        ]
    )


def _cut(name: str, limit: int) -> str:
    return name.encode()[:limit].decode(errors="ignore")  # the bound counts bytes


def _certificate(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    *,
    signer: ec.EllipticCurvePrivateKey,
    now: datetime,
    years: int,
) -> x509.CertificateBuilder:
    """Return what all three certificates share."""
    signer_id = x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key())
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + timedelta(days=years * 366))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(signer_id, critical=False)
    )


def _for_authority(builder: x509.CertificateBuilder, *, path_length: int) -> x509.CertificateBuilder:
    return builder.add_extension(
        x509.BasicConstraints(ca=True, path_length=path_length), critical=True
    ).add_extension(_key_usage(authority=True), critical=True)


def _for_seal(builder: x509.CertificateBuilder) -> x509.CertificateBuilder:
    # documentSigning alone leaves readers built on NSS with an "unknown issue"; emailProtection cures it
    purposes = x509.ExtendedKeyUsage([_DOCUMENT_SIGNING, ExtendedKeyUsageOID.EMAIL_PROTECTION])
    return (
        builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_key_usage(authority=False), critical=True)
        .add_extension(purposes, critical=False)
    )


def _key_usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_cert_sign=authority,
        crl_sign=authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _signed(builder: x509.CertificateBuilder, key: ec.EllipticCurvePrivateKey) -> bytes:
    return builder.sign(key, SHA256()).public_bytes(Encoding.PEM)


def _key_pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def fingerprint_of(chain: bytes) -> str:
    """Return the SHA-256 of a chain's first certificate: the id of the seal key in the body's history."""
    return x509.load_pem_x509_certificates(chain)[0].fingerprint(SHA256()).hex()


def check_seal_certificate(chain: bytes, key: bytes, *, on: date, months: int) -> tuple[Finding, ...]:
    """Find what keeps a chain (PEM, seal first, root last) and key from sealing for `months` of validity."""
    try:
        certificates = x509.load_pem_x509_certificates(chain)
    except ValueError:
        return (Finding("chain_unreadable", "The chain does not consist of readable PEM certificates."),)
    leaf = certificates[0]
    return (
        *_key_findings(leaf, key),
        *_usage_findings(leaf),
        *_chain_findings(certificates),
        *_date_findings(certificates, on, months),
    )


def _key_findings(leaf: x509.Certificate, key: bytes) -> list[Finding]:
    try:
        private = load_pem_private_key(key, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return [Finding("key_unreadable", "The key is not a readable unencrypted PEM key.")]
    if not isinstance(private, ec.EllipticCurvePrivateKey) or not isinstance(private.curve, ec.SECP256R1):
        return [Finding("key_kind", "The key is not a P-256 key.")]
    if _spki(private.public_key()) != leaf.public_key().public_bytes(
        Encoding.DER, PublicFormat.SubjectPublicKeyInfo
    ):
        return [Finding("key_mismatch", "The key does not belong to the first certificate of the chain.")]
    return []


def _spki(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _usage_findings(leaf: x509.Certificate) -> list[Finding]:
    found = []
    usage = _extension(leaf, x509.KeyUsage)
    if usage is None or not (usage.digital_signature and usage.content_commitment):
        found.append(Finding("key_usage", "The certificate lacks digitalSignature and nonRepudiation."))
    purposes = set(_extension(leaf, x509.ExtendedKeyUsage) or ())
    if not {_DOCUMENT_SIGNING, ExtendedKeyUsageOID.EMAIL_PROTECTION} <= purposes:
        found.append(
            Finding("extended_key_usage", "The certificate lacks documentSigning and emailProtection.")
        )
    constraints = _extension(leaf, x509.BasicConstraints)
    if constraints is not None and constraints.ca:
        found.append(Finding("is_authority", "The first certificate is an authority, not a seal."))
    return found


def _extension(certificate: x509.Certificate, kind: type[Kind]) -> Kind | None:
    try:
        return certificate.extensions.get_extension_for_class(kind).value
    except (x509.ExtensionNotFound, ValueError):
        return None


def _chain_findings(certificates: Sequence[x509.Certificate]) -> list[Finding]:
    issuers = (*certificates[1:], certificates[-1])  # the last must be its own issuer: a root
    if all(_issued_by(lower, upper) for lower, upper in zip(certificates, issuers, strict=True)):
        return []
    return [
        Finding("chain_broken", "The chain does not lead from the seal certificate, step by step, to a root.")
    ]


def _issued_by(lower: x509.Certificate, upper: x509.Certificate) -> bool:
    try:
        lower.verify_directly_issued_by(upper)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _date_findings(certificates: Sequence[x509.Certificate], on: date, months: int) -> list[Finding]:
    found = []
    if any(certificate.not_valid_before_utc.date() > on for certificate in certificates):
        found.append(Finding("not_yet_valid", "A certificate of the chain is not valid yet."))
    index = on.year * 12 + on.month - 1 + months
    # a tuple, not a date: 30 February compares rightly and needs no clamping
    needed = (index // 12, index % 12 + 1, on.day)
    ends = min((end.year, end.month, end.day) for end in (item.not_valid_after_utc for item in certificates))
    if ends < needed:
        found.append(
            Finding(
                "too_short",
                f"A certificate of the chain ends within the {months} months that a document is valid.",
            )
        )
    return found
