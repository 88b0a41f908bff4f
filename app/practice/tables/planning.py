"""Plans and goals of an engagement."""

from datetime import date
from decimal import Decimal
from typing import ClassVar

import sqlalchemy as sa

from app.core.table import Guard, Part, ScaledDecimal, enum_type, keys, personal, restricted
from app.practice.rules import Modality
from app.practice.rules.goals import GoalState, Horizon


class PlanRow(Part, table=True):
    """The mentorship plan of an engagement in its five parts; a plan written anew is a row of its own."""

    __tablename__ = "practice_plans"
    __table_args__ = keys(sa.Index(None, "body_id", "stream"), stream="practice_engagements", part=True)
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard(
            "as_written",
            "7.3",
            "UPDATE",
            "NEW.rev <> OLD.rev OR NEW.stream <> OLD.stream OR NEW.outcomes <> OLD.outcomes"
            " OR NEW.months <> OLD.months OR NEW.modality <> OLD.modality"
            " OR NEW.implementation <> OLD.implementation OR NEW.follow_up <> OLD.follow_up"
            " OR NEW.written_on <> OLD.written_on",
        ),
    )

    outcomes: str = personal(max_length=4000)
    months: int = restricted()
    modality: Modality = restricted(sa_type=enum_type(Modality))
    implementation: str = personal(max_length=4000)
    follow_up: str = personal(max_length=4000)
    written_on: date = restricted()


class GoalRow(Part, table=True):
    """One goal of an engagement, each letter of SMART a column; only how it ended is added later."""

    __tablename__ = "practice_goals"
    __table_args__ = keys(
        sa.Index(None, "body_id", "stream"),
        sa.CheckConstraint("target <> baseline", name="measurable"),
        sa.CheckConstraint("due_on > set_on", name="time_bound"),
        sa.CheckConstraint("(state = 'open') = (closed_on IS NULL)", name="closed"),
        sa.CheckConstraint("(state IN ('reached', 'missed')) = (found IS NOT NULL)", name="found"),
        stream="practice_engagements",
        part=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard(
            "kept_as_set",
            "7.3",
            "UPDATE",
            "OLD.state <> 'open' OR NEW.stream <> OLD.stream OR NEW.specific <> OLD.specific"
            " OR NEW.measure <> OLD.measure OR NEW.baseline <> OLD.baseline OR NEW.target <> OLD.target"
            " OR NEW.achievable <> OLD.achievable OR NEW.relevant <> OLD.relevant"
            " OR NEW.due_on <> OLD.due_on OR NEW.set_on <> OLD.set_on OR NEW.horizon <> OLD.horizon",
        ),
    )

    specific: str = personal(max_length=1000)
    measure: str = personal(max_length=200)
    """What is counted, with its unit."""
    baseline: Decimal = personal(sa_type=ScaledDecimal(2))
    target: Decimal = personal(sa_type=ScaledDecimal(2))
    achievable: str = personal(max_length=1000)
    relevant: str = personal(max_length=1000)
    due_on: date = restricted()
    set_on: date = restricted()
    horizon: Horizon = restricted(sa_type=enum_type(Horizon))
    state: GoalState = restricted(GoalState.OPEN, sa_type=enum_type(GoalState))
    found: Decimal | None = personal(None, sa_type=ScaledDecimal(2))
    closed_on: date | None = restricted(None)
