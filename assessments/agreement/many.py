"""How far many raters agree on unordered categories when every unit has the same number of ratings: Fleiss.

For two raters Fleiss' kappa is Scott's pi and *not* Cohen's kappa, because chance is taken from one margin
common to all raters: it is lower wherever two raters' margins differ.
"""

from collections.abc import Sequence

from numpy.typing import ArrayLike

from assessments.agreement.coding import Patterns, coded, patterns_of, scale_of
from assessments.agreement.outcome import (
    AgreementResult,
    Parts,
    corrected,
    ensure_level,
    interval,
    linearized,
    result,
)
from assessments.arrays import matrix
from assessments.errors import NotEstimable

FLEISS_VERSION = "fleiss-kappa/1"


def fleiss_kappa(
    ratings: ArrayLike, *, categories: Sequence[float], ci_level: float = 0.95
) -> AgreementResult:
    """Give Fleiss' kappa of raters who need not be the same from unit to unit.

    `ratings`: (n_units, n_raters), complete, each row in any order; `categories`: the whole scale. Standard
    error: linearised over units, which are the sample, with t quantiles (Gwet 2014; the formula of Fleiss,
    Nee & Landis 1979 holds only where kappa is 0). Raises AssessmentError `not_a_table`, `not_finite`,
    `missing_cell` (take Krippendorff's alpha), `category_repeated`, `unknown_category`, `ci_level`;
    NotEstimable `no_data`, `one_category`, `too_few_units`, `too_few_raters` (under 2),
    `no_expected_disagreement`. Source: Fleiss 1971.
    """
    ensure_level(ci_level)
    scale = scale_of(categories)
    table = matrix(ratings)
    n, m = table.shape
    if n < 2:
        raise NotEstimable("too_few_units", units=n, least=2)
    if m < 2:
        raise NotEstimable("too_few_raters", raters=m, least=2)
    parts = _parts(patterns_of(coded(table, scale), categories=len(scale)))
    value = corrected(parts, n=n)
    estimate = interval(value, linearized(parts, value, lost=1), ci_level=ci_level, df=n - 1)
    return result("fleiss_kappa", estimate, parts, version=FLEISS_VERSION, raters=m)


def _parts(units: Patterns) -> Parts:
    """Take chance from the margin that all raters share."""
    m, n = units.sizes[0], units.frequency.sum()
    shares = units.counts / m
    common = units.frequency @ shares / n
    apart = (1 - (shares**2).sum(axis=1)) * m / (m - 1)
    observed = float(units.frequency @ apart / n)
    return Parts(
        observed=observed,
        expected=float(1 - common @ common),
        observed_influence=apart - observed,
        expected_influence=-2 * (shares @ common - common @ common),
        frequency=units.frequency,
    )
