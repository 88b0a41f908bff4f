"""Item drift: whether an item became easier or harder than the others did between two periods."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from assessments.arrays import Floats, names, vector
from assessments.errors import AssessmentError, NotEstimable
from assessments.estimates import Estimate, Provenance
from assessments.multiplicity import benjamini_hochberg
from assessments.results import Finding

VERSION = "item-drift/1"
Z95 = 1.959963984540054
LEAST_PERSONS = 50
MOST_PERSONS = 1e9
FEW_PERSONS = 100
LEAST_ITEMS = 10
ROBUST_LIMIT = 1.645
LEAST_CORRELATION = 0.95
RATIO_RANGE = (0.90, 1.10)
SOURCE = "Huynh & Meyer 2010"


@dataclass(frozen=True, slots=True)
class ItemDrift:
    """One item: `p_change` above 0 = more are right than before; `robust_z` below 0 = easier than before.

    The first says nothing of the cohorts, which may differ in ability; the second compares with the others.
    """

    item: str
    p_before: float
    p_after: float
    p_change: Estimate
    relative_change: Estimate
    """Change in difficulty, in logits, beyond the median change of the items."""
    robust_z: float
    p: float
    """Two-sided, of the relative change."""
    p_adjusted: float
    """Benjamini-Hochberg over the items."""
    is_flagged: bool
    """Out of line with the other items (robust z), and beyond chance (adjusted p below .05)."""


@dataclass(frozen=True, slots=True)
class Drift:
    """All items, and whether the two sets of difficulties are still one scale."""

    items: tuple[ItemDrift, ...]
    correlation: float
    sd_ratio: float
    """Standard deviation of the difficulties after over before."""
    provenance: Provenance


def item_drift(
    right_before: ArrayLike,
    seen_before: ArrayLike,
    right_after: ArrayLike,
    seen_after: ArrayLike,
    *,
    items: Sequence[str] | None = None,
) -> Drift:
    """Compare two periods item by item, from the numbers (n_items,) of right answers and of candidates.

    As cohorts differ in ability, what flags is the change in difficulty against the median item: a robust z
    beyond 1.645, together with an adjusted p value below .05 (normal, the median taken as known).
    Difficulties are log odds with half a person added right and wrong. Raises AssessmentError `not_counts`,
    `shapes_differ`; NotEstimable `too_few_items` below 10, `too_few_persons` when an item was seen by fewer
    than 50 in a period, `no_item_spread`. Warns below 100 persons, and when the scale looks changed
    (correlation below .95, ratio of standard deviations outside .90 to 1.10). Source: Newcombe 1998, method
    10 (interval of the change in proportion right); Huynh & Meyer 2010 (robust z).
    """
    before, after = _counts(right_before, seen_before), _counts(right_after, seen_after)
    labels = names(items, count=len(before[0]), stem="item")
    if len(after[0]) != len(labels):
        raise AssessmentError("shapes_differ", before=len(labels), after=len(after[0]))
    if len(labels) < LEAST_ITEMS:
        raise NotEstimable("too_few_items", found=len(labels), needed=LEAST_ITEMS)
    findings = _size_findings(before[1], after[1], labels)
    first, second = _difficulties(*before), _difficulties(*after)
    correlation, ratio = _scale(first, second)
    return Drift(
        items=_items(labels, before, after, second - first),
        correlation=correlation,
        sd_ratio=ratio,
        provenance=Provenance(
            method="item_drift",
            version=VERSION,
            n_persons=int(before[1].max() + after[1].max()),
            n_items=len(labels),
            options={"robust_z": str(ROBUST_LIMIT), "level": "0.05"},
            warnings=findings + _scale_findings(correlation, ratio),
        ),
    )


def robust_z(changes: ArrayLike) -> tuple[float, ...]:
    """Standardise changes (n_items,) by their median and 0.74 interquartile ranges, which resist outliers.

    Raises NotEstimable `no_item_spread` when half of the changes are alike. Source: Huynh & Meyer 2010.
    """
    change = vector(changes)
    low, middle, high = np.quantile(change, [0.25, 0.5, 0.75])
    if high - low <= 1e-12:
        raise NotEstimable("no_item_spread")
    return tuple(float(z) for z in (change - middle) / (0.74 * (high - low)))


def _counts(right: ArrayLike, seen: ArrayLike) -> tuple[Floats, Floats]:
    """Read the numbers of one period."""
    hits, persons = vector(right), vector(seen)
    if len(hits) != len(persons):
        raise AssessmentError("shapes_differ", right=len(hits), seen=len(persons))
    wrong = np.flatnonzero(
        (hits < 0) | (hits > persons) | (persons > MOST_PERSONS) | (hits % 1 != 0) | (persons % 1 != 0)
    )
    if len(wrong):
        raise AssessmentError("not_counts", row=int(wrong[0]))
    return hits, persons


def _size_findings(before: Floats, after: Floats, labels: tuple[str, ...]) -> tuple[Finding, ...]:
    """Refuse items that few have seen, and warn about those that not many have."""
    fewest = np.minimum(before, after)
    if fewest.min() < LEAST_PERSONS:
        item = labels[int(fewest.argmin())]
        raise NotEstimable("too_few_persons", item=item, found=int(fewest.min()), needed=LEAST_PERSONS)
    if fewest.min() < FEW_PERSONS:
        message = f"an item was seen by {int(fewest.min())} candidates in a period"
        return (Finding("few_persons", message, f"{FEW_PERSONS} persons", "house rule"),)
    return ()


def _difficulties(right: Floats, seen: Floats) -> Floats:
    """Return the log odds of a wrong answer, finite for items that all or none have right."""
    difficulty: Floats = np.log((seen - right + 0.5) / (right + 0.5))
    return difficulty


def _scale(before: Floats, after: Floats) -> tuple[float, float]:
    """Return the correlation of two sets of difficulties, and the ratio of their standard deviations."""
    spread_before, spread_after = float(before.std()), float(after.std())
    if min(spread_before, spread_after) <= 1e-12:
        raise NotEstimable("no_item_spread")
    covariance = float(((before - before.mean()) * (after - after.mean())).mean())
    correlation = covariance / (spread_before * spread_after)
    return max(-1.0, min(1.0, correlation)), spread_after / spread_before


def _scale_findings(correlation: float, ratio: float) -> tuple[Finding, ...]:
    """Warn when the items no longer stand to each other as they did."""
    findings = []
    if correlation < LEAST_CORRELATION:
        message = f"difficulties of the two periods correlate {correlation:.2f}"
        findings.append(Finding("scale_moved", message, f"{LEAST_CORRELATION}", SOURCE))
    if not RATIO_RANGE[0] <= ratio <= RATIO_RANGE[1]:
        message = f"difficulties spread {ratio:.2f} times as far as before"
        findings.append(Finding("scale_stretched", message, f"{RATIO_RANGE[0]} to {RATIO_RANGE[1]}", SOURCE))
    return tuple(findings)


def _items(
    labels: tuple[str, ...],
    before: tuple[Floats, Floats],
    after: tuple[Floats, Floats],
    change: Floats,
) -> tuple[ItemDrift, ...]:
    """Test all items together."""
    robust = robust_z(change)
    relative = change - np.median(change)
    se = np.sqrt(_variance(*before) + _variance(*after))
    p = 2 * stats.norm.sf(np.abs(relative) / se)
    adjusted = benjamini_hochberg(p)
    return tuple(
        ItemDrift(
            item=label,
            p_before=float(before[0][row] / before[1][row]),
            p_after=float(after[0][row] / after[1][row]),
            p_change=_newcombe(before[0][row], before[1][row], after[0][row], after[1][row]),
            relative_change=_relative(float(relative[row]), float(se[row])),
            robust_z=robust[row],
            p=float(p[row]),
            p_adjusted=adjusted[row],
            is_flagged=abs(robust[row]) > ROBUST_LIMIT and adjusted[row] < 0.05,
        )
        for row, label in enumerate(labels)
    )


def _variance(right: Floats, seen: Floats) -> Floats:
    """Return the variance (n_items,) of the log odds."""
    variance: Floats = 1 / (right + 0.5) + 1 / (seen - right + 0.5)
    return variance


def _relative(value: float, se: float) -> Estimate:
    """Give a change in difficulty its interval."""
    return Estimate(value, se, (value - Z95 * se, value + Z95 * se), 0.95, "normal, log odds")


def _newcombe(right_before: float, seen_before: float, right_after: float, seen_after: float) -> Estimate:
    """Give the change in a proportion its hybrid score interval."""
    first, second = float(right_before / seen_before), float(right_after / seen_after)
    low_first, high_first = _wilson(first, float(seen_before))
    low_second, high_second = _wilson(second, float(seen_after))
    value = second - first
    low = value - sqrt((second - low_second) ** 2 + (high_first - first) ** 2)
    high = value + sqrt((high_second - second) ** 2 + (first - low_first) ** 2)
    se = sqrt(first * (1 - first) / seen_before + second * (1 - second) / seen_after)
    return Estimate(value, se, (low, high), 0.95, "Newcombe hybrid score")


def _wilson(share: float, n: float) -> tuple[float, float]:
    """Compute Wilson's score interval of a proportion."""
    centre = share + Z95**2 / (2 * n)
    half = Z95 * sqrt(share * (1 - share) / n + Z95**2 / (4 * n**2))
    return (centre - half) / (1 + Z95**2 / n), (centre + half) / (1 + Z95**2 / n)
