"""How far a statistic would vary over other groups of persons: the nonparametric bootstrap."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assessments.arrays import Floats
from assessments.errors import AssessmentError, NotEstimable
from assessments.estimates import Estimate
from assessments.results import Finding, Json

LEAST_RESAMPLES = 100
LEAST_USABLE = 0.9
METHOD = "bootstrap_percentile"

Statistic = Callable[[NDArray[np.intp]], Floats]
"""From row numbers of persons, in which one may stand several times, to figures (n_figures,)."""


@dataclass(frozen=True, slots=True)
class Bootstrap:
    """Resampling of persons with replacement, reproducible from the state of its generator.

    Raises AssessmentError `too_few_resamples` under 100, `level_out_of_range` outside (0, 1). Source: Efron
    & Tibshirani 1993 (standard deviation of the replicates, percentile interval).
    """

    rng: np.random.Generator
    resamples: int = 1000
    level: float = 0.95

    def __post_init__(self) -> None:
        """Refuse too few resamples, and a level that is none."""
        if self.resamples < LEAST_RESAMPLES:
            raise AssessmentError("too_few_resamples", resamples=self.resamples, least=LEAST_RESAMPLES)
        ensure_level(self.level)


@dataclass(frozen=True, slots=True)
class Resampled:
    """Figures of a statistic with their spread; None for a figure that is not defined for the group."""

    estimates: tuple[Estimate | None, ...]
    findings: tuple[Finding, ...]
    options: dict[str, Json]
    """For the provenance: how often was resampled."""


def resampled(statistic: Statistic, n_persons: int, bootstrap: Bootstrap | None) -> Resampled:
    """Compute a statistic on the group itself and, with a bootstrap, its standard errors and intervals.

    A figure may be NaN where it is not defined. A resample for which the statistic raises NotEstimable
    counts as failed; a figure that failed in more than a tenth of the resamples gets no interval. Raises
    what the statistic raises for the group itself.
    """
    values = statistic(np.arange(n_persons))
    if bootstrap is None:
        return Resampled(tuple(_plain(value) for value in values), (), {"resamples": 0})
    replicates = np.full((bootstrap.resamples, len(values)), np.nan)
    failed = 0
    for row in replicates:
        try:
            row[:] = statistic(bootstrap.rng.integers(n_persons, size=n_persons))
        except NotEstimable:
            failed += 1
    estimates = tuple(
        _estimate(value, found, bootstrap.level) for value, found in zip(values, replicates.T, strict=True)
    )
    return Resampled(estimates, _findings(failed, bootstrap), {"resamples": bootstrap.resamples})


def ensure_level(level: float) -> None:
    """Refuse a confidence level outside (0, 1); raises AssessmentError `level_out_of_range`."""
    if not 0 < level < 1:
        raise AssessmentError("level_out_of_range", level=level)


def _plain(value: float) -> Estimate | None:
    """Give a value without its spread."""
    return Estimate(float(value)) if np.isfinite(value) else None


def _estimate(value: float, replicates: Floats, level: float) -> Estimate | None:
    """Give a value the spread of its replicates, as far as enough of them are there."""
    found = replicates[np.isfinite(replicates)]
    if not np.isfinite(value) or len(found) < LEAST_USABLE * len(replicates):
        return _plain(value)
    tail = (1 - level) / 2
    low, high = np.quantile(found, (tail, 1 - tail))
    return Estimate(float(value), float(found.std(ddof=1)), (float(low), float(high)), level, METHOD)


def _findings(failed: int, bootstrap: Bootstrap) -> tuple[Finding, ...]:
    """Caution that resamples failed: those that succeeded may be a kind selection."""
    if not failed:
        return ()
    message = f"{failed} of {bootstrap.resamples} resamples were not estimable and were left out"
    return (Finding("resamples_failed", message, "0", "house rule"),)
