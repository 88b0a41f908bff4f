"""How far two raters agree over many pairs: exact and adjacent agreement, Cohen's kappa, with intervals."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from assessments.agreement.coding import coded, scale_of
from assessments.agreement.exact import Weights
from assessments.agreement.outcome import (
    AgreementResult,
    Parts,
    corrected,
    ensure_level,
    few_units,
    interval,
    linearized,
    result,
)
from assessments.arrays import Floats, matrix, vector
from assessments.errors import AssessmentError, NotEstimable
from assessments.estimates import Estimate, Provenance

PAIRS_VERSION = "agreement-pairs/1"


def agreement_rate(
    first: ArrayLike,
    second: ArrayLike,
    *,
    categories: Sequence[float],
    steps: int = 0,
    ci_level: float = 0.95,
) -> AgreementResult:
    """Give the share of pairs at most `steps` categories apart: 0 is exact agreement, 1 adjacent agreement.

    `first`, `second`: (n_pairs,) ratings of the same performances in the same order, NaN where one is
    missing (the pair is then left out and counted); `categories`: the whole scale in order. Interval: Wilson
    1927, which holds its level at shares near 1 too. Raises as `cohen_kappa` does, and AssessmentError
    `steps_negative`. Source: Fleiss, Levin & Paik 2003, chapter 18.
    """
    if steps < 0:
        raise AssessmentError("steps_negative", steps=steps)
    ensure_level(ci_level)
    table, missing = pair_table(first, second, categories)
    n = int(table.sum())
    place = np.arange(len(table))
    share = float(table[np.abs(place[:, None] - place) <= steps].sum() / n)
    name = f"agreement_within_{steps}"
    origin = Provenance(name, PAIRS_VERSION, n_persons=n, n_items=2, n_missing=missing, warnings=few_units(n))
    return AgreementResult(name, wilson(share, n, ci_level), 1 - share, None, origin)


def cohen_kappa(
    first: ArrayLike,
    second: ArrayLike,
    *,
    categories: Sequence[float],
    weights: Weights | ArrayLike = Weights.NONE,
    ci_level: float = 0.95,
) -> AgreementResult:
    """Give Cohen's kappa of two raters, disagreement unweighted, weighted by distance, or as the caller says.

    `first`, `second`: (n_pairs,), NaN where missing (the pair is left out and counted); `categories`: the
    whole scale in order, used or not; `weights`: a name, with distances counted in categories, or a table
    (n_categories, n_categories) of *disagreement*, zero on its diagonal. Standard error: large samples, not
    assuming kappa = 0 (Fleiss, Cohen & Everitt 1969), which is the delta method and holds for any weights.
    Raises AssessmentError `not_a_list`, `lengths_differ`, `category_repeated`, `unknown_category`,
    `weights_shape`, `weights_negative`, `weights_diagonal`, `ci_level`; NotEstimable `no_data`, `no_pairs`,
    `one_category`, `no_expected_disagreement`. Source: Cohen 1960, 1968.
    """
    ensure_level(ci_level)
    table, missing = pair_table(first, second, categories)
    cost = disagreement(weights, len(table))
    parts = kappa_parts(table, cost)
    value = corrected(parts, n=int(table.sum()))
    estimate = interval(value, linearized(parts, value), ci_level=ci_level)
    name = weights.value if isinstance(weights, Weights) else "custom"
    return result(
        f"cohen_kappa_{name}",
        estimate,
        parts,
        version=PAIRS_VERSION,
        raters=2,
        missing=missing,
        options={"disagreement": [[repr(float(cell)) for cell in row] for row in cost]},
    )


def pair_table(first: ArrayLike, second: ArrayLike, categories: Sequence[float]) -> tuple[Floats, int]:
    """Cross two raters' categories, (n_categories, n_categories); also count the pairs left out.

    Raises AssessmentError `not_a_list`, `lengths_differ`, `not_finite`, `unknown_category`; NotEstimable
    `no_data`, `no_pairs`.
    """
    scale = scale_of(categories)
    one, other = (coded(vector(ratings, missing=True), scale) for ratings in (first, second))
    if len(one) != len(other):
        raise AssessmentError("lengths_differ", first=len(one), second=len(other))
    k = len(scale)
    cells = one.astype(np.int64) * (k + 1) + other
    table = np.bincount(cells, minlength=(k + 1) ** 2).reshape(k + 1, k + 1)[:k, :k].astype(np.float64)
    if not table.any():
        raise NotEstimable("no_pairs", missing=len(one))
    return table, len(one) - int(table.sum())


def disagreement(weights: Weights | ArrayLike, k: int) -> Floats:
    """Return what each cell of a table (k, k) costs: named weights by rank, or the caller's own, checked.

    Raises AssessmentError `weights_shape`, `weights_negative`, `weights_diagonal`.
    """
    if isinstance(weights, Weights):
        distance = np.abs(np.arange(k)[:, None] - np.arange(k)).astype(np.float64)
        power = {Weights.NONE: 0, Weights.LINEAR: 1, Weights.QUADRATIC: 2}[weights]
        named: Floats = np.sign(distance) * distance**power
        return named
    cost = matrix(weights)
    if cost.shape != (k, k):
        raise AssessmentError("weights_shape", shape=cost.shape, categories=k)
    if (cost < 0).any():
        raise AssessmentError("weights_negative")
    if np.diag(cost).any():
        raise AssessmentError("weights_diagonal")
    return cost


def kappa_parts(table: Floats, cost: Floats) -> Parts:
    """Take chance from each rater's own margin; the units of one kind are the pairs of one cell.

    `table`: counts, (k, k); the influences are flattened by rows, (k * k,).
    """
    shares = table / table.sum()
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    observed, expected = float((shares * cost).sum()), float(rows @ cost @ columns)
    by_margins = (cost @ columns)[:, None] + rows @ cost - 2 * expected
    return Parts(observed, expected, (cost - observed).ravel(), by_margins.ravel(), table.ravel())


def wilson(share: float, n: float, ci_level: float) -> Estimate:
    """Put Wilson's interval around a share of n; n may be an effective number, and then need not be whole."""
    z = float(stats.norm.ppf((1 + ci_level) / 2))
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * float(np.sqrt(share * (1 - share) / n + z * z / (4 * n * n)))
    ends = (min(share, max(0.0, centre - half)), max(share, min(1.0, centre + half)))
    return Estimate(share, float(np.sqrt(share * (1 - share) / n)), ends, ci_level, "Wilson")
