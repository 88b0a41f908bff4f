"""Items, answer keys and blueprints of a written form: what a form must hold before anybody may sit it."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum

from assessments.errors import AssessmentError


class ItemKind(Enum):
    """How many options the key holds: exactly one, or two and more that must all be found."""

    SINGLE_CHOICE = "single_choice"
    MULTIPLE_CHOICE = "multiple_choice"


@dataclass(frozen=True, slots=True)
class Item:
    """A keyed question as scoring sees it: without stem and option texts.

    Raises AssessmentError when options repeat (`option_repeated`), the key names an option that is not
    offered (`key_not_an_option`), or the number of keyed options does not fit the kind (`key_count`).
    """

    code: str
    version: int
    unit: str
    kind: ItemKind
    options: tuple[str, ...]
    key: frozenset[str]

    def __post_init__(self) -> None:
        """Refuse an item that cannot be scored."""
        if len(set(self.options)) != len(self.options):
            raise AssessmentError("option_repeated", item=self.code, options=self.options)
        unknown = sorted(self.key - set(self.options))
        if unknown:
            raise AssessmentError("key_not_an_option", item=self.code, options=tuple(unknown))
        single = self.kind is ItemKind.SINGLE_CHOICE
        # A key that holds every option would reward ticking everything, so it must leave at least one out.
        low, high = (1, 1) if single else (2, len(self.options) - 1)
        if not low <= len(self.key) <= high or len(self.options) < 2:
            raise AssessmentError("key_count", item=self.code, kind=self.kind.value, keyed=len(self.key))


@dataclass(frozen=True, slots=True)
class AnswerKey:
    """The keyed items of one form under one version; a re-key is a new version.

    Raises AssessmentError `item_repeated` when an item stands in it twice, `no_items` when it is empty.
    """

    version: str
    items: tuple[Item, ...]

    def __post_init__(self) -> None:
        """Refuse a key under which a response could count twice, or nothing could count."""
        if not self.items:
            raise AssessmentError("no_items", key_version=self.version)
        _ensure_distinct(self.items)


@dataclass(frozen=True, slots=True)
class BlueprintLine:
    """The number of items that a form takes from one unit."""

    unit: str
    count: int


@dataclass(frozen=True, slots=True)
class Blueprint:
    """What a form must hold, unit by unit, and how long it lasts.

    Raises AssessmentError `unit_repeated`, `count_not_positive` or `minutes_not_positive`.
    """

    lines: tuple[BlueprintLine, ...]
    minutes: int

    def __post_init__(self) -> None:
        """Refuse a blueprint that contradicts itself."""
        units = [line.unit for line in self.lines]
        if len(set(units)) != len(units):
            raise AssessmentError("unit_repeated", units=tuple(units))
        for line in self.lines:
            if line.count < 1:
                raise AssessmentError("count_not_positive", unit=line.unit, count=line.count)
        if self.minutes < 1:
            raise AssessmentError("minutes_not_positive", minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class Deviation:
    """A unit whose number of items differs from the blueprint."""

    unit: str
    expected: int
    found: int


def blueprint_deviations(items: Collection[Item], blueprint: Blueprint) -> tuple[Deviation, ...]:
    """List every unit in which a form departs from its blueprint; empty means it meets it exactly (EXM-1).

    `items`: (n_items,) in any order; a unit that the blueprint does not name is expected to have none.
    Ordered by unit. Raises AssessmentError `item_repeated` when an item stands in the form twice. Source:
    ISO/IEC 17024, 9.3.1 (comparable content of single examinations).
    """
    _ensure_distinct(items)
    found = Counter(item.unit for item in items)
    expected = {line.unit: line.count for line in blueprint.lines}
    return tuple(
        Deviation(unit, expected.get(unit, 0), found[unit])
        for unit in sorted(expected.keys() | found.keys())
        if expected.get(unit, 0) != found[unit]
    )


def _ensure_distinct(items: Collection[Item]) -> None:
    """Refuse items of which two carry the same code."""
    repeated = sorted(code for code, times in Counter(item.code for item in items).items() if times > 1)
    if repeated:
        raise AssessmentError("item_repeated", items=tuple(repeated))
