"""The events themselves, what opens their commitments, and the queue of events not yet in the log."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from app.core.table import Table, keys, personal, public, restricted


class EventRow(Table, table=True):
    """One event; `body` holds its exact canonical bytes, every other column is a copy out of them."""

    __tablename__ = "events"
    __table_args__ = (
        sa.UniqueConstraint("body_id", "stream", "sseq"),
        sa.Index(None, "body_id", "event", "id"),
    )

    stream: UUID = public()
    sseq: int = public()
    event: str = public()
    at: datetime = public()
    body: bytes = public()
    prev: str = public(max_length=64)
    leaf: str = public(max_length=64)


class OpeningRow(Table, table=True):
    """Salt and value of one commitment in an event; erased when the person is."""

    __tablename__ = "event_openings"
    __table_args__ = keys(sa.UniqueConstraint("body_id", "event_id", "path"), event_id="events")

    event_id: UUID = restricted()
    path: str = restricted()
    salt: bytes | None = personal(None)
    value: str | None = personal(None)


class PendingRow(Table, table=True):
    """An event (same id) that awaits its place in the log."""

    __tablename__ = "events_pending"
    __table_args__ = keys()

    stream: UUID = restricted()
    sseq: int = restricted()
    leaf: str = restricted(max_length=64)
