"""What a form must hold, unit by unit and cognitive level by level, and whether its items do."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from assessments.errors import AssessmentError
from assessments.forms.items import AnyItem, ensure_distinct


@dataclass(frozen=True, slots=True)
class BlueprintLine:
    """The number of items that a form takes from one unit, or from one cognitive level of it."""

    unit: str
    count: int
    cognitive_level: str | None = None
    """None: of any cognitive level."""


@dataclass(frozen=True, slots=True)
class Blueprint:
    """What a form must hold, line by line, and how long it lasts.

    Raises AssessmentError `unit_repeated` (a unit stands in two lines, of which not each has a cognitive
    level of its own), `count_not_positive` or `minutes_not_positive`.
    """

    lines: tuple[BlueprintLine, ...]
    minutes: int

    def __post_init__(self) -> None:
        """Refuse a blueprint that contradicts itself."""
        units = Counter(line.unit for line in self.lines)
        cells = Counter((line.unit, line.cognitive_level) for line in self.lines)
        for line in self.lines:
            alone = units[line.unit] == 1
            distinct = line.cognitive_level is not None and cells[(line.unit, line.cognitive_level)] == 1
            if not alone and not distinct:
                raise AssessmentError("unit_repeated", units=tuple(line.unit for line in self.lines))
            if line.count < 1:
                raise AssessmentError("count_not_positive", unit=line.unit, count=line.count)
        if self.minutes < 1:
            raise AssessmentError("minutes_not_positive", minutes=self.minutes)

    @property
    def n_items(self) -> int:
        """The number of items of a form."""
        return sum(line.count for line in self.lines)

    def cell(self, unit: str, cognitive_level: str | None) -> tuple[str, str | None]:
        """Return the line under which an item is counted: by its level only where lines name levels."""
        whole = any(line.unit == unit and line.cognitive_level is None for line in self.lines)
        return (unit, None if whole else cognitive_level)


@dataclass(frozen=True, slots=True)
class Deviation:
    """A unit, or a cognitive level of it, whose number of items differs from the blueprint."""

    unit: str
    expected: int
    found: int
    cognitive_level: str | None = None


def blueprint_deviations(items: Collection[AnyItem], blueprint: Blueprint) -> tuple[Deviation, ...]:
    """List every line in which a form departs from its blueprint; empty means it meets it exactly (EXM-1).

    `items`: (n_items,) in any order; a unit that the blueprint does not name is expected to have none, and
    so is a cognitive level of a unit that it divides by level. Ordered by unit and level. Raises
    AssessmentError `item_repeated` when an item stands in the form twice. Source: ISO/IEC 17024, 9.3.1
    (comparable content of single examinations).
    """
    ensure_distinct(items)
    found = Counter(blueprint.cell(item.unit, item.cognitive_level) for item in items)
    expected = {(line.unit, line.cognitive_level): line.count for line in blueprint.lines}
    return tuple(
        Deviation(unit, expected.get((unit, level), 0), found[(unit, level)], level)
        for unit, level in sorted(expected.keys() | found.keys(), key=lambda cell: (cell[0], cell[1] or ""))
        if expected.get((unit, level), 0) != found[(unit, level)]
    )
