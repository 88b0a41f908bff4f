"""Category probabilities of all items on the nodes, and how they answer to the item parameters.

Every model is written by slope and intercepts, in which its likelihood is smoothest: for an item with scores
0 to m the parameters are (slope, intercept 1, ..., intercept m). Two families hold all models:

* partial credit (Rasch, 2PL, PCM, RSM, GPCM): P(k) in proportion to exp(slope k theta + intercept k);
* graded: P(score >= k) = 1 / (1 + exp(-(slope theta + intercept k))).
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, log_expit, logsumexp

from assessments.arrays import Floats
from assessments.irt.responses import Ints

ABSENT = -700.0
"""Log-probability of a score that an item does not have: zero after exp, and finite before it."""


@dataclass(frozen=True, slots=True)
class Curves:
    """Items on nodes: `log_p` (n_items, n_categories, n_nodes) and its derivatives by the parameters.

    `score` is (n_items, n_parameters, n_categories, n_nodes).
    """

    log_p: Floats
    p: Floats
    score: Floats

    def information(self, expected: Floats) -> Floats:
        """Give the Fisher information (n_items, n_parameters, n_parameters) in expected persons.

        `expected`: (n_items, n_nodes).
        """
        items, parameters = self.score.shape[:2]
        flat = self.score.reshape(items, parameters, -1)
        weighted = flat * (self.p * expected[:, None, :]).reshape(items, 1, -1)
        return weighted @ flat.transpose(0, 2, 1)


def partial_credit(parameters: Floats, highest: Ints, theta: Floats) -> Curves:
    """Give the curves of the partial credit family for `parameters` (n_items, 1 + n_steps). Muraki 1992."""
    steps = np.arange(parameters.shape[1])
    slopes, intercepts = parameters[:, :1], parameters[:, 1:]
    logits = (slopes * steps)[:, :, None] * theta
    logits[:, 1:] += intercepts[:, :, None]
    logits[steps > highest[:, None]] = ABSENT
    log_p = logits - logsumexp(logits, axis=1, keepdims=True)
    p = np.exp(log_p)
    score = np.empty((len(parameters), len(steps), len(steps), len(theta)))
    mean = np.einsum("jkq,k->jq", p, steps)
    score[:, 0] = (steps[:, None] - mean[:, None, :]) * theta
    score[:, 1:] = np.eye(len(steps))[1:, :, None] - p[:, 1:, None, :]
    return Curves(log_p, p, score)


def graded(parameters: Floats, highest: Ints, theta: Floats) -> Curves:
    """Give the curves of the graded model, whose intercepts fall from step to step. Source: Samejima 1969."""
    items, size = parameters.shape
    log_p = np.full((items, size, len(theta)), ABSENT)
    score = np.zeros((items, size, size, len(theta)))
    for k in range(size):
        above, below = (highest >= k) & (k > 0), highest > k
        at = parameters[:, k][:, None] + parameters[:, :1] * theta
        after = parameters[:, min(k + 1, size - 1)][:, None] + parameters[:, :1] * theta
        both = (above & below)[:, None]
        # P(k) = F(at) - F(after), written so that nothing cancels when both lie near 0 or 1.
        gap = np.where(both, at - after, 1.0)
        log_p[highest >= k, k] = 0.0
        log_p[:, k] += np.where(above[:, None], log_expit(at), 0.0)
        log_p[:, k] += np.where(below[:, None], log_expit(-after), 0.0)
        log_p[:, k] += np.where(both, np.log(-np.expm1(-gap)), 0.0)
        shared = np.where(both, 1 / np.expm1(gap), 0.0)
        by_at = np.where(above[:, None], expit(-at) + shared, 0.0)
        by_after = np.where(below[:, None], -expit(after) - shared, 0.0)
        score[:, k, k] += by_at
        score[:, min(k + 1, size - 1), k] += by_after
        score[:, 0, k] = (by_at + by_after) * theta
    return Curves(log_p, np.exp(log_p), score)
