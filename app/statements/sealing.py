"""Use cases of sealing a statement, one for each step of the job; only the service itself takes them."""

from dataclasses import dataclass
from uuid import UUID

from app.audit.events import Event
from app.certificates.rules import DocumentState
from app.certificates.seal import Sealer
from app.certificates.sealing import SealInUse, seal_in_use
from app.files import service as files
from app.files.rules import FileKind
from app.statements import queries
from app.statements.content import StatementContent
from app.work import Work


@dataclass(frozen=True)
class Draft:
    """A statement to be drawn and sealed: what it says, and the body's seal."""

    content: StatementContent
    seal: SealInUse


def draft(work: Work, statement_id: UUID) -> Draft | None:
    """Return what a pending document is made from, or None once it is ready.

    The seal must hold today; it need not outlast anything, since a statement has no validity.
    """
    work.require_system()
    row = queries.by_id(work, statement_id)
    if row.state is DocumentState.READY:
        return None
    return Draft(StatementContent.from_document(row.content), seal_in_use(work, months=0))


def announce(work: Work, statement_id: UUID, *, kid: str, sha256: str) -> None:
    """Record that a statement is about to be signed: a seal without this event is a forgery from inside."""
    work.require_system()
    row = queries.by_id(work, statement_id)
    work.record(Event.DOCUMENT_SIGNING, row, document=statement_id, kid=kid, sha256=sha256)


def keep(work: Work, statement_id: UUID, sealed: bytes, *, kid: str) -> None:
    """Store sealed bytes, once: whoever comes second leaves what is there."""
    work.require_system()
    row = queries.for_update(work, statement_id)
    if row.state is DocumentState.READY:
        return
    file = files.store(work, sealed, kind=FileKind.DOCUMENT, is_public=False)
    row.state, row.file_id, row.sha256 = DocumentState.READY, file.id, file.sha256
    row.kid, row.pades_level = kid, Sealer.level
    work.session.add(row)
    work.record(Event.DOCUMENT_SEALED, row, document=statement_id, kid=kid, sha256=file.sha256)
