"""What the API accepts and tells about meetings that a mentee missed."""

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from app.core.schema import Instant, Prose, Schema


class NoShowCreate(Schema):
    """A session that was agreed on and to which the mentee did not come."""

    planned_at: Instant = Field(examples=["2025-02-24T09:00:00+01:00"])
    note: Prose | None = Field(default=None, examples=["No word; we agreed on the next day by phone."])


class NoShowRead(Schema):
    """A missed meeting; it counts nothing and is held against nobody."""

    id: UUID
    planned_at: datetime
    planned_on: date
    note: str | None
    noted_on: date


class NoShowList(Schema):
    """The missed meetings of an engagement, oldest first."""

    items: list[NoShowRead]
