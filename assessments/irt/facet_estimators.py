"""The two estimators of the many-facet Rasch model: marginal and joint maximum likelihood."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from assessments.arrays import Floats
from assessments.errors import NotEstimable
from assessments.irt.ascent import Ascent
from assessments.irt.facet_design import FacetDesign, facet_design
from assessments.irt.facet_joint import abilities, maximise_jointly
from assessments.irt.likelihood import make_problem, posteriors
from assessments.irt.optimum import maximise
from assessments.irt.quadrature import normal_nodes
from assessments.irt.ratings import Rating, RatingTable, read_ratings
from assessments.irt.residuals import MeanSquares, mean_squares
from assessments.irt.responses import read_responses


@dataclass(frozen=True, slots=True)
class FacetsFound:
    """What either estimator finds."""

    design: FacetDesign
    free: Floats
    covariance: Floats | None
    theta: Floats
    theta_se: Floats
    fits: tuple[tuple[MeanSquares, ...], tuple[MeanSquares, ...]]
    """Of raters and of items."""
    log_likelihood: float
    ascent: Ascent


def marginal(table: RatingTable, *, is_shared: bool, nodes: int, tol: float, limit: int) -> FacetsFound:
    """Estimate by marginal likelihood: each pair of item and rater is an item of a partial credit model."""
    design = facet_design(table, is_shared=is_shared)
    responses = read_responses(table.wide)
    problem = make_problem(
        responses, normal_nodes(nodes), design.columns, highest=table.highest[table.item_of]
    )
    start = np.zeros(design.columns.shape[1])
    start[0] = 1.0
    ascent, summit = maximise(problem, start, tol=tol, limit=limit)
    sd = abs(float(summit.parameters[0, 0]))
    moments = np.empty((2, len(responses.scores)))
    for part, weights, _ in posteriors(problem, summit.parameters, summit.curves):
        mean = weights @ problem.nodes.theta
        moments[:, part] = mean, np.sqrt(weights @ problem.nodes.theta**2 - mean**2)
    groups = _membership(table)
    raters, items = (mean_squares(summit.curves, summit.expected.by_score, group) for group in groups)
    theta, theta_se = sd * moments[:, responses.row_of]
    free = np.r_[sd, summit.free[1:]]
    likelihood = summit.expected.log_likelihood
    return FacetsFound(design, free, summit.covariance, theta, theta_se, (raters, items), likelihood, ascent)


def _membership(table: RatingTable) -> tuple[Floats, Floats]:
    """Tell which columns (n_columns,) belong to each rater and to each item, by 0 and 1."""
    raters = np.arange(len(table.raters))[:, None] == table.rater_of
    items = np.arange(len(table.items))[:, None] == table.item_of
    return raters.astype(np.float64), items.astype(np.float64)


def is_extreme(table: RatingTable) -> Floats:
    """Whether each person has only lowest or only highest scores."""
    top = table.highest[table.item_of[table.column]]
    low = np.bincount(table.person, table.score > 0) == 0
    return np.asarray(low | (np.bincount(table.person, table.score < top) == 0))


def without_extremes(table: RatingTable, ratings: Sequence[Rating], *, is_shared: bool) -> RatingTable:
    """Take out the persons who tell nothing under joint likelihood."""
    extreme = {table.persons[person] for person in np.flatnonzero(is_extreme(table))}
    kept = read_ratings([one for one in ratings if one.person not in extreme], is_shared=is_shared)
    for code, before, after in (
        ("extreme_rater", table.raters, kept.raters),
        ("extreme_item", table.items, kept.items),
    ):
        if before != after:
            raise NotEstimable(code, labels=tuple(sorted(set(before) - set(after))))
    return kept


def joint(table: RatingTable, scale: RatingTable, *, is_shared: bool, tol: float, limit: int) -> FacetsFound:
    """Estimate by joint likelihood from `scale`, then measure every person of `table`."""
    design = facet_design(scale, is_shared=is_shared)
    top = maximise_jointly(scale, design, tol=tol, limit=limit)
    variance = np.maximum(top.cells.variance, np.finfo(np.float64).tiny)
    square = (scale.score - top.cells.mean) ** 2
    fits = []
    for index, count in (
        (scale.rater_of[scale.column], len(scale.raters)),
        (scale.item_of[scale.column], len(scale.items)),
    ):
        sums = [np.bincount(index, each, minlength=count) for each in (square, variance, square / variance)]
        n = np.bincount(index, minlength=count)
        fits.append(
            tuple(
                MeanSquares(float(infit), float(outfit))
                for infit, outfit in zip(sums[0] / sums[1], sums[2] / n, strict=True)
            )
        )
    table = replace(table, highest=scale.highest)
    columns = facet_design(table, is_shared=is_shared).columns
    parameters = np.asarray(columns @ top.free).reshape(len(table.item_of), -1)
    theta, theta_se = abilities(table, parameters)
    likelihood = top.ascent.point.log_likelihood
    return FacetsFound(
        design, top.free, top.covariance, theta, theta_se, (fits[0], fits[1]), likelihood, top.ascent
    )
