"""Mantel-Haenszel DIF of right/wrong items on the ETS delta scale, classed A, B or C."""

from dataclasses import dataclass, replace

from scipy import stats

from assessments.dif.comparison import (
    Comparison,
    ItemClass,
    Refusal,
    ensure_dichotomous,
    matching_findings,
    matching_score,
    provenance,
    strata,
)
from assessments.dif.purification import Purification, screen
from assessments.dif.tables import CommonOddsRatio, common_odds_ratio, count_tables
from assessments.errors import NotEstimable
from assessments.estimates import Estimate, Provenance
from assessments.multiplicity import benjamini_hochberg

VERSION = "mantel-haenszel-dif/1"
LEVEL = 0.05
DELTA = -2.35
"""From log odds to ETS delta: 4 / 1.7 rounded, negative so that minus means harder for the focal group."""


@dataclass(frozen=True, slots=True)
class MantelHaenszelItem:
    """One item: negative `d_dif` (and an odds ratio above 1) means harder for the focal group."""

    item: str
    odds_ratio: Estimate
    d_dif: Estimate
    chi2: float
    p: float
    p_adjusted: float
    """Benjamini-Hochberg over the items; the ETS class uses `p`, as the ETS rule does."""
    ets_class: ItemClass
    n_strata: int
    n_matched: int


@dataclass(frozen=True, slots=True)
class MantelHaenszelDif:
    """All items, those that could not be tested, and the items that persons were matched on."""

    items: tuple[MantelHaenszelItem, ...]
    refused: tuple[Refusal, ...]
    anchor: tuple[str, ...]
    provenance: Provenance


def mantel_haenszel(
    comparison: Comparison,
    *,
    purification: Purification = Purification.TWO_STEP,
    bands: int | None = None,
    correction: bool = True,
) -> MantelHaenszelDif:
    """Test every item for uniform DIF, matching on the number right of the anchor and the item itself.

    `bands`: None matches on each score, a number on that many equally filled bands. `correction`: continuity
    correction of one half in the chi-square. Purification removes items of class B and C. Raises
    AssessmentError `not_dichotomous`, `too_few_bands`; an item that cannot be tested is listed as refused
    (`no_overlap`, `no_variation`, `empty_cells`). Source: Holland & Thayer 1988; classes Zieky 1993,
    Zwick 2012.
    """
    ensure_dichotomous(comparison)

    def test(item: int, anchor: frozenset[int]) -> MantelHaenszelItem | Refusal:
        return _test(comparison, item, anchor, bands, correction)

    screened = screen(
        test, lambda answer: answer.ets_class is not ItemClass.A, len(comparison.items), purification
    )
    anchor = screened.anchor
    findings = matching_findings(comparison, [answer.n_matched for answer in screened.answers])
    options = {
        "purification": purification.value,
        "rounds": anchor.rounds,
        "bands": bands,
        "continuity_correction": correction,
        "level": str(LEVEL),
    }
    return MantelHaenszelDif(
        items=_adjusted(screened.answers),
        refused=screened.refused,
        anchor=tuple(comparison.items[item] for item in sorted(anchor.items)),
        provenance=provenance(
            comparison, "mantel_haenszel_dif", VERSION, options, anchor.findings + findings
        ),
    )


def ets_class(d_dif: Estimate, p: float) -> ItemClass:
    """Class an item by size and significance of its MH D-DIF, as ETS does.

    A: not significantly different from 0 (`p` of the MH chi-square at least .05) or smaller than 1 in size.
    C: at least 1.5 in size and significantly beyond 1 (one-sided at .05: size - 1.645 SE > 1). B: the rest.
    Source: Zieky 1993; Zwick 2012 (ETS RR-12-08).
    """
    assert d_dif.se is not None, "MH D-DIF always has a standard error"
    size = abs(d_dif.value)
    if p >= LEVEL or size < 1:
        return ItemClass.A
    beyond = size - float(stats.norm.isf(LEVEL)) * d_dif.se > 1
    return ItemClass.C if size >= 1.5 and beyond else ItemClass.B


def _test(
    comparison: Comparison, item: int, anchor: frozenset[int], bands: int | None, correction: bool
) -> MantelHaenszelItem | Refusal:
    """Compute the common odds ratio of one item, or say why there is none."""
    stratum = strata(matching_score(comparison, item, anchor), bands)
    tables = count_tables(comparison.scores[:, item], comparison.is_focal, stratum)
    try:
        return _item(comparison.items[item], common_odds_ratio(tables, correction=correction))
    except NotEstimable as refusal:
        return Refusal(comparison.items[item], refusal.code)


def _d_dif(ratio: CommonOddsRatio) -> Estimate:
    """Put a common odds ratio on the delta scale."""
    log_ratio = ratio.log_odds_ratio
    assert log_ratio.se is not None and log_ratio.ci is not None, "common_odds_ratio gives both"
    low, high = log_ratio.ci
    return Estimate(
        value=DELTA * log_ratio.value,
        se=-DELTA * log_ratio.se,
        ci=(DELTA * high, DELTA * low),
        ci_level=log_ratio.ci_level,
        ci_method=log_ratio.ci_method,
    )


def _item(label: str, ratio: CommonOddsRatio) -> MantelHaenszelItem:
    """Put together what is said of one item."""
    d_dif = _d_dif(ratio)
    return MantelHaenszelItem(
        item=label,
        odds_ratio=ratio.odds_ratio,
        d_dif=d_dif,
        chi2=ratio.chi2,
        p=ratio.p,
        p_adjusted=ratio.p,
        ets_class=ets_class(d_dif, ratio.p),
        n_strata=ratio.n_strata,
        n_matched=ratio.n_matched,
    )


def _adjusted(items: tuple[MantelHaenszelItem, ...]) -> tuple[MantelHaenszelItem, ...]:
    """Adjust the p values over the items."""
    adjusted = benjamini_hochberg([item.p for item in items])
    return tuple(replace(item, p_adjusted=p) for item, p in zip(items, adjusted, strict=True))
