"""What every agreement coefficient returns, and the sampling error that they share."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy import stats

from assessments.agreement.exact import ADVISED_PAIRS
from assessments.arrays import Floats
from assessments.errors import AssessmentError, NotEstimable
from assessments.estimates import Estimate, Provenance
from assessments.results import Finding, Json


@dataclass(frozen=True, slots=True)
class AgreementResult:
    """An agreement coefficient with the two shares of disagreement it is made of."""

    coefficient: str
    estimate: Estimate
    observed_disagreement: float
    expected_disagreement: float | None
    """By chance, as the coefficient understands it; None for a plain share of agreement."""
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Parts:
    """Observed and expected disagreement, and how far each kind of unit moves them.

    An influence, (n_kinds,), is what one more unit of the kind moves the figure by, times the number of
    units; over the sample it is zero on average. `frequency`: (n_kinds,), units of each kind.
    """

    observed: float
    expected: float
    observed_influence: Floats
    expected_influence: Floats
    frequency: Floats

    def influence(self, value: float) -> Floats:
        """Give each kind's influence on the corrected figure, whose value is `value`."""
        return ((1 - value) * self.expected_influence - self.observed_influence) / self.expected


def corrected(parts: Parts, *, n: int) -> float:
    """Correct observed disagreement for chance: 1 - observed / expected.

    Raises NotEstimable `no_expected_disagreement` when all ratings are alike, so that chance alone would
    already bring full agreement.
    """
    if parts.expected <= 0:
        raise NotEstimable("no_expected_disagreement", n=n)
    return 1 - parts.observed / parts.expected


def linearized(parts: Parts, value: float, *, lost: int = 0) -> float:
    """Give the standard error of a corrected figure by linearising it (the delta method) over its units.

    `lost`: degrees of freedom taken off the divisor; 0 is the multinomial variance.
    """
    n = parts.frequency.sum()
    return float(np.sqrt((parts.frequency @ parts.influence(value) ** 2) / n / (n - lost)))


def ensure_level(ci_level: float) -> None:
    """Refuse a confidence level that is not between 0 and 1: AssessmentError `ci_level`."""
    if not 0 < ci_level < 1:
        raise AssessmentError("ci_level", value=ci_level)


def interval(value: float, se: float, *, ci_level: float, df: int | None = None) -> Estimate:
    """Put a symmetric interval around a coefficient, with normal or t quantiles, and end it at 1.

    A standard error of zero comes from a sample without any disagreement to learn from, not from certainty:
    such a value is given without an interval.
    """
    if se < 1e-12:
        return Estimate(value)
    upper = (1 + ci_level) / 2
    half = se * float(stats.norm.ppf(upper) if df is None else stats.t.ppf(upper, df))
    ends = (value - half, min(1.0, value + half))
    return Estimate(value, se, ends, ci_level, "normal" if df is None else f"t with {df} degrees of freedom")


def result(
    coefficient: str,
    estimate: Estimate,
    parts: Parts,
    *,
    version: str,
    raters: int,
    missing: int = 0,
    options: Mapping[str, Json] | None = None,
) -> AgreementResult:
    """Wrap an estimate from linearised parts with where it came from and its cautions."""
    n = int(parts.frequency.sum())
    return AgreementResult(
        coefficient=coefficient,
        estimate=estimate,
        observed_disagreement=parts.observed,
        expected_disagreement=parts.expected,
        provenance=Provenance(
            method=coefficient,
            version=version,
            n_persons=n,
            n_items=raters,
            n_missing=missing,
            options=options,
            warnings=few_units(n) + no_interval(estimate),
        ),
    )


def few_units(n: int) -> tuple[Finding, ...]:
    """Warn of few units: what was rated, in pairs or by more raters."""
    if n >= ADVISED_PAIRS:
        return ()
    message = f"{n} rated units; under {ADVISED_PAIRS} the coefficient says little"
    return (Finding("few_units", message, str(ADVISED_PAIRS), "house rule"),)


def no_interval(estimate: Estimate) -> tuple[Finding, ...]:
    """Warn of a sample whose ratings do not spread enough for an interval."""
    if estimate.ci is not None:
        return ()
    message = "the ratings show no spread from which an interval could be estimated"
    return (Finding("no_interval", message, "standard error above 0", "house rule"),)
