"""Joint maximum likelihood of the many-facet Rasch model: abilities as parameters among the others."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.optimize import elementwise
from scipy.special import log_softmax

from assessments.arrays import Floats
from assessments.irt.ascent import Ascent, Point, climb
from assessments.irt.curves import ABSENT
from assessments.irt.facet_design import FacetDesign
from assessments.irt.ratings import RatingTable
from assessments.irt.responses import Ints
from assessments.irt.uncertainty import blocks

ADJUSTMENT = 0.3
"""Points by which an extreme total is moved inwards to have a finite measure, as in Facets (Linacre 1989)."""


@dataclass(frozen=True, slots=True)
class Cells:
    """What the model expects of each rating: probabilities (n_ratings, n_categories), mean and variance."""

    log_p: Floats
    mean: Floats
    variance: Floats

    @property
    def p(self) -> Floats:
        """Probabilities of the scores."""
        return np.exp(self.log_p)


@dataclass(frozen=True, slots=True)
class Joint:
    """Where the joint likelihood has its maximum; `covariance` of the measures other than abilities."""

    free: Floats
    covariance: Floats
    ascent: Ascent
    cells: Cells


def cells_at(table: RatingTable, parameters: Floats, theta: Floats, person: Ints, column: Ints) -> Cells:
    """Give the expectations of cells (n,), by person and column, at abilities and column parameters."""
    steps = np.arange(parameters.shape[1])
    logits = theta[person, None] * steps
    logits[:, 1:] += parameters[column, 1:]
    logits[steps > table.highest[table.item_of[column]][:, None]] = ABSENT
    log_p = log_softmax(logits, axis=1)
    mean = np.exp(log_p) @ steps
    return Cells(log_p, mean, np.exp(log_p) @ steps**2 - mean**2)


def maximise_jointly(table: RatingTable, design: FacetDesign, *, tol: float, limit: int) -> Joint:
    """Climb to the joint maximum by Newton steps over abilities and measures at once.

    No person may be extreme. Difficulties are centred on 0. The first free parameter, the spread of
    abilities, has no place here and stays 1.
    """
    spread = sparse.csr_array(design.columns[:, 1:])
    persons, items = len(table.persons), len(table.items)
    is_item = np.zeros(spread.shape[1])
    is_item[:items] = 1.0

    def evaluate(free: Floats) -> Point:
        cells = _cells(table, spread, free)
        uphill, information, shared = _structural(table, spread, cells)
        own = np.bincount(table.person, table.score - cells.mean)
        known = np.bincount(table.person, cells.variance)
        rest = information - shared.T @ (shared / known[:, None]) + np.outer(is_item, is_item)
        step = np.linalg.solve(rest, uphill - shared.T @ (own / known))
        likelihood = float(cells.log_p[np.arange(len(table.score)), table.score].sum())
        return Point(free, likelihood, np.r_[(own - shared @ step) / known, step])

    ascent = climb(evaluate, np.zeros(persons + spread.shape[1]), tolerance=tol, limit=limit)
    cells = _cells(table, spread, ascent.point.free)
    _, information, shared = _structural(table, spread, cells)
    known = np.bincount(table.person, cells.variance)
    rest = information - shared.T @ (shared / known[:, None]) + np.outer(is_item, is_item)
    inverse = np.linalg.inv(rest) - np.outer(is_item, is_item) / items**2
    covariance = np.zeros((len(inverse) + 1, len(inverse) + 1))
    covariance[1:, 1:] = inverse
    return Joint(np.r_[1.0, ascent.point.free[persons:]], covariance, ascent, cells)


def _cells(table: RatingTable, spread: sparse.csr_array, free: Floats) -> Cells:
    """Give the expectations of all ratings at free parameters, abilities first."""
    persons = len(table.persons)
    parameters = np.asarray(spread @ free[persons:]).reshape(len(table.item_of), -1)
    return cells_at(table, parameters, free[:persons], table.person, table.column)


def _structural(table: RatingTable, spread: sparse.csr_array, cells: Cells) -> tuple[Floats, Floats, Floats]:
    """Give gradient (n_free,), information (n_free, n_free), and its part shared with abilities."""
    size, p = cells.log_p.shape[1], cells.p
    by_column = sparse.csr_array(
        (np.ones(len(p)), (table.column, np.arange(len(p)))), shape=(len(table.item_of), len(p))
    )
    residual = (np.arange(size) == table.score[:, None]) - p
    products = p[:, :, None] * (np.eye(size) - p[:, None, :])
    for each in (residual, products, products.transpose(0, 2, 1)):
        each[:, 0] = 0.0  # the first place of an item's parameters is its slope, which is 1
    uphill = spread.T @ np.asarray(by_column @ residual).ravel()
    summed = np.asarray(by_column @ products.reshape(len(p), -1)).reshape(-1, size, size)
    information = (spread.T @ blocks(summed) @ spread).toarray()
    covariance = p * (np.arange(size) - cells.mean[:, None])
    covariance[:, 0] = 0.0
    place = table.column[:, None] * size + np.arange(size)
    shared = sparse.csr_array(
        (covariance.ravel(), (np.repeat(table.person, size), place.ravel())),
        shape=(len(table.persons), spread.shape[0]),
    )
    return np.asarray(uphill), np.asarray(information), (shared @ spread).toarray()


def abilities(table: RatingTable, parameters: Floats) -> tuple[Floats, Floats]:
    """Give every person's ability and standard error where her expected total is the total that she has.

    Extreme totals are first moved inwards by .3 points.
    """
    top = np.bincount(table.person, table.highest[table.item_of[table.column]])
    total = np.clip(np.bincount(table.person, table.score), ADJUSTMENT, top - ADJUSTMENT)
    place = np.full(len(total), -1)

    def at(theta: Floats, person: Ints) -> tuple[Floats, Floats]:
        place[:] = -1
        place[person] = np.arange(len(person))
        own = place[table.person]
        cells = cells_at(table, parameters, theta, own[own >= 0], table.column[own >= 0])
        points, variance = (np.bincount(own[own >= 0], each) for each in (cells.mean, cells.variance))
        return np.asarray(points, dtype=np.float64), np.asarray(variance, dtype=np.float64)

    every = np.arange(len(total))
    wide = np.full(len(total), 60.0)

    def short_of(theta: Floats, person: Ints) -> Floats:
        return np.asarray(total[person] - at(theta, person)[0])

    found = elementwise.find_root(short_of, (-wide, wide), args=(every,))
    return found.x, 1 / np.sqrt(at(found.x, every)[1])
