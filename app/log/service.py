"""Use cases of the log: bring events in, tell its head, let an auditor read it, export it."""

from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from app.access.actor import ActorKind
from app.access.permissions import Permission, Role
from app.audit.events import Event
from app.audit.note import Verifier, encode_vkey
from app.bodies import service as bodies
from app.core.errors import Forbidden, NotFound
from app.core.paging import Slice, Window
from app.core.secrets import Purpose
from app.log import checkpointing, content, queries
from app.log.exporting import write_export
from app.log.queries import Entry
from app.log.sequencing import sequence
from app.log.tables import CheckpointRow
from app.work import Work


def bring_in(work: Work) -> int:
    """Give every waiting event of the body its place in the log, and return how many there were."""
    work.require_system()
    total = 0
    while brought := sequence(work.session, work.body_id):
        total += brought
    return total


def newest_checkpoint(work: Work) -> CheckpointRow:
    """Return the last signed head, for anyone."""
    work.open_to_all()
    found = queries.newest_checkpoint(work.session, work.body_id)
    if found is None:
        raise NotFound("checkpoint")
    return found


def vkey(work: Work) -> str:
    """Return the public key of the log in the one line that verifiers take, for anyone."""
    work.open_to_all()
    key = load_pem_public_key(bodies.signing_key(work, Purpose.LOG).public_pem.encode())
    assert isinstance(key, Ed25519PublicKey)
    return encode_vkey(Verifier(checkpointing.origin(work.runtime, work.body_id), key))


def events(work: Work, wanted: Window) -> Slice[Entry]:
    """Return one page of the log to an auditor, in log order."""
    work.require(Permission.EVENTS_READ)
    _ensure_blind(work)
    return queries.entries(work.session, work.body_id, wanted)


def note_export(work: Work) -> UUID:
    """Record that the log is handed out, before it is, and tell whose it is."""
    if work.actor.kind is ActorKind.SYSTEM:
        work.require_system()
    else:
        work.require(Permission.LOG_EXPORT)
        _ensure_blind(work)
    work.record(Event.RECORD_DISCLOSED, bodies.own(work), what="log_export")
    return work.body_id


def write_out(work: Work, folder: Path, checkpoint: CheckpointRow) -> bool:
    """Write events and rows of one instant, or nothing if the log has grown beyond the checkpoint."""
    work.require_system()
    session, body_id = work.session, work.body_id
    if queries.is_behind(session, body_id) or queries.size(session, body_id) != checkpoint.size:
        return False
    write_export(
        folder,
        body=body_id,
        events=content.events(session, body_id),
        state=content.state(session, body_id),
        checkpoint=checkpoint.note,
        vkey=vkey(work),
        at=work.now,
    )
    return True


def _ensure_blind(work: Work) -> None:
    """Keep the log from whoever marks: it tells when and by whom others marked (EXM-6)."""
    if Role.ASSESSOR in work.actor.roles:
        raise Forbidden("log_closed_to_assessors")
