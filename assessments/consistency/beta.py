"""True scores that follow a beta distribution, seen through binomial errors: fitting and integrating."""

from collections.abc import Sequence
from itertools import pairwise
from math import ceil, sqrt

import numpy as np
from scipy import special

from assessments.arrays import Floats
from assessments.consistency.model import BetaTrueScores, Mixture
from assessments.errors import NotEstimable

LEAST_NODES = 64
PEAKED = 10.0
"""A shape above it leaves the end of the scale so empty that integration may start where the mass does."""
NO_MASS = 1e-16


def true_moments(scores: Floats, trials: int, *, order: int) -> Floats:
    """Return raw moments 1 to `order` of the true proportions behind scores on a scale of `trials` points.

    `scores`: (n_persons,) 0 to `trials`, fractions allowed. The mean of the k-th factorial power of the
    score, over that of `trials`, is the k-th moment of the true score. Source: Lord 1965.
    """
    moments, power, largest = [], np.ones_like(scores), 1.0
    for step in range(order):
        power, largest = power * (scores - step), largest * (trials - step)
        moments.append(float(power.mean()) / largest)
    return np.array(moments)


def fit_two(mean: float, variance: float) -> BetaTrueScores:
    """Fit a beta distribution between 0 and 1 by its mean and variance.

    Raises NotEstimable `no_true_variance` when no such distribution has them.
    """
    total = mean * (1 - mean) / variance - 1 if variance > 0 else 0.0
    if total <= 0:
        raise NotEstimable("no_true_variance", mean=mean, variance=variance)
    return BetaTrueScores(mean * total, (1 - mean) * total)


def fit_four(moments: Floats) -> BetaTrueScores | None:
    """Fit shapes and both ends of a beta distribution by four raw moments; None when it leaves 0 to 1.

    Source: Hanson 1991.
    """
    mean, second, third, fourth = (float(moment) for moment in moments)
    variance = second - mean**2
    if variance <= 0:
        return None
    skewness = (third - 3 * mean * second + 2 * mean**3) / variance**1.5
    kurtosis = (fourth - 4 * mean * third + 6 * mean**2 * second - 3 * mean**4) / variance**2
    below = 6 + 3 * skewness**2 - 2 * kurtosis
    total = 6 * (kurtosis - skewness**2 - 1) / below if below else 0.0
    if total <= 0:
        return None
    # The difference of the shapes follows from the skewness, which is positive when alpha is the smaller.
    share = 1 / sqrt(1 + 16 * (total + 1) / ((total + 2) ** 2 * skewness**2)) if skewness else 0.0
    alpha = total / 2 * (1 - np.copysign(share, skewness))
    beta = total - alpha
    width = sqrt(variance * (total + 1)) * total / sqrt(alpha * beta)
    lower = mean - width * alpha / total
    fitted = BetaTrueScores(float(alpha), float(beta), float(lower), float(lower + width))
    return fitted if fitted.lower >= 0 and fitted.upper <= 1 else None


def mixture(true_scores: BetaTrueScores, *, trials: int, cuts: Sequence[float]) -> Mixture:
    """Spread the true scores over nodes of integration, and find what is reached and passed at each.

    `cuts`: proportions of the scale, which the true score must reach. A sitting passes with at least x = cut
    x `trials` points; between whole numbers the binomial tail is continued as the incomplete beta function
    that it is, because a jump to the next whole point would move the pass rate. Intervals between cuts are
    integrated apart, so that nodes never straddle a cut, by Gauss-Jacobi rules: exact to about 1e-10, however
    peaked the distribution.
    """
    proportions, weights = _nodes(true_scores, trials, cuts)
    lines = np.array(cuts)
    passing = special.betainc(lines * trials, (1 - lines) * trials + 1, proportions[:, np.newaxis])
    return Mixture(weights, passing, proportions[:, np.newaxis] >= lines)


def _nodes(true_scores: BetaTrueScores, trials: int, cuts: Sequence[float]) -> tuple[Floats, Floats]:
    """Return nodes on the proportion scale and their weights, which add up to 1."""
    shapes = true_scores.alpha, true_scores.beta
    width = true_scores.upper - true_scores.lower
    low = special.betaincinv(*shapes, NO_MASS) if true_scores.alpha > PEAKED else 0.0
    high = special.betainccinv(*shapes, NO_MASS) if true_scores.beta > PEAKED else 1.0
    inside = [(cut - true_scores.lower) / width for cut in cuts]
    ends = [low, *(cut for cut in inside if low < cut < high), high]
    pieces = [_piece(shapes, *span, trials) for span in pairwise(ends)]
    nodes, weights = (np.concatenate(part) for part in zip(*pieces, strict=True))
    return true_scores.lower + width * nodes, weights / weights.sum()


def _piece(shapes: tuple[float, float], start: float, end: float, trials: int) -> tuple[Floats, Floats]:
    """Return nodes and weights of a standard beta density on [start, end].

    At 0 and 1 the density may be no polynomial, or infinite; the rule's own weight takes up the fractional
    part of the exponent there, so that what is left is smooth.
    """
    alpha, beta = shapes
    at_start, at_end = _fractional(alpha) if start == 0 else 0.0, _fractional(beta) if end == 1 else 0.0
    nodes, weights = special.roots_jacobi(LEAST_NODES + ceil(10 * sqrt(trials)), at_end, at_start)
    half = (end - start) / 2
    up, down = half * (1 + nodes), half * (1 - nodes)
    from_zero, from_one = start + up, (1 - end) + down
    density = (alpha - 1 - at_start) * np.log(from_zero) + (beta - 1 - at_end) * np.log(from_one)
    scale = (1 + at_start + at_end) * np.log(half) - special.betaln(alpha, beta)
    return from_zero, weights * np.exp(density + scale)


def _fractional(shape: float) -> float:
    """Return the part of the exponent shape - 1 that a polynomial cannot follow."""
    return shape - 1 if shape < 1 else (shape - 1) % 1.0
