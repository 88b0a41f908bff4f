"""Calibrated items, as a bank holds them: the probability of each score at any ability."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np
from scipy.special import expit, softmax

from assessments.arrays import Floats
from assessments.errors import AssessmentError


@dataclass(frozen=True, slots=True)
class CalibratedItem:
    """An item with known parameters; scores run from 0 to the number of thresholds.

    `guessing` is the lower asymptote of the three-parameter model, which we score and link with but do not
    estimate. The metric is logistic: slopes of a normal-ogive calibration are to be multiplied by 1.7 first.
    Raises AssessmentError `no_thresholds`, `parameter_not_finite`, `slope_not_positive`,
    `guessing_out_of_range`, `guessing_polytomous`, and `thresholds_out_of_order` for a graded item.
    """

    item: str
    slope: float
    thresholds: tuple[float, ...]
    guessing: float = 0.0
    is_graded: bool = False

    def __post_init__(self) -> None:
        """Refuse parameters that describe no item."""
        if not self.thresholds:
            raise AssessmentError("no_thresholds", item=self.item)
        if not all(isfinite(value) for value in (self.slope, self.guessing, *self.thresholds)):
            raise AssessmentError("parameter_not_finite", item=self.item)
        if self.slope <= 0:
            raise AssessmentError("slope_not_positive", item=self.item, slope=self.slope)
        if not 0 <= self.guessing < 1:
            raise AssessmentError("guessing_out_of_range", item=self.item, guessing=self.guessing)
        if self.guessing and len(self.thresholds) > 1:
            raise AssessmentError("guessing_polytomous", item=self.item)
        if self.is_graded and any(np.diff(self.thresholds) <= 0):
            raise AssessmentError("thresholds_out_of_order", item=self.item)

    @property
    def highest(self) -> int:
        """The highest score."""
        return len(self.thresholds)


@dataclass(frozen=True, slots=True)
class Trace:
    """One item along abilities: probabilities of each score, and their first and second derivatives.

    Each is (n_theta, n_categories).
    """

    p: Floats
    first: Floats
    second: Floats

    @property
    def information(self) -> Floats:
        """Fisher information (n_theta,). Source: Samejima 1969; for three parameters Birnbaum 1968."""
        return np.asarray((self.first**2 / self._positive).sum(axis=1))

    @property
    def expected(self) -> Floats:
        """Expected score (n_theta,)."""
        return self.p @ np.arange(self.p.shape[1], dtype=np.float64)

    @property
    def bias(self) -> Floats:
        """Sum over scores of first times second derivative over probability (n_theta,). Source: Warm 1989."""
        return np.asarray((self.first * self.second / self._positive).sum(axis=1))

    @property
    def log_slope(self) -> Floats:
        """Derivative of each score's log-probability (n_theta, n_categories)."""
        return self.first / self._positive

    @property
    def _positive(self) -> Floats:
        """Probabilities that may stand below a fraction."""
        return np.maximum(self.p, 1e-290)


def trace(item: CalibratedItem, theta: Floats) -> Trace:
    """Give an item's category probabilities at abilities (n_theta,), with their derivatives."""
    if item.is_graded:
        return _graded(item, theta)
    if item.guessing:
        return _guessing(item, theta)
    steps = np.arange(item.highest + 1, dtype=np.float64)
    ease = np.r_[0.0, -np.cumsum(item.thresholds)]
    p = softmax(item.slope * (np.outer(theta, steps) + ease), axis=1)
    away = steps - (p @ steps)[:, None]
    variance = (p * away**2).sum(axis=1, keepdims=True)
    return Trace(p, item.slope * p * away, item.slope**2 * p * (away**2 - variance))


def _guessing(item: CalibratedItem, theta: Floats) -> Trace:
    """Trace a 0/1 item with a lower asymptote."""
    know = expit(item.slope * (theta - item.thresholds[0]))
    change = (1 - item.guessing) * item.slope * know * (1 - know)
    bend = change * item.slope * (1 - 2 * know)
    p = item.guessing + (1 - item.guessing) * know
    return Trace(*(np.column_stack(pair) for pair in ((1 - p, p), (-change, change), (-bend, bend))))


def _graded(item: CalibratedItem, theta: Floats) -> Trace:
    """Trace a graded item: differences of the neighbouring cumulative curves."""
    distance = item.slope * (theta[:, None] - np.array(item.thresholds))
    at_least, below = expit(distance), expit(-distance)
    change = item.slope * at_least * below
    bend = item.slope * change * (below - at_least)
    # From the side on which nothing cancels: upper tails below the thresholds, lower tails above them.
    upper = np.diff(at_least, axis=1, append=0.0) * -1
    lower = np.diff(below, axis=1, append=1.0)
    p = np.where(distance < 0, upper, lower)
    p = np.column_stack([below[:, 0], p])
    first = np.diff(change, axis=1, prepend=0.0, append=0.0) * -1
    second = np.diff(bend, axis=1, prepend=0.0, append=0.0) * -1
    return Trace(p, first, second)


def ensure_bank(items: Sequence[CalibratedItem]) -> None:
    """Refuse a bank without items, or with two of one name."""
    if not items:
        raise AssessmentError("no_items")
    labels = [item.item for item in items]
    if len(set(labels)) != len(labels):
        raise AssessmentError(
            "item_repeated", items=tuple(sorted({one for one in labels if labels.count(one) > 1}))
        )
