"""Where the pool of certified persons is thin: counts by sector, phase and language, against wanted ones."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

from app.core.errors import Invalid

ANY = "any"
"""Every sector together: certified persons, with an endorsement or without."""
Cell = tuple[str, str, str]
"""Sector, phase, language."""
MOST_CELLS = 5000


class Held(NamedTuple):
    """What a certificate in force covers, whose it is, and what she speaks."""

    person: str
    phases: tuple[str, ...]
    endorsements: tuple[str, ...]
    languages: frozenset[str]


@dataclass(frozen=True)
class Minimum:
    """How many certified persons are wanted in a cell."""

    cell: Cell
    count: int


@dataclass(frozen=True)
class Covered:
    """One cell: how many persons hold a certificate in force for it, how many are wanted, how many miss."""

    sector: str
    phase: str
    language: str
    certified: int
    wanted: int

    @property
    def gap(self) -> int:
        """How many are missing."""
        return max(0, self.wanted - self.certified)


@dataclass(frozen=True)
class Axes:
    """What the report is asked to show besides what there is."""

    sectors: Sequence[str]
    phases: Sequence[str]
    languages: Sequence[str]


def minimum_of(text: str) -> Minimum:
    """Read `sector.phase.language:count`."""
    cell, _, count = text.rpartition(":")
    parts = cell.split(".")
    if len(parts) != 3 or not all(parts) or not (count.isascii() and count.isdigit() and len(count) <= 4):
        raise Invalid("minimum_refused", pointer="/query/minimum", value=text)
    return Minimum((parts[0], parts[1], parts[2]), int(count))


def counted(held: Iterable[Held]) -> dict[Cell, int]:
    """Count persons, not certificates: each once in every cell that one of her certificates covers.

    Persons who hold and speak the same are counted together, since there are few different kinds of them.
    """
    persons: dict[str, tuple[Held, ...]] = {}
    for one in held:
        persons[one.person] = (*persons.get(one.person, ()), one._replace(person=""))
    counts: Counter[Cell] = Counter()
    for alike, number in Counter(map(frozenset, persons.values())).items():
        counts.update(dict.fromkeys(_cells(alike), number))
    return dict(counts)


def _cells(held: Iterable[Held]) -> set[Cell]:
    return {cell for one in held for cell in product((ANY, *one.endorsements), one.phases, one.languages)}


def covered(counts: Mapping[Cell, int], axes: Axes, least: int, minimums: Iterable[Minimum]) -> list[Covered]:
    """Return every cell of the pool, the empty ones too: a gap is what is not there."""
    wanted = {minimum.cell: minimum.count for minimum in minimums}
    named = [*counts, *wanted]
    sectors = _in_order([ANY, *axes.sectors], (cell[0] for cell in named))
    phases = _in_order(axes.phases, (cell[1] for cell in named))
    languages = _in_order(axes.languages, (cell[2] for cell in named))
    if (cells := len(sectors) * len(phases) * len(languages)) > MOST_CELLS:
        raise Invalid("coverage_too_wide", pointer="/query/minimum", cells=cells, most=MOST_CELLS)
    return [
        Covered(*cell, counts.get(cell, 0), wanted.get(cell, least))
        for cell in product(sectors, phases, languages)
    ]


def _in_order(first: Sequence[str], rest: Iterable[str]) -> list[str]:
    return [*dict.fromkeys([*first, *sorted(set(rest))])]
