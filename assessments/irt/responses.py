"""Item responses as the likelihood needs them: whole scores, equal rows merged, rows of one mask together."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from assessments.arrays import Floats, matrix
from assessments.errors import AssessmentError, NotEstimable

Ints = NDArray[np.intp]
HIGHEST_SCORE = 20
"""More categories than that are no rating scale, but a score that wants another model."""


@dataclass(frozen=True, slots=True)
class Responses:
    """Distinct rows of a response table, with how often each occurs, sorted by which items were answered."""

    scores: Floats
    """(n_rows, n_items) whole scores, 0 where missing."""
    weight: Floats
    """(n_rows,) persons with this row."""
    pattern: Ints
    """(n_rows,) ascending index into `answered`."""
    answered: Floats
    """(n_patterns, n_items) 1 where answered, else 0."""
    row_of: Ints
    """(n_persons,) the distinct row of each person, in the caller's order."""
    counts: Floats
    """(n_items, n_categories) persons with each score of each item."""

    @property
    def highest(self) -> Ints:
        """Highest score (n_items,) that occurs in each item."""
        return np.asarray(self.counts.shape[1] - 1 - np.argmax(self.counts[:, ::-1] > 0, axis=1))

    @property
    def n_persons(self) -> int:
        """Persons, before merging."""
        return len(self.row_of)

    @property
    def n_missing(self) -> int:
        """Cells without a response."""
        return int(self.n_persons * len(self.counts) - self.counts.sum())


def read_responses(x: ArrayLike) -> Responses:
    """Read responses (n_persons, n_items), whole scores from 0 upwards, NaN where an item was not presented.

    Raises what `matrix` raises, AssessmentError `score_not_whole` for anything that is no whole number from 0
    to 20, NotEstimable `person_without_response` and `item_without_response`, naming row or column.
    """
    table = matrix(x, missing=True)
    missing = np.isnan(table)
    scores = np.where(missing, 0.0, table)
    wrong = np.argwhere((scores != np.floor(scores)) | (scores < 0) | (scores > HIGHEST_SCORE))
    if len(wrong):
        row, column = (int(index) for index in wrong[0])
        raise AssessmentError("score_not_whole", row=row, column=column, score=float(scores[row, column]))
    if missing.all(axis=1).any():
        raise NotEstimable("person_without_response", row=int(np.argmax(missing.all(axis=1))))
    if missing.all(axis=0).any():
        raise NotEstimable("item_without_response", column=int(np.argmax(missing.all(axis=0))))
    return _merged(scores, missing)


def _merged(scores: Floats, missing: NDArray[np.bool_]) -> Responses:
    """Merge equal rows: their persons share one posterior, so that each is computed once."""
    # Non-zero bytes, the mask first, so that one sort of byte strings merges rows and groups the masks.
    code = np.hstack([missing + 1, scores + 1]).astype(np.uint8, order="C")
    keys = code.view(f"S{code.shape[1]}").ravel()
    _, first, row_of, weight = np.unique(keys, return_index=True, return_inverse=True, return_counts=True)
    answered = ~missing[first]
    is_new = np.r_[True, (answered[1:] != answered[:-1]).any(axis=1)]
    categories = range(int(scores.max()) + 1)
    seen = np.where(missing, -1, scores)
    return Responses(
        scores=scores[first],
        weight=weight.astype(np.float64),
        pattern=np.cumsum(is_new) - 1,
        answered=answered[is_new].astype(np.float64),
        row_of=row_of.ravel(),
        counts=np.column_stack([(seen == score).sum(axis=0) for score in categories]).astype(np.float64),
    )
