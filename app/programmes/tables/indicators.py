"""A programme's own indicators and what was entered for them."""

from datetime import date
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa

from app.core.table import Audited, Guard, Part, ScaledDecimal, keys, restricted


class IndicatorRow(Audited, table=True):
    """One figure that a programme is measured by; no requirement of a scheme can refer to it."""

    __tablename__ = "programme_indicators"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "programme_id", "code"), programme_id="programmes", audited=True
    )
    guards: ClassVar[tuple[Guard, ...]] = (Guard("as_defined", "PRG-4", "UPDATE", "1 = 1"),)

    programme_id: UUID = restricted()
    code: str = restricted(max_length=40)
    titles: dict[str, str] = restricted(sa_type=sa.JSON)
    unit: str = restricted(max_length=200)
    target: Decimal = restricted(sa_type=ScaledDecimal(2))
    adds_up: bool = restricted()
    """Whether periods are added up (jobs created) or the last one stands (firms in the programme)."""


_SHARES_DAYS = (
    "EXISTS (SELECT 1 FROM programme_indicator_values o WHERE o.body_id = NEW.body_id"
    " AND o.stream = NEW.stream AND o.id <> NEW.id"
    " AND o.starts_on <= NEW.ends_on AND o.ends_on >= NEW.starts_on"
    " AND NOT (o.starts_on = NEW.starts_on AND o.ends_on = NEW.ends_on))"
)


class IndicatorValueRow(Part, table=True):
    """What was entered for a period; a correction is a row of its own, and the last one stands."""

    __tablename__ = "programme_indicator_values"
    __table_args__ = keys(
        sa.Index(None, "body_id", "stream"),
        sa.CheckConstraint("ends_on >= starts_on", name="dates"),
        stream="programme_indicators",
        part=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard("as_entered", "PRG-4", "UPDATE", "1 = 1"),
        Guard("counted_once", "PRG-4", "INSERT", _SHARES_DAYS),
    )

    starts_on: date = restricted()
    ends_on: date = restricted()
    value: Decimal = restricted(sa_type=ScaledDecimal(2))
    entered_on: date = restricted()
