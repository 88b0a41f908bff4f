"""Rules of delivery: attempts, retakes, sittings, formative components, bookings; pure."""

from app.delivery.rules.attempts import (
    MOVES,
    AttemptAction,
    AttemptState,
    after,
    closing_time,
    ensure_in_time,
    ensure_responses,
    is_answered,
    next_form,
)
from app.delivery.rules.formative import Completed, missing_formative
from app.delivery.rules.retakes import Try, Turn, next_try, next_turn
from app.delivery.rules.sittings import Mode, ensure_conditions

__all__ = [
    "MOVES",
    "AttemptAction",
    "AttemptState",
    "Completed",
    "Mode",
    "Try",
    "Turn",
    "after",
    "closing_time",
    "ensure_conditions",
    "ensure_in_time",
    "ensure_responses",
    "is_answered",
    "missing_formative",
    "next_form",
    "next_try",
    "next_turn",
]
