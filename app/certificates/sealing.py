"""Use cases of sealing, one for each step of the job; only the service itself takes them."""

from dataclasses import dataclass
from uuid import UUID

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from app.audit.events import Event
from app.bodies import service as bodies
from app.certificates import queries
from app.certificates.content import CertificateContent
from app.certificates.rules import DocumentState
from app.certificates.seal import Sealer
from app.core.errors import Conflict
from app.core.secrets import Purpose
from app.files import service as files
from app.files.rules import FileKind
from app.work import Work


@dataclass(frozen=True)
class SealInUse:
    """The seal of a body, ready to be used, and where the body sits."""

    kid: str
    sealer: Sealer
    location: str


@dataclass(frozen=True)
class Draft:
    """A document to be drawn and sealed: what it says, and the body's seal."""

    content: CertificateContent
    seal: SealInUse


def draft(work: Work, document_id: UUID) -> Draft | None:
    """Return what a pending document is made from, or None once it is ready.

    A seal that cannot outlast the certificate is refused (CRT-1): the document would turn doubtful too early.
    """
    work.require_system()
    document = queries.document(work, document_id)
    if document.state is DocumentState.READY:
        return None
    content = CertificateContent.from_document(queries.by_id(work, document.certificate_id).content)
    ends = content.expires_on
    months = max(0, (ends.year - work.today.year) * 12 + ends.month - work.today.month)
    return Draft(content, seal_in_use(work, months))


def seal_in_use(work: Work, months: int) -> SealInUse:
    """Return the body's seal; refuse one that will not hold for as many months (CRT-1)."""
    work.require_system()
    if findings := bodies.seal_findings(work, months):
        raise Conflict("seal_unfit", rule="CRT-1", findings=[found.code for found in findings])
    key = bodies.signing_key(work, Purpose.SEAL)
    assert key.certificates_pem is not None
    private = work.runtime.keyring.load(work.body_id, Purpose.SEAL, key.kid)
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return SealInUse(key.kid, Sealer(pem, key.certificates_pem.encode()), bodies.own(work).jurisdiction)


def announce(work: Work, document_id: UUID, *, kid: str, sha256: str) -> None:
    """Record that a document is about to be signed: a seal without this event is a forgery from inside."""
    work.require_system()
    work.record(
        Event.DOCUMENT_SIGNING,
        queries.document(work, document_id),
        document=document_id,
        kid=kid,
        sha256=sha256,
    )


def keep(work: Work, document_id: UUID, sealed: bytes, *, kid: str) -> None:
    """Store sealed bytes, once: whoever comes second leaves what is there."""
    work.require_system()
    document = queries.document_for_update(work, document_id)
    if document.state is DocumentState.READY:
        return
    file = files.store(work, sealed, kind=FileKind.DOCUMENT, is_public=False)
    document.state, document.file_id, document.sha256 = DocumentState.READY, file.id, file.sha256
    document.kid, document.pades_level = kid, Sealer.level
    work.session.add(document)
    work.record(Event.DOCUMENT_SEALED, document, document=document_id, kid=kid, sha256=file.sha256)
