"""Agreement that stays readable when nearly everyone passes: Gwet's AC1 and, with weights, AC2.

Kappa falls towards zero when almost all units are of one category, however well raters agree; AC does not. It
is the companion to report then, not a way to a better number: it also depends on the length of the scale.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from assessments.agreement.coding import Patterns, coded, patterns_of, scale_of
from assessments.agreement.exact import Weights
from assessments.agreement.outcome import (
    AgreementResult,
    Parts,
    corrected,
    ensure_level,
    interval,
    linearized,
    result,
)
from assessments.agreement.pairs import disagreement
from assessments.arrays import Floats, matrix
from assessments.errors import NotEstimable

GWET_VERSION = "gwet-ac/1"


def gwet_ac(
    ratings: ArrayLike,
    *,
    categories: Sequence[float],
    weights: Weights = Weights.NONE,
    ci_level: float = 0.95,
) -> AgreementResult:
    """Give Gwet's AC1 (no weights) or AC2 (linear, quadratic) for two or more raters.

    `ratings`: (n_units, n_raters), NaN where a rater did not rate; units with one rating tell of the margins
    only, units with none are left out. `categories`: the whole scale in order. Standard error: Gwet's,
    linearised over units, with t quantiles. Raises AssessmentError `not_a_table`, `not_finite`,
    `category_repeated`, `unknown_category`, `ci_level`; NotEstimable `no_data`, `one_category`,
    `too_few_units` (under 2 with two ratings). Source: Gwet 2008; 2014, chapter 5.
    """
    ensure_level(ci_level)
    scale = scale_of(categories)
    table = matrix(ratings, missing=True)
    cost = disagreement(weights, len(scale))
    parts = _parts(patterns_of(coded(table, scale), categories=len(scale)), cost / cost.max())
    n = int(parts.frequency.sum())
    value = corrected(parts, n=n)
    estimate = interval(value, linearized(parts, value, lost=1), ci_level=ci_level, df=n - 1)
    return result(
        "gwet_ac1" if weights is Weights.NONE else f"gwet_ac2_{weights.value}",
        estimate,
        parts,
        version=GWET_VERSION,
        raters=table.shape[1],
        missing=int(np.isnan(table).sum()),
        options={"weights": weights.value, "categories": len(scale)},
    )


def _parts(every: Patterns, cost: Floats) -> Parts:
    """Take chance from how mixed the categories are: only units that are hard to place are guessed at.

    Where units have one rating, Gwet also counts the chance of being rated twice into the variance; his
    standard error is then larger than the plain delta method's.
    """
    rated = every.sizes > 0
    counts, frequency, sizes = every.counts[rated], every.frequency[rated], every.sizes[rated]
    n, n_paired = frequency.sum(), frequency[sizes >= 2].sum()
    if n_paired < 2:
        raise NotEstimable("too_few_units", units=int(n_paired), least=2)
    apart = ((counts @ cost) * counts).sum(axis=1) / np.maximum(sizes * (sizes - 1), 1)
    shares = counts / sizes[:, None]
    common = frequency @ shares / n
    hardness = (1 - cost).sum() / (len(cost) * (len(cost) - 1))
    agreed = hardness * (common @ (1 - common))
    observed, expected = float(frequency @ apart / n_paired), float(1 - agreed)
    twice = (sizes >= 2) * (n / n_paired)
    return Parts(
        observed=observed,
        expected=expected,
        observed_influence=twice * (apart - expected) + (expected - observed),
        expected_influence=-2 * (hardness * (shares @ (1 - common)) - agreed),
        frequency=frequency,
    )
