"""How sure a cut is: the t interval, the jackknife over judges, the bootstrap over candidates."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import sqrt
from typing import TypeVar

import numpy as np
from scipy import special

from assessments.arrays import Floats
from assessments.errors import AssessmentError, NotEstimable
from assessments.estimates import Estimate
from assessments.results import Finding

LEAST_USABLE = 0.95

Judge = TypeVar("Judge")
"""What one judge stated, in whatever form the method takes it."""


def t_estimate(value: float, se: float, *, freedom: int, level: float) -> Estimate:
    """Wrap a value with its standard error and the t interval of `freedom` degrees, all in its own unit.

    Raises AssessmentError `level_out_of_range` unless 0 < level < 1.
    """
    ensure_level(level)
    reach = float(special.stdtrit(freedom, (1 + level) / 2)) * se
    return Estimate(value, se, (value - reach, value + reach), level, f"t, {freedom} df")


def ensure_level(level: float) -> None:
    """Refuse a confidence level that is not between 0 and 1: AssessmentError `level_out_of_range`."""
    if not 0 < level < 1:
        raise AssessmentError("level_out_of_range", level=level)


def jackknife_error(judges: Sequence[Judge], cut_of: Callable[[Sequence[Judge]], Fraction]) -> float | None:
    """Give the standard error of a cut over judges, in raw points, by leaving each of them out in turn.

    sqrt((n - 1) / n · Σ (cut - mean)²) over the n cuts; None when one of them is NotEstimable. The cohort
    is taken as it is. Source: Efron & Tibshirani 1993.
    """
    n = len(judges)
    try:
        cuts = [float(cut_of([*judges[:place], *judges[place + 1 :]])) for place in range(n)]
    except NotEstimable:
        return None
    mean = sum(cuts) / n
    return sqrt((n - 1) / n * sum((cut - mean) ** 2 for cut in cuts))


def jackknife_estimate(cut: Fraction, se: float | None, *, judges: int, level: float) -> Estimate:
    """Wrap a panel's cut with its jackknife error, if there is one, and the t interval over judges."""
    if se is None:
        return Estimate(float(cut))
    return t_estimate(float(cut), se, freedom=judges - 1, level=level)


def broken_jackknife(se: float | None) -> tuple[Finding, ...]:
    """Caution when the cut hangs on one judge, without whom there is none."""
    if se is not None:
        return ()
    message = "without one of the judges there would be no cut, so no standard error is stated"
    return (Finding("hangs_on_one_judge", message, "a cut without any one judge", "house rule"),)


def resampling_weights(n_persons: int, resamples: int, rng: np.random.Generator) -> Floats:
    """Draw how often each candidate stands in each bootstrap sample: (resamples, n_persons) counts.

    Raises AssessmentError `too_few_resamples` under 100, whose percentiles would mean nothing.
    """
    if resamples < 100:
        raise AssessmentError("too_few_resamples", resamples=resamples, least=100)
    drawn = rng.multinomial(n_persons, np.full(n_persons, 1 / n_persons), size=resamples)
    return np.asarray(drawn, dtype=np.float64)


def bootstrap_estimate(value: float, replicates: Floats, level: float) -> Estimate:
    """Wrap a value with the standard deviation and percentile interval of its replicates (resamples,).

    NaN marks a sample that gave no cut. Raises NotEstimable `unstable_bootstrap` when fewer than 95 % gave
    one, since the rest would be a selection. Source: Efron & Tibshirani 1993 (percentile interval).
    """
    ensure_level(level)
    usable = replicates[~np.isnan(replicates)]
    if len(usable) < LEAST_USABLE * len(replicates):
        raise NotEstimable("unstable_bootstrap", usable=len(usable), resamples=len(replicates))
    low, high = np.quantile(usable, [(1 - level) / 2, (1 + level) / 2])
    method = f"percentile bootstrap, {len(usable)} of {len(replicates)} samples"
    return Estimate(value, float(np.std(usable, ddof=1)), (float(low), float(high)), level, method)
