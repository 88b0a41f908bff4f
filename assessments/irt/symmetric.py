"""Conditional probabilities of the Rasch model given a raw score: elementary symmetric functions, scaled.

The symmetric functions of exp(-difficulty) overflow for long tests. Divided by the product of all
1 + exp(-difficulty) they are the distribution of a sum of independent 0/1 variables, the divisor cancels in
every conditional probability, and items added one by one sum only positive terms, so that nothing is lost to
cancellation (the summation algorithm: Andersen 1972; Liou 1994).
"""

from dataclasses import dataclass

import numpy as np

from assessments.arrays import Floats
from assessments.irt.responses import Ints

BATCH_CELLS = 4_000_000


@dataclass(frozen=True, slots=True)
class ScoreGroup:
    """Persons who answered the same items, by raw score."""

    items: Ints
    """(k,) columns that they answered."""
    persons: Floats
    """(k + 1,) persons with each score."""
    right: Floats
    """(k, k + 1) right answers to each item among the persons with each score."""


@dataclass(frozen=True, slots=True)
class Conditional:
    """What a group's scores lead to expect of its items."""

    log_likelihood: float
    p: Floats
    """(k, k + 1) probability of a right answer given the score."""
    information: Floats
    """(k, k) conditional information about difficulties; rows sum to zero."""


def condition(group: ScoreGroup, difficulty: Floats) -> Conditional:
    """Give likelihood, probabilities and information of a group, at difficulties (k,)."""
    p = 1 / (1 + np.exp(difficulty))
    ahead, behind = _partial_sums(p[None, :])
    total = ahead[0, -1]
    right = np.zeros((len(p), len(p) + 1))
    for item in range(len(p)):
        right[item, 1:] = p[item] * np.convolve(ahead[0, item], behind[0, item + 1])[: len(p)] / total[1:]
    log_odds = np.log(p) - np.log1p(-p)
    # log of the symmetric functions is log(total) - sum log(1 - p); extreme scores have certain responses.
    log_gamma = np.log(total) - np.log1p(-p).sum()
    likelihood = float(log_odds @ group.right.sum(axis=1) - group.persons @ log_gamma)
    return Conditional(likelihood, right, _information(group, p, total, right))


def _information(group: ScoreGroup, p: Floats, total: Floats, right: Floats) -> Floats:
    """Sum over persons the conditional covariance of their responses."""
    size = len(p)
    weight = np.r_[(group.persons / total)[2:], np.zeros(size + 2)]
    by_rest = weight[np.add.outer(np.arange(size + 1), np.arange(size + 1))]
    pairs = np.empty((size, size))
    batch = 1 + BATCH_CELLS // (size + 1) ** 2
    for start in range(0, size, batch):
        part = slice(start, start + batch)
        without = np.tile(p, (len(p[part]), 1))
        without[np.arange(len(without)), np.arange(size)[part]] = 0.0
        ahead, behind = _partial_sums(without)
        rest = behind[:, 1:].reshape(-1, size + 1) @ by_rest
        pairs[part] = np.einsum("jis,jis->ji", ahead[:, :-1], rest.reshape(-1, size, size + 1))
    pairs *= np.outer(p, p)
    np.fill_diagonal(pairs, right @ group.persons)
    return np.asarray(pairs - (right * group.persons) @ right.T)


def _partial_sums(p: Floats) -> tuple[Floats, Floats]:
    """Give the distributions of the sum of the first i, and of all but the first i, of 0/1 variables.

    `p`: (batch, k); each result (batch, k + 1, k + 1), indexed by i and by the sum.
    """
    batch, size = p.shape
    ahead, behind = np.zeros((2, batch, size + 1, size + 1))
    ahead[:, 0, 0] = behind[:, size, 0] = 1.0
    for item in range(size):
        back = size - 1 - item
        ahead[:, item + 1] = _added(ahead[:, item], p[:, item, None])
        behind[:, back] = _added(behind[:, back + 1], p[:, back, None])
    return ahead, behind


def _added(distribution: Floats, p: Floats) -> Floats:
    """Add one 0/1 variable to a sum."""
    result = distribution * (1 - p)
    result[:, 1:] += distribution[:, :-1] * p
    return result
