"""Classical analysis of the items of a form from their scores, and what its result holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from assessments.arrays import Floats, names, vector
from assessments.bootstrap import ensure_level
from assessments.errors import AssessmentError, NotEstimable
from assessments.estimates import Estimate, Provenance
from assessments.items.lines import ITEM_LINES, Flag, Lines, item_flags
from assessments.items.statistics import biserial, correlation, group_weights, mean_share, share
from assessments.responses import Missing, Responses, complete
from assessments.results import Json

ITEMS_VERSION = "item-analysis/1"
PORTION = 0.27


@dataclass(frozen=True, slots=True)
class OptionRow:
    """How one option of an item worked; `upper` and `lower` are the shares of those groups that marked it.

    `rest` is the correlation of marking it with the score on the other items, None where one does not vary.
    """

    option: str
    keyed: bool
    count: int
    share: Estimate
    rest: Estimate | None
    upper: float
    lower: float


@dataclass(frozen=True, slots=True)
class ItemRow:
    """How one item worked: difficulty as a share of its maximum, discrimination against the other items.

    `discrimination` is the correlation with the rest score (corrected item-total), None for an item that
    everybody scored alike. `upper` and `lower` are the difficulties in the upper and lower 27 %. `omitted`
    counts who left it out but answered a later one, `not_reached` who answered none from here on; both score
    0. They are 0, and there are no options, when the analysis starts from scores.
    """

    item: str
    maximum: float
    difficulty: Estimate
    discrimination: Estimate | None
    biserial: float | None
    upper: float
    lower: float
    omitted: int
    not_reached: int
    options: tuple[OptionRow, ...]
    flags: tuple[Flag, ...]

    @property
    def upper_lower(self) -> float:
        """Return the discrimination index D: difficulty in the upper group less that in the lower."""
        return self.upper - self.lower


@dataclass(frozen=True, slots=True)
class ItemAnalysis:
    """The items of a form as one group of persons met them, with mean and spread of the total scores."""

    items: tuple[ItemRow, ...]
    mean: float
    sd: float
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Group:
    """What every item is set against: total scores, the two outer groups, level and lines."""

    totals: Floats
    lower: Floats
    upper: Floats
    level: float
    lines: Lines


def scored_item_analysis(
    values: ArrayLike,
    *,
    items: Sequence[str] | None = None,
    maxima: ArrayLike | None = None,
    level: float = 0.95,
    missing: Missing = "raise",
    lines: Lines = ITEM_LINES,
) -> ItemAnalysis:
    """Analyse items from their scores: difficulty, discrimination, upper and lower 27 %, and flags.

    `values`: (n_persons, n_items) from 0 to the item's maximum, NaN = missing; `maxima`: (n_items,), all 1
    if None. Intervals: Wilson's for right-or-wrong items, Student's for others, Fisher's for correlations.
    Raises what `assessments.responses.complete` raises; AssessmentError `score_out_of_range` (naming person
    and item), `maximum_count`, `maximum_not_positive`, `level_out_of_range`; NotEstimable `too_few_items`
    under 2, `too_few_persons` under 10. Source: Lord & Novick 1968; Kelley 1939; thresholds as `ITEM_LINES`.
    """
    ensure_level(level)
    responses = complete(values, missing=missing)
    labels = names(items, count=responses.n_items, stem="item")
    most = np.ones(responses.n_items) if maxima is None else vector(maxima)
    _ensure_scores(responses.table, most)
    group = read_group(responses.table, level, lines)
    rows = tuple(
        item_row(label, responses.table[:, column], float(most[column]), group)
        for column, label in enumerate(labels)
    )
    return analysis(rows, group, responses, {"missing": missing})


def read_group(table: Floats, level: float, lines: Lines) -> Group:
    """Take from the scores (n_persons, n_items) what every item is set against."""
    if table.shape[1] < 2:
        raise NotEstimable("too_few_items", items=table.shape[1], least=2)
    totals = table.sum(axis=1)
    lower, upper = group_weights(totals, PORTION)
    return Group(totals, lower, upper, level, lines)


def item_row(item: str, scores: Floats, maximum: float, group: Group) -> ItemRow:
    """Describe one item by its scores (n_persons,)."""
    right_or_wrong = bool(np.isin(scores, (0.0, maximum)).all())
    if right_or_wrong:
        difficulty = share(int((scores == maximum).sum()), len(scores), level=group.level)
    else:
        difficulty = mean_share(scores, maximum, level=group.level)
    discrimination = correlation(scores, group.totals - scores, level=group.level)
    return ItemRow(
        item=item,
        maximum=maximum,
        difficulty=difficulty,
        discrimination=discrimination,
        biserial=(
            biserial(discrimination.value, difficulty.value) if right_or_wrong and discrimination else None
        ),
        upper=weighted_share(scores, group.upper) / maximum,
        lower=weighted_share(scores, group.lower) / maximum,
        omitted=0,
        not_reached=0,
        options=(),
        flags=item_flags(difficulty, discrimination, group.lines),
    )


def weighted_share(scores: Floats, weights: Floats) -> float:
    """Return the mean of scores over the persons of an outer group."""
    return float(scores @ weights / weights.sum())


def analysis(
    rows: tuple[ItemRow, ...], group: Group, responses: Responses, options: Mapping[str, Json]
) -> ItemAnalysis:
    """Put the items together with the scores of the whole form."""
    return ItemAnalysis(
        items=rows,
        mean=float(group.totals.mean()),
        sd=float(group.totals.std(ddof=1)),
        provenance=Provenance(
            "item_analysis",
            ITEMS_VERSION,
            responses.n_persons,
            responses.n_items,
            responses.n_missing,
            {"portion": repr(PORTION), "level": repr(group.level), **options},
            responses.findings,
        ),
    )


def _ensure_scores(table: Floats, maxima: Floats) -> None:
    """Refuse maxima that do not fit the table, and scores outside of them."""
    if len(maxima) != table.shape[1]:
        raise AssessmentError("maximum_count", expected=table.shape[1], found=len(maxima))
    if (maxima <= 0).any():
        raise AssessmentError("maximum_not_positive", maximum=float(maxima.min()))
    outside = np.argwhere((table < 0) | (table > maxima))
    if len(outside):
        row, column = (int(place) for place in outside[0])
        raise AssessmentError("score_out_of_range", row=row, column=column, score=float(table[row, column]))
