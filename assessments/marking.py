"""Judged parts: a rubric verdict, when two assessors disagree too much, and how their ratings become one."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from assessments.errors import AssessmentError
from assessments.results import rounded

MARKING_VERSION = "two-plus-third/1"
LOWEST, HIGHEST = 0, 5

Ratings = Mapping[str, int]
"""Element code → whole rating 0 to 5, 0 = no evidence."""
Values = Mapping[str, int] | Mapping[str, Decimal]
"""Ratings, or the reconciled values between them."""


@dataclass(frozen=True, slots=True)
class PassRule:
    """How far below the target level a critical element, another one, and the component's mean may lie."""

    critical_offset: Decimal
    other_offset: Decimal
    mean_offset: Decimal


@dataclass(frozen=True, slots=True)
class AdjudicationRule:
    """When two assessors are too far apart: across a critical line, or on several other elements."""

    straddle_critical: bool
    noncritical_count: int
    noncritical_distance: int


class Line(Enum):
    """Which of the three pass lines a shortfall lies below."""

    CRITICAL = "critical"
    OTHER = "other"
    MEAN = "mean"


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A line that was missed; `element` is None for the mean of the component."""

    line: Line
    element: str | None
    required: Decimal
    found: Decimal


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a component is passed, and every line that it missed."""

    passed: bool
    failing: tuple[Shortfall, ...]
    n_elements: int
    version: str


class Cause(Enum):
    """Why a third assessor is called."""

    VERDICTS_DIFFER = "verdicts_differ"
    CRITICAL_STRADDLES = "critical_straddles"
    NONCRITICAL_APART = "noncritical_apart"


@dataclass(frozen=True, slots=True)
class Reason:
    """One cause for adjudication with the elements that gave it (none when only the verdicts differ)."""

    cause: Cause
    elements: tuple[str, ...]


class How(Enum):
    """By which rule a reconciled value came about."""

    MEAN = "mean"
    LOWER = "lower"
    THIRD_WITH_NEARER = "third_with_nearer"
    THIRD_STANDS = "third_stands"


@dataclass(frozen=True, slots=True)
class ReconciledElement:
    """One element's final value and the rule behind it."""

    element: str
    value: Decimal
    how: How


@dataclass(frozen=True, slots=True)
class Reconciled:
    """The final values of a component, in the first assessor's order, and why a third was called."""

    elements: tuple[ReconciledElement, ...]
    reasons: tuple[Reason, ...]
    n_assessors: int
    version: str

    def values(self) -> dict[str, Decimal]:
        """Return element → value, as `verdict` takes it."""
        return {entry.element: entry.value for entry in self.elements}


def verdict(values: Values, critical: Collection[str], target: int, rule: PassRule) -> Verdict:
    """Pass a component when each critical element, each other one and the mean reach their lines.

    `values`: (n_elements,) ratings or reconciled values 0 to 5; `critical` may name elements outside the
    component. The mean runs over the whole component, since a component may hold one element of a unit
    only; unit means belong to the skill card. Raises AssessmentError `no_ratings`, `rating_out_of_range`,
    `target_out_of_range`. Source: ISO/IEC 17024, 9.2 and 9.3 (criterion-referenced, conjunctive rule).
    """
    _ensure_values(values)
    _ensure_target(target)
    failing = [_shortfall(element, value, critical, target, rule) for element, value in values.items()]
    mean = sum((Fraction(value) for value in values.values()), Fraction(0)) / len(values)
    if mean < target - Fraction(rule.mean_offset):
        failing.append(Shortfall(Line.MEAN, None, target - rule.mean_offset, rounded(mean)))
    found = tuple(shortfall for shortfall in failing if shortfall is not None)
    return Verdict(not found, found, len(values), MARKING_VERSION)


def disagreement(
    first: Ratings,
    second: Ratings,
    *,
    critical: Collection[str],
    target: int,
    pass_rule: PassRule,
    rule: AdjudicationRule,
) -> tuple[Reason, ...]:
    """Say why two assessors need a third: verdicts differ, a critical line is straddled, others lie apart.

    `first`, `second`: (n_elements,) whole ratings 0 to 5 over the same elements. Empty means no
    adjudication. Raises AssessmentError `elements_differ`, `rating_not_whole` and whatever `verdict`
    raises. Source: scheme SME-BM, adjudication rule; Johnson, Penny & Gordon 2009 on score resolution.
    """
    _ensure_comparable(first, second)
    found = []
    if (
        verdict(first, critical, target, pass_rule).passed
        != verdict(second, critical, target, pass_rule).passed
    ):
        found.append(Reason(Cause.VERDICTS_DIFFER, ()))
    line = target - pass_rule.critical_offset
    across = [e for e in first if e in critical and (first[e] >= line) != (second[e] >= line)]
    if rule.straddle_critical and across:
        found.append(Reason(Cause.CRITICAL_STRADDLES, tuple(across)))
    apart = [e for e in first if e not in critical and abs(first[e] - second[e]) >= rule.noncritical_distance]
    if len(apart) >= rule.noncritical_count:
        found.append(Reason(Cause.NONCRITICAL_APART, tuple(apart)))
    return tuple(found)


def reconcile(
    first: Ratings,
    second: Ratings,
    third: Ratings | None = None,
    *,
    critical: Collection[str],
    target: int,
    pass_rule: PassRule,
    rule: AdjudicationRule,
) -> Reconciled:
    """Make one value per element of two assessors' ratings, or of three where the two disagree too much.

    Without adjudication: the mean, for a critical element the lower. With it, element by element, the same
    rule over the third rating and the nearer of the first two; where the third lies exactly between two
    unlike ratings it stands. Two like ratings leave no tie to break: the third is taken with their common
    value, so that one assessor alone never overturns two who agree. All ratings (n_elements,) whole, 0 to
    5, over the same elements. Raises AssessmentError `third_missing` (naming the causes),
    `third_not_called_for`, and whatever `disagreement` raises. Source: scheme SME-BM, reconciliation rule;
    Johnson, Penny & Gordon 2009 (tertium quid and parity methods).
    """
    reasons = disagreement(first, second, critical=critical, target=target, pass_rule=pass_rule, rule=rule)
    if third is None:
        if reasons:
            raise AssessmentError("third_missing", causes=tuple(reason.cause.value for reason in reasons))
        pairs = [_of_two(element, first[element], second[element], critical) for element in first]
        return Reconciled(tuple(pairs), reasons, 2, MARKING_VERSION)
    if not reasons:
        raise AssessmentError("third_not_called_for")
    _ensure_comparable(first, third)
    triples = [
        _of_three(element, (first[element], second[element]), third[element], critical) for element in first
    ]
    return Reconciled(tuple(triples), reasons, 3, MARKING_VERSION)


def _shortfall(
    element: str, value: int | Decimal, critical: Collection[str], target: int, rule: PassRule
) -> Shortfall | None:
    """Return the line that an element misses, if any."""
    line, offset = (
        (Line.CRITICAL, rule.critical_offset) if element in critical else (Line.OTHER, rule.other_offset)
    )
    if value >= target - offset:
        return None
    return Shortfall(line, element, target - offset, Decimal(value))


def _of_two(element: str, one: int, other: int, critical: Collection[str]) -> ReconciledElement:
    """Reconcile an element without adjudication."""
    if element in critical:
        return ReconciledElement(element, Decimal(min(one, other)), How.LOWER)
    return ReconciledElement(element, _mean(one, other), How.MEAN)


def _of_three(
    element: str, pair: tuple[int, int], third: int, critical: Collection[str]
) -> ReconciledElement:
    """Reconcile an element with the third rating."""
    one, other = pair
    if one != other and abs(third - one) == abs(third - other):
        return ReconciledElement(element, Decimal(third), How.THIRD_STANDS)
    nearer = one if abs(third - one) <= abs(third - other) else other
    value = _of_two(element, third, nearer, critical).value
    return ReconciledElement(element, value, How.THIRD_WITH_NEARER)


def _mean(one: int, other: int) -> Decimal:
    """Return the mean of two whole ratings: a half at most, so one decimal place is exact."""
    return rounded(Fraction(one + other, 2), 1)


def _ensure_values(values: Values) -> None:
    """Refuse an empty component and any value outside 0 to 5."""
    if not values:
        raise AssessmentError("no_ratings")
    for element, value in values.items():
        finite = not isinstance(value, Decimal) or value.is_finite()
        if not finite or not LOWEST <= value <= HIGHEST:
            raise AssessmentError("rating_out_of_range", element=element, rating=str(value))


def _ensure_target(target: int) -> None:
    """Refuse a level that the rating scale does not reach."""
    if not 1 <= target <= HIGHEST:
        raise AssessmentError("target_out_of_range", target=target)


def _ensure_comparable(first: Ratings, other: Ratings) -> None:
    """Refuse ratings over different elements, or ratings that are not whole numbers of the scale."""
    if first.keys() != other.keys():
        raise AssessmentError("elements_differ", elements=tuple(sorted(first.keys() ^ other.keys())))
    for ratings in (first, other):
        _ensure_values(ratings)
        for element, rating in ratings.items():
            # bool is an int to Python, and a tick box is not a rating.
            if type(rating) is not int:
                raise AssessmentError("rating_not_whole", element=element, rating=str(rating))
