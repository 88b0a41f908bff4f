"""Ratings of performances by raters, one by one, and whether their design lets raters be compared."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assessments.arrays import Floats
from assessments.errors import AssessmentError, NotEstimable
from assessments.irt.responses import HIGHEST_SCORE, Ints

LEAST_PERSONS = 30


@dataclass(frozen=True, slots=True)
class Rating:
    """The score, 0 upwards, that one rater gave one person on one item (task, criterion or station)."""

    person: str
    item: str
    rater: str
    score: int


@dataclass(frozen=True, slots=True)
class RatingTable:
    """Ratings (n_ratings,) by index into sorted labels; each pair of item and rater is one column."""

    persons: tuple[str, ...]
    items: tuple[str, ...]
    raters: tuple[str, ...]
    person: Ints
    column: Ints
    score: Ints
    item_of: Ints
    """(n_columns,) item of each column."""
    rater_of: Ints
    """(n_columns,) rater of each column."""
    highest: Ints
    """(n_items,) highest score that was given on each item."""

    @property
    def wide(self) -> Floats:
        """Scores (n_persons, n_columns), NaN where a rater did not rate a person on an item."""
        table = np.full((len(self.persons), len(self.item_of)), np.nan)
        table[self.person, self.column] = self.score
        return table


def read_ratings(ratings: Sequence[Rating], *, is_shared: bool) -> RatingTable:
    """Read ratings in any order; `is_shared`: all items use one scale, so that its top is the highest of all.

    Raises AssessmentError `score_not_whole`, `rating_repeated`; NotEstimable `too_few_persons` under 30,
    `too_few_raters` under 2, `empty_category`, `extreme_item` and `extreme_rater` (only lowest or only
    highest scores, which put a measure at infinity), `disconnected_design` with the sets of raters and items
    between which nothing compares. Source: Linacre 1989 on connected designs.
    """
    persons, person = _indexed([rating.person for rating in ratings])
    items, item = _indexed([rating.item for rating in ratings])
    raters, rater = _indexed([rating.rater for rating in ratings])
    if len(persons) < LEAST_PERSONS:
        raise NotEstimable("too_few_persons", persons=len(persons), least=LEAST_PERSONS)
    if len(raters) < 2:
        raise NotEstimable("too_few_raters", raters=len(raters), least=2)
    score = _scores(ratings)
    pairs, column = np.unique(item * len(raters) + rater, return_inverse=True)
    highest = np.zeros(len(items), dtype=np.intp)
    np.maximum.at(highest, item, score)
    if is_shared:
        highest[:] = highest.max()
    _ensure_distinct(ratings, person * len(pairs) + column)
    table = RatingTable(
        persons, items, raters, person, column, score, pairs // len(raters), pairs % len(raters), highest
    )
    _ensure_measurable(table, is_shared=is_shared)
    _ensure_connected(table)
    return table


def _indexed(labels: list[str]) -> tuple[tuple[str, ...], Ints]:
    """Give sorted labels, and for each place the index of its label."""
    distinct = tuple(sorted(set(labels)))
    place = {label: index for index, label in enumerate(distinct)}
    return distinct, np.array([place[label] for label in labels], dtype=np.intp)


def _scores(ratings: Sequence[Rating]) -> Ints:
    """Read the scores, refusing what is no whole number on a scale."""
    for rating in ratings:
        if not isinstance(rating.score, int) or not 0 <= rating.score <= HIGHEST_SCORE:
            raise AssessmentError(
                "score_not_whole", person=rating.person, rater=rating.rater, score=rating.score
            )
    return np.array([rating.score for rating in ratings], dtype=np.intp)


def _ensure_distinct(ratings: Sequence[Rating], cell: Ints) -> None:
    """Refuse a second rating of the same person on the same item by the same rater."""
    _, first = np.unique(cell, return_index=True)
    if len(first) < len(cell):
        again = ratings[int(np.setdiff1d(np.arange(len(cell)), first)[0])]
        raise AssessmentError("rating_repeated", person=again.person, item=again.item, rater=again.rater)


def _ensure_measurable(table: RatingTable, *, is_shared: bool) -> None:
    """Refuse items and raters whose measure would be infinite, and scores of a scale that nobody gave."""
    item, top = table.item_of[table.column], table.highest[table.item_of[table.column]]
    for code, labels, index in (
        ("extreme_item", table.items, item),
        ("extreme_rater", table.raters, table.rater_of[table.column]),
    ):
        each = np.arange(len(labels))[:, None] == index
        is_extreme = (~each | (table.score == 0)).all(axis=1) | (~each | (table.score == top)).all(axis=1)
        if is_extreme.any():
            raise NotEstimable(code, labels=tuple(labels[one] for one in np.flatnonzero(is_extreme)))
    for number, label in enumerate(table.items):
        given = set(table.score[(item == number) | is_shared].tolist())
        gaps = set(range(int(table.highest[number]))) - given
        if gaps:
            raise NotEstimable("empty_category", item=label, scores=tuple(sorted(gaps)))


def _ensure_connected(table: RatingTable) -> None:
    """Refuse a design in which abilities can absorb a difference between raters, or raters one between items.

    Two raters, or items, are comparable when no vector of the design's null space tells them apart.
    """
    items, raters = len(table.items), len(table.raters)
    effects = np.zeros((len(table.score), items + raters))
    rows = np.arange(len(effects))
    effects[rows, table.item_of[table.column]] = 1.0
    effects[rows, items + table.rater_of[table.column]] = 1.0
    sums = np.zeros((len(table.persons), items + raters))
    np.add.at(sums, table.person, effects)
    within = effects.T @ effects - (sums / np.bincount(table.person)[:, None]).T @ sums
    values, vectors = np.linalg.eigh(within)
    null = vectors[:, values < 1e-8 * max(1.0, float(values[-1]))]
    if null.shape[1] == 2:
        return
    for start, stop in ((0, items), (items, items + raters)):
        null[start:stop] -= null[start:stop].mean(axis=0)
    raise NotEstimable(
        "disconnected_design",
        raters=_alike(null[items:], table.raters),
        items=_alike(null[:items], table.items),
    )


def _alike(null: Floats, labels: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Group the labels whose rows are equal."""
    sets: dict[tuple[float, ...], list[str]] = {}
    for row, label in zip(np.round(null, 6) + 0.0, labels, strict=True):
        sets.setdefault(tuple(row.tolist()), []).append(label)
    return tuple(tuple(each) for each in sets.values())
