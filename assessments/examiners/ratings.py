"""Ratings as they were given, and the part of them that two or more examiners share."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, isfinite, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from assessments.arrays import Floats
from assessments.errors import AssessmentError, NotEstimable
from assessments.estimates import Estimate

Owners = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Rating:
    """What one examiner gave one candidate on one item, an element of a rubric or a whole script."""

    candidate: str
    examiner: str
    item: str
    value: float


@dataclass(frozen=True, slots=True)
class Panel:
    """The work that was marked twice or more: `values` (n_works, n_examiners), NaN where one did not rate.

    A work is an item of a candidate; `owners` (n_works,) numbers its candidate. `examiners` are all who
    marked anything, by name.
    """

    examiners: tuple[str, ...]
    values: Floats
    owners: Owners
    n_items: int

    @property
    def n_candidates(self) -> int:
        """Candidates who were marked twice or more."""
        return len(np.unique(self.owners))


@dataclass(frozen=True, slots=True)
class CoRatings:
    """One examiner's ratings beside each co-marker's of the same work; all three (n_pairs,)."""

    own: Floats
    other: Floats
    owners: Owners

    @property
    def n_candidates(self) -> int:
        """Candidates whom the examiner and somebody else marked."""
        return len(np.unique(self.owners))


def panel_of(ratings: Sequence[Rating]) -> Panel:
    """Read ratings in any order.

    Raises AssessmentError `not_finite`, and `rating_repeated` when an examiner marked a work twice;
    NotEstimable `no_ratings`, and `no_double_marking` when no work has two ratings.
    """
    if not ratings:
        raise NotEstimable("no_ratings")
    examiners = sorted({rating.examiner for rating in ratings})
    candidates = {name: place for place, name in enumerate(sorted({rating.candidate for rating in ratings}))}
    works = sorted({(rating.candidate, rating.item) for rating in ratings})
    row = {work: place for place, work in enumerate(works)}
    column = {name: place for place, name in enumerate(examiners)}
    values = np.full((len(works), len(examiners)), np.nan)
    for rating in ratings:
        at = row[rating.candidate, rating.item], column[rating.examiner]
        if not isfinite(rating.value):
            raise AssessmentError("not_finite", candidate=rating.candidate, item=rating.item)
        if not np.isnan(values[at]):
            raise AssessmentError(
                "rating_repeated", candidate=rating.candidate, item=rating.item, examiner=rating.examiner
            )
        values[at] = rating.value
    shared = (~np.isnan(values)).sum(axis=1) >= 2
    if not shared.any():
        raise NotEstimable("no_double_marking", ratings=len(ratings))
    owners = np.array([candidates[candidate] for candidate, _ in works], dtype=np.intp)
    items = len({rating.item for rating in ratings})
    return Panel(tuple(examiners), values[shared], owners[shared], items)


def co_ratings(panel: Panel, examiner: int) -> CoRatings:
    """Pair an examiner's ratings, by place, with those of everybody who marked the same work."""
    present = ~np.isnan(panel.values[:, examiner])
    own = panel.values[present, examiner]
    others = np.delete(panel.values[present], examiner, axis=1)
    works, columns = np.nonzero(~np.isnan(others))
    return CoRatings(own[works], others[works, columns], panel.owners[present][works])


def clustered(influence: Floats, owners: Owners) -> float:
    """Give the standard error of a figure with these influences, (n_pairs,), counting each candidate once.

    Zero for fewer than two candidates. Source: Liang & Zeger 1986, with the factor n / (n - 1).
    """
    n = len(np.unique(owners))
    if n < 2:
        return 0.0
    sums = np.bincount(owners, weights=influence)
    return sqrt(n / (n - 1) * float(sums @ sums)) / len(influence)


def with_t(value: float, se: float, *, n: int, ci_level: float, top: float = inf) -> Estimate:
    """Put an interval around a figure with the t quantile of n candidates, and end it at `top`.

    Without a standard error there is none.
    """
    if se < 1e-12:
        return Estimate(value)
    half = float(stats.t.ppf((1 + ci_level) / 2, n - 1)) * se
    return Estimate(
        value, se, (value - half, min(top, value + half)), ci_level, f"clustered, t with {n - 1} df"
    )
