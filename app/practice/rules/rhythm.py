"""The rhythm of an engagement: shown to whoever looks at it, and never judged by a machine.

Figures after a guide to digital mentoring of small firms (Strive Community, 2023): two hours a month, a first
review after six to eight weeks, others half way and at the end, a loss of drive at about two thirds of the
time. Meeting every two or four weeks, and a skills session each quarter, is what the peer-mentorship pack of
SME Cluster Growth suggests.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from app.core.dates import add_months

HOURS_A_MONTH = Decimal(2)
SKILLS_SESSION = "skills_session"
"""The type of session that is suggested each quarter."""
SKILLS_EVERY_MONTHS = 3
_FIRST_FROM, _FIRST_TO = timedelta(weeks=6), timedelta(weeks=8)
_AROUND = timedelta(weeks=1)


class Cadence(StrEnum):
    """How often two people meet, told by the usual gap between their meetings."""

    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"
    SLOWER = "slower"
    UNTOLD = "untold"


class ReviewKind(StrEnum):
    """The points at which all who take part look back."""

    FIRST_WEEKS = "first_weeks"
    MID_POINT = "mid_point"
    END = "end"


@dataclass(frozen=True)
class Meeting:
    """One session that took place."""

    held_on: date
    minutes: int
    type: str | None = None


@dataclass(frozen=True)
class Month:
    """A month of the engagement, counted from its first day, as far as it has come."""

    starts_on: date
    hours: Decimal
    is_over: bool
    is_enough: bool


@dataclass(frozen=True)
class Review:
    """When a review is due."""

    kind: ReviewKind
    opens_on: date
    due_on: date


@dataclass(frozen=True)
class Rhythm:
    """How an engagement goes, seen on one day; the gap and the cadence need two meetings."""

    months: tuple[Month, ...]
    cadence: Cadence
    usual_gap_days: int | None
    longest_gap_days: int | None
    reviews: tuple[Review, ...]
    two_thirds_on: date
    planned_end_on: date
    next_skills_on: date | None
    """When a skills session is suggested, perhaps a day gone by; None where all is over by then."""


def rhythm(
    started_on: date,
    planned_months: int,
    until: date,
    meetings: Iterable[Meeting],
    *,
    has_ended: bool = False,
) -> Rhythm:
    """Return the rhythm of an engagement up to a day: today, or its last day where it has ended."""
    held = sorted((meeting for meeting in meetings if meeting.held_on <= until), key=lambda one: one.held_on)
    days = sorted({meeting.held_on for meeting in held})
    gaps = sorted((later - earlier).days for earlier, later in pairwise(days))
    usual = gaps[(len(gaps) - 1) // 2] if gaps else None
    end = add_months(started_on, planned_months)
    return Rhythm(
        months=_months(started_on, until, held),
        cadence=_cadence(usual),
        usual_gap_days=usual,
        longest_gap_days=gaps[-1] if gaps else None,
        reviews=review_days(started_on, end),
        two_thirds_on=two_thirds(started_on, end),
        planned_end_on=end,
        next_skills_on=None if has_ended else _next_skills(started_on, end, held),
    )


def _next_skills(started_on: date, end: date, held: list[Meeting]) -> date | None:
    """Return the day three months after the last skills session, or after the start where there was none."""
    last = max((meeting.held_on for meeting in held if meeting.type == SKILLS_SESSION), default=started_on)
    suggested = add_months(last, SKILLS_EVERY_MONTHS)
    return suggested if suggested < end else None


def skills_suggested_on(last: date, end: date, today: date) -> date | None:
    """Return the latest day up to today on which a skills session was suggested: each quarter until the end.

    `last` is the day of the last skills session, or of the start where there was none.
    """
    found, count = None, 1
    while (day := add_months(last, count * SKILLS_EVERY_MONTHS)) <= today and day < end:
        found, count = day, count + 1
    return found


def _months(started_on: date, until: date, held: list[Meeting]) -> tuple[Month, ...]:
    found = []
    count = 0
    while (begin := add_months(started_on, count)) <= until:
        count += 1
        after = add_months(started_on, count)
        minutes = sum(meeting.minutes for meeting in held if begin <= meeting.held_on < after)
        hours = (Decimal(minutes) / 60).quantize(Decimal("0.01"))
        found.append(Month(begin, hours, is_over=after <= until, is_enough=hours >= HOURS_A_MONTH))
    return tuple(found)


def _cadence(usual_gap: int | None) -> Cadence:
    """Name the usual gap, with some days of grace: people keep a weekday, not a number of days."""
    if usual_gap is None:
        return Cadence.UNTOLD
    if usual_gap <= 17:
        return Cadence.FORTNIGHTLY
    return Cadence.MONTHLY if usual_gap <= 35 else Cadence.SLOWER


def review_days(started_on: date, end: date) -> tuple[Review, ...]:
    """Return when the three reviews of an engagement are open that lasts from day to day."""
    middle = started_on + (end - started_on) // 2
    return (
        Review(ReviewKind.FIRST_WEEKS, started_on + _FIRST_FROM, started_on + _FIRST_TO),
        Review(ReviewKind.MID_POINT, middle - _AROUND, middle + _AROUND),
        review_at_end(end),
    )


def review_at_end(end: date) -> Review:
    """Return when the last review is open."""
    return Review(ReviewKind.END, end - _AROUND, end + _AROUND)


def two_thirds(started_on: date, end: date) -> date:
    """Return the first day on which two thirds of the time are over."""
    return started_on + timedelta(days=-(-(end - started_on).days * 2 // 3))
