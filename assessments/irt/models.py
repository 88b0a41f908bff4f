"""The models, by what they leave free: which parameters an item has of its own and which all share."""

from enum import Enum

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import spsolve

from assessments.arrays import Floats
from assessments.irt.responses import Ints

FLATTEST = 1e-8
"""A slope under which thresholds are nowhere; they are then reported for this slope."""


class Model(Enum):
    """An item response model for one ability.

    Without slopes of their own, items weigh alike, the sum score holds all information, and the spread of
    the population is estimated; with slopes the population has standard deviation 1.
    """

    RASCH = "rasch"
    TWO_PL = "2pl"
    PCM = "pcm"
    RSM = "rsm"
    GPCM = "gpcm"
    GRM = "grm"

    @property
    def is_graded(self) -> bool:
        """Whether steps are cumulative (Samejima 1969) rather than between neighbours (Masters 1982)."""
        return self is Model.GRM

    @property
    def is_dichotomous(self) -> bool:
        """Whether scores are 0 and 1 only."""
        return self in {Model.RASCH, Model.TWO_PL}

    @property
    def has_slopes(self) -> bool:
        """Whether each item has a slope of its own."""
        return self in {Model.TWO_PL, Model.GPCM, Model.GRM}

    @property
    def least_persons(self) -> int:
        """Below that no fit is given."""
        return 500 if self.has_slopes else 100

    @property
    def advised_persons(self) -> int:
        """Below that a fit carries a caution."""
        return 1_000 if self.has_slopes else 250


def design(model: Model, highest: Ints) -> sparse.csr_array:
    """Map free parameters to slope and intercepts of each item: (n_items * (1 + n_steps), n_free).

    `highest`: (n_items,). Slopes come first, one or one per item. An intercept that an item does not have
    stays zero. The rating scale model writes intercept k of an item as k times its ease plus a part that all
    items share, which is zero for the last step. Source: Andrich 1978.
    """
    items, size = len(highest), int(highest.max()) + 1
    item, step = (index.ravel() for index in np.indices((items, size)))
    row = np.arange(items * size)
    slope = np.where(model.has_slopes, item, 0)[step == 0]
    slopes = int(slope[-1]) + 1
    of_steps = (step > 0) & (step <= highest[item])
    rows, columns, values = [row[step == 0], row[of_steps]], [slope], [np.ones(items)]
    if model is Model.RSM:
        shared = of_steps & (step < highest[item])
        rows.append(row[shared])
        columns += [slopes + item[of_steps], slopes + items + step[shared] - 1]
        values += [step[of_steps].astype(np.float64), np.ones(int(shared.sum()))]
    else:
        columns.append(slopes + np.arange(int(of_steps.sum())))
        values.append(np.ones(int(of_steps.sum())))
    where = (np.concatenate(rows), np.concatenate(columns))
    return sparse.csr_array((np.concatenate(values), where), shape=(items * size, int(where[1].max()) + 1))


def start(model: Model, counts: Floats, spread: sparse.csr_array) -> Floats:
    """Give free parameters to start from: slopes 1, and intercepts that reproduce the score distributions.

    `counts`: (n_items, n_categories), positive up to the highest score of each item; `spread`: the design.
    """
    parameters = np.zeros_like(counts)
    parameters[:, 0] = 1.0
    if model.is_graded:
        at_least = counts[:, ::-1].cumsum(axis=1)[:, ::-1]
        above, below = at_least, counts.sum(axis=1, keepdims=True) - at_least
    else:
        above, below = counts, np.repeat(counts[:, :1], counts.shape[1], axis=1)
    exists = above > 0
    exists[:, 0] = False
    parameters[exists] = np.log(above[exists] / below[exists])
    return np.asarray(spsolve((spread.T @ spread).tocsc(), spread.T @ parameters.ravel()))


def reported(model: Model, parameters: Floats, highest: Ints) -> tuple[Floats, Floats]:
    """Turn slope and intercepts into what is read: slope, thresholds, and their mean, with the derivatives.

    Returns (n_items, n_steps + 2) values, zero where an item has no such step, and their derivatives
    (n_items, n_steps + 2, 1 + n_steps) by the item's own parameters. Without slopes of their own, items are
    reported in logits with slope 1, and the shared slope as the spread of the population.
    """
    items, size = parameters.shape
    exists = np.arange(1, size) <= highest[:, None]
    change = np.eye(size)[1:] if model.is_graded else np.eye(size)[1:] - np.eye(size, k=-1)[1:]
    change[:, 0] = 0.0
    slope = parameters[:, :1] if model.has_slopes else np.ones((items, 1))
    slope = np.where(np.abs(slope) < FLATTEST, FLATTEST, slope)
    thresholds = np.where(exists, -(parameters @ change.T) / slope, 0.0)
    by = np.where(exists[:, :, None], -change / slope[:, :, None], 0.0)
    by_slope = np.zeros((items, 1, size))
    if model.has_slopes:
        by_slope[:, 0, 0] = 1.0
        by[:, :, 0] = -thresholds / slope
    n_steps = highest[:, None].astype(np.float64)
    location = thresholds.sum(axis=1, keepdims=True) / n_steps
    by_location = by.sum(axis=1, keepdims=True) / n_steps[:, :, None]
    return np.hstack([slope, thresholds, location]), np.concatenate([by_slope, by, by_location], axis=1)
