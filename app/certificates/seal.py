"""The electronic seal of a body over a drawn certificate: PAdES B-B, as a certification signature.

Works on any thread without an event loop of its own. Time-stamps, and a faster way of encoding, are not here.
"""

from datetime import datetime
from io import BytesIO

from asn1crypto import keys, pem
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.stamp import NoOpStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from app.certificates.drawing import SEAL_BOX

_FIELD = "Seal"
_RESERVED = (
    8192  # hexadecimal digits kept for the signature; two certificates and a P-256 signature take half
)
_LEVEL = "B-B"


class SealError(Exception):
    """Key or chain cannot seal, or the document cannot be sealed; the message shows neither key nor chain."""


class Sealer:
    """A body's key and certificates, loaded once and used for any number of documents, by any thread."""

    level = _LEVEL
    """The PAdES level of what `seal` returns."""

    def __init__(self, key: bytes, chain: bytes) -> None:
        private = _private_key(key)
        leaf, *others = _certificates(chain)
        if leaf.public_key.dump() != _public(private):
            raise SealError("The seal key does not belong to the first certificate of its chain.")
        self.fingerprint = leaf.sha256.hex()
        """SHA-256 of the seal certificate: names the key in the body's history."""
        self._signer = _Signer(private, leaf, others)

    def __repr__(self) -> str:
        return f"Sealer({self.fingerprint[:16]})"

    def seal(
        self,
        pdf: bytes,
        *,
        signed_at: datetime,
        reason: str,
        location: str,
        name: str,
        box: tuple[int, int, int, int] = SEAL_BOX,
    ) -> bytes:
        """Return the PDF with the seal appended; the bytes before it stay as they are (CRT-1).

        `box` is the place on the first page that a reader shows as the seal.
        """
        metadata = PdfSignatureMetadata(
            field_name=_FIELD,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            certify=True,
            # P=2, not P=1: a time-stamp added later would make readers call a P=1 document broken
            docmdp_permissions=MDPPerm.FILL_FORMS,
            reason=reason,
            location=location,
            name=name,
        )
        field = SigFieldSpec(_FIELD, box=box, empty_field_appearance=True, readable_field_name=name)
        signer = _DatedSigner(metadata, self._signer, stamp_style=NoOpStampStyle(), new_field_spec=field)
        signer.signed_at = signed_at
        sealed = BytesIO()
        try:
            signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), bytes_reserved=_RESERVED, output=sealed)
        except (SigningError, PdfError) as refused:  # sealed already, or not a document of ours
            raise SealError(f"The document cannot be sealed: {refused}") from refused
        return sealed.getvalue()


class _Signer(SimpleSigner):
    """Signs with a key object that was loaded once; the library's own loads it again for every signature."""

    def __init__(
        self,
        key: ec.EllipticCurvePrivateKey,
        leaf: asn1_x509.Certificate,
        others: list[asn1_x509.Certificate],
    ) -> None:
        self._key = key
        info = keys.PrivateKeyInfo.load(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))
        store = SimpleCertificateStore()  # type: ignore[no-untyped-call] # the library leaves it untyped
        store.register_multiple(others)
        super().__init__(leaf, info, store, embed_roots=False)

    def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
        if digest_algorithm != "sha256":
            raise SealError(f"The seal signs SHA-256 only, not {digest_algorithm}.")
        return self._key.sign(data, ec.ECDSA(SHA256()))


class _DatedSigner(PdfSigner):
    """Takes the time of signing from its caller instead of the machine's clock."""

    signed_at: datetime

    def init_signing_session(
        self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False
    ) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.signed_at
        return session


def _private_key(key: bytes) -> ec.EllipticCurvePrivateKey:
    try:
        private = load_pem_private_key(key, password=None)
    except (ValueError, TypeError):
        raise SealError("The seal key is not a readable PEM key.") from None
    if not isinstance(private, ec.EllipticCurvePrivateKey) or not isinstance(private.curve, ec.SECP256R1):
        raise SealError("The seal key is not a P-256 key.")
    return private


def _public(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _certificates(chain: bytes) -> list[asn1_x509.Certificate]:
    try:
        found = [asn1_x509.Certificate.load(der) for _, _, der in pem.unarmor(chain, multiple=True)]
    except ValueError:
        raise SealError("The chain of the seal is not readable PEM.") from None
    if not found:
        raise SealError("The chain of the seal is empty.")
    return found
