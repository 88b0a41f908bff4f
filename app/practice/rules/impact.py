"""Figures of a mentored firm before and after: which there are, when one may be told, and by whose leave.

They are context for those who assess, and never a measure: no requirement can ask for one.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any, Protocol

from app.core.dates import add_months
from app.core.errors import Conflict, Findings
from app.practice.rules.questions import HIGHEST, LOWEST
from app.practice.rules.reviews import Course, window_of
from app.practice.rules.rhythm import ReviewKind

SIX, TWELVE = 6, 12
"""Months after the end at which a firm is asked again, since effects fade (Strive Community, 2023)."""

_DAY = timedelta(days=1)


class Unit(StrEnum):
    """What an indicator is counted in."""

    COUNT = "count"
    MONEY = "money"
    SCALE = "scale"
    PERCENT = "percent"


class Moment(StrEnum):
    """To which time a figure belongs."""

    BASELINE = "baseline"
    END = "end"
    SIX_MONTHS = "six_months"
    TWELVE_MONTHS = "twelve_months"


class Teller(StrEnum):
    """Who told a figure, always with the firm's consent."""

    MENTEE = "mentee"
    MENTOR = "mentor"


class LinkPurpose(StrEnum):
    """What a mentee's link about figures is for."""

    ASK = "ask"
    """Consent or refuse, and tell figures; works once, for a time."""
    WITHDRAW = "withdraw"
    """Take consent back; works for as long as there is any."""


@dataclass(frozen=True)
class Indicator:
    """One thing that is counted; its code never changes its meaning."""

    code: str
    unit: Unit
    text: Mapping[str, str]


@dataclass(frozen=True)
class Consent:
    """For what a firm allows its figures to be used; without any use nothing is kept."""

    to_assessors: bool = False
    in_statistics: bool = False

    @property
    def is_given(self) -> bool:
        """Whether there is any use."""
        return self.to_assessors or self.in_statistics


class Told(Protocol):
    """A figure as it comes in."""

    @property
    def indicator(self) -> str:
        """The code of the indicator."""
        ...

    @property
    def moment(self) -> Moment:
        """To which time it belongs."""
        ...

    @property
    def as_of(self) -> date:
        """The day it describes."""
        ...

    @property
    def amount(self) -> Decimal:
        """How much."""
        ...

    @property
    def currency(self) -> str | None:
        """Of money only."""
        ...


def indicators_from(entries: Iterable[Mapping[str, Any]]) -> tuple[Indicator, ...]:
    """Return the indicators that a file lists."""
    return tuple(Indicator(entry["code"], Unit(entry["unit"]), entry["text"]) for entry in entries)


def ensure_consented(consent: Consent | None) -> None:
    """Refuse to take figures without the firm's consent to any use."""
    if consent is None or not consent.is_given:
        raise Conflict("consent_missing")


def ensure_withdrawable(consent: Consent | None, *, to_assessors: bool, in_statistics: bool) -> Consent:
    """Return what is left of a consent once a part is taken back; refuse where there is none."""
    ensure_consented(consent)
    assert consent is not None
    return Consent(
        to_assessors=consent.to_assessors and not to_assessors,
        in_statistics=consent.in_statistics and not in_statistics,
    )


def span_of(moment: Moment, course: Course) -> tuple[date | None, date | None] | None:
    """Return the first and the last day that figures of a moment may describe, open where None stands.

    What comes after the end is counted from the real one: there is no such time while the engagement goes on.
    """
    if moment is Moment.BASELINE:
        return None, window_of(course, ReviewKind.FIRST_WEEKS).due_on
    if moment is Moment.END:
        end = course.ended_on or course.planned_end_on
        return window_of(course, ReviewKind.END).opens_on, add_months(end, SIX) - _DAY
    if course.ended_on is None:
        return None
    if moment is Moment.SIX_MONTHS:
        return add_months(course.ended_on, SIX), add_months(course.ended_on, TWELVE) - _DAY
    return add_months(course.ended_on, TWELVE), None


def told_by_now(course: Course, today: date) -> Iterator[tuple[Moment, date | None, date]]:
    """Yield the moments that figures can be told of today, with the first and the last day of each."""
    for moment in Moment:
        since, until = span_of(moment, course) or (today + _DAY, None)
        if since is None or since <= today:
            yield moment, since, min(until or today, today)


def ensure_figures(
    figures: Iterable[Told],
    known: Mapping[str, Indicator],
    currencies: Mapping[str, str],
    course: Course,
    today: date,
) -> None:
    """Refuse figures that nobody asked for, that do not fit their unit, or that belong to another time.

    `currencies` holds the currency in which each indicator was told before: figures are to be compared.
    """
    faults: list[tuple[str, str, str]] = []
    seen: set[tuple[str, Moment]] = set()
    used = dict(currencies)
    for place, figure in enumerate(figures):
        pointer = f"/figures/{place}"
        indicator = known.get(figure.indicator)
        if indicator is None:
            faults.append((pointer, "indicator_unknown", f"There is no indicator {figure.indicator} here."))
            continue
        if (figure.indicator, figure.moment) in seen:
            faults.append((pointer, "figure_repeated", f"{figure.indicator} is told twice for one time."))
        seen.add((figure.indicator, figure.moment))
        found = [*_of_unit(figure, indicator.unit, used), *_of_time(figure, course, today)]
        faults += [(f"{pointer}/{member}", code, message) for member, code, message in found]
        if figure.currency is not None:
            used.setdefault(figure.indicator, figure.currency)
    if faults:
        raise Findings("figures_refused", tuple(faults))


def _of_unit(figure: Told, unit: Unit, used: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    if unit is Unit.MONEY:
        if figure.currency is None:
            yield "currency", "currency_missing", "Money needs its currency."
        elif figure.currency != used.get(figure.indicator, figure.currency):
            yield "currency", "currency_differs", f"It was told in {used[figure.indicator]} before."
        return
    if figure.currency is not None:
        yield "currency", "currency_refused", "Only money has a currency."
    if unit is Unit.COUNT and (figure.amount < 0 or figure.amount % 1):
        yield "amount", "amount_refused", "A count is whole and not negative."
    if unit is Unit.SCALE and (not LOWEST <= figure.amount <= HIGHEST or figure.amount % 1):
        yield "amount", "amount_refused", f"The scale runs from {LOWEST} to {HIGHEST}."


def _of_time(figure: Told, course: Course, today: date) -> Iterator[tuple[str, str, str]]:
    span = span_of(figure.moment, course)
    if figure.as_of > today:
        yield "as_of", "day_ahead", "This day has not come yet."
    elif span is None:
        yield "moment", "moment_refused", "The engagement has not ended yet."
    elif (span[0] is not None and figure.as_of < span[0]) or (span[1] is not None and figure.as_of > span[1]):
        told = " ".join(f"{word} {day}" for word, day in zip(("from", "to"), span, strict=True) if day)
        yield "as_of", "moment_refused", f"Figures of {figure.moment} describe the firm {told}."
