"""A body's year in figures, for anyone; and which figures are kept back, and why.

What a figure could tell of a person who is not on the public register decides whether it is told.

- *Grants* and *certificates in force* are counts of entries of the register, which shows anyone each holder,
  level, phase, endorsement and status: a count of one tells nothing that the entry does not. They are told as
  they are. Still, only totals by one dimension are told, and nobody may combine dimensions: the register
  leads to a person when asked for her, and this is not to become a way of listing people.
- *Applications* and *refusals* count people of whom the register says nothing, if they were not granted.
  Whoever knows that somebody applied would learn from "1 refusal" what became of her. So between none and the
  smallest group they are not told. Applications are not told either where they exceed the grants by so few:
  the difference would be that same small number of people.
- A year that runs tells neither, however many they are: who asks every day would see each one arrive, and two
  totals that differ by one tell of one person. A year that is over does not change any more.
- Nobody is the answer "none": that nobody was refused says of every applicant only what is good for her.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.core.errors import Invalid
from skillcard.cohort import SMALLEST_GROUP


@dataclass(frozen=True)
class Year:
    """A calendar year of the body, as far as it has come: `on` is its last day, or today."""

    first: date
    on: date
    is_over: bool


@dataclass(frozen=True)
class Scope:
    """What certificates are counted by."""

    scheme: str
    level: int
    phases: tuple[str, ...]
    endorsements: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """One value of one dimension, and how many certificates have it."""

    name: str
    certificates: int


def year_of(year: int, today: date) -> Year:
    """Return a year as far as it has come; refuse one that has not begun."""
    if year > today.year:
        raise Invalid("year_not_come", pointer="/year")
    last = date(year, 12, 31)
    return Year(date(year, 1, 1), min(last, today), is_over=last < today)


def told_refusals(refusals: int, year: Year) -> int | None:
    """Return the refusals, or None where they might point at somebody."""
    return refusals if year.is_over and not _is_few(refusals) else None


def told_applications(applications: int, grants: int, year: Year) -> int | None:
    """Return the applications, or None where they, or those without a grant, might point at somebody."""
    is_safe = not _is_few(applications) and not _is_few(applications - grants)
    return applications if year.is_over and is_safe else None


def _is_few(people: int) -> bool:
    return 0 < people < SMALLEST_GROUP


def by_scheme(found: Counter[Scope]) -> list[Line]:
    """Return the certificates of each scheme."""
    return _lines((scope.scheme, count) for scope, count in found.items())


def by_level(found: Counter[Scope]) -> list[Line]:
    """Return the certificates of each level; a level is one of its scheme and means nothing without."""
    return _lines((f"{scope.scheme} {scope.level}", count) for scope, count in found.items())


def by_phase(found: Counter[Scope]) -> list[Line]:
    """Return the certificates whose scope has each growth phase; one may have several."""
    return _lines((phase, count) for scope, count in found.items() for phase in scope.phases)


def by_endorsement(found: Counter[Scope]) -> list[Line]:
    """Return the certificates that bear each endorsement; one may bear several, or none."""
    return _lines((name, count) for scope, count in found.items() for name in scope.endorsements)


def _lines(counted: Iterable[tuple[str, int]]) -> list[Line]:
    sums: Counter[str] = Counter()
    for name, count in counted:
        sums[name] += count
    return [Line(name, sums[name]) for name in sorted(sums) if sums[name]]
