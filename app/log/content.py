"""What an export holds: the exact events in log order, and every audited live row as its digest was taken."""

import json
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session

from app.audit.canonical import canonical, plain
from app.audit.rows import values_of
from app.audit.tree import leaf_hash
from app.log import queries

_COPIES = ("id", "stream", "sseq", "event", "at", "prev")


class Altered(RuntimeError):  # noqa: N818 - refusals are named for what is wrong
    """The database holds an event otherwise than it was recorded; the message names its place."""


def events(session: Session, body_id: UUID) -> Iterator[bytes]:
    """Yield the exact bytes of all events; refuse one that its leaf or its own columns contradict (REC-2)."""
    for row in queries.placed_events(session, body_id):
        body = bytes(row.body)
        if not leaf_hash(body).hex() == row.leaf == row.told:
            raise Altered(f"event {row.place} ({row.id}) is not the one whose hash the log holds")
        if wrong := _contradicted(row, json.loads(body)):
            raise Altered(f"event {row.place} ({row.id}): {', '.join(wrong)} is not as recorded")
        yield body


def state(session: Session, body_id: UUID) -> Iterator[bytes]:
    """Yield every audited live row in the form its digest was taken from, with the stream it belongs to."""
    for table, row in queries.live_rows(session, body_id):
        yield line(table, row)


def line(table: sa.Table, row: Mapping[str, Any]) -> bytes:
    """Give one audited row as it stands in an export; a root's stream is its own id."""
    values = {"stream": str(row["id"]), **values_of(table, row)}
    return canonical({"table": str(table.name), "id": str(row["id"]), "values": values})


def _contradicted(row: Any, told: dict[str, object]) -> list[str]:
    return [name for name in _COPIES if plain(getattr(row, name)) != told[name]]
