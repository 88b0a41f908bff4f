"""Signing a log's head: the guard outside the database is advanced first, then the note may be shown."""

from functools import partial
from urllib.parse import urlsplit
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.audit.note import Checkpoint, Signer, sign_note
from app.audit.tree import Frontier, root_at
from app.bodies import service as bodies
from app.core.errors import NotFound
from app.core.secrets import Purpose
from app.log import guarding, queries
from app.log.guarding import Head
from app.log.tables import CheckpointRow
from app.work import Runtime, Work


def origin(runtime: Runtime, body_id: UUID) -> str:
    """Name a body's log as outsiders see it: the public host and the body's id."""
    public = urlsplit(runtime.settings.public_url)
    return f"{public.netloc}{public.path}/log/{body_id}"


def signer(work: Work) -> Signer:
    """Return the body's log key under the log's name."""
    kid = bodies.signing_key(work, Purpose.LOG).kid
    key = work.runtime.keyring.load(work.body_id, Purpose.LOG, kid)
    assert isinstance(key, Ed25519PrivateKey)
    return Signer(origin(work.runtime, work.body_id), key)


def sign(work: Work) -> CheckpointRow:
    """Sign the head of what stands committed (REC-3); a head that does not continue the guard's is refused.

    Never in a work that adds to the log: rolled back, it would leave a guard for events that never were.
    """
    work.require_system()
    assert not work.recorder.has_notes
    edge = queries.edge(work.session, work.body_id)
    if edge.size == 0:
        raise NotFound("checkpoint")
    node = partial(queries.node, work.session, work.body_id)
    root = root_at(edge.size, node)
    if root != Frontier.from_hex(edge.size, edge.frontier).root():
        raise guarding.RolledBack(
            f"The stored nodes of the log of body {work.body_id} do not lead to its edge."
        )
    note_of = signer(work)
    with guarding.held(work.runtime.settings.guards, work.body_id) as guard:
        guard.ensure_continued(edge.size, node)
        guard.advance(Head(note_of.name, edge.size, root))
    newest = queries.newest_checkpoint(work.session, work.body_id)
    if newest is not None and newest.size == edge.size:
        return newest
    row = CheckpointRow(
        body_id=work.body_id,
        size=edge.size,
        root=root.hex(),
        note=sign_note(Checkpoint(note_of.name, edge.size, root).text(), [note_of]),
        at=work.now,
    )
    work.session.add(row)
    return row


def check_guard(runtime: Runtime) -> None:
    """Refuse to serve on a database that was set back behind a head that was signed and shown."""
    with runtime.database.reading() as session:
        for body_id, path in guarding.kept(runtime.settings.guards).items():
            node = partial(queries.node, session, body_id)
            guarding.ensure_continued(path, guarding.read(path), queries.size(session, body_id), node)
