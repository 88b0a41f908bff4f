"""Equipercentile equating: scores with the same percentile rank in one population are equivalent."""

import numpy as np

from assessments.arrays import Floats
from assessments.equating.designs import RawScale
from assessments.errors import NotEstimable

LEAST_SHARE = 1e-6
"""Relative frequency given to score points that nobody reached, so that every percentile has one score."""


def equipercentile(new: Floats, old: Floats, *, scales: tuple[RawScale, RawScale], points: Floats) -> Floats:
    """Give the equivalents of `points` (n_points,) on the old scale.

    `new` and `old`: the probability of each score of the two scales in one population. A whole score stands
    for the interval half a point around it, in which its candidates are spread evenly (uniform kernel), so
    equivalents lie between half a point below and half a point above the old scale. Source: Kolen & Brennan
    2014, chapter 2, percentile ranks.
    """
    edges, ranks = _ranks(new, scales[0])
    old_edges, old_ranks = _ranks(old, scales[1])
    return np.interp(np.interp(points, edges, ranks), old_ranks, old_edges)


def frequency_estimation(new: Floats, old: Floats, weight: float) -> tuple[Floats, Floats]:
    """Estimate both forms' distributions in the synthetic population, the shares `weight` of population 1.

    `new` (n_new, n_anchor) and `old` (n_old, n_anchor): joint probabilities of form and anchor. The
    distribution of a form given the anchor is taken to be the same in both populations. Raises NotEstimable
    `anchor_not_covered` when nobody in one population reached an anchor score that some in the other did, so
    that there is nothing to carry over. Source: Angoff 1971; Kolen & Brennan 2014, chapter 5.
    """
    first, second = new.sum(axis=0), old.sum(axis=0)
    lost = ((weight < 1) & (first == 0) & (second > 0)) | ((weight > 0) & (second == 0) & (first > 0))
    uncovered = np.flatnonzero(lost)
    if len(uncovered):
        raise NotEstimable("anchor_not_covered", place=int(uncovered[0]), places=len(uncovered))
    to_new = weight + (1 - weight) * _quotient(second, first)
    to_old = (1 - weight) + weight * _quotient(first, second)
    return new @ to_new, old @ to_old


def _quotient(above: Floats, below: Floats) -> Floats:
    """Divide where there is anybody; elsewhere nothing is carried over."""
    return np.divide(above, below, out=np.zeros_like(above), where=below > 0)


def _ranks(probabilities: Floats, scale: RawScale) -> tuple[Floats, Floats]:
    """Return the edges between scores and the share of the population below each edge."""
    shares = probabilities / probabilities.sum()
    if shares.min() < LEAST_SHARE:
        shares = (shares + LEAST_SHARE) / (1 + LEAST_SHARE * len(shares))
    edges = np.append(scale.points() - 0.5, scale.high + 0.5)
    below = np.concatenate([[0.0], np.cumsum(shares)])
    return edges, below / below[-1]
