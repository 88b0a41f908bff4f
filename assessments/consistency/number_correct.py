"""Decision consistency of number-correct scores: Huynh, Subkoviak, and Peng and Subkoviak."""

from collections.abc import Callable, Sequence
from math import ceil, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from assessments.arrays import Floats
from assessments.bootstrap import Bootstrap, resampled
from assessments.consistency.beta import mixture
from assessments.consistency.model import (
    LEAST_PERSONS,
    TINY,
    BetaTrueScores,
    DecisionConsistency,
    Mixture,
    cut_rows,
    ensure_cuts,
    figures,
    indices,
    misfit_findings,
)
from assessments.errors import AssessmentError, NotEstimable
from assessments.estimates import Provenance
from assessments.reliability.internal import kr21_value, number_correct
from assessments.responses import ensure_persons, size_findings
from assessments.results import Json

VERSIONS = {
    "huynh": "huynh-beta-binomial/1",
    "subkoviak": "subkoviak-kelley/1",
    "peng_subkoviak": "peng-subkoviak/1",
}
STEP, REACH = 0.01, 9.0
"""Of the trapezoid over the normal true score, which for so smooth a function errs by less than 1e-12."""

Build = Callable[[Floats], Mixture]


def huynh(
    scores: ArrayLike, *, n_items: int, cuts: Sequence[float], bootstrap: Bootstrap | None = None
) -> DecisionConsistency:
    """Estimate decision consistency and accuracy under the beta-binomial model.

    `scores`: (n_persons,) right answers out of `n_items`; `cuts`: least score of each higher level,
    increasing. True proportions are beta with alpha = (1/KR-21 - 1) M and beta = k/KR-21 - k - alpha; a
    candidate's true level is the one of her true proportion at cut / k. Interval by bootstrap, refitted in
    each resample. Raises as `assessments.reliability.kr21` and `ensure_cuts` do; NotEstimable
    `too_few_persons` under 50, `reliability_not_usable` unless 0 < KR-21 < 1. Source: Huynh 1976; Keats &
    Lord 1962.
    """

    def build(totals: Floats) -> Mixture:
        lines = [ceil(cut - TINY) / n_items for cut in cuts]
        return mixture(beta_binomial(totals, n_items), trials=n_items, cuts=lines)

    return _consistency("huynh", scores, n_items, cuts, build=build, bootstrap=bootstrap)


def subkoviak(
    scores: ArrayLike,
    *,
    n_items: int,
    cuts: Sequence[float],
    reliability: float | None = None,
    bootstrap: Bootstrap | None = None,
) -> DecisionConsistency:
    """Estimate decision consistency from each candidate's own chance to pass, then average.

    `scores`, `cuts` as for `huynh`. A candidate's proportion is Kelley's estimate r x/k + (1 - r) M/k, her
    sittings binomial; r is `reliability` in (0, 1], such as KR-20, held fixed by the bootstrap, or KR-21 of
    the scores if None. The method knows no true status, so accuracy is None. Raises as `huynh` does;
    AssessmentError `reliability_out_of_range`. Source: Subkoviak 1976.
    """
    if reliability is not None and not 0 < reliability <= 1:
        raise AssessmentError("reliability_out_of_range", reliability=reliability)

    def build(totals: Floats) -> Mixture:
        r = _usable_kr21(totals, n_items) if reliability is None else reliability
        proportions = (r * totals + (1 - r) * totals.mean()) / n_items
        needed = [ceil(cut - TINY) for cut in cuts]
        passing = [special.betainc(points, n_items - points + 1, proportions) for points in needed]
        return Mixture(np.full(len(totals), 1 / len(totals)), np.column_stack(passing))

    return _consistency(
        "subkoviak", scores, n_items, cuts, build=build, bootstrap=bootstrap, reliability=reliability
    )


def peng_subkoviak(
    scores: ArrayLike, *, n_items: int, cuts: Sequence[float], bootstrap: Bootstrap | None = None
) -> DecisionConsistency:
    """Approximate Huynh's consistency by two normal scores that correlate by KR-21.

    `scores`, `cuts` as for `huynh`. A cut c stands at (c - 0.5 - M) / s, s with the divisor n_persons. Rough
    for short tests and cuts far out; accuracy is None. Raises as `huynh` does. Source: Peng & Subkoviak 1980.
    """

    def build(totals: Floats) -> Mixture:
        r = _usable_kr21(totals, n_items)
        # Given the part that both sittings share, they are independent: no bivariate integral is needed.
        shared = np.arange(-REACH, REACH + STEP, STEP)
        density = np.exp(-(shared**2) / 2)
        lines = (np.ceil(np.array(cuts) - TINY) - 0.5 - totals.mean()) / totals.std()
        passing = special.ndtr((sqrt(r) * shared[:, np.newaxis] - lines) / sqrt(1 - r))
        return Mixture(density / density.sum(), passing)

    return _consistency("peng_subkoviak", scores, n_items, cuts, build=build, bootstrap=bootstrap)


def beta_binomial(totals: Floats, n_items: int) -> BetaTrueScores:
    """Fit the beta distribution of true proportions by mean and KR-21; raises as `huynh` does."""
    r = _usable_kr21(totals, n_items)
    alpha = (1 / r - 1) * float(totals.mean())
    return BetaTrueScores(alpha, n_items / r - n_items - alpha)


def _usable_kr21(totals: Floats, n_items: int) -> float:
    """Return KR-21 if it leaves room for both true differences and errors."""
    r = kr21_value(totals, n_items)
    if not TINY < r < 1 - TINY:
        raise NotEstimable("reliability_not_usable", kr21=r)
    return r


def _consistency(
    method: str,
    scores: ArrayLike,
    n_items: int,
    cuts: Sequence[float],
    *,
    build: Build,
    bootstrap: Bootstrap | None,
    reliability: float | None = None,
) -> DecisionConsistency:
    """Read the scores, build the method's mixture for them and for resamples, and describe it."""
    totals = number_correct(scores, n_items=n_items)
    ensure_persons(len(totals), LEAST_PERSONS)
    ensure_cuts(cuts, lowest=0, highest=n_items)

    def statistic(rows: NDArray[np.intp]) -> Floats:
        return figures(build(totals[rows]))

    mixed = build(totals)
    found = resampled(statistic, len(totals), bootstrap)
    rows = cut_rows(cuts, totals, mixed, found)
    of_model = method == "huynh"
    given: dict[str, Json] = {} if reliability is None else {"reliability": repr(float(reliability))}
    return DecisionConsistency(
        overall=indices(found, 0),
        cuts=rows,
        reliability=kr21_value(totals, n_items) if reliability is None else reliability,
        true_scores=beta_binomial(totals, n_items) if of_model else None,
        trials=n_items if of_model else None,
        provenance=Provenance(
            method,
            VERSIONS[method],
            len(totals),
            n_items,
            options=given | found.options,
            warnings=size_findings(len(totals)) + misfit_findings(rows) + found.findings,
        ),
    )
