"""Polynomial loglinear models of score distributions: smooth, and with the moments of the counts."""

from dataclasses import dataclass

import numpy as np
from numpy.polynomial.legendre import legvander
from scipy.special import log_softmax, xlogy

from assessments.arrays import Floats
from assessments.equating.designs import Mask
from assessments.errors import NotEstimable

TOLERANCE = 1e-11
ROUNDS = 200


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """A fitted distribution over the possible cells, with its likelihood-ratio chi-square."""

    probabilities: Floats
    chi_square: float
    parameters: int

    @property
    def df(self) -> int:
        """Degrees of freedom of the chi-square."""
        return len(self.probabilities) - 1 - self.parameters


def fit(counts: Floats, basis: Floats) -> Fit:
    """Fit log p = constant + basis · beta by maximum likelihood, which keeps the moments of the basis.

    `counts` (n_cells,), `basis` (n_cells, n_parameters) without a constant. Raises NotEstimable
    `too_few_distinct_scores` when the cells in use cannot tell the terms apart, so that no maximum need
    exist, and `not_converged`. Source: Holland & Thayer 1987, 2000; Newton's method with halved steps.
    """
    used = np.column_stack([np.ones(len(counts)), basis])[counts > 0]
    if np.linalg.matrix_rank(used) <= basis.shape[1]:
        raise NotEstimable("too_few_distinct_scores", cells=len(used), parameters=basis.shape[1])
    shares = counts / counts.sum()
    beta = np.zeros(basis.shape[1])
    for _ in range(ROUNDS):
        probabilities = np.exp(log_softmax(basis @ beta))
        gap = (shares - probabilities) @ basis
        if np.abs(gap).max() < TOLERANCE:
            chi_square = 2 * float(xlogy(counts, shares).sum() - counts @ log_softmax(basis @ beta))
            return Fit(probabilities, max(chi_square, 0.0), basis.shape[1])
        centred = basis - probabilities @ basis
        step = np.linalg.lstsq((centred.T * probabilities) @ centred, gap, rcond=None)[0]
        beta = _climb(shares, basis, beta, step)
    raise NotEstimable("not_converged", rounds=ROUNDS)


def smooth(counts: Floats, degree: int) -> Fit:
    """Smooth the counts of one variable, keeping its first `degree` moments; raises as `fit` does."""
    return fit(counts, _powers(len(counts), degree))


def smooth_table(counts: Floats, possible: Mask, degrees: tuple[int, int, int]) -> Fit:
    """Smooth a table over its possible cells, in row order; raises as `fit` does.

    `degrees`: of rows, of columns, and of the products. Source: Holland & Thayer 2000; impossible cells of
    an internal anchor are structural zeros.
    """
    rows, columns, cross = degrees
    first, second = _powers(counts.shape[0], rows), _powers(counts.shape[1], columns)
    terms = [
        np.repeat(first, counts.shape[1], axis=0),
        np.tile(second, (counts.shape[0], 1)),
        *(np.outer(first[:, i], second[:, j]).reshape(-1, 1) for i in range(cross) for j in range(cross)),
    ]
    return fit(counts[possible], np.column_stack(terms)[possible.ravel()])


def _powers(size: int, degree: int) -> Floats:
    """Span the powers 1 to `degree` of the scores by Legendre polynomials, which stay well conditioned."""
    return np.asarray(legvander(np.linspace(-1, 1, size), degree)[:, 1:], dtype=np.float64)


def _climb(shares: Floats, basis: Floats, beta: Floats, step: Floats) -> Floats:
    """Take a Newton step, halved until the likelihood does not fall by more than rounding."""

    def likelihood(at: Floats) -> float:
        return float(shares @ log_softmax(basis @ at))

    level, size = likelihood(beta), 1.0
    while likelihood(beta + size * step) < level - TOLERANCE:
        size /= 2
    return beta + size * step
