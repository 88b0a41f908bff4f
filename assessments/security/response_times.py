"""The lognormal model of response times: how long the items of a form take, and how far persons differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike

from assessments.arrays import Floats, names
from assessments.errors import AssessmentError, NotEstimable
from assessments.estimates import Estimate, Provenance
from assessments.results import Finding
from assessments.security.evidence import Booleans, ensure_enough, taken_seconds

VERSION = "lognormal-times/1"
ROUNDS = 5000
CLOSE = 1e-12
LEAST_VARIANCE = 1e-8
Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class ItemTime:
    """One item: log times are normal around `intensity` - speed, standard deviation 1/`discrimination`."""

    item: str
    intensity: Estimate
    """Log seconds that a person of average speed needs."""
    discrimination: float
    n_times: int


@dataclass(frozen=True, slots=True)
class TimeModel:
    """The items of a form, and the spread of speed among the persons they were estimated from (mean 0)."""

    items: tuple[ItemTime, ...]
    speed_sd: float
    log_likelihood: float
    provenance: Provenance


def fit_times(seconds: ArrayLike, *, items: Sequence[str] | None = None) -> TimeModel:
    """Estimate the lognormal model from response times (n_persons, n_items) in seconds, NaN = none taken.

    Maximum marginal likelihood by EM, with speed normal around 0. The standard error of an intensity is that
    of the mean of its log times. Raises AssessmentError as `taken_seconds` does; NotEstimable
    `too_few_persons` below 50, `too_few_items` below 3, `constant_item` (or fewer than 10 times),
    `no_residual_spread` when an item's times follow from speed alone. Warns below 100 persons and when EM
    did not settle. Source: van der Linden 2006.
    """
    times: Floats = np.log(taken_seconds(seconds))
    findings = ensure_enough(len(times))
    labels = names(items, count=times.shape[1], stem="item")
    _ensure_spread(times, labels)
    fitted = _em(times)
    if fitted.variance.min() < LEAST_VARIANCE:
        raise NotEstimable("no_residual_spread", item=labels[int(fitted.variance.argmin())])
    if not fitted.settled:
        message = "estimates still moved after the last round"
        findings += (Finding("not_settled", message, f"{ROUNDS} rounds", "house rule"),)
    counts = (~np.isnan(times)).sum(axis=0)
    return TimeModel(
        items=tuple(_item(label, fitted, column, int(counts[column])) for column, label in enumerate(labels)),
        speed_sd=sqrt(fitted.speed_variance),
        log_likelihood=fitted.log_likelihood,
        provenance=Provenance(
            "lognormal_times", VERSION, len(times), times.shape[1], int(np.isnan(times).sum()), None, findings
        ),
    )


def model_seconds(seconds: ArrayLike, model: TimeModel) -> Floats:
    """Read times (n_persons, n_items) on the items of a model as logarithms, NaN where none was taken.

    Raises AssessmentError `model_does_not_fit` when there are more or fewer items, and as `taken_seconds`.
    """
    logs: Floats = np.log(taken_seconds(seconds))
    if logs.shape[1] != len(model.items):
        raise AssessmentError("model_does_not_fit", expected=len(model.items), found=logs.shape[1])
    return logs


def standardising(times: Floats, model: TimeModel) -> tuple[Floats, Floats]:
    """Return by how much each log time is below the item's intensity, and its precision; 0 where none."""
    intensity = np.array([item.intensity.value for item in model.items])
    weight = np.array([item.discrimination**2 for item in model.items])
    taken = ~np.isnan(times)
    return np.where(taken, intensity - times, 0.0), np.where(taken, weight, 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class _Fitted:
    """What EM found: intensity and residual variance (n_items,), the variance of speed."""

    intensity: Floats
    variance: Floats
    speed_variance: float
    log_likelihood: float
    settled: bool


def _em(times: Floats) -> _Fitted:
    """Alternate between the persons' speeds given the items, and the items given the speeds."""
    taken = ~np.isnan(times)
    filled = np.where(taken, times, 0.0)
    counts = taken.sum(axis=0)
    intensity: Floats = filled.sum(axis=0) / counts
    total = (np.where(taken, filled - intensity, 0.0) ** 2).sum(axis=0) / counts
    variance, speed_variance = total / 2, float(total.mean()) / 2
    likelihood, settled = _likelihood(filled, taken, intensity, variance, speed_variance), False
    for _ in range(ROUNDS):
        weight = taken / variance
        spread = 1 / (1 / speed_variance + weight.sum(axis=1))
        speed = spread * (weight * (intensity - filled)).sum(axis=1)
        intensity = ((filled + speed[:, np.newaxis]) * taken).sum(axis=0) / counts
        residual = (filled - intensity + speed[:, np.newaxis]) ** 2 + spread[:, np.newaxis]
        variance = np.maximum((residual * taken).sum(axis=0) / counts, LEAST_VARIANCE / 10)
        speed_variance = float((speed**2 + spread).mean())
        before, likelihood = likelihood, _likelihood(filled, taken, intensity, variance, speed_variance)
        settled = abs(likelihood - before) < CLOSE * abs(likelihood)
        if settled:
            break
    return _Fitted(intensity, variance, speed_variance, likelihood, settled)


def _likelihood(
    filled: Floats, taken: Booleans, intensity: Floats, variance: Floats, speed_variance: float
) -> float:
    """Compute the marginal log-likelihood of log times, by the Woodbury identity."""
    weight = taken / variance
    gap = np.where(taken, filled - intensity, 0.0)
    common = 1 + speed_variance * weight.sum(axis=1)
    squares = (weight * gap**2).sum(axis=1) - speed_variance * (weight * gap).sum(axis=1) ** 2 / common
    logs = (taken * np.log(2 * np.pi * variance)).sum(axis=1) + np.log(common)
    return -0.5 * float((squares + logs).sum())


def _item(label: str, fitted: _Fitted, column: int, n_times: int) -> ItemTime:
    """Put together what is said of one item."""
    value, variance = float(fitted.intensity[column]), float(fitted.variance[column])
    se = sqrt((variance + fitted.speed_variance) / n_times)
    return ItemTime(
        item=label,
        intensity=Estimate(
            value, se, (value - Z95 * se, value + Z95 * se), 0.95, "normal, mean of log times"
        ),
        discrimination=1 / sqrt(variance),
        n_times=n_times,
    )


def _ensure_spread(times: Floats, labels: tuple[str, ...]) -> None:
    """Refuse a form of under three items, and items whose times cannot have a spread."""
    if times.shape[1] < 3:
        raise NotEstimable("too_few_items", found=times.shape[1], needed=3)
    for column, label in enumerate(labels):
        taken = times[~np.isnan(times[:, column]), column]
        if len(taken) < 10 or float(np.ptp(taken)) == 0:
            raise NotEstimable("constant_item", item=label, times=len(taken))
