"""The competency framework: units, elements, level descriptors and the rule that turns ratings into a level.

It says nothing about a person: ratings live in `skillcard.profile`, the level they reach in
`skillcard.level`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import IntEnum, StrEnum
from functools import cached_property

LOWEST_RATING = 0
HIGHEST_RATING = 5


class Level(IntEnum):
    """The five steps from novice to expert (Dreyfus and Dreyfus, 1980)."""

    NOVICE = 1
    ADVANCED_BEGINNER = 2
    COMPETENT = 3
    PROFICIENT = 4
    EXPERT = 5


class UnitKind(StrEnum):
    """Whether a unit is about dealing with people (soft) or about business knowledge (hard)."""

    SOFT = "soft"
    HARD = "hard"


class UnknownElementError(LookupError):
    """An element code that the framework does not have; `code` names it."""

    def __init__(self, code: str) -> None:
        super().__init__(f"the framework has no element {code!r}")
        self.code = code


class UnknownLevelError(LookupError):
    """A level that the framework does not have; `level` names it."""

    def __init__(self, level: Level) -> None:
        super().__init__(f"the framework has no level {int(level)}")
        self.level = level


class RatingError(ValueError):
    """A rating outside 0 to 5; `element` and `level` name it."""

    def __init__(self, element: str, level: int | Decimal) -> None:
        super().__init__(f"the rating of {element!r} is {level}, which does not lie between 0 and 5")
        self.element = element
        self.level = level


class LevelRuleError(ValueError):
    """A level rule that asks for more than the level itself, which nobody could meet at the top."""


@dataclass(frozen=True, slots=True)
class Element:
    """One thing a mentor must be able to do, with what it looks like at each level.

    `title` is text by language; `descriptors` is text by level, then by language. A critical element is
    never compensated by others.
    """

    code: str
    unit: str
    title: Mapping[str, str]
    critical: bool
    descriptors: Mapping[Level, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Unit:
    """A group of elements that are judged together by their mean; `title` is text by language."""

    code: str
    title: Mapping[str, str]
    kind: UnitKind
    elements: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class LevelRule:
    """How far below a level its elements may lie: three offsets, each zero or negative.

    Raises `LevelRuleError` when an offset is positive.
    """

    critical_offset: int
    other_offset: int
    unit_mean_offset: Decimal

    def __post_init__(self) -> None:
        if self.critical_offset > 0 or self.other_offset > 0 or self.unit_mean_offset > 0:
            raise LevelRuleError("a level rule may not ask for more than the level itself")


class Which(StrEnum):
    """Which of several ratings of one element counts."""

    LAST = "last"
    BEST = "best"


@dataclass(frozen=True, slots=True)
class Counting:
    """Which ratings count: the last or the best, and for how many months, or without end.

    A best rating that never ages keeps its worth though nobody has seen it for years; a scheme says so here.
    Raises `LevelRuleError` when the months are not positive.
    """

    which: Which = Which.LAST
    months: int | None = None

    def __post_init__(self) -> None:
        if self.months is not None and self.months < 1:
            raise LevelRuleError("ratings count for one month at least")

    def is_stale(self, rated_on: date, on: date) -> bool:
        """Return whether a rating has ended by a day; it counts up to the same day of the last month."""
        if self.months is None:
            return False
        index = rated_on.year * 12 + rated_on.month - 1 + self.months
        return (on.year * 12 + on.month - 1, on.day) > (index, rated_on.day)


@dataclass(frozen=True)
class Framework:
    """A whole skill card without a person: its units in order, its levels from the lowest, its rules."""

    code: str
    units: tuple[Unit, ...]
    rule: LevelRule
    counting: Counting = Counting()
    levels: tuple[Level, ...] = tuple(Level)

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        """All elements in the order of the skill card (n_elements,)."""
        return tuple(element for unit in self.units for element in unit.elements)

    @cached_property
    def critical_codes(self) -> frozenset[str]:
        """The codes of the elements that are never compensated."""
        return frozenset(element.code for element in self.elements if element.critical)

    @cached_property
    def _by_code(self) -> Mapping[str, Element]:
        return {element.code: element for element in self.elements}

    def element(self, code: str) -> Element:
        """Return the element with this code, or raise `UnknownElementError`."""
        try:
            return self._by_code[code]
        except KeyError:
            raise UnknownElementError(code) from None

    def ratings(self, levels: Mapping[str, int]) -> dict[str, int]:
        """Return a rating for every element, 0 where there is none (shape: n_elements entries).

        Raises `UnknownElementError` for a foreign code and `RatingError` for a value outside 0 to 5, so that
        a misspelt code can never pass for missing evidence.
        """
        for code, level in levels.items():
            self.element(code)
            if not LOWEST_RATING <= level <= HIGHEST_RATING:
                raise RatingError(code, level)
        return {element.code: levels.get(element.code, LOWEST_RATING) for element in self.elements}
