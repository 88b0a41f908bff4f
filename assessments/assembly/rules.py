"""What forms are put together from and must obey: the bank's items, the rules, the statistics to match."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from math import isfinite, sqrt

from assessments.errors import AssessmentError
from assessments.forms.blueprints import Blueprint
from assessments.forms.items import ItemKind


class Family(Enum):
    """A family of rules, by which a refusal names what stands in the way."""

    LENGTH = "length"
    BLUEPRINT = "blueprint"
    KINDS = "kinds"
    ENEMIES = "enemies"
    ITEM_SETS = "item_sets"
    EXPOSURE = "exposure"
    EARLIER_FORMS = "earlier_forms"
    SHARED_ITEMS = "shared_items"
    REQUIRED = "required"
    FORBIDDEN = "forbidden"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class BankItem:
    """An item of the bank as assembly sees it."""

    label: str
    unit: str
    cognitive_level: str | None = None
    kind: ItemKind = ItemKind.SINGLE_CHOICE
    item_set: str | None = None
    """Items of one set share a stimulus: a form takes all of them or none."""
    seconds: int | None = None
    """Time that an answer is expected to take."""
    uses: int = 0
    """Forms that the item has stood in so far."""


@dataclass(frozen=True, slots=True)
class EarlierForm:
    """A form of the past, of which a new one may repeat only so many items."""

    name: str
    items: frozenset[str]


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything that each form must obey; a rule that is not given does not bind.

    Raises AssessmentError `kind_repeated`, `kind_total` when the kinds do not add up to the blueprint's
    items, `limit_negative`.
    """

    blueprint: Blueprint
    kinds: tuple[tuple[ItemKind, int], ...] = ()
    """Number of items of each kind; kinds not named are excluded once any is."""
    enemies: tuple[frozenset[str], ...] = ()
    """Groups of items that give each other away: a form takes at most one of each group."""
    required: frozenset[str] = frozenset()
    forbidden: frozenset[str] = frozenset()
    most_seconds: int | None = None
    most_uses: int | None = None
    """Forms that an item may ever stand in, the new ones included."""
    earlier: tuple[EarlierForm, ...] = ()
    most_of_earlier: int = 0
    """Items that a new form may share with each earlier one."""
    most_shared: int = 0
    """Items that any two of the new forms may share."""

    def __post_init__(self) -> None:
        """Refuse rules that contradict themselves."""
        named = [kind for kind, _ in self.kinds]
        if len(set(named)) != len(named):
            raise AssessmentError("kind_repeated", kinds=tuple(kind.value for kind in named))
        total = sum(count for _, count in self.kinds)
        if self.kinds and total != self.blueprint.n_items:
            raise AssessmentError("kind_total", expected=self.blueprint.n_items, found=total)
        limits = (self.most_seconds, self.most_uses, self.most_of_earlier, self.most_shared)
        counts = tuple(count for _, count in self.kinds)
        for limit in (*limits, *counts):
            if limit is not None and limit < 0:
                raise AssessmentError("limit_negative", limit=limit)


@dataclass(frozen=True, slots=True)
class Statistic:
    """A quantity that adds up over the items of a form, and in which forms are to be alike.

    Raises AssessmentError `not_finite`, `scale_not_positive`.
    """

    name: str
    values: Mapping[str, float]
    """By item; an item that is missing has no value yet."""
    target: float | None = None
    """What the sum over a form is to be; None: as alike as possible in all new forms."""
    scale: float = 1.0
    """How much of this quantity weighs as much as one raw point of difficulty."""

    def __post_init__(self) -> None:
        """Refuse numbers that no form can be compared by."""
        for item, value in self.values.items():
            if not isfinite(value):
                raise AssessmentError("not_finite", statistic=self.name, item=item)
        if self.target is not None and not isfinite(self.target):
            raise AssessmentError("not_finite", statistic=self.name)
        if not (self.scale > 0 and isfinite(self.scale)):
            raise AssessmentError("scale_not_positive", statistic=self.name, scale=self.scale)


def difficulty(p: Mapping[str, float], *, target: float | None = None) -> Statistic:
    """Match forms by their sum of p-values, the expected number-correct score in raw points.

    `p`: item → share of right answers, 0 to 1. Raises AssessmentError `p_out_of_range`. Source: Lord &
    Novick 1968.
    """
    for item, value in p.items():
        if not 0 <= value <= 1:
            raise AssessmentError("p_out_of_range", item=item, p=value)
    return Statistic("difficulty", dict(p), target)


def spread(
    p: Mapping[str, float], discrimination: Mapping[str, float], *, target: float | None = None
) -> Statistic:
    """Match forms by their sum of item reliability indices, the standard deviation of the raw score.

    `p`: item → share of right answers; `discrimination`: item → item-total correlation, -1 to 1. The index
    of an item is sqrt(p (1 - p)) times its discrimination, in raw points; items without both values have
    none. Raises AssessmentError `p_out_of_range`, `discrimination_out_of_range`. Source: Gulliksen 1950.
    """
    difficulty(p)
    for item, value in discrimination.items():
        if not -1 <= value <= 1:
            raise AssessmentError("discrimination_out_of_range", item=item, discrimination=value)
    both = p.keys() & discrimination.keys()
    index = {item: sqrt(p[item] * (1 - p[item])) * discrimination[item] for item in sorted(both)}
    return Statistic("spread", index, target)


def information(
    values: Mapping[str, Sequence[float]], *, at: Sequence[float], target: Sequence[float], scale: float = 1.0
) -> tuple[Statistic, ...]:
    """Match forms by their information at points of the ability scale, one statistic a point.

    `values`: item → information at each point (n_points,); `at`, `target`: (n_points,), ability in logits
    and information wanted there. Raises AssessmentError `lengths_differ`. Source: van der Linden 2005.
    """
    for item, row in (*values.items(), ("target", target)):
        if len(row) != len(at):
            raise AssessmentError("lengths_differ", item=item, expected=len(at), found=len(row))
    return tuple(
        Statistic(
            f"information at {point:g}",
            {item: row[place] for item, row in values.items()},
            target[place],
            scale,
        )
        for place, point in enumerate(at)
    )


def ensure_sound(items: Collection[BankItem], rules: Rules, statistics: Collection[Statistic]) -> None:
    """Refuse a bank that rules and statistics cannot be applied to.

    Raises AssessmentError `no_items`, `item_repeated`, `uses_negative`, `unknown_item` (required, forbidden
    or enemy items that the bank does not hold), `seconds_missing` under a time limit, `statistic_repeated`.
    """
    labels = [item.label for item in items]
    known = set(labels)
    if not labels:
        raise AssessmentError("no_items")
    if len(known) != len(labels):
        raise AssessmentError("item_repeated", items=_twice(labels))
    names = [statistic.name for statistic in statistics]
    if len(set(names)) != len(names):
        raise AssessmentError("statistic_repeated", statistics=_twice(names))
    unknown = sorted(rules.required.union(rules.forbidden, *rules.enemies) - known)
    if unknown:
        raise AssessmentError("unknown_item", item=unknown[0], items=tuple(unknown))
    for item in items:
        if item.uses < 0:
            raise AssessmentError("uses_negative", item=item.label, uses=item.uses)
        if rules.most_seconds is not None and (item.seconds is None or item.seconds < 0):
            raise AssessmentError("seconds_missing", item=item.label, seconds=item.seconds)


def _twice(names: Sequence[str]) -> tuple[str, ...]:
    """List what stands in a list more than once."""
    return tuple(sorted({name for name in names if names.count(name) > 1}))
