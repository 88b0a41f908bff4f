"""DIF of rubric lines and other items with several points: Mantel's tests and the mean difference."""

from dataclasses import dataclass, replace
from math import sqrt

import numpy as np
from scipy import stats

from assessments.arrays import Floats
from assessments.dif.comparison import (
    Comparison,
    ItemClass,
    Refusal,
    Strata,
    matching_findings,
    matching_score,
    provenance,
    strata,
)
from assessments.dif.purification import Purification, screen
from assessments.estimates import Estimate, Provenance
from assessments.multiplicity import benjamini_hochberg

VERSION = "ordinal-dif/1"
LEVEL = 0.05
MODERATE, LARGE = 0.17, 0.25
Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class MantelTest:
    """A chi-square test over strata of equal score; no continuity correction."""

    chi2: float
    df: int
    p: float
    p_adjusted: float
    """Benjamini-Hochberg over the items; the class uses `p`."""


@dataclass(frozen=True, slots=True)
class OrdinalItem:
    """One item: negative differences mean that the focal group scores lower than equally able others."""

    item: str
    smd: Estimate
    """In points of the item."""
    effect: float
    """`smd` over the standard deviation of the item's scores in both groups together."""
    mantel: MantelTest
    """Ordered categories: do means differ (1 degree of freedom)?"""
    general: MantelTest
    """Unordered categories: does any category differ (categories - 1 degrees of freedom)?"""
    dif_class: ItemClass
    n_strata: int
    n_matched: int


@dataclass(frozen=True, slots=True)
class OrdinalDif:
    """All items, those that could not be tested, and the items that persons were matched on."""

    items: tuple[OrdinalItem, ...]
    refused: tuple[Refusal, ...]
    anchor: tuple[str, ...]
    provenance: Provenance


def ordinal_dif(
    comparison: Comparison, *, purification: Purification = Purification.TWO_STEP, bands: int | None = None
) -> OrdinalDif:
    """Test every item with ordered points for DIF, matching on the anchor's points and the item's own.

    `bands` as in `mantel_haenszel`. Classes BB and CC of the source are told as B and C. Purification
    removes them. Raises AssessmentError `too_few_bands`; an item that cannot be tested is listed as refused
    (`no_overlap`, `no_variation`). Source: Mantel 1963 and Somes 1986 as used by Zwick, Donoghue & Grima
    1993; standardised mean difference Dorans & Schmitt 1991, its standard error from the hypergeometric
    distribution Zwick & Thayer 1996; classes Allen, Carlson & Zelenak 1999 (NAEP).
    """

    def test(item: int, anchor: frozenset[int]) -> OrdinalItem | Refusal:
        return _test(comparison, item, anchor, bands)

    screened = screen(
        test, lambda answer: answer.dif_class is not ItemClass.A, len(comparison.items), purification
    )
    anchor = screened.anchor
    findings = matching_findings(comparison, [answer.n_matched for answer in screened.answers])
    options = {
        "purification": purification.value,
        "rounds": anchor.rounds,
        "bands": bands,
        "level": str(LEVEL),
    }
    return OrdinalDif(
        items=_adjusted(screened.answers),
        refused=screened.refused,
        anchor=tuple(comparison.items[item] for item in sorted(anchor.items)),
        provenance=provenance(comparison, "ordinal_dif", VERSION, options, anchor.findings + findings),
    )


def ordinal_class(effect: float, p: float) -> ItemClass:
    """Class an effect: A (AA) to .17 or not significant at .05, B (BB) to .25, C (CC) beyond.

    Source: Allen, Carlson & Zelenak 1999 (NAEP 1996 technical report).
    """
    if p >= LEVEL or abs(effect) <= MODERATE:
        return ItemClass.A
    return ItemClass.B if abs(effect) <= LARGE else ItemClass.C


def _test(
    comparison: Comparison, item: int, anchor: frozenset[int], bands: int | None
) -> OrdinalItem | Refusal:
    """Compute the tests of one item, or say why there is none."""
    label, points = comparison.items[item], comparison.scores[:, item]
    stratum = strata(matching_score(comparison, item, anchor), bands)
    values, category = np.unique(points, return_inverse=True)
    counts = _counts(stratum, comparison.is_focal.astype(np.intp), category, len(values))
    counts = counts[(counts.sum(axis=2) > 0).all(axis=1)]
    if not len(counts):
        return Refusal(label, "no_overlap")
    covariance = _covariance(counts)
    if not covariance.any():
        return Refusal(label, "no_variation")
    smd = _smd(counts, values)
    effect = smd.value / float(points.std())
    mantel = _mantel(counts, covariance, values)
    return OrdinalItem(
        item=label,
        smd=smd,
        effect=effect,
        mantel=mantel,
        general=_general(counts, covariance),
        dif_class=ordinal_class(effect, mantel.p),
        n_strata=len(counts),
        n_matched=int(counts.sum()),
    )


def _counts(stratum: Strata, group: Strata, category: Strata, n_categories: int) -> Floats:
    """Count persons into tables (n_strata, 2, n_categories), reference first."""
    n_strata = int(stratum.max()) + 1
    cell = (2 * stratum + group) * n_categories + category
    counted = np.bincount(cell, minlength=2 * n_strata * n_categories)
    return counted.reshape(n_strata, 2, n_categories).astype(np.float64)


def _covariance(counts: Floats) -> Floats:
    """Return the covariance (n_strata, n_categories, n_categories) of the focal counts, margins given."""
    margin = counts.sum(axis=1)
    reference, focal = counts[:, 0].sum(axis=1), counts[:, 1].sum(axis=1)
    total = reference + focal
    scale = reference * focal / (total**2 * (total - 1))
    spread = total[:, np.newaxis, np.newaxis] * margin[:, :, np.newaxis] * np.eye(margin.shape[1])
    centred: Floats = spread - margin[:, :, np.newaxis] * margin[:, np.newaxis, :]
    covariance: Floats = scale[:, np.newaxis, np.newaxis] * centred
    return covariance


def _excess(counts: Floats) -> Floats:
    """Return how many more of the focal group are in each category (n_categories,) than expected."""
    share = counts[:, 1].sum(axis=1) / counts.sum(axis=(1, 2))
    excess: Floats = (counts[:, 1] - share[:, np.newaxis] * counts.sum(axis=1)).sum(axis=0)
    return excess


def _mantel(counts: Floats, covariance: Floats, values: Floats) -> MantelTest:
    """Test the difference in means over all strata."""
    chi2 = float(values @ _excess(counts)) ** 2 / float(values @ covariance.sum(axis=0) @ values)
    p = float(stats.chi2.sf(chi2, 1))
    return MantelTest(chi2, 1, p, p)


def _general(counts: Floats, covariance: Floats) -> MantelTest:
    """Test the difference in any category; those without variation in every stratum add no freedom."""
    excess, total = _excess(counts), covariance.sum(axis=0)
    df = int(np.linalg.matrix_rank(total, hermitian=True))
    chi2 = float(excess @ np.linalg.pinv(total, rcond=1e-10, hermitian=True) @ excess)
    p = float(stats.chi2.sf(chi2, df))
    return MantelTest(chi2, df, p, p)


def _smd(counts: Floats, values: Floats) -> Estimate:
    """Average the differences of means over strata, weighted by the focal group."""
    sizes = counts.sum(axis=2)
    means = counts @ values / sizes
    weight = sizes[:, 1] / sizes[:, 1].sum()
    value = float((weight * (means[:, 1] - means[:, 0])).sum())
    sums = np.einsum("i,sij,j->s", values, _covariance(counts), values)
    variance = (weight * (1 / sizes[:, 0] + 1 / sizes[:, 1])) ** 2 * sums
    se = sqrt(max(0.0, float(variance.sum())))
    return Estimate(value, se, (value - Z95 * se, value + Z95 * se), 0.95, "normal, hypergeometric")


def _adjusted(items: tuple[OrdinalItem, ...]) -> tuple[OrdinalItem, ...]:
    """Adjust the p values of both tests over the items."""
    mantel = benjamini_hochberg([item.mantel.p for item in items])
    general = benjamini_hochberg([item.general.p for item in items])
    return tuple(
        replace(
            item,
            mantel=replace(item.mantel, p_adjusted=mantel[row]),
            general=replace(item.general, p_adjusted=general[row]),
        )
        for row, item in enumerate(items)
    )
