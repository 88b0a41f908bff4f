"""Cuts between candidates judged competent and not yet competent: by log-odds, and by equal densities."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from math import log, sqrt

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from assessments.arrays import Floats
from assessments.errors import AssessmentError, NotEstimable
from assessments.estimates import Estimate, Provenance
from assessments.results import Finding
from assessments.standard_setting.cohort import (
    ensure_persons,
    exact_scores,
    few_persons,
    mean_and_variance,
)
from assessments.standard_setting.cuts import CutScore, Rounding, Scale, cut_score
from assessments.standard_setting.logistic import fit_logistic
from assessments.standard_setting.uncertainty import ensure_level

LOGISTIC_VERSION = "contrasting-logistic/1"
DENSITIES_VERSION = "contrasting-densities/1"


class BaseRate(Enum):
    """How common competence is taken to be: as in this cohort, or as likely as not."""

    OBSERVED = "observed"
    EQUAL = "equal"


@dataclass(frozen=True, slots=True)
class ContrastingStudy:
    """The cut between two groups, and whom the whole cut would treat otherwise than the assessors did."""

    cut_score: CutScore
    n_competent: int
    n_not_competent: int
    competent_failing: int
    not_competent_passing: int
    slope: Estimate | None
    """Log-odds of competence per raw point; None where no such model was fitted."""


Groups = tuple[tuple[Fraction, ...], tuple[Fraction, ...]]
"""Scores of those not yet competent, and of the competent."""


def contrasting_logistic(
    scores: ArrayLike,
    competent: Sequence[bool],
    *,
    scale: Scale,
    rounding: Rounding,
    base_rate: BaseRate = BaseRate.OBSERVED,
    level: float = 0.95,
) -> ContrastingStudy:
    """Compute the cut as the score at which a candidate is as likely competent as not.

    `scores`: (n_persons,) raw points; `competent`: what assessors said of the same candidates as a whole,
    without knowing the scores. Logistic regression by maximum likelihood; with BaseRate.EQUAL the log-odds
    of the group sizes are taken out, so that the cut does not move with how many of each kind came. Error
    by the delta method, normal interval. Raises NotEstimable `too_few_persons` under 10 in either group,
    `separated_groups` (with the gap) when no score of one group reaches into the other's, for then the
    slope is infinite, `slope_not_positive`, `cut_out_of_scale`; AssessmentError `lengths_differ`,
    `judgement_not_bool`, `missing_cell`, `score_out_of_scale`, `level_out_of_range`. Warns under 50
    candidates and when the slope's interval reaches 0. Source: Livingston & Zieky 1982; Cizek & Bunch 2007.
    """
    ensure_level(level)
    low, high = groups = _groups(scores, competent, scale)
    _ensure_overlap(low, high)
    fit = fit_logistic(_floats(low), _floats(high))
    if fit.slope <= 0:
        raise NotEstimable("slope_not_positive", slope=fit.slope)
    offset = log(len(high) / len(low)) if base_rate is BaseRate.EQUAL else 0.0
    slope = _normal(fit.slope, fit.slope_error, level)
    method, options = "contrasting_logistic", {"base_rate": base_rate.value}
    warnings = (*few_persons(len(low) + len(high)), *_uncertain(slope))
    found = _cut(
        _normal(*fit.score_at(offset), level),
        Provenance(method, LOGISTIC_VERSION, len(low) + len(high), 0, 0, options, warnings),
        scale,
        rounding,
    )
    return _study(found, groups, slope)


def contrasting_densities(
    scores: ArrayLike,
    competent: Sequence[bool],
    *,
    scale: Scale,
    rounding: Rounding,
    level: float = 0.95,
) -> ContrastingStudy:
    """Compute the cut as the score, between the groups' means, at which their normal densities are equal.

    `scores`, `competent`: as for `contrasting_logistic`. Each group is taken as normal with its own mean and
    standard deviation (n - 1), both groups as equally common; with equal deviations the cut is the midpoint
    of the means. Error by the delta method under normality, normal interval. Raises NotEstimable
    `too_few_persons` under 10 in either group, `constant_group`, `means_not_ordered`, `no_crossing` when one
    density is the higher at both means; AssessmentError `lengths_differ`, `judgement_not_bool`,
    `missing_cell`, `score_out_of_scale`, `level_out_of_range`. Warns under 50 candidates. Source: Livingston
    & Zieky 1982; Cizek & Bunch 2007; the parametric form with normal densities.
    """
    ensure_level(level)
    low, high = groups = _groups(scores, competent, scale)
    for group in groups:
        if min(group) == max(group):
            raise NotEstimable("constant_group", score=float(group[0]))
    lower, upper = (_Normal.of(group) for group in groups)
    if lower.mean >= upper.mean:
        raise NotEstimable("means_not_ordered", not_competent=lower.mean, competent=upper.mean)
    cut_raw, se = _crossing(lower, upper)
    n = len(low) + len(high)
    provenance = Provenance("contrasting_densities", DENSITIES_VERSION, n, 0, warnings=few_persons(n))
    found = _cut(_normal(cut_raw, se, level), provenance, scale, rounding)
    return _study(found, groups, None)


@dataclass(frozen=True, slots=True)
class _Normal:
    """A group's normal density."""

    n: int
    mean: float
    sd: float

    @classmethod
    def of(cls, group: Sequence[Fraction]) -> "_Normal":
        """Fit a density to a group."""
        mean, variance = mean_and_variance(group)
        return cls(len(group), float(mean), sqrt(variance))

    def fall(self, score: float) -> float:
        """Return how fast the logarithm of the density falls with the score."""
        return (score - self.mean) / self.sd**2

    def noise(self, score: float) -> float:
        """Return the variance of that logarithm at a score, from sampling mean and sd of a normal group."""
        by_mean = self.fall(score)
        by_sd = (score - self.mean) ** 2 / self.sd**3 - 1 / self.sd
        return by_mean**2 * self.sd**2 / self.n + by_sd**2 * self.sd**2 / (2 * (self.n - 1))


def _crossing(lower: _Normal, upper: _Normal) -> tuple[float, float]:
    """Return the score between the means at which the densities are equal, and its error.

    With u the share of the way from mean to mean, the difference of log-densities is a·u² + b·u + c. Of its
    roots the one wanted is where the upper group takes over; b > 0 makes this form of it free of
    cancellation, and gives the midpoint when both deviations are equal.
    """
    way = upper.mean - lower.mean
    a = (way / lower.sd) ** 2 / 2 - (way / upper.sd) ** 2 / 2
    b = (way / upper.sd) ** 2
    c = log(lower.sd / upper.sd) - b / 2
    if not c < 0 < a + b + c:
        raise NotEstimable("no_crossing", sds=(lower.sd, upper.sd))
    cut = lower.mean + way * -2 * c / (b + sqrt(b**2 - 4 * a * c))
    # Between the means the first density falls and the second rises, so the difference is never flat.
    steepness = lower.fall(cut) - upper.fall(cut)
    return cut, sqrt(lower.noise(cut) + upper.noise(cut)) / steepness


def _groups(scores: ArrayLike, competent: Sequence[bool], scale: Scale) -> Groups:
    """Part the scores by what the assessors said; refuse groups too small to speak for their kind."""
    exact = exact_scores(scores, scale)
    if len(exact) != len(competent):
        raise AssessmentError("lengths_differ", first=len(exact), second=len(competent))
    for row, judgement in enumerate(competent):
        # A grade of 2 is true to Python, but nobody said that it means competent.
        if not isinstance(judgement, bool | np.bool_):
            raise AssessmentError("judgement_not_bool", row=row, judgement=str(judgement))
    paired = list(zip(exact, competent, strict=True))
    low = tuple(score for score, judgement in paired if not judgement)
    high = tuple(score for score, judgement in paired if judgement)
    ensure_persons(len(low), group="not_competent")
    ensure_persons(len(high), group="competent")
    return low, high


def _ensure_overlap(low: Sequence[Fraction], high: Sequence[Fraction]) -> None:
    """Refuse groups for which the likelihood has no maximum (Albert & Anderson 1984)."""
    if min(high) >= max(low):
        raise NotEstimable("separated_groups", gap=(float(max(low)), float(min(high))))
    if max(high) <= min(low):
        raise NotEstimable("slope_not_positive", highest_competent=float(max(high)))


def _floats(group: Sequence[Fraction]) -> Floats:
    """Turn exact scores into an array."""
    return np.array([float(score) for score in group])


def _normal(value: float, se: float, level: float) -> Estimate:
    """Wrap a value with its normal interval."""
    reach = float(special.ndtri((1 + level) / 2)) * se
    return Estimate(value, se, (value - reach, value + reach), level, "normal, delta method")


def _cut(estimate: Estimate, provenance: Provenance, scale: Scale, rounding: Rounding) -> CutScore:
    """Make a cut of an estimate."""
    return cut_score(estimate.value, estimate, scale=scale, rounding=rounding, provenance=provenance)


def _uncertain(slope: Estimate) -> tuple[Finding, ...]:
    """Caution when the scores may not tell the groups apart at all."""
    if slope.ci is None or slope.ci[0] > 0:
        return ()
    message = f"the slope's interval reaches down to {slope.ci[0]:.3f}"
    return (Finding("slope_uncertain", message, "an interval above 0", "house rule"),)


def _study(found: CutScore, groups: Groups, slope: Estimate | None) -> ContrastingStudy:
    """Count whom the whole cut treats otherwise than the assessors did."""
    low, high = groups
    return ContrastingStudy(
        cut_score=found,
        n_competent=len(high),
        n_not_competent=len(low),
        competent_failing=sum(score < found.cut for score in high),
        not_competent_passing=sum(score >= found.cut for score in low),
        slope=slope,
    )
