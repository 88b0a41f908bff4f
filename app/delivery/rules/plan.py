"""What a candidate still has to do, component by component, and from when she may; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.core.errors import Conflict
from app.delivery.rules.retakes import Turn


class Standing(StrEnum):
    """Where a component of a plan stands."""

    PASSED = "passed"
    PENDING = "pending"
    """Sat, and waiting for its result."""
    BOOKED = "booked"
    OPEN = "open"
    """May be booked or sat now."""
    WAITING = "waiting"
    """May be taken, though not yet: a gate or a date stands before it."""
    CLOSED = "closed"
    """Failed, and the scheme grants no further try: a new application is the way."""


@dataclass(frozen=True)
class Line:
    """One component of a plan with what stands before it."""

    component: str
    standing: Standing
    attempts_left: int
    earliest: date | None
    latest: date | None
    gates: tuple[Conflict, ...]
    """Each thing that has to happen first, as its refusal would say it."""


_OF_OBSTACLE = {
    "attempt_pending": Standing.PENDING,
    "component_passed": Standing.PASSED,
    "no_retake_left": Standing.CLOSED,
    "retake_too_late": Standing.CLOSED,
    "retake_too_early": Standing.WAITING,
}


def line(component: str, turn: Turn, gates: Sequence[Conflict], *, is_booked: bool) -> Line:
    """Tell where a component stands; what is over is not waiting for anything."""
    found = _OF_OBSTACLE[turn.obstacle.code] if turn.obstacle is not None else None
    is_over = found in {Standing.PASSED, Standing.PENDING, Standing.CLOSED}
    if found is None:
        found = Standing.WAITING if gates else Standing.OPEN
    if is_booked and not is_over:
        found = Standing.BOOKED
    waits = () if is_over or turn.obstacle is None else (turn.obstacle,)
    return Line(
        component, found, turn.left, turn.earliest, turn.latest, waits if is_over else (*gates, *waits)
    )
