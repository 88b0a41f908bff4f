"""Programmes."""

from datetime import date
from decimal import Decimal
from typing import ClassVar

import sqlalchemy as sa

from app.core.table import Audited, Guard, ScaledDecimal, enum_type, keys, personal, public
from app.programmes.rules.states import ProgrammeState


class ProgrammeRow(Audited, table=True):
    """A programme with its dates, its funders, and what it demands of a mentor."""

    __tablename__ = "programmes"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "code"),
        sa.CheckConstraint("ends_on >= starts_on", name="dates"),
        sa.CheckConstraint("planned_firms > 0", name="planned_firms"),
        sa.CheckConstraint("hours_a_month >= 0", name="hours_a_month"),
        sa.CheckConstraint("(state = 'closed') = (closed_on IS NOT NULL)", name="closed"),
        audited=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard("planned_first", "PRG-1", "INSERT", "NEW.state <> 'planned'"),
        Guard(
            "one_way",
            "PRG-1",
            "UPDATE",
            "OLD.state = 'closed' OR (OLD.state = 'planned' AND NEW.state = 'closed')"
            " OR (OLD.state = 'running' AND (NEW.state = 'planned' OR NEW.starts_on <> OLD.starts_on))"
            " OR NEW.code <> OLD.code",
        ),
    )

    code: str = public(max_length=40)
    names: dict[str, str] = public(sa_type=sa.JSON)
    kind: str = public(max_length=40)
    """A word of the body's own for what kind of programme it is; nothing depends on it."""
    funders: list[str] = public(sa_type=sa.JSON)
    region: str = public(max_length=200)
    sectors: list[str] = public(sa_type=sa.JSON)
    phases: list[str] = public(sa_type=sa.JSON)
    planned_firms: int = public()
    is_free: bool = public()
    starts_on: date = public()
    ends_on: date = public()
    hours_a_month: Decimal = public(sa_type=ScaledDecimal(2))
    """How much of a mentor's time it takes."""
    digital_needs: list[str] = public(sa_type=sa.JSON)
    languages: list[str] = public(sa_type=sa.JSON)
    state: ProgrammeState = public(ProgrammeState.PLANNED, sa_type=enum_type(ProgrammeState))
    closed_on: date | None = public(None)
    closing_reason: str | None = personal(None, max_length=4000)
    """Free text may name people, so it stays out of the log."""
