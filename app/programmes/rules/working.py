"""Which days of a mentor's work belong to a programme, and which month a statement is about."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date

from app.core.errors import Conflict, Invalid
from app.practice.rules import EngagementState, SessionState, Tally
from app.programmes.rules.dates import Term
from app.programmes.rules.states import RequestState

ALWAYS = Term(date.min, date.max)


def ensure_may_link(state: RequestState, engagement: EngagementState, *, own_interest: bool) -> None:
    """Refuse to link before induction or after leaving, what has ended, and one's own firm (PRG-3)."""
    if state is not RequestState.MEMBER:
        raise Conflict("not_a_member", rule="PRG-3", state=state)
    if engagement is not EngagementState.OPEN:
        raise Conflict("engagement_not_open", rule="PRG-3", state=engagement)
    if own_interest:
        raise Conflict("own_firm_in_programme", rule="PRG-3")


def ensure_may_unlink(tally: Tally) -> None:
    """Refuse to take back a link once somebody else has spoken about a session of that engagement."""
    if any(tally.of(state).sessions for state in SessionState if state is not SessionState.LOGGED):
        raise Conflict("engagement_spoken_for")


def month_of(text: str) -> Term:
    """Return the days of a month written as YYYY-MM, of whichever calendar the days are taken from."""
    year, month = int(text[:4]), int(text[5:])
    return Term(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def ensure_month_begun(month: Term, today: date) -> None:
    """Refuse a statement of a month that has not begun."""
    if month.first > today:
        raise Invalid("month_not_come", pointer="/month")


def membership(inducted_on: date, left_on: date | None, starts_on: date, closed_on: date | None) -> Term:
    """Return the days on which a member's work belongs to the programme (PRG-3).

    From induction on, though not before the programme's first day, until she leaves or it is closed.
    """
    last = min((day for day in (left_on, closed_on) if day is not None), default=date.max)
    return Term(max(inducted_on, starts_on), last)


def belongs(day: date, month: Term, memberships: Sequence[Term]) -> bool:
    """Tell whether work on a day belongs to the programme's month."""
    return day in month and any(day in term for term in memberships)
