"""Decision consistency and accuracy of any score with a known reliability: Livingston and Lewis."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from assessments.arrays import Floats, vector
from assessments.bootstrap import Bootstrap, resampled
from assessments.consistency.beta import fit_four, fit_two, mixture, true_moments
from assessments.consistency.model import (
    LEAST_PERSONS,
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
from assessments.responses import ensure_persons, size_findings
from assessments.results import Finding, Json

LIVINGSTON_LEWIS_VERSION = "livingston-lewis-hanson/1"
LARGEST_TRIALS = 10_000

Model = Literal["four_parameter", "two_parameter"]


def livingston_lewis(
    scores: ArrayLike,
    *,
    cuts: Sequence[float],
    scale: tuple[float, float],
    reliability: float,
    model: Model = "four_parameter",
    bootstrap: Bootstrap | None = None,
) -> DecisionConsistency:
    """Estimate how consistently and how rightly a score of any kind puts candidates into levels.

    `scores`: (n_persons,) on a `scale` from its least to its largest possible value, not the observed ones;
    `cuts`: the least score of each higher level, increasing; `reliability`: of the scores, in (0, 1). The
    score is recast as right answers on n equivalent items (n = effective test length, rounded), true
    proportions follow a four-parameter beta fitted by four moments, errors are binomial. Variant: Hanson's
    integration of the fitted model, chance agreement from its marginals, and no adjustment to the observed
    ones as in the paper of 1995; a cut between two points of the effective test is not rounded (see
    `mixture`); moments have the divisor n_persons. Where the four-parameter fit leaves the
    scale the ends are set to 0 and 1 and two moments fitted, which is reported as a warning; so it is for
    each resample. The bootstrap holds the reliability fixed. Raises AssessmentError `scale_not_increasing`,
    `score_out_of_range`, `reliability_out_of_range`, `unknown_model`, and as `ensure_cuts` does; NotEstimable
    `too_few_persons` under 50, `constant_scores`, `no_error_variance`, `no_true_variance`,
    `effective_length_out_of_range`. Source: Livingston & Lewis 1995; Hanson 1991; Lord 1965.
    """
    test = _read(scores, cuts, scale, reliability, model)
    found = resampled(lambda rows: figures(test.mixture(rows)), len(test.observed), bootstrap)
    everybody = np.arange(len(test.observed))
    rows = cut_rows(cuts, test.observed, test.mixture(everybody), found)
    true_scores, trials = test.fit(everybody)
    findings = _fail_safe(model, true_scores) + misfit_findings(rows) + found.findings
    provenance = _provenance(test, {"scale": [repr(float(end)) for end in scale], **found.options}, findings)
    return DecisionConsistency(indices(found, 0), rows, reliability, true_scores, trials, provenance)


def effective_length(proportions: Floats, reliability: float) -> float:
    """Compute how many equivalent right-or-wrong items would give these scores this reliability.

    `proportions`: (n_persons,) scores as a share of the scale. n = (m (1 - m) - r s²) / (s² (1 - r)), s² with
    the divisor n_persons. Raises NotEstimable `constant_scores`. Source: Livingston & Lewis 1995.
    """
    if np.ptp(proportions) == 0:
        raise NotEstimable("constant_scores", proportion=float(proportions[0]))
    mean, variance = proportions.mean(), proportions.var()
    return float((mean * (1 - mean) - reliability * variance) / (variance * (1 - reliability)))


@dataclass(frozen=True, slots=True)
class _Test:
    """Scores as they are and as shares of their scale, the cuts as shares too, and what is assumed."""

    observed: Floats
    proportions: Floats
    lines: tuple[float, ...]
    reliability: float
    model: Model

    def fit(self, rows: NDArray[np.intp]) -> tuple[BetaTrueScores, int]:
        """Fit the true scores of some persons and return them with the effective test length."""
        proportions = self.proportions[rows]
        trials = round(effective_length(proportions, self.reliability))
        if not 2 <= trials <= LARGEST_TRIALS:
            raise NotEstimable(
                "effective_length_out_of_range", trials=trials, least=2, largest=LARGEST_TRIALS
            )
        if self.model == "four_parameter" and trials >= 4:
            fitted = fit_four(true_moments(proportions * trials, trials, order=4))
            if fitted is not None:
                return fitted, trials
        mean, second = true_moments(proportions * trials, trials, order=2)
        return fit_two(float(mean), float(second - mean**2)), trials

    def mixture(self, rows: NDArray[np.intp]) -> Mixture:
        """Spread the true scores of some persons over nodes of integration."""
        true_scores, trials = self.fit(rows)
        return mixture(true_scores, trials=trials, cuts=self.lines)


def _read(
    scores: ArrayLike, cuts: Sequence[float], scale: tuple[float, float], reliability: float, model: Model
) -> _Test:
    """Read scores and cuts on their scale, and refuse what cannot be."""
    lowest, highest = scale
    if not lowest < highest:
        raise AssessmentError("scale_not_increasing", lowest=lowest, highest=highest)
    observed = vector(scores)
    outside = observed[(observed < lowest) | (observed > highest)]
    if len(outside):
        raise AssessmentError("score_out_of_range", score=float(outside[0]), lowest=lowest, highest=highest)
    ensure_persons(len(observed), LEAST_PERSONS)
    ensure_cuts(cuts, lowest=lowest, highest=highest)
    if not 0 < reliability < 1:
        raise AssessmentError("reliability_out_of_range", reliability=reliability)
    if model not in {"four_parameter", "two_parameter"}:
        raise AssessmentError("unknown_model", model=model)
    width = highest - lowest
    lines = tuple((cut - lowest) / width for cut in cuts)
    return _Test(observed, (observed - lowest) / width, lines, reliability, model)


def _fail_safe(model: Model, true_scores: BetaTrueScores) -> tuple[Finding, ...]:
    """Report that two parameters had to do for four."""
    if model == "two_parameter" or (true_scores.lower, true_scores.upper) != (0.0, 1.0):
        return ()
    message = "the four-parameter true scores leave the scale; two parameters between its ends were fitted"
    return (Finding("two_parameter_fail_safe", message, "0 to 1", "Hanson 1991"),)


def _provenance(test: _Test, options: dict[str, Json], findings: tuple[Finding, ...]) -> Provenance:
    """Say from what and how it was computed; to this method the whole test is one score."""
    n_persons = len(test.observed)
    assumed: dict[str, Json] = {
        "model": test.model,
        "reliability": repr(float(test.reliability)),
        "effective_length": repr(effective_length(test.proportions, test.reliability)),
    }
    return Provenance(
        "livingston_lewis",
        LIVINGSTON_LEWIS_VERSION,
        n_persons,
        1,
        options=assumed | options,
        warnings=size_findings(n_persons) + findings,
    )
