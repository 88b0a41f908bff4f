"""Logistic regression DIF: uniform and non-uniform, by likelihood-ratio tests and Nagelkerke's R2."""

from dataclasses import dataclass, replace
from math import exp, sqrt

import numpy as np
from scipy import stats

from assessments.arrays import Floats
from assessments.dif.comparison import (
    Comparison,
    ItemClass,
    Refusal,
    ensure_dichotomous,
    matching_score,
    provenance,
)
from assessments.dif.logit import LogitFit, fit_logit
from assessments.dif.purification import Purification, screen
from assessments.errors import NotEstimable
from assessments.estimates import Estimate, Provenance
from assessments.multiplicity import benjamini_hochberg

VERSION = "logistic-dif/1"
LEVEL = 0.05
MODERATE, LARGE = 0.035, 0.070
Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class LikelihoodRatio:
    """A test between nested models, what the larger one explains more, and the class by both."""

    chi2: float
    df: int
    p: float
    p_adjusted: float
    """Benjamini-Hochberg over the items, for this test; the class uses `p`."""
    delta_r2: float
    dif_class: ItemClass


@dataclass(frozen=True, slots=True)
class LogisticItem:
    """One item: a negative `group_effect` means harder for the focal group at equal score."""

    item: str
    r2: float
    """Nagelkerke's R2 of the matching score alone."""
    group_effect: Estimate
    """Log odds, focal minus reference, in the model without interaction."""
    slope_difference: Estimate
    """Log odds per point of the matching score, focal minus reference."""
    uniform: LikelihoodRatio
    non_uniform: LikelihoodRatio
    both: LikelihoodRatio


@dataclass(frozen=True, slots=True)
class LogisticDif:
    """All items, those that could not be tested, and the items that persons were matched on."""

    items: tuple[LogisticItem, ...]
    refused: tuple[Refusal, ...]
    anchor: tuple[str, ...]
    provenance: Provenance


def logistic_dif(
    comparison: Comparison, *, purification: Purification = Purification.TWO_STEP
) -> LogisticDif:
    """Test every item for uniform, non-uniform and any DIF, given the matching score.

    The score is the number right of the anchor and the item itself. Three nested models: score; score and
    group; score, group and their product. Purification removes items of class B or C by the test of both
    with 2 degrees of freedom. Raises AssessmentError `not_dichotomous`;
    an item that cannot be tested is listed as refused (`separated`, `collinear`). Source: Swaminathan &
    Rogers 1990; R2 Nagelkerke 1991; classes Jodoin & Gierl 2001.
    """
    ensure_dichotomous(comparison)

    def test(item: int, anchor: frozenset[int]) -> LogisticItem | Refusal:
        return _test(comparison, item, anchor)

    screened = screen(
        test, lambda answer: answer.both.dif_class is not ItemClass.A, len(comparison.items), purification
    )
    anchor = screened.anchor
    options = {"purification": purification.value, "rounds": anchor.rounds, "level": str(LEVEL)}
    return LogisticDif(
        items=_adjusted(screened.answers),
        refused=screened.refused,
        anchor=tuple(comparison.items[item] for item in sorted(anchor.items)),
        provenance=provenance(comparison, "logistic_dif", VERSION, options, anchor.findings),
    )


def jodoin_gierl_class(delta_r2: float, p: float) -> ItemClass:
    """Class a difference in R2: A below .035 or not significant at .05, B below .070, C from there.

    Source: Jodoin & Gierl 2001.
    """
    if p >= LEVEL or delta_r2 < MODERATE:
        return ItemClass.A
    return ItemClass.B if delta_r2 < LARGE else ItemClass.C


def _test(comparison: Comparison, item: int, anchor: frozenset[int]) -> LogisticItem | Refusal:
    """Fit the three models to one item, or say why one of them has no maximum."""
    score = matching_score(comparison, item, anchor)
    try:
        return _fitted(
            comparison.items[item], comparison.scores[:, item], score, comparison.is_focal.astype(np.float64)
        )
    except NotEstimable as refusal:
        return Refusal(comparison.items[item], refusal.code)


def _fitted(label: str, right: Floats, score: Floats, focal: Floats) -> LogisticItem:
    """Compare the three models of one item."""
    centre, unit = float(score.mean()), float(score.std()) or 1.0
    cells, cell = np.unique(np.column_stack([(score - centre) / unit, focal]), axis=0, return_inverse=True)
    trials = np.bincount(cell).astype(np.float64)
    successes = np.bincount(cell, weights=right).astype(np.float64)
    design = np.column_stack([np.ones(len(cells)), cells, cells[:, 0] * cells[:, 1]])
    matched, uniform, both = (fit_logit(design[:, :columns], trials, successes) for columns in (2, 3, 4))
    # The likelihood of the share right alone needs no iteration.
    share = float(right.mean())
    baseline = len(right) * (share * np.log(share) + (1 - share) * np.log(1 - share))
    r2 = [_nagelkerke(fit, float(baseline), len(right)) for fit in (matched, uniform, both)]
    return LogisticItem(
        item=label,
        r2=r2[0],
        group_effect=_coefficient(uniform, 2, 1.0),
        slope_difference=_coefficient(both, 3, unit),
        uniform=_ratio(matched, uniform, 1, r2[1] - r2[0]),
        non_uniform=_ratio(uniform, both, 1, r2[2] - r2[1]),
        both=_ratio(matched, both, 2, r2[2] - r2[0]),
    )


def _nagelkerke(fit: LogitFit, baseline: float, n: int) -> float:
    """Compute Nagelkerke's R2: Cox and Snell's as a share of the largest that the data allow."""
    return (1 - exp(2 * (baseline - fit.log_likelihood) / n)) / (1 - exp(2 * baseline / n))


def _ratio(smaller: LogitFit, larger: LogitFit, df: int, delta_r2: float) -> LikelihoodRatio:
    """Test two nested models; rounding may not make the larger one fit worse."""
    chi2 = max(0.0, 2 * (larger.log_likelihood - smaller.log_likelihood))
    p = float(stats.chi2.sf(chi2, df))
    gain = max(0.0, delta_r2)
    return LikelihoodRatio(chi2, df, p, p, gain, jodoin_gierl_class(gain, p))


def _coefficient(fit: LogitFit, column: int, unit: float) -> Estimate:
    """Return a coefficient per point of the score, with its Wald interval."""
    value = float(fit.coefficients[column]) / unit
    se = sqrt(float(fit.covariance[column, column])) / unit
    return Estimate(value, se, (value - Z95 * se, value + Z95 * se), 0.95, "Wald")


def _adjusted(items: tuple[LogisticItem, ...]) -> tuple[LogisticItem, ...]:
    """Adjust the p values of each test over the items."""
    uniform = benjamini_hochberg([item.uniform.p for item in items])
    non_uniform = benjamini_hochberg([item.non_uniform.p for item in items])
    both = benjamini_hochberg([item.both.p for item in items])
    return tuple(
        replace(
            item,
            uniform=replace(item.uniform, p_adjusted=uniform[row]),
            non_uniform=replace(item.non_uniform, p_adjusted=non_uniform[row]),
            both=replace(item.both, p_adjusted=both[row]),
        )
        for row, item in enumerate(items)
    )
