"""A body's own types of activity."""

from datetime import date
from decimal import Decimal
from typing import ClassVar

import sqlalchemy as sa

from app.core.table import Audited, Guard, ScaledDecimal, enum_type, keys, public
from app.practice.rules import RecordKind


class ActivityTypeRow(Audited, table=True):
    """A type of activity of one body; what it says stays, and another takes its place once it is retired."""

    __tablename__ = "practice_activity_types"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "code"),
        sa.CheckConstraint(
            "hours_per_year_max IS NULL OR (hours_per_year_max > 0 AND record_kind IS NOT NULL)", name="hours"
        ),
        audited=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard(
            "kept_as_added",
            "7.3",
            "UPDATE",
            "OLD.retired_on IS NOT NULL OR NEW.code <> OLD.code OR NEW.is_attested <> OLD.is_attested"
            " OR CAST(NEW.titles AS TEXT) <> CAST(OLD.titles AS TEXT)"
            " OR COALESCE(NEW.record_kind, '') <> COALESCE(OLD.record_kind, '')"
            " OR COALESCE(NEW.hours_per_year_max, 0) <> COALESCE(OLD.hours_per_year_max, 0)",
        ),
    )

    code: str = public(max_length=40)
    record_kind: RecordKind | None = public(None, sa_type=enum_type(RecordKind))
    """None for a type of session."""
    titles: dict[str, str] = public(sa_type=sa.JSON)
    hours_per_year_max: Decimal | None = public(None, sa_type=ScaledDecimal(2))
    is_attested: bool = public()
    retired_on: date | None = public(None)
