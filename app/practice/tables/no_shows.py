"""Meetings that a mentee missed."""

from datetime import date, datetime
from typing import ClassVar

import sqlalchemy as sa

from app.core.table import Guard, Part, keys, personal, restricted


class NoShowRow(Part, table=True):
    """A session that was agreed on and to which the mentee did not come; it stays as it was told."""

    __tablename__ = "practice_no_shows"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "stream", "planned_at"), stream="practice_engagements", part=True
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard(
            "as_told",
            "7.3",
            "UPDATE",
            "NEW.rev <> OLD.rev OR NEW.stream <> OLD.stream OR NEW.planned_at <> OLD.planned_at"
            " OR NEW.planned_on <> OLD.planned_on OR NEW.noted_on <> OLD.noted_on",
        ),
    )

    planned_at: datetime = restricted()
    planned_on: date = restricted()
    """The day of it in the body's time zone."""
    note: str | None = personal(None, max_length=4000)
    noted_on: date = restricted()
