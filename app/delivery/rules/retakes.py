"""Who may try a component when: the scheme's rule for retakes, told ahead and refused with its date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.core.dates import add_months
from app.core.errors import Conflict
from app.schemes.assessing import Retake


@dataclass(frozen=True)
class Try:
    """One attempt or sitting, as far as the rule for retakes needs it."""

    began_on: date
    passed: bool | None
    """None until its result was released."""
    concluded_on: date | None


@dataclass(frozen=True)
class Turn:
    """The next try at a component: which it is, when it may be, and what stands in its way today."""

    number: int
    left: int
    """Tries that the scheme still grants, this one included."""
    earliest: date | None
    latest: date | None
    obstacle: Conflict | None


def next_turn(tries: Sequence[Try], rule: Retake, today: date) -> Turn:
    """Return the next try as the scheme grants it (7.4, retake; 7.0, amendment 10)."""
    number, left = len(tries) + 1, max(0, rule.most_retakes + 1 - len(tries))
    if not tries:
        return Turn(number, left, None, None, None)
    last = tries[-1]
    if last.passed is None or last.concluded_on is None:
        return Turn(number, left, None, None, Conflict("attempt_pending"))
    if any(entry.passed for entry in tries):
        return Turn(number, 0, None, None, Conflict("component_passed"))
    if left == 0:
        return Turn(number, 0, None, None, Conflict("no_retake_left", most=rule.most_retakes))
    earliest = last.concluded_on + timedelta(days=rule.wait_days)
    latest = add_months(tries[0].began_on, rule.within_months)
    return Turn(number, left, earliest, latest, _out_of_time(today, earliest, latest))


def next_try(tries: Sequence[Try], rule: Retake, today: date) -> int:
    """Return the number of the next try; refuse one that the scheme does not grant now (7.4, retake)."""
    turn = next_turn(tries, rule, today)
    if turn.obstacle is not None:
        raise turn.obstacle
    return turn.number


def _out_of_time(today: date, earliest: date, latest: date) -> Conflict | None:
    if today > latest:
        return Conflict("retake_too_late", latest=latest)
    return Conflict("retake_too_early", earliest=earliest) if today < earliest else None
