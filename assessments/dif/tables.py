"""Two groups by right and wrong in many strata: the common odds ratio and its test, for any such table."""

from dataclasses import dataclass
from math import exp, log, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from assessments.arrays import Floats
from assessments.errors import AssessmentError, NotEstimable
from assessments.estimates import Estimate

MOST_PERSONS = 1e9


@dataclass(frozen=True, slots=True)
class CommonOddsRatio:
    """The odds of the reference group over those of the focal group, common to all strata, and its test."""

    odds_ratio: Estimate
    log_odds_ratio: Estimate
    chi2: float
    p: float
    n_strata: int
    """Strata that hold persons of both groups; the others say nothing."""
    n_matched: int


def common_odds_ratio(
    tables: ArrayLike, *, correction: bool = True, ci_level: float = 0.95
) -> CommonOddsRatio:
    """Estimate and test the odds ratio common to 2 x 2 tables (n_strata, 2, 2).

    Rows: reference, focal; columns: right, wrong; cells: numbers of persons. `correction`: continuity
    correction of one half, not beyond the difference itself. Chi-square with 1 degree of freedom, normal
    interval on the log scale. Raises AssessmentError `not_tables` or `not_counts`; NotEstimable `no_overlap`
    (no stratum holds both groups), `no_variation` (all right or all wrong in every one that does),
    `empty_cells` (the odds ratio would be 0 or infinite). Source: Mantel & Haenszel 1959; standard error
    Robins, Breslow & Greenland 1986 (the same as Phillips & Holland 1987).
    """
    counts = _overlapping(_counts(tables))
    right, wrong = counts[:, :, 0].sum(axis=1), counts[:, :, 1].sum(axis=1)
    reference, focal = counts[:, 0].sum(axis=1), counts[:, 1].sum(axis=1)
    total = reference + focal
    variance = float((reference * focal * right * wrong / (total**2 * (total - 1))).sum())
    if variance == 0:
        raise NotEstimable("no_variation")
    excess = abs(float((counts[:, 0, 0] - reference * right / total).sum()))
    chi2 = (excess - min(0.5, excess) * correction) ** 2 / variance
    ratio, se = _ratio(counts, total)
    half = float(stats.norm.isf((1 - ci_level) / 2)) * se
    ends = (log(ratio) - half, log(ratio) + half)
    method = "normal, log scale, Robins-Breslow-Greenland"
    return CommonOddsRatio(
        odds_ratio=Estimate(ratio, ratio * se, (exp(ends[0]), exp(ends[1])), ci_level, method),
        log_odds_ratio=Estimate(log(ratio), se, ends, ci_level, method),
        chi2=chi2,
        p=float(stats.chi2.sf(chi2, 1)),
        n_strata=len(counts),
        n_matched=int(total.sum()),
    )


def count_tables(right: Floats, is_focal: NDArray[np.bool_], stratum: NDArray[np.intp]) -> Floats:
    """Count persons (n_persons,) into tables (n_strata, 2, 2) as `common_odds_ratio` takes them."""
    cell = 4 * stratum + 2 * is_focal + (right == 0)
    n_strata = int(stratum.max()) + 1
    return np.bincount(cell, minlength=4 * n_strata).reshape(n_strata, 2, 2).astype(np.float64)


def _counts(tables: ArrayLike) -> Floats:
    """Read tables of counts, refusing other shapes and what cannot be a number of persons."""
    counts = np.asarray(tables, dtype=np.float64)
    if counts.ndim != 3 or counts.shape[1:] != (2, 2):
        raise AssessmentError("not_tables", shape=counts.shape)
    if not ((counts >= 0) & (counts <= MOST_PERSONS)).all() or (counts != np.floor(counts)).any():
        raise AssessmentError("not_counts")
    return counts


def _overlapping(counts: Floats) -> Floats:
    """Keep the strata that hold persons of both groups."""
    kept: Floats = counts[(counts.sum(axis=2) > 0).all(axis=1)]
    if not len(kept):
        raise NotEstimable("no_overlap")
    return kept


def _ratio(counts: Floats, total: Floats) -> tuple[float, float]:
    """Compute the common odds ratio and the standard error of its logarithm."""
    agree = (counts[:, 0, 0] + counts[:, 1, 1]) / total
    differ = (counts[:, 0, 1] + counts[:, 1, 0]) / total
    above = counts[:, 0, 0] * counts[:, 1, 1] / total
    below = counts[:, 0, 1] * counts[:, 1, 0] / total
    r, s = float(above.sum()), float(below.sum())
    if r == 0 or s == 0:
        raise NotEstimable("empty_cells")
    variance = (
        float((agree * above).sum()) / (2 * r**2)
        + float((agree * below + differ * above).sum()) / (2 * r * s)
        + float((differ * below).sum()) / (2 * s**2)
    )
    return r / s, sqrt(variance)
