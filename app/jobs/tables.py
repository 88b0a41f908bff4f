"""The outbox: what was asked for, and what became of it."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from app.core.table import Table, enum_type, keys, restricted
from app.jobs.rules import Job

_OPEN = sa.text("done_at IS NULL")


class OutboxRow(Table, table=True):
    """One job. It is not audited: what the handler changes is."""

    __tablename__ = "outbox"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "kind", "key"),
        sa.Index("ix_outbox_open", "due_at", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    kind: Job = restricted(sa_type=enum_type(Job))
    subject_id: UUID = restricted()
    key: str = restricted(max_length=200)
    due_at: datetime = restricted()
    handed_at: datetime | None = restricted(None)
    """When the engine took it over; empty again once a try has failed."""
    done_at: datetime | None = restricted(None)
    tries: int = restricted(0)
    """How often it has failed."""
    last_error: str | None = restricted(None, max_length=80)
    """Code of the last failure, never its text: texts may quote personal data."""
