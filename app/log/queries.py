"""What the log asks of its tables and of the events."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from app.audit.tables import EventRow, PendingRow
from app.core.table import metadata
from app.log.tables import CheckpointRow, EdgeRow, LeafRow, NodeRow

_BATCH = 1000


def edge(session: Session, body_id: UUID) -> EdgeRow:
    """Return the growing edge of a body's log, locked."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    first = insert(EdgeRow).values(body_id=body_id, size=0, frontier=[])
    session.execute(first.on_conflict_do_nothing())
    return session.exec(
        select(EdgeRow)
        .where(col(EdgeRow.body_id) == body_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def pending(session: Session, body_id: UUID) -> Sequence[PendingRow]:
    """Return events that await their place, in order of their ids."""
    return session.exec(
        select(PendingRow)
        .where(col(PendingRow.body_id) == body_id)
        .order_by(col(PendingRow.id))
        .limit(_BATCH)
    ).all()


def bodies_with_pending(session: Session) -> Sequence[UUID]:
    """Return the bodies whose logs are behind."""
    return session.exec(select(PendingRow.body_id).distinct()).all()


def append(
    session: Session,
    body_id: UUID,
    leaves: list[dict[str, Any]],
    nodes: list[dict[str, Any]],
    ids: Sequence[UUID],
) -> None:
    """Write leaves and nodes and take the events off the queue."""
    session.execute(sa.insert(LeafRow), leaves)
    session.execute(sa.insert(NodeRow), nodes)
    session.execute(
        sa.delete(PendingRow).where(col(PendingRow.body_id) == body_id, col(PendingRow.id).in_(ids))
    )


def newest_checkpoint(session: Session, body_id: UUID) -> CheckpointRow | None:
    """Return the last checkpoint that was signed."""
    return session.exec(
        select(CheckpointRow)
        .where(col(CheckpointRow.body_id) == body_id)
        .order_by(sa.desc(col(CheckpointRow.size)))
        .limit(1)
    ).first()


def node(session: Session, body_id: UUID, level: int, position: int) -> bytes:
    """Return the hash of a complete subtree."""
    found = session.get(NodeRow, (body_id, level, position))
    assert found is not None
    return bytes.fromhex(found.digest)


def event_bodies(session: Session, body_id: UUID) -> Iterator[bytes]:
    """Yield the exact bytes of all events in log order."""
    after = -1
    while True:
        rows = session.execute(
            sa.select(LeafRow.position, EventRow.body)  # type: ignore[call-overload] # SQLModel types columns as values
            .join(
                EventRow,
                (col(EventRow.body_id) == col(LeafRow.body_id)) & (col(EventRow.id) == col(LeafRow.id)),
            )
            .where(col(LeafRow.body_id) == body_id, col(LeafRow.position) > after)
            .order_by(col(LeafRow.position))
            .limit(_BATCH)
        ).all()
        if not rows:
            return
        yield from (bytes(row.body) for row in rows)
        after = rows[-1].position


def live_rows(session: Session, body_id: UUID) -> Iterator[tuple[sa.Table, Any]]:
    """Yield every audited live row of a body with its table."""
    for table in metadata.sorted_tables:
        if "rev" not in table.columns:
            continue
        body = table.c.body_id if "body_id" in table.c else table.c.id
        for row in session.execute(sa.select(table).where(body == body_id).order_by(table.c.id)).mappings():
            yield table, row
