"""A programme's own indicators: what its funder asks for, and no requirement of any scheme can name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.core.errors import Conflict, Invalid
from app.practice.rules import Measure, RecordKind
from app.programmes.rules.dates import Term, ensure_term

_OF_SCHEMES = frozenset({*map(str, Measure), *map(str, RecordKind)})
"""What a requirement can name of a person's practice: a closed set, and nothing of a programme is in it."""


@dataclass(frozen=True)
class Entry:
    """What was entered for one period."""

    term: Term
    value: Decimal


def ensure_own_code(code: str) -> None:
    """Refuse a code by which a requirement names something else: the two are never to be mistaken."""
    if code in _OF_SCHEMES:
        raise Invalid("indicator_named_like_measure", pointer="/code", indicator=code)


def ensure_period(term: Term, entered: Iterable[Term], *, starts_on: date, today: date) -> None:
    """Refuse a period that shares days with another; the same period again is a correction (PRG-4)."""
    ensure_term(term, pointer="/ends_on")
    if term.first < starts_on:
        raise Invalid("period_before_programme", pointer="/starts_on", starts_on=starts_on)
    if term.last > today:
        raise Invalid("day_not_come", pointer="/ends_on")
    for other in entered:
        if other != term and other.overlaps(term):
            raise Conflict("periods_overlap", rule="PRG-4", starts_on=other.first, ends_on=other.last)


def standing(entered: Sequence[Entry]) -> list[Entry]:
    """Return what stands for each period, oldest first: of several entries for one, the last."""
    newest = {entry.term: entry for entry in entered}
    return sorted(newest.values(), key=lambda entry: entry.term.first)


def reached(entries: Sequence[Entry], *, adds_up: bool) -> Decimal | None:
    """Return what an indicator has come to: the sum of its periods, or the last value; None if empty."""
    if not entries:
        return None
    return sum((entry.value for entry in entries), Decimal(0)) if adds_up else entries[-1].value
