"""The figures of items: difficulty, discrimination, and how the best and the weakest did."""

from math import atanh, sqrt, tanh

import numpy as np
from scipy import special, stats

from assessments.arrays import Floats
from assessments.estimates import Estimate

SURE = 1 - 1e-12
"""Closer to 1 a correlation has no finite Fisher transform."""
SMALLEST_SPREAD = 1e-9
"""A smaller difference of scores is the rounding of fractions that add up to the same."""


def share(hits: int, n_persons: int, *, level: float) -> Estimate:
    """Estimate a share with Wilson's interval. Source: Wilson 1927; Agresti & Coull 1998."""
    p = hits / n_persons
    z = float(special.ndtri((1 + level) / 2))
    centre = (p + z**2 / (2 * n_persons)) / (1 + z**2 / n_persons)
    half = z / (1 + z**2 / n_persons) * sqrt(p * (1 - p) / n_persons + z**2 / (4 * n_persons**2))
    # The end at a share of 0 or 1 is exactly that, and rounding must not move it.
    low = 0.0 if hits == 0 else max(centre - half, 0.0)
    high = 1.0 if hits == n_persons else min(centre + half, 1.0)
    return Estimate(p, sqrt(p * (1 - p) / n_persons), (low, high), level, "wilson")


def mean_share(scores: Floats, maximum: float, *, level: float) -> Estimate:
    """Estimate the mean score as a share of the maximum, with Student's interval kept within 0 to 1."""
    mean = float(scores.mean()) / maximum
    error = float(scores.std(ddof=1)) / maximum / sqrt(len(scores))
    half = float(stats.t.ppf((1 + level) / 2, len(scores) - 1)) * error
    return Estimate(mean, error, (max(mean - half, 0.0), min(mean + half, 1.0)), level, "student")


def correlation(first: Floats, second: Floats, *, level: float) -> Estimate | None:
    """Correlate two lists (n_persons,) of at least 4, with Fisher's interval; None when one does not vary.

    The interval supposes two normal variables and is rough for right-or-wrong items. Source: Fisher 1921.
    """
    if min(np.ptp(first), np.ptp(second)) < SMALLEST_SPREAD:
        return None
    one, other = first - first.mean(), second - second.mean()
    r = float(np.clip(one @ other / sqrt((one @ one) * (other @ other)), -1, 1))
    centre = atanh(min(max(r, -SURE), SURE))
    half = float(special.ndtri((1 + level) / 2)) / sqrt(len(first) - 3)
    return Estimate(r, None, (tanh(centre - half), tanh(centre + half)), level, "fisher_z")


def biserial(r: float, p: float) -> float:
    """Turn a point-biserial correlation into the biserial one, of a normal trait cut in two at share p.

    r sqrt(p q) / ordinate; it may exceed 1 when the trait is not normal. Source: Pearson 1909; Lord & Novick
    1968.
    """
    z = float(special.ndtri(p))
    ordinate = np.exp(-(z**2) / 2) / sqrt(2 * np.pi)
    return float(r * sqrt(p * (1 - p)) / ordinate)


def group_weights(totals: Floats, portion: float) -> tuple[Floats, Floats]:
    """Weigh persons (n_persons,) for the lower and the upper group of this portion of them, by total score.

    Persons who tie at the edge of a group share its last places equally, so the order of rows is without
    effect; each row of weights sums to portion x n_persons. Source: Kelley 1939 (27 %).
    """
    size = portion * len(totals)
    return _lowest(totals, size), _lowest(-totals, size)


def _lowest(values: Floats, size: float) -> Floats:
    """Give the lowest values weight 1, up to a sum of `size`, and those at the edge what is left."""
    _, level, counts = np.unique(values, return_inverse=True, return_counts=True)
    before = np.cumsum(counts) - counts
    return np.asarray(np.clip((size - before) / counts, 0, 1)[level])
