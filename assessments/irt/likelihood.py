"""The marginal likelihood of item parameters: expectation over the posterior of ability, row by row.

What makes it fast: a partial credit likelihood depends on a row only through its slope-weighted score, so one
matrix-vector product replaces the product over items; what a row's items cost together (their normaliser) is
computed once for all rows that answered the same items; and rows are taken in chunks that fit the cache.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from assessments.arrays import Floats
from assessments.irt.curves import Curves, graded, partial_credit
from assessments.irt.quadrature import Nodes
from assessments.irt.responses import Ints, Responses

CHUNK = 4_000
LARGEST = 100.0
"""Slopes and intercepts beyond that describe no item, but a likelihood without a maximum."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Responses and a model: item parameters (n_items, 1 + n_steps) = design @ free parameters."""

    responses: Responses
    highest: Ints
    """(n_items,) highest score that each item could give."""
    nodes: Nodes
    is_graded: bool
    design: sparse.csr_array
    """(n_items * (1 + n_steps), n_free): which parameters are free, shared, or zero."""
    indicators: Floats
    """(n_rows, n_items * n_steps) whether the score is k; empty unless graded."""

    def parameters(self, free: Floats) -> Floats:
        """Spread free parameters (n_free,) over the items."""
        return np.asarray(self.design @ free).reshape(self.responses.counts.shape)

    def admits(self, parameters: Floats) -> bool:
        """Whether parameters are those of an item, and graded intercepts fall from step to step."""
        exists = np.arange(2, parameters.shape[1]) <= self.highest[:, None]
        rises = self.is_graded and bool((exists & (np.diff(parameters[:, 1:], axis=1) >= 0)).any())
        return not rises and bool((np.abs(parameters) < LARGEST).all())

    def curves(self, parameters: Floats) -> Curves:
        """Give the items' curves on the nodes."""
        family = graded if self.is_graded else partial_credit
        return family(parameters, self.highest, self.nodes.theta)


@dataclass(frozen=True, slots=True)
class Expected:
    """What one pass over the rows yields: the log-likelihood, and the complete data that are expected."""

    log_likelihood: float
    persons: Floats
    """(n_items, n_nodes) persons who answered the item, spread over the nodes."""
    by_score: Floats
    """(n_items, n_categories, n_nodes) the same by score, or empty where `moment` says all."""
    moment: Floats
    """(n_items,) sum of score times expected theta; zero in the graded model, which has no use for it."""


def make_problem(
    responses: Responses,
    nodes: Nodes,
    design: sparse.csr_array,
    *,
    is_graded: bool = False,
    highest: Ints | None = None,
) -> Problem:
    """Prepare what stays the same over all iterations; `highest` is what occurs, unless it is given."""
    steps = range(1, responses.counts.shape[1])
    indicators = np.empty((len(responses.scores), 0))
    if is_graded:
        indicators = np.stack([responses.scores == step for step in steps], axis=2).astype(np.float64)
        indicators = indicators.reshape(len(indicators), -1)
    possible = responses.highest if highest is None else highest
    return Problem(responses, possible, nodes, is_graded, design, indicators)


def posteriors(
    problem: Problem, parameters: Floats, curves: Curves, *, chunk: int = CHUNK
) -> Iterator[tuple[slice, Floats, Floats]]:
    """Yield, chunk by chunk, the rows, their posterior weights on the nodes, and their log-likelihood.

    Weights (rows, n_nodes) sum to 1 in each row.
    """
    rows, theta = problem.responses, problem.nodes.theta
    base = rows.answered @ curves.log_p[:, 0] + problem.nodes.log_weight
    relative = (curves.log_p - curves.log_p[:, :1])[:, 1:].reshape(-1, len(theta))
    for start in range(0, len(rows.scores), chunk):
        part = slice(start, start + chunk)
        if problem.is_graded:
            weights, constant = problem.indicators[part] @ relative, 0.0
        else:
            weights, constant = np.outer(rows.scores[part] @ parameters[:, 0], theta), 0.0
        weights += base[rows.pattern[part]] if len(base) > 1 else base
        top = weights.max(axis=1, keepdims=True)
        weights -= top
        np.exp(weights, out=weights)
        total = weights.sum(axis=1, keepdims=True)
        weights /= total
        yield part, weights, (top + np.log(total))[:, 0] + constant


def expect(problem: Problem, parameters: Floats, curves: Curves, *, by_score: bool = False) -> Expected:
    """Carry out the expectation step; `by_score` asks for expected counts by score in every model."""
    rows, theta = problem.responses, problem.nodes.theta
    items, categories = rows.counts.shape
    spread = np.zeros((len(rows.answered), len(theta)))
    wants_counts = by_score or problem.is_graded
    counts = np.zeros((items, categories, len(theta)) if wants_counts else (0, 0, 0))
    moment, log_likelihood = np.zeros(items), 0.0
    if not problem.is_graded:
        log_likelihood += float((rows.counts[:, 1:] * parameters[:, 1:]).sum())
    for part, weights, each in posteriors(problem, parameters, curves):
        weight = rows.weight[part]
        log_likelihood += float(weight @ each)
        share = weights * weight[:, None]
        _add_by_pattern(spread, rows.pattern[part], share)
        if wants_counts:
            for score in range(1, categories):
                counts[:, score] += (rows.scores[part] == score).T.astype(np.float64) @ share
        if not problem.is_graded:
            moment += rows.scores[part].T @ (share @ theta)
    persons = rows.answered.T @ spread
    if wants_counts:
        counts[:, 0] = persons - counts[:, 1:].sum(axis=1)
    return Expected(log_likelihood, persons, counts, moment)


def _add_by_pattern(spread: Floats, pattern: Ints, weights: Floats) -> None:
    """Sum weights over the rows of each pattern; rows come sorted by pattern."""
    starts = np.flatnonzero(np.r_[True, pattern[1:] != pattern[:-1]])
    spread[pattern[starts]] += np.add.reduceat(weights, starts, axis=0)


def gradient(problem: Problem, curves: Curves, expected: Expected) -> Floats:
    """Differentiate the marginal log-likelihood by the item parameters: (n_items, 1 + n_steps).

    Exact at the parameters of `curves` and `expected`, since there the expected complete-data score is the
    observed one. Source: Fisher's identity; Louis 1982.
    """
    if problem.is_graded:
        return np.asarray(np.einsum("jkq,jmkq->jm", expected.by_score, curves.score))
    theta, steps = problem.nodes.theta, np.arange(curves.p.shape[1])
    fitted = np.einsum("jq,jkq->jk", expected.persons, curves.p)
    result = problem.responses.counts - fitted
    mean = np.einsum("jkq,k->jq", curves.p, steps)
    result[:, 0] = expected.moment - (expected.persons * mean) @ theta
    return np.asarray(result)
