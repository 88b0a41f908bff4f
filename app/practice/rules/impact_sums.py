"""What the figures of many firms come to: medians before and after, small groups hidden.

Medians, because a few large firms would carry a mean; and firms that told both times only, because others
would make a change out of who answered.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from statistics import median
from uuid import UUID

from app.practice.rules.impact import Indicator, Moment, Unit
from skillcard.cohort import group_size

_DIGITS = 2
"""As many leading digits of money are told, so that the middle firm's own figure is not."""
_TENTH, _WHOLE = Decimal("0.1"), Decimal(1)
LATER = (Moment.END, Moment.SIX_MONTHS, Moment.TWELVE_MONTHS)


@dataclass(frozen=True)
class Figure:
    """One figure of one firm."""

    indicator: str
    moment: Moment
    amount: Decimal
    currency: str | None


@dataclass(frozen=True)
class Firm:
    """A firm whose figures may be counted, by its last engagement in the year."""

    key: str
    mentor_id: UUID
    ended_on: date
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Pair:
    """What one firm told before and after."""

    mentor_id: UUID
    before: Decimal
    after: Decimal


@dataclass(frozen=True)
class Sum:
    """An indicator over all firms that told it both times; None where they are too few to be told.

    `firms` is rounded down to steps of five. `change` is the median of the firms' own changes: percent of the
    baseline for money (firms that began above zero), else the difference.
    """

    indicator: Indicator
    moment: Moment
    currency: str | None
    firms: int | None
    baseline: Decimal | None
    value: Decimal | None
    change: Decimal | None


def sums(
    firms: Iterable[Firm], indicators: Sequence[Indicator], mentor_id: UUID | None = None
) -> tuple[Sum, ...]:
    """Return every indicator at every later time, over all firms or over those of one mentor."""
    last = _one_each(firms)
    return tuple(
        found
        for indicator in indicators
        for moment in LATER
        for found in _of_indicator(last, indicator, moment, mentor_id)
    )


def _one_each(firms: Iterable[Firm]) -> list[Firm]:
    """Count each firm once in a year, by the engagement that ended last."""
    last: dict[str, Firm] = {}
    for firm in sorted(firms, key=lambda one: one.ended_on):
        last[firm.key] = firm
    return list(last.values())


def _of_indicator(
    firms: Sequence[Firm], indicator: Indicator, moment: Moment, mentor_id: UUID | None
) -> list[Sum]:
    """Return a sum for each currency with enough firms, or one that tells nothing."""
    told = [
        _sum(indicator, moment, currency, of_mentor)
        for currency, pairs in sorted(_pairs(firms, indicator, moment).items(), key=lambda one: one[0] or "")
        if (of_mentor := _told_of(pairs, mentor_id))
    ]
    return told or [Sum(indicator, moment, None, None, None, None, None)]


def _pairs(firms: Iterable[Firm], indicator: Indicator, moment: Moment) -> Mapping[str | None, list[Pair]]:
    found: dict[str | None, list[Pair]] = {}
    for firm in firms:
        told = {one.moment: one for one in firm.figures if one.indicator == indicator.code}
        before, after = told.get(Moment.BASELINE), told.get(moment)
        if before is not None and after is not None and before.currency == after.currency:
            pair = Pair(firm.mentor_id, before.amount, after.amount)
            found.setdefault(before.currency, []).append(pair)
    return found


def _told_of(pairs: Sequence[Pair], mentor_id: UUID | None) -> Sequence[Pair]:
    """Return the pairs to be told of, none if too few: of a mentor's firms, or of the rest beside them.

    With a small rest, whoever knows the whole could take the mentor's firms away from it.
    """
    chosen = [pair for pair in pairs if mentor_id is None or pair.mentor_id == mentor_id]
    rest = len(pairs) - len(chosen)
    if group_size(len(chosen)) is None or (rest and group_size(rest) is None):
        return ()
    return chosen


def _sum(indicator: Indicator, moment: Moment, currency: str | None, pairs: Sequence[Pair]) -> Sum:
    is_money = indicator.unit is Unit.MONEY
    shown = _leading if is_money else _to_tenths
    changes = (
        [(pair.after - pair.before) / pair.before * 100 for pair in pairs if pair.before > 0]
        if is_money
        else [pair.after - pair.before for pair in pairs]
    )
    return Sum(
        indicator,
        moment,
        currency,
        firms=group_size(len(pairs)),
        baseline=shown(median(pair.before for pair in pairs)),
        value=shown(median(pair.after for pair in pairs)),
        change=None
        if group_size(len(changes)) is None
        else median(changes).quantize(_WHOLE if is_money else _TENTH, ROUND_HALF_EVEN),
    )


def _leading(amount: Decimal) -> Decimal:
    if not amount:
        return Decimal(0)
    unit = Decimal(1).scaleb(max(amount.adjusted() - _DIGITS + 1, -2))
    return (amount / unit).quantize(_WHOLE, ROUND_HALF_EVEN) * unit.quantize(_WHOLE if unit >= 1 else unit)


def _to_tenths(amount: Decimal) -> Decimal:
    return amount.quantize(_TENTH, ROUND_HALF_EVEN)
