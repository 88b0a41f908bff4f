"""Goals that can be judged: specific, measurable, achievable, relevant and time-bound, near and far."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.core.dates import add_months
from app.core.errors import Findings, MoveRefused

NEAR_MONTHS = 6
"""A near goal is due within half a year of its setting, a far one later."""
_WORDS = 4


class Horizon(StrEnum):
    """How far away a goal lies."""

    NEAR = "near"
    FAR = "far"


class GoalState(StrEnum):
    """Where a goal stands; one that was given up stays in sight."""

    OPEN = "open"
    REACHED = "reached"
    MISSED = "missed"
    DROPPED = "dropped"


class GoalAction(StrEnum):
    """How work on a goal ends: measured once more, or given up."""

    MEASURE = "measure"
    DROP = "drop"


def ensure_smart(
    *,
    specific: str,
    baseline: Decimal,
    target: Decimal,
    achievable: str,
    relevant: str,
    due_on: date,
    today: date,
) -> None:
    """Refuse a goal that lacks one of its five letters, naming every letter that is missing."""
    findings = [
        (f"/{name}", "goal_too_vague", f"Say it in {_WORDS} words or more.")
        for name, text in (("specific", specific), ("achievable", achievable), ("relevant", relevant))
        if len(text.split()) < _WORDS
    ]
    if target == baseline:
        findings.append(
            ("/target", "goal_not_measurable", "The target must differ from where the firm stands.")
        )
    if due_on <= today:
        findings.append(("/due_on", "goal_not_ahead", "A goal is due on a day to come."))
    if findings:
        raise Findings("goal_not_smart", tuple(findings))


def horizon_of(due_on: date, today: date) -> Horizon:
    """Return how far away a goal lies on the day on which it is set."""
    return Horizon.NEAR if due_on <= add_months(today, NEAR_MONTHS) else Horizon.FAR


def is_reached(baseline: Decimal, target: Decimal, found: Decimal) -> bool:
    """Return whether what was found lies at the target or beyond it, seen from the baseline."""
    return found >= target if target > baseline else found <= target


def closed(state: GoalState, action: GoalAction, *, is_at_target: bool = False) -> GoalState:
    """Return how a goal ends; one that has ended stays so."""
    if state is not GoalState.OPEN:
        raise MoveRefused("goal_move_refused", state=state, action=action)
    if action is GoalAction.DROP:
        return GoalState.DROPPED
    return GoalState.REACHED if is_at_target else GoalState.MISSED
