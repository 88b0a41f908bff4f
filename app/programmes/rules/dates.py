"""When a programme may start and close, when it takes requests, and which days of induction it may have."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.core.errors import Conflict, Invalid
from app.programmes.rules.states import ProgrammeState


@dataclass(frozen=True)
class Term:
    """The first and the last day of something."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        """Whether a day lies within, the two ends included."""
        return self.first <= day <= self.last

    def overlaps(self, other: "Term") -> bool:
        """Whether the two have a day in common."""
        return self.first <= other.last and other.first <= self.last

    def within(self, other: "Term") -> bool:
        """Whether every day of this one is a day of the other."""
        return self.first in other and self.last in other


def ensure_term(term: Term, *, pointer: str) -> None:
    """Refuse an end before its beginning."""
    if term.last < term.first:
        raise Invalid("dates_reversed", pointer=pointer)


def ensure_may_start(term: Term, today: date) -> None:
    """Refuse to start a programme outside its dates (PRG-1)."""
    if today not in term:
        raise Conflict("programme_not_due", rule="PRG-1", starts_on=term.first, ends_on=term.last)


def ensure_may_close(term: Term, today: date, reason: str | None) -> None:
    """Refuse to close a programme before its last day without a reason (PRG-1)."""
    if today < term.last and reason is None:
        raise Invalid("closing_reason_missing", pointer="/reason", rule="PRG-1", ends_on=term.last)


def ensure_open(state: ProgrammeState) -> None:
    """Refuse to do anything more in a programme that is closed (PRG-1)."""
    if state is ProgrammeState.CLOSED:
        raise Conflict("programme_closed", rule="PRG-1")


def ensure_running(state: ProgrammeState) -> None:
    """Refuse what needs a programme that runs (PRG-1)."""
    if state is not ProgrammeState.RUNNING:
        raise Conflict("programme_not_running", rule="PRG-1", state=state)


def ensure_start_kept(state: ProgrammeState, starts_on: date, wanted: date) -> None:
    """Refuse another first day once the programme has begun (PRG-1)."""
    if state is not ProgrammeState.PLANNED and wanted != starts_on:
        raise Conflict("programme_begun", rule="PRG-1", starts_on=starts_on)


def ensure_window(
    term: Term, induction_days: Sequence[date], *, ends_on: date, others: Sequence[Term]
) -> None:
    """Refuse a window that overlaps another, or whose inductions fall before it or after the programme."""
    ensure_term(term, pointer="/closes_on")
    if term.last > ends_on:
        raise Invalid("window_after_programme", pointer="/closes_on", ends_on=ends_on)
    for index, day in enumerate(induction_days):
        if not term.first <= day <= ends_on:
            raise Invalid("induction_out_of_term", pointer=f"/induction_days/{index}", ends_on=ends_on)
    for other in others:
        if term.overlaps(other):
            raise Conflict("windows_overlap", opens_on=other.first, closes_on=other.last)


def ensure_taking_requests(windows: Sequence[Term], today: date) -> Term:
    """Return the window that is open today; else name the next one, or the last."""
    ordered = sorted(windows, key=lambda window: window.first)
    if not ordered:
        raise Conflict("intake_unannounced")
    for window in ordered:
        if today in window:
            return window
        if today < window.first:
            raise Conflict("intake_not_open_yet", opens_on=window.first, closes_on=window.last)
    raise Conflict("intake_over", opens_on=ordered[-1].first, closes_on=ordered[-1].last)


def ensure_induction(day: date, induction_days: Sequence[date], today: date) -> None:
    """Refuse an induction on a day that was none, or that has not come (PRG-3)."""
    if day > today:
        raise Invalid("day_not_come", pointer="/inducted_on")
    if day not in induction_days:
        days = [one.isoformat() for one in induction_days]
        raise Invalid("induction_day_unknown", pointer="/inducted_on", rule="PRG-3", days=days)
