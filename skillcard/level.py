"""The level a set of ratings reaches, what is missing to a target, and the steps that close the gap.

The rule is compensatory inside a unit only and never for critical elements; its offsets come from the scheme.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from skillcard.framework import Element, Framework, Level, Unit, UnknownLevelError


class Why(StrEnum):
    """Which part of the rule is not met, in the order in which to close it."""

    CRITICAL = "critical"
    FLOOR = "floor"
    UNIT_MEAN = "unit_mean"


@dataclass(frozen=True, slots=True)
class Shortfall:
    """One element that is too low: the level it `has`, the level it `needs`, and why.

    Where an element falls short twice, the second starts at the level to which the first one leads.
    """

    element: str
    has: int
    needs: int
    why: Why


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a pathway; `descriptor` is the text of the level to reach, by language."""

    element: str
    has: int
    needs: int
    why: Why
    descriptor: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """How two views of one element compare; None where one side has not rated it."""

    element: str
    own: Decimal | None
    assessor: Decimal | None

    @property
    def steps(self) -> Decimal | None:
        """Levels by which the person rates herself above (+) or below (-) the assessor."""
        return None if self.own is None or self.assessor is None else self.own - self.assessor


def level_reached(framework: Framework, levels: Mapping[str, int]) -> Level | None:
    """Return the highest level whose three conditions all hold, or None below the lowest (7.2).

    `levels` maps element code to rating 0..5; a missing element counts 0. Monotone and independent of order.
    Raises `UnknownElementError` and `RatingError`. Level names after Dreyfus and Dreyfus (1980).
    """
    ratings = framework.ratings(levels)
    reached = [level for level in framework.levels if not _shortfalls(framework, ratings, level)]
    return max(reached, default=None)


def gap(framework: Framework, levels: Mapping[str, int], target: Level) -> tuple[Shortfall, ...]:
    """Return every shortfall to the target in the order of the skill card; empty when it is reached (7.2).

    `levels` as in `level_reached`; raises the same, and `UnknownLevelError`. At most two shortfalls for an
    element. Missing points of a unit's mean are laid on its lowest elements: they have the most to learn.
    """
    if target not in framework.levels:
        raise UnknownLevelError(target)
    return _shortfalls(framework, framework.ratings(levels), target)


def pathway(framework: Framework, levels: Mapping[str, int], target: Level) -> tuple[Step, ...]:
    """Order the gap into steps: critical, then floors, then unit means; smallest step first (7.2).

    `levels` as in `level_reached`; raises the same as `gap`. One step for each shortfall of `gap`.
    """
    place = {element.code: index for index, element in enumerate(framework.elements)}
    turn = {why: index for index, why in enumerate(Why)}
    missing = sorted(
        gap(framework, levels, target),
        key=lambda item: (turn[item.why], item.needs - item.has, place[item.element]),
    )
    return tuple(
        Step(
            element=item.element,
            has=item.has,
            needs=item.needs,
            why=item.why,
            descriptor=framework.element(item.element).descriptors[Level(item.needs)],
        )
        for item in missing
    )


def least_rating(framework: Framework, element: Element, target: Level) -> int:
    """Return the lowest rating with which an element can stand under a target, 0 at least (7.2).

    Raises nothing. Reached by every element it is not yet enough: the unit's mean may ask for more.
    """
    rule = framework.rule
    return max(0, target + (rule.critical_offset if element.critical else rule.other_offset))


def least_mean(framework: Framework, unit: Unit, target: Level) -> Decimal:
    """Return the mean below which a unit cannot meet a target, 0 at least, not rounded (7.2).

    The greater of what the rule asks of the mean itself and what its elements' own least ratings come to.
    Raises nothing.
    """
    floors = sum(least_rating(framework, element, target) for element in unit.elements)
    return max(
        Decimal(0), target + framework.rule.unit_mean_offset, Decimal(floors) / Decimal(len(unit.elements))
    )


def difference(
    self_levels: Mapping[str, Decimal], assessor_levels: Mapping[str, Decimal]
) -> tuple[Difference, ...]:
    """Lay a person's own ratings beside an assessor's, element by element, sorted by code (7.4, entry).

    Shape: one entry for each element that either side has rated; nothing is averaged. Raises nothing.
    """
    return tuple(
        Difference(element=code, own=self_levels.get(code), assessor=assessor_levels.get(code))
        for code in sorted({*self_levels, *assessor_levels})
    )


def _shortfalls(framework: Framework, ratings: Mapping[str, int], target: Level) -> tuple[Shortfall, ...]:
    found: list[Shortfall] = []
    for unit in framework.units:
        lifted = {element.code: ratings[element.code] for element in unit.elements}
        found += _below_floor(framework, unit, lifted, target)
        found += _below_mean(framework, lifted, target)
    return tuple(found)


def _below_floor(framework: Framework, unit: Unit, lifted: dict[str, int], target: Level) -> list[Shortfall]:
    """Find the elements under their own floor, and lift them in `lifted` as if that were closed."""
    found = []
    for element in unit.elements:
        needs = least_rating(framework, element, target)
        has = lifted[element.code]
        if has < needs:
            found.append(Shortfall(element.code, has, needs, Why.CRITICAL if element.critical else Why.FLOOR))
            lifted[element.code] = needs
    return found


def _below_mean(framework: Framework, lifted: dict[str, int], target: Level) -> list[Shortfall]:
    """Find what the unit's mean still lacks; compared as a sum, so that no division rounds."""
    before = dict(lifted)
    needed = (Decimal(int(target)) + framework.rule.unit_mean_offset) * len(lifted)
    while sum(lifted.values()) < needed:
        lowest = min(lifted, key=lambda code: lifted[code])
        lifted[lowest] += 1
    return [
        Shortfall(code, before[code], lifted[code], Why.UNIT_MEAN)
        for code in lifted
        if lifted[code] != before[code]
    ]
