"""How far responses lie from what the model expects of them: infit and outfit mean squares."""

from dataclasses import dataclass

import numpy as np

from assessments.arrays import Floats
from assessments.irt.curves import Curves


@dataclass(frozen=True, slots=True)
class MeanSquares:
    """Mean squared residuals: 1 where the model holds, over 1 noise, under 1 more order than chance allows.

    `outfit` weighs all responses alike and so answers to surprises far from the threshold, `infit` weighs
    them by their information.
    """

    infit: float
    outfit: float


def mean_squares(curves: Curves, by_score: Floats, group: Floats) -> tuple[MeanSquares, ...]:
    """Give the fit of each group of items; `group`: (n_groups, n_items) of 0 and 1.

    `by_score`: expected counts (n_items, n_categories, n_nodes). Residuals are averaged over the posterior of
    ability, so that in expectation the mean squares are 1 at the true parameters, however short the test is.
    Source: Wright & Masters 1982; Adams & Wu 2007 for the marginal form.
    """
    score = np.arange(curves.p.shape[1], dtype=np.float64)
    mean = np.einsum("jkq,k->jq", curves.p, score)
    squares = (score[:, None] - mean[:, None, :]) ** 2
    variance = np.maximum((curves.p * squares).sum(axis=1), np.finfo(np.float64).tiny)
    observed = (by_score * squares).sum(axis=1)
    persons = by_score.sum(axis=1)
    infit = (group @ observed.sum(axis=1)) / (group @ (persons * variance).sum(axis=1))
    outfit = (group @ (observed / variance).sum(axis=1)) / (group @ persons.sum(axis=1))
    return tuple(MeanSquares(float(one), float(other)) for one, other in zip(infit, outfit, strict=True))
