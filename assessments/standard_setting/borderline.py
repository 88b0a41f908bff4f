"""Cuts from candidates judged as a whole by an assessor: the borderline group and the regression."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from assessments.errors import NotEstimable
from assessments.estimates import Estimate, Provenance
from assessments.results import Finding
from assessments.standard_setting.cohort import (
    ensure_persons,
    exact_numbers,
    few_persons,
    mean_and_variance,
    paired_scores,
)
from assessments.standard_setting.cuts import CutScore, Rounding, Scale, cut_score
from assessments.standard_setting.line import Line, fit_line, resampled_at
from assessments.standard_setting.uncertainty import (
    bootstrap_estimate,
    ensure_level,
    resampling_weights,
    t_estimate,
)

GROUP_VERSION = "borderline-group/1"
REGRESSION_VERSION = "borderline-regression/1"
LEAST_FIT = Fraction(1, 2)


class Centre(Enum):
    """Which middle of the borderline candidates' scores is the cut."""

    MEDIAN = "median"
    MEAN = "mean"


@dataclass(frozen=True, slots=True)
class GradeMean:
    """How many candidates received a global grade, and their mean score."""

    grade: float
    n_persons: int
    mean: float


@dataclass(frozen=True, slots=True)
class RegressionStudy:
    """The cut on the line of scores over global grades, and how well that line describes the candidates."""

    cut_score: CutScore
    slope: Estimate
    """Raw points per step of the global grade."""
    intercept: float
    r_squared: float
    residual_sd: float
    grades: tuple[GradeMean, ...]


def borderline_group(
    scores: ArrayLike,
    grades: ArrayLike,
    *,
    borderline: float,
    scale: Scale,
    rounding: Rounding,
    centre: Centre = Centre.MEDIAN,
    level: float = 0.95,
) -> CutScore:
    """Compute the cut as the middle score of the candidates whom assessors judged borderline as a whole.

    `scores`, `grades`: (n_persons,) raw points and global grades of the same candidates; `borderline`: the
    grade that counts. Exact. Error of the median by Maritz & Jarrett 1978 (the exact bootstrap error for an
    odd number; for an even one with the weights of Harrell & Davis 1982), its interval by order statistics
    (at least `level`; None when so few candidates cannot give it); of the mean by the t distribution. Raises
    NotEstimable `too_few_persons` under 10 borderline candidates; AssessmentError `lengths_differ`,
    `missing_cell`, `not_finite`, `score_out_of_scale`, `level_out_of_range`. Warns under 50 of them. Source:
    Livingston & Zieky 1982 (median).
    """
    ensure_level(level)
    exact, given = paired_scores(scores, grades, scale)
    wanted = exact_numbers([borderline])[0]
    group = sorted(score for score, grade in zip(exact, given, strict=True) if grade == wanted)
    n = len(group)
    ensure_persons(n, grade=borderline)
    cut_raw, estimate = _median(group, level) if centre is Centre.MEDIAN else _mean(group, level)
    method, options = f"borderline_group_{centre.value}", {"borderline": str(wanted)}
    provenance = Provenance(method, GROUP_VERSION, n, 0, options=options, warnings=few_persons(n))
    return cut_score(cut_raw, estimate, scale=scale, rounding=rounding, provenance=provenance)


def borderline_regression(
    scores: ArrayLike,
    grades: ArrayLike,
    *,
    borderline: float,
    scale: Scale,
    rounding: Rounding,
    level: float = 0.95,
) -> RegressionStudy:
    """Compute the cut as the score that a line over the global grades gives a borderline candidate.

    `scores`, `grades`: (n_persons,) raw points and global grades of the same candidates; `borderline`: the
    grade of the borderline candidate, which may lie between two grades. Ordinary least squares, exact;
    standard error of the line at that grade with its t interval (n - 2 df). Raises NotEstimable
    `too_few_persons` under 10, `constant_grade`, `constant_score`, `slope_not_positive` when better grades
    went with no better scores, `cut_out_of_scale`; AssessmentError `lengths_differ`, `missing_cell`,
    `not_finite`, `score_out_of_scale`, `level_out_of_range`. Warns under 50 candidates, when R² < 0.5, when
    the slope's interval reaches 0, when the borderline grade lies outside the grades given. Source: Kramer
    et al. 2003; Wood, Humphrey-Murto & Norman 2006; thresholds of Pell et al. 2010 (AMEE Guide 49).
    """
    exact, given = paired_scores(scores, grades, scale)
    ensure_persons(len(exact))
    line, wanted = fit_line(given, exact), exact_numbers([borderline])[0]
    slope = t_estimate(float(line.slope), line.slope_error(), freedom=line.n - 2, level=level)
    warnings = _findings(line, slope, inside=min(given) <= wanted <= max(given))
    cut_raw = line.at(wanted)
    estimate = t_estimate(float(cut_raw), line.error_at(wanted), freedom=line.n - 2, level=level)
    method, options = "borderline_regression", {"borderline": str(wanted)}
    provenance = Provenance(method, REGRESSION_VERSION, line.n, 0, options=options, warnings=warnings)
    return RegressionStudy(
        cut_score(cut_raw, estimate, scale=scale, rounding=rounding, provenance=provenance),
        slope,
        intercept=float(line.intercept),
        r_squared=float(line.r_squared),
        residual_sd=sqrt(line.residual_variance),
        grades=_grade_means(given, exact),
    )


def borderline_bootstrap(
    scores: ArrayLike,
    grades: ArrayLike,
    *,
    borderline: float,
    scale: Scale,
    rng: np.random.Generator,
    resamples: int = 1000,
    level: float = 0.95,
) -> Estimate:
    """Estimate the error of a borderline-regression cut by resampling candidates, in raw points.

    Unlike the analytic error it does not assume that scores scatter alike at every grade. Arguments and
    refusals as for `borderline_regression`; besides, AssessmentError `too_few_resamples` under 100 and
    NotEstimable `unstable_bootstrap` when more than 5 % of the samples hold one grade only. Source: Efron &
    Tibshirani 1993 (percentile interval, pairs).
    """
    study = borderline_regression(
        scores, grades, borderline=borderline, scale=scale, rounding=Rounding.UP, level=level
    )
    exact, given = paired_scores(scores, grades, scale)
    weights = resampling_weights(len(exact), resamples, rng)
    cuts = resampled_at(exact_numbers([borderline])[0], given, exact, weights)
    return bootstrap_estimate(study.cut_score.estimate.value, cuts, level)


def _median(group: Sequence[Fraction], level: float) -> tuple[Fraction, Estimate]:
    """Return the median of sorted scores, its Maritz-Jarrett error and its order-statistic interval."""
    n = len(group)
    median = (group[(n - 1) // 2] + group[n // 2]) / 2
    values = np.array([float(score) for score in group])
    weights = np.diff(special.betainc((n + 1) / 2, (n + 1) / 2, np.arange(n + 1) / n))
    first = float(weights @ values)
    se = sqrt(float(weights @ (values - first) ** 2))
    # How many scores lie below the interval: as many as leave no more than half the doubt outside.
    rank = int(np.sum(special.bdtr(np.arange(n), n, 0.5) <= (1 - level) / 2))
    if rank == 0:
        return median, Estimate(float(median), se)
    ends = float(group[rank - 1]), float(group[n - rank])
    return median, Estimate(float(median), se, ends, level, "order statistics")


def _mean(group: Sequence[Fraction], level: float) -> tuple[Fraction, Estimate]:
    """Return the mean of scores with its t interval."""
    mean, variance = mean_and_variance(group)
    n = len(group)
    return mean, t_estimate(float(mean), sqrt(variance / n), freedom=n - 1, level=level)


def _findings(line: Line, slope: Estimate, *, inside: bool) -> tuple[Finding, ...]:
    """Refuse a line that does not rise, and name what weakens one that does."""
    if line.slope <= 0:
        raise NotEstimable("slope_not_positive", slope=slope.value)
    found = list(few_persons(line.n))
    source = "Pell et al. 2010 (AMEE Guide 49)"
    if line.r_squared < LEAST_FIT:
        message = f"R² is {float(line.r_squared):.3f}: grades and scores hardly speak of the same"
        found.append(Finding("low_r_squared", message, str(float(LEAST_FIT)), source))
    if slope.ci is not None and slope.ci[0] <= 0:
        message = f"the slope's interval reaches down to {slope.ci[0]:.3f}"
        found.append(Finding("slope_uncertain", message, "an interval above 0", source))
    if not inside:
        message = "nobody was graded as low, or as high, as the borderline grade"
        found.append(Finding("extrapolated", message, "a grade within those given", "house rule"))
    return tuple(found)


def _grade_means(grades: Sequence[Fraction], scores: Sequence[Fraction]) -> tuple[GradeMean, ...]:
    """Average the scores of each grade, lowest grade first."""
    by_grade: dict[Fraction, list[Fraction]] = {}
    for grade, score in zip(grades, scores, strict=True):
        by_grade.setdefault(grade, []).append(score)
    return tuple(
        GradeMean(float(grade), len(found), float(sum(found, Fraction(0)) / len(found)))
        for grade, found in sorted(by_grade.items())
    )
