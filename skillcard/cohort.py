"""Where a person stands among others: the spread of a cohort on each element, with small groups hidden."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

SMALLEST_GROUP = 10
"""Fewest other people of whom a spread is told; below it a figure would point at somebody."""
_STEP = 5
"""The number of people is told in steps, so that one more shows no single person's rating."""


@dataclass(frozen=True, slots=True)
class Quartiles:
    """At or below which level a quarter of the group lies, the half, and three quarters."""

    lower: Decimal
    median: Decimal
    upper: Decimal


@dataclass(frozen=True, slots=True)
class Spread:
    """How a group is rated on one element; both None where fewer than the smallest group are rated.

    `people` is rounded down to steps of five: two numbers that differ by one would tell of one person.
    """

    element: str
    people: int | None
    quartiles: Quartiles | None


def spreads(
    elements: Sequence[str], people: Sequence[Mapping[str, Decimal]], smallest: int = SMALLEST_GROUP
) -> tuple[Spread, ...]:
    """Return the spread of every element over a cohort, in the order of `elements` (n_elements entries).

    `people` holds one mapping for each person but the one who asks, element code to level: with her own
    rating among them she could move the quartiles and read off the others'. Who is not rated on an element
    does not count there. `smallest` below 2 raises ValueError: a group of one is a person.
    """
    if smallest < 2:
        raise ValueError("a group has two members at least")
    return tuple(_spread(code, [one[code] for one in people if code in one], smallest) for code in elements)


def group_size(members: int, smallest: int = SMALLEST_GROUP) -> int | None:
    """Return how many members are told of, in steps of five; None for a group too small to be told of."""
    return None if members < smallest else members // _STEP * _STEP


def _spread(element: str, values: list[Decimal], smallest: int) -> Spread:
    told = group_size(len(values), smallest)
    if told is None:
        return Spread(element, None, None)
    ordered = sorted(values)
    quartiles = Quartiles(*(_nearest(ordered, quarter) for quarter in (1, 2, 3)))
    return Spread(element, told, quartiles)


def _nearest(ordered: list[Decimal], quarter: int) -> Decimal:
    """Return a quartile by nearest rank: the smallest value with that share of the group at or below it.

    A value that somebody was given, so always a level of the scale (Hyndman and Fan 1996, definition 1).
    """
    return ordered[-(-len(ordered) * quarter // 4) - 1]
