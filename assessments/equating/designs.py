"""Who sat what: the designs under which two forms may be equated, read from candidates' raw scores.

Every method of this package sees a group only through its table of counts, so that resampling candidates and
fitting a distribution work on the same thing.
"""

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from assessments.arrays import Floats, matrix, vector
from assessments.errors import AssessmentError

Mask = NDArray[np.bool_]


class DesignKind(Enum):
    """How the groups who sat the two forms are related, and what links their scores."""

    RANDOM_GROUPS = "random_groups"
    SINGLE_GROUP = "single_group"
    INTERNAL_ANCHOR = "internal_anchor"
    EXTERNAL_ANCHOR = "external_anchor"

    @property
    def has_anchor(self) -> bool:
        """Whether the groups may differ in ability and common items tell by how much."""
        return self in {DesignKind.INTERNAL_ANCHOR, DesignKind.EXTERNAL_ANCHOR}


@dataclass(frozen=True, slots=True)
class RawScale:
    """The whole raw scores `low` to `high` that a form or an anchor can give, whether reached or not.

    Raises AssessmentError `scale_empty` when it holds fewer than two scores.
    """

    low: int
    high: int

    def __post_init__(self) -> None:
        """Refuse a scale on which nobody could differ."""
        if self.high <= self.low:
            raise AssessmentError("scale_empty", low=self.low, high=self.high)

    @property
    def width(self) -> int:
        """Points between the lowest and the highest score: the number of items when each gives one point."""
        return self.high - self.low

    def points(self) -> Floats:
        """List every score (width + 1,)."""
        return np.arange(self.low, self.high + 1, dtype=np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """Two forms, the groups who sat them as tables of counts, and what links them; made by the readers below.

    `groups` holds one table per group: (new scores, 1) and (old scores, 1) for random groups; one (new
    scores, old scores) for a single group; (new scores, anchor scores) and (old scores, anchor scores) with
    an anchor.
    """

    kind: DesignKind
    new: RawScale
    old: RawScale
    anchor: RawScale | None
    groups: tuple[Floats, ...]

    @property
    def sizes(self) -> tuple[int, ...]:
        """Count the persons of each group."""
        return tuple(int(counts.sum()) for counts in self.groups)

    def axes(self, group: int) -> tuple[Floats, Floats]:
        """List the scores that the rows and the columns of a group's table stand for."""
        rows = self.old if group else self.new
        columns = self.old if self.kind is DesignKind.SINGLE_GROUP else self.anchor
        return rows.points(), columns.points() if columns is not None else np.zeros(1)

    def margins(self) -> tuple[Floats, Floats]:
        """Count each score of the new and of the old form, in the group or groups that sat it."""
        if self.kind is DesignKind.SINGLE_GROUP:
            return self.groups[0].sum(axis=1), self.groups[0].sum(axis=0)
        return self.groups[0].sum(axis=1), self.groups[1].sum(axis=1)

    def possible(self, group: int) -> Mask:
        """Mark the cells that a candidate can be in: of an internal anchor, its points are part of the score.

        The other items then account for the rest of the score, which can be neither less nor more than they
        give.
        """
        if self.kind is not DesignKind.INTERNAL_ANCHOR or self.anchor is None:
            return np.ones(self.groups[group].shape, dtype=np.bool_)
        form = self.old if group else self.new
        rows, columns = self.axes(group)
        rest = rows[:, None] - columns
        return (rest >= form.low - self.anchor.low) & (rest <= form.high - self.anchor.high)


def random_groups(new_scores: ArrayLike, old_scores: ArrayLike, *, new: RawScale, old: RawScale) -> Design:
    """Read two groups drawn at random from one population, each of which sat one form.

    `new_scores` (n_new,), `old_scores` (n_old,): whole raw scores. Raises AssessmentError `not_whole`,
    `off_scale` and what `assessments.arrays.vector` raises. Source: Kolen & Brennan 2014, chapter 1.
    """
    first = _table(vector(new_scores)[:, None], (new,))
    second = _table(vector(old_scores)[:, None], (old,))
    return Design(DesignKind.RANDOM_GROUPS, new, old, None, (first, second))


def single_group(scores: ArrayLike, *, new: RawScale, old: RawScale) -> Design:
    """Read one group that sat both forms; effects of order and fatigue are taken to be none.

    `scores` (n_persons, 2): the raw score on the new form and on the old one. Raises AssessmentError
    `columns`, `not_whole`, `off_scale` and what `assessments.arrays.matrix` raises. Source: Kolen & Brennan
    2014, chapter 1.
    """
    return Design(DesignKind.SINGLE_GROUP, new, old, None, (_table(matrix(scores), (new, old)),))


def anchor_groups(
    new_scores: ArrayLike,
    old_scores: ArrayLike,
    *,
    new: RawScale,
    old: RawScale,
    anchor: RawScale,
    internal: bool,
) -> Design:
    """Read two groups that may differ in ability, each of which sat one form and the same anchor (NEAT).

    `new_scores` (n_new, 2), `old_scores` (n_old, 2): raw score on the form and on the anchor. `internal`: the
    anchor's points are part of the form's score. Raises AssessmentError `columns`, `not_whole`, `off_scale`,
    `anchor_not_within` (a score that its internal anchor rules out) and what `assessments.arrays.matrix`
    raises. Source: Kolen & Brennan 2014, chapter 1.
    """
    kind = DesignKind.INTERNAL_ANCHOR if internal else DesignKind.EXTERNAL_ANCHOR
    tables = (_table(matrix(new_scores), (new, anchor)), _table(matrix(old_scores), (old, anchor)))
    design = Design(kind, new, old, anchor, tables)
    for group, form in enumerate(("new", "old")):
        wrong = np.argwhere((tables[group] > 0) & ~design.possible(group))
        if len(wrong):
            score, common = (int(at[place]) for at, place in zip(design.axes(group), wrong[0], strict=True))
            raise AssessmentError("anchor_not_within", form=form, score=score, anchor=common)
    return design


def _table(scores: Floats, scales: tuple[RawScale, ...]) -> Floats:
    """Count candidates by their scores: one axis per scale, and a second of length one if there is none."""
    if scores.shape[1] != len(scales):
        raise AssessmentError("columns", expected=len(scales), found=scores.shape[1])
    broken = np.argwhere(scores != np.floor(scores))
    if len(broken):
        raise AssessmentError("not_whole", row=int(broken[0][0]), column=int(broken[0][1]))
    low = np.array([scale.low for scale in scales])
    high = np.array([scale.high for scale in scales])
    outside = np.argwhere((scores < low) | (scores > high))
    if len(outside):
        raise AssessmentError("off_scale", row=int(outside[0][0]), column=int(outside[0][1]))
    shape = tuple(scale.width + 1 for scale in scales)
    places = np.ravel_multi_index(tuple((scores - low).astype(np.intp).T), shape)
    counts = np.bincount(places, minlength=int(np.prod(shape))).astype(np.float64)
    return counts.reshape(shape[0], -1)
