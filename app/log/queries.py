"""What the log asks of its tables and of the events."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from app.audit.tables import PendingRow
from app.core.paging import Slice, Window, page
from app.core.table import metadata
from app.log.tables import CheckpointRow, EdgeRow, LeafRow, NodeRow

_BATCH = 1000


@dataclass
class Entry:
    """One event at its place in the log."""

    id: UUID
    position: int
    leaf: str
    event: dict[str, Any]


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


def size(session: Session, body_id: UUID) -> int:
    """Return how many events a body's log holds."""
    found = session.get(EdgeRow, body_id)
    return found.size if found is not None else 0


def is_behind(session: Session, body_id: UUID) -> bool:
    """Tell whether an event of the body still awaits its place."""
    waiting = select(PendingRow.id).where(col(PendingRow.body_id) == body_id).limit(1)
    return session.exec(waiting).first() is not None


def bodies_unsigned(session: Session) -> Sequence[UUID]:
    """Return the bodies whose logs have grown since their last checkpoint."""
    signed = (
        select(CheckpointRow.id)
        .where(
            col(CheckpointRow.body_id) == col(EdgeRow.body_id), col(CheckpointRow.size) == col(EdgeRow.size)
        )
        .exists()
    )
    return session.exec(select(EdgeRow.body_id).where(col(EdgeRow.size) > 0, ~signed)).all()


def entries(session: Session, body_id: UUID, wanted: Window) -> Slice[Entry]:
    """Return one page of a body's log, in log order."""
    query = _placed(body_id).limit(wanted.limit + 1)
    if wanted.after is not None:
        place = select(LeafRow.position).where(
            col(LeafRow.body_id) == body_id, col(LeafRow.id) == wanted.after
        )
        query = query.where(col(LeafRow.position) > place.scalar_subquery())
    rows = session.execute(query).all()
    return page([Entry(row.id, row.place, row.told, json.loads(bytes(row.body))) for row in rows], wanted)


def placed_events(session: Session, body_id: UUID) -> Iterator[Any]:
    """Yield all events in log order, with their columns, `place` and `told`, the leaf that the log holds."""
    after = -1
    while rows := session.execute(_placed(body_id).where(col(LeafRow.position) > after).limit(_BATCH)).all():
        yield from rows
        after = rows[-1].place


def _placed(body_id: UUID) -> sa.Select[Any]:
    """Join the log's places with the events themselves."""
    event, leaf = metadata.tables["events"].c, metadata.tables["log_leaves"].c
    return (
        sa.select(*event, leaf.position.label("place"), leaf.leaf.label("told"))
        .where(leaf.body_id == body_id, event.body_id == leaf.body_id, event.id == leaf.id)
        .order_by(leaf.position)
    )


def live_rows(session: Session, body_id: UUID) -> Iterator[tuple[sa.Table, Any]]:
    """Yield every audited live row of a body with its table."""
    for table in metadata.sorted_tables:
        if "rev" not in table.columns:
            continue
        body = table.c.body_id if "body_id" in table.c else table.c.id
        rows = (
            sa.select(table).where(body == body_id).order_by(table.c.id).execution_options(yield_per=_BATCH)
        )
        for row in session.execute(rows).mappings():
            yield table, row
