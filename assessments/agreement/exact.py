"""How far two raters agree, exactly: the same figures as `pairs`, in fractions and without an interval."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from assessments.errors import AssessmentError, NotEstimable
from assessments.results import Finding, rounded

AGREEMENT_VERSION = "agreement/1"
ADVISED_PAIRS = 20


class Weights(Enum):
    """How disagreement counts: any at all, by its distance, or by the square of its distance."""

    NONE = "none"
    LINEAR = "linear"
    QUADRATIC = "quadratic"


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement coefficient, exact and rounded for reading; without an interval in this version."""

    method: str
    version: str
    value: Decimal
    exact: Fraction
    n: int
    warnings: tuple[Finding, ...]


def agreement_within(first: Sequence[int], second: Sequence[int], *, distance: int = 0) -> Agreement:
    """Give the share of pairs that differ by at most `distance`: 0 is exact agreement, 1 adjacent agreement.

    `first`, `second`: (n_pairs,) whole ratings of the same performances in the same order. Raises
    AssessmentError `lengths_differ`, NotEstimable `no_pairs`. Source: percent agreement, Fleiss 1981.
    """
    _ensure_pairs(first, second)
    if distance < 0:
        raise AssessmentError("distance_negative", distance=distance)
    hits = sum(abs(one - other) <= distance for one, other in zip(first, second, strict=True))
    return _result(f"agreement_within_{distance}", Fraction(hits, len(first)), len(first))


def weighted_kappa(
    first: Sequence[int], second: Sequence[int], *, categories: Sequence[int], weights: Weights
) -> Agreement:
    """Give Cohen's kappa of two raters, with disagreement weighted by its distance on the ordered categories.

    `first`, `second`: (n_pairs,); `categories`: the whole scale in order, whether used or not. kappa = 1 -
    observed / expected weighted disagreement, exact. Raises AssessmentError `lengths_differ`,
    `category_repeated`, `unknown_category`; NotEstimable `no_pairs`, and `no_expected_disagreement` when
    both raters used the same single category. Source: Cohen 1960 and 1968.
    """
    _ensure_pairs(first, second)
    rank = {category: index for index, category in enumerate(categories)}
    if len(rank) != len(categories):
        raise AssessmentError("category_repeated", categories=tuple(categories))
    unknown = sorted({*first, *second} - rank.keys())
    if unknown:
        raise AssessmentError("unknown_category", category=unknown[0])
    n = len(first)
    rows, columns = Counter(first), Counter(second)
    observed = sum(
        _penalty(rank[one], rank[other], weights) for one, other in zip(first, second, strict=True)
    )
    expected = sum(
        rows[one] * columns[other] * _penalty(rank[one], rank[other], weights)
        for one in rows
        for other in columns
    )
    if expected == 0:
        raise NotEstimable("no_expected_disagreement", n=n)
    # Counts, not shares: observed / n over expected / n² leaves one factor n.
    return _result(f"cohen_kappa_{weights.value}", 1 - Fraction(observed * n, expected), n)


def _penalty(one: int, other: int, weights: Weights) -> int:
    """Weigh a disagreement by the distance of ranks; the usual division by (k - 1) cancels in kappa."""
    distance = abs(one - other)
    if weights is Weights.NONE:
        return int(distance > 0)
    return distance if weights is Weights.LINEAR else distance**2


def _ensure_pairs(first: Sequence[int], second: Sequence[int]) -> None:
    """Refuse ratings that do not pair up, or of which there are none."""
    if len(first) != len(second):
        raise AssessmentError("lengths_differ", first=len(first), second=len(second))
    if not first:
        raise NotEstimable("no_pairs")


def _result(method: str, value: Fraction, n: int) -> Agreement:
    """Wrap a coefficient with its caution about small numbers."""
    warnings: tuple[Finding, ...] = ()
    if n < ADVISED_PAIRS:
        message = f"{n} pairs; under {ADVISED_PAIRS} the coefficient says little"
        warnings = (Finding("few_pairs", message, str(ADVISED_PAIRS), "house rule"),)
    return Agreement(method, AGREEMENT_VERSION, rounded(value), value, n, warnings)
