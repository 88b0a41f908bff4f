"""How sharply the responses pin the parameters: the observed information of the marginal likelihood."""

import numpy as np
from scipy import sparse
from scipy.linalg import LinAlgError, cho_factor, cho_solve

from assessments.arrays import Floats
from assessments.irt.curves import Curves
from assessments.irt.likelihood import Problem, posteriors

NEGLIGIBLE = 1e-10
"""Posterior weight under which a node tells nothing about a row."""
SHIFT = 1e-5
CHUNK_CELLS = 320_000
"""Rows times parameters at a time; each is spread over the nodes near the row's ability, some 10 to 20."""


def blocks(each: Floats) -> sparse.bsr_array:
    """Put square blocks (n_items, size, size) on the diagonal of one sparse matrix."""
    return sparse.bsr_array((each, np.arange(len(each)), np.arange(len(each) + 1)))


def observed_information(problem: Problem, parameters: Floats, curves: Curves, by_score: Floats) -> Floats:
    """Give minus the second derivatives of the log-likelihood by the free parameters (n_free, n_free).

    What complete data would tell, less what is lost because ability is unseen: the posterior covariance of
    each row's score. `by_score`: expected counts (n_items, n_categories, n_nodes). Source: Louis 1982; the
    same matrix as in Oakes 1999.
    """
    complete = blocks(_complete_information(problem, parameters, by_score))
    known = (problem.design.T @ complete @ problem.design).toarray()
    return np.asarray(known - _lost_information(problem, parameters, curves))


def covariance(information: Floats) -> Floats | None:
    """Invert an information matrix, or give None where it is not positive definite."""
    try:
        inverse = cho_solve(cho_factor(information), np.eye(len(information)))
    except (LinAlgError, ValueError):
        return None
    return np.asarray(inverse)


def _complete_information(problem: Problem, parameters: Floats, by_score: Floats) -> Floats:
    """Differentiate the complete-data score numerically, one parameter of all items at a time."""
    items, size = parameters.shape
    result = np.empty((items, size, size))
    for column in range(size):
        shift = np.zeros(size)
        shift[column] = SHIFT
        up, down = (problem.curves(parameters + way * shift).score for way in (1, -1))
        result[:, column] = np.einsum("jkq,jmkq->jm", by_score, down - up) / (2 * SHIFT)
    return (result + result.transpose(0, 2, 1)) / 2


def _lost_information(problem: Problem, parameters: Floats, curves: Curves) -> Floats:
    """Sum over rows the covariance of their score under the posterior of ability."""
    rows, (size, free) = problem.responses, problem.design.shape
    items, own, categories, _ = curves.score.shape
    # One line per node, item and category, so that the scores of all rows and nodes are picked by one `take`.
    table = np.ascontiguousarray(curves.score.transpose(3, 0, 2, 1)).reshape(-1, own)
    lost = np.zeros((free, free))
    for part, weights, _ in posteriors(problem, parameters, curves, chunk=1 + CHUNK_CELLS // size):
        line = rows.scores[part].astype(np.intp) + categories * np.arange(items)
        answered, persons = rows.answered[rows.pattern[part]], rows.weight[part]
        row, node = np.nonzero(weights > NEGLIGIBLE)
        share = weights[row, node]
        each = table.take(line[row] + (node * items * categories)[:, None], axis=0)
        each *= (answered[row] * np.sqrt(share * persons[row])[:, None])[:, :, None]
        root = (problem.design.T @ each.reshape(len(row), size).T).T
        lost += root.T @ root
        mean = np.add.reduceat(root * np.sqrt(share)[:, None], np.flatnonzero(np.diff(row, prepend=-1)))
        lost -= mean.T @ mean
    return lost
