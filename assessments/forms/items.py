"""Items as scoring sees them, without stem and option texts: one class per way of keying an answer."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from assessments.errors import AssessmentError


class ItemKind(Enum):
    """What a candidate does with an item, which decides how its answer is keyed and scored."""

    SINGLE_CHOICE = "single_choice"
    """Marks the one right option."""
    MULTIPLE_CHOICE = "multiple_choice"
    """Marks all of the two or more right options."""
    ORDERING = "ordering"
    """Puts all options into their right order."""
    SITUATIONAL_JUDGEMENT = "situational_judgement"
    """Names the best and the worst of several ways to act."""
    SHORT_ANSWER = "short_answer"
    """Writes a few sentences, which assessors judge by a rubric."""


@dataclass(frozen=True, slots=True)
class Item:
    """A choice item, single or multiple, worth one point.

    Raises AssessmentError when options repeat (`option_repeated`), the key names an option that is not
    offered (`key_not_an_option`), the number of keyed options does not fit the kind (`key_count`), or the
    kind is not one of choice (`kind_not_choice`).
    """

    code: str
    version: int
    unit: str
    kind: ItemKind
    options: tuple[str, ...]
    key: frozenset[str]
    cognitive_level: str | None = None
    """What the item asks of the mind, in the body's own words ('recall', 'apply'), if it distinguishes."""

    def __post_init__(self) -> None:
        """Refuse an item that cannot be scored."""
        if self.kind not in {ItemKind.SINGLE_CHOICE, ItemKind.MULTIPLE_CHOICE}:
            raise AssessmentError("kind_not_choice", item=self.code, kind=self.kind.value)
        _ensure_options(self.code, self.options, self.key)
        single = self.kind is ItemKind.SINGLE_CHOICE
        # A key that holds every option would reward ticking everything, so it must leave at least one out.
        low, high = (1, 1) if single else (2, len(self.options) - 1)
        if not low <= len(self.key) <= high or len(self.options) < 2:
            raise AssessmentError("key_count", item=self.code, kind=self.kind.value, keyed=len(self.key))

    @property
    def points(self) -> int:
        """The points of a full answer."""
        return 1


class OrderingRule(Enum):
    """How an order earns points: only when wholly right, or by its share of right neighbours."""

    ALL_OR_NOTHING = "all_or_nothing"
    ADJACENT_PAIRS = "adjacent_pairs"
    """Of the n - 1 pairs of neighbours in the key, the share that also stand next to each other, in order."""


@dataclass(frozen=True, slots=True)
class OrderingItem:
    """An item whose options are to be put in order; `key` is the right one.

    Raises AssessmentError `option_repeated`, `key_not_an_option`, `key_count` when the key does not order
    every option once or there are fewer than two, `points_not_positive`.
    """

    code: str
    version: int
    unit: str
    options: tuple[str, ...]
    key: tuple[str, ...]
    rule: OrderingRule
    points: int = 1
    cognitive_level: str | None = None
    kind: ItemKind = field(default=ItemKind.ORDERING, init=False)

    def __post_init__(self) -> None:
        """Refuse an item that cannot be scored."""
        _ensure_options(self.code, self.options, self.key)
        if len(self.options) < 2 or len(self.key) != len(self.options) or len(set(self.key)) != len(self.key):
            raise AssessmentError("key_count", item=self.code, kind=self.kind.value, keyed=len(self.key))
        _ensure_points(self.code, self.points)


class JudgementRule(Enum):
    """How naming the best and the worst option earns points, where one of each is keyed."""

    PLAIN = "plain"
    """Half of the points for the best, half for the worst, nothing taken away."""
    PENALISED = "penalised"
    """As plain, but half is taken away for the worst named best, and half for the best named worst."""


@dataclass(frozen=True, slots=True)
class BestWorstKey:
    """The one best and the one worst option; naming any other earns and costs nothing.

    `PENALISED` is the scheme of Motowidlo, Dunnette & Carter 1990 (with two points, -2 to +2 an item);
    `PLAIN` leaves out its penalties, so that no answer is worse than none.
    """

    best: str
    worst: str
    rule: JudgementRule = JudgementRule.PLAIN


@dataclass(frozen=True, slots=True)
class EffectivenessKey:
    """The mean effectiveness that experts give each option, in the order of the options.

    A candidate earns by how effective the option named best and how ineffective the one named worst is.
    Source: expert-based keys with scale values, reviewed in Bergman et al. 2006 and Weekley, Ployhart &
    Holtz 2006; bringing them to the item's points is a house rule.
    """

    values: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class JudgementItem:
    """A situation with several ways to act, of which the best and the worst are to be named.

    Raises AssessmentError `option_repeated`, `key_not_an_option`, `key_count` (fewer than three options, or
    best and worst the same), `effectiveness_count` (not one value per option), `effectiveness_not_decimal`,
    `effectiveness_flat` (all options alike), `points_not_positive`.
    """

    code: str
    version: int
    unit: str
    options: tuple[str, ...]
    key: BestWorstKey | EffectivenessKey
    points: int = 2
    cognitive_level: str | None = None
    kind: ItemKind = field(default=ItemKind.SITUATIONAL_JUDGEMENT, init=False)

    def __post_init__(self) -> None:
        """Refuse an item that cannot be scored."""
        keyed = {self.key.best, self.key.worst} if isinstance(self.key, BestWorstKey) else set(self.options)
        _ensure_options(self.code, self.options, keyed)
        # With two options, the best would give away the worst.
        if len(self.options) < 3 or len(keyed) < 2:
            raise AssessmentError("key_count", item=self.code, kind=self.kind.value, keyed=len(keyed))
        if isinstance(self.key, EffectivenessKey):
            _ensure_effectiveness(self.code, self.key.values, options=len(self.options))
        _ensure_points(self.code, self.points)


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that a rubric looks for, and the most points that it can earn."""

    code: str
    points: int


@dataclass(frozen=True, slots=True)
class ShortAnswerItem:
    """An item answered in writing; assessors give points for each criterion of its rubric.

    Raises AssessmentError `no_rubric`, `criterion_repeated`, `points_not_positive`.
    """

    code: str
    version: int
    unit: str
    rubric: tuple[Criterion, ...]
    cognitive_level: str | None = None
    kind: ItemKind = field(default=ItemKind.SHORT_ANSWER, init=False)

    def __post_init__(self) -> None:
        """Refuse a rubric by which no points, or points twice, could be given."""
        if not self.rubric:
            raise AssessmentError("no_rubric", item=self.code)
        codes = [criterion.code for criterion in self.rubric]
        if len(set(codes)) != len(codes):
            raise AssessmentError("criterion_repeated", item=self.code, criteria=tuple(codes))
        for criterion in self.rubric:
            _ensure_points(self.code, criterion.points)

    @property
    def points(self) -> int:
        """The points of a full answer."""
        return sum(criterion.points for criterion in self.rubric)


AnyItem = Item | OrderingItem | JudgementItem | ShortAnswerItem


def ensure_distinct(items: Collection[AnyItem]) -> None:
    """Refuse items of which two carry the same code (AssessmentError `item_repeated`)."""
    repeated = sorted(code for code, times in Counter(item.code for item in items).items() if times > 1)
    if repeated:
        raise AssessmentError("item_repeated", items=tuple(repeated))


def _ensure_options(code: str, options: tuple[str, ...], key: Collection[str]) -> None:
    """Refuse options that repeat, and a key that names what is not offered."""
    if len(set(options)) != len(options):
        raise AssessmentError("option_repeated", item=code, options=options)
    unknown = sorted(set(key) - set(options))
    if unknown:
        raise AssessmentError("key_not_an_option", item=code, options=tuple(unknown))


def _ensure_effectiveness(code: str, values: tuple[Decimal, ...], *, options: int) -> None:
    """Refuse expert values that do not tell the options apart, or not exactly."""
    if len(values) != options:
        raise AssessmentError("effectiveness_count", item=code, expected=options, found=len(values))
    for value in values:
        if not isinstance(value, Decimal) or not value.is_finite():
            raise AssessmentError("effectiveness_not_decimal", item=code, value=repr(value))
    if len(set(values)) == 1:
        raise AssessmentError("effectiveness_flat", item=code, value=str(values[0]))


def _ensure_points(code: str, points: int) -> None:
    """Refuse an item or criterion that no answer could earn points with."""
    if points < 1:
        raise AssessmentError("points_not_positive", item=code, points=points)
