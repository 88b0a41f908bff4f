"""From what a caller holds to arrays that may be computed with: every refusal of shape and content."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from assessments.errors import AssessmentError, NotEstimable

Floats = NDArray[np.float64]


def matrix(values: ArrayLike, *, missing: bool = False) -> Floats:
    """Read a table (n_rows, n_columns) as floats; NaN is a missing cell, and no other value means missing.

    Raises AssessmentError `not_a_table` when rows are ragged, not numbers or not two-dimensional,
    `not_finite` at an infinity, `missing_cell` (naming row and column) at a NaN unless `missing`;
    NotEstimable `no_data` when there is no row or no column.
    """
    table = _floats(values, dimensions=2)
    if table.size == 0:
        raise NotEstimable("no_data", shape=table.shape)
    _ensure_finite(table)
    empty = np.argwhere(np.isnan(table))
    if len(empty) and not missing:
        raise AssessmentError("missing_cell", row=int(empty[0][0]), column=int(empty[0][1]), cells=len(empty))
    return table


def vector(values: ArrayLike, *, missing: bool = False) -> Floats:
    """Read a list (n,) of numbers; NaN is a missing one.

    Raises AssessmentError `not_a_list`, `not_finite` at an infinity, `missing_cell` at a NaN unless
    `missing`; NotEstimable `no_data` when it is empty.
    """
    numbers = _floats(values, dimensions=1)
    if numbers.size == 0:
        raise NotEstimable("no_data", shape=numbers.shape)
    _ensure_finite(numbers)
    empty = np.flatnonzero(np.isnan(numbers))
    if len(empty) and not missing:
        raise AssessmentError("missing_cell", row=int(empty[0]), cells=len(empty))
    return numbers


def cube(values: ArrayLike) -> Floats:
    """Read complete scores (n_rows, n_first, n_second) as floats.

    Raises AssessmentError `not_a_cube`, `not_finite`, `missing_cell` (naming its place); NotEstimable
    `no_data` when one of the three sizes is 0.
    """
    table = _floats(values, dimensions=3)
    if table.size == 0:
        raise NotEstimable("no_data", shape=table.shape)
    _ensure_finite(table)
    empty = np.argwhere(np.isnan(table))
    if len(empty):
        raise AssessmentError("missing_cell", at=tuple(int(index) for index in empty[0]), cells=len(empty))
    return table


def names(labels: Sequence[str] | None, *, count: int, stem: str) -> tuple[str, ...]:
    """Return the labels of rows or columns, or `stem` with a number where the caller gave none.

    Raises AssessmentError `label_count` when they do not fit the table, `label_repeated` when two are alike.
    """
    if labels is None:
        return tuple(f"{stem}{number}" for number in range(1, count + 1))
    if len(labels) != count:
        raise AssessmentError("label_count", expected=count, found=len(labels))
    if len(set(labels)) != count:
        raise AssessmentError("label_repeated", labels=tuple(labels))
    return tuple(labels)


def _floats(values: ArrayLike, *, dimensions: int) -> Floats:
    """Turn values into a float array of the dimensions asked for."""
    code = {1: "not_a_list", 2: "not_a_table", 3: "not_a_cube"}[dimensions]
    try:
        numbers = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as wrong:
        raise AssessmentError(code, reason=str(wrong)) from wrong
    if numbers.ndim != dimensions:
        raise AssessmentError(code, dimensions=numbers.ndim)
    return numbers


def _ensure_finite(numbers: Floats) -> None:
    """Refuse infinities, which no response and no rating can be."""
    endless = np.argwhere(np.isinf(numbers))
    if len(endless):
        raise AssessmentError("not_finite", at=tuple(int(index) for index in endless[0]))
