"""The many-facet Rasch model as one linear map from measures to the steps of every item and rater."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from assessments.arrays import Floats
from assessments.irt.ratings import RatingTable


@dataclass(frozen=True, slots=True)
class FacetDesign:
    """Where each measure stands among the free parameters.

    `columns`: (n_columns * (1 + n_steps), n_free) to slope and intercepts, as `Problem.design`.
    `items`, `raters`, `steps`: linear maps from the free parameters to measures, (n_measures, n_free).
    """

    columns: sparse.csr_array
    items: Floats
    raters: Floats
    steps: tuple[Floats, ...]
    """One (n_steps, n_free) for each item, or one for all of them."""


def facet_design(table: RatingTable, *, is_shared: bool) -> FacetDesign:
    """Write log P(k) / P(k - 1) = ability - difficulty - severity - step k as a linear map.

    Severities sum to zero, and so do the steps of each scale; difficulties are free. The first free parameter
    is the spread of abilities. Source: Linacre 1989.
    """
    items, raters, size = len(table.items), len(table.raters), int(table.highest.max()) + 1
    scales = table.highest[:1] if is_shared else table.highest
    starts = 1 + items + raters - 1 + np.r_[0, np.cumsum(np.maximum(scales - 1, 0))]
    every = np.eye(int(starts[-1]))
    difficulty = every[1 : 1 + items]
    severity = every[1 + items : items + raters]
    severity = np.vstack([severity, -severity.sum(axis=0)])
    # A free parameter is minus the sum of the first k steps; of all steps that sum is zero.
    sums = [np.zeros((high + 1, len(every))) for high in scales.tolist()]
    for each, start, high in zip(sums, starts, scales.tolist(), strict=False):
        each[1:high] = every[start : start + high - 1]
    columns = np.zeros((len(table.item_of), size, len(every)))
    columns[:, 0, 0] = 1.0
    for column, (item, rater) in enumerate(zip(table.item_of, table.rater_of, strict=True)):
        scale = sums[0 if is_shared else item]
        k = np.arange(1, len(scale))[:, None]
        columns[column, 1 : len(scale)] = scale[1:] - k * (difficulty[item] + severity[rater])
    return FacetDesign(
        columns=sparse.csr_array(columns.reshape(-1, len(every))),
        items=difficulty,
        raters=severity,
        steps=tuple(each[:-1] - each[1:] for each in sums),
    )
