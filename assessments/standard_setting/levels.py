"""Several levels' cuts out of one form and one panel: a higher level always asks for more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from assessments.errors import AssessmentError, NotEstimable
from assessments.standard_setting.angoff import AngoffStudy, angoff
from assessments.standard_setting.cuts import Rounding
from assessments.standard_setting.panel import Ratings, ensure_complete


@dataclass(frozen=True, slots=True)
class FallingRating:
    """A cell in which a judge expects less of a higher level than of the lower one."""

    judge: str
    item: str
    lower: Decimal
    higher: Decimal


@dataclass(frozen=True, slots=True)
class LevelCut:
    """One level's study, and the cells in which a judge expected less here than of the level below."""

    level: int
    study: AngoffStudy
    falling: tuple[FallingRating, ...]


def angoff_levels(rounds: Mapping[int, Sequence[Ratings]], *, rounding: Rounding) -> tuple[LevelCut, ...]:
    """Compute one cut per level from one panel's modified Angoff study of one form, lowest level first.

    `rounds`: level → its rounds as `angoff` takes them, the same judges and items at every level. Raises
    AssessmentError `no_levels` and whatever `angoff` raises (`panel_changed` and `missing_cell` also across
    levels); NotEstimable `cuts_not_increasing` when a level's whole cut does not exceed that of the level
    below, because a score would then be worth two levels. Source: Cizek & Bunch 2007 (several cuts from one
    panel).
    """
    if not rounds:
        raise AssessmentError("no_levels")
    levels = sorted(rounds)
    studies = {level: angoff(rounds[level], rounding=rounding) for level in levels}
    falling = {
        higher: falling_ratings(rounds[lower][-1], rounds[higher][-1]) for lower, higher in pairwise(levels)
    }
    for lower, higher in pairwise(levels):
        cuts = studies[lower].cut, studies[higher].cut
        if cuts[0] >= cuts[1]:
            raise NotEstimable("cuts_not_increasing", lower=lower, higher=higher, cuts=cuts)
    return tuple(LevelCut(level, studies[level], falling.get(level, ())) for level in levels)


def falling_ratings(lower: Ratings, higher: Ratings) -> tuple[FallingRating, ...]:
    """List every cell rated lower for the higher of two levels: a sign that a judge misread a level.

    Both tables (n_judges, n_items) over the same judges and items; raises AssessmentError as `angoff` does.
    """
    for table in (lower, higher):
        ensure_complete(table, higher)
    return tuple(
        FallingRating(judge, item, lower[judge][item], rating)
        for judge, row in higher.items()
        for item, rating in row.items()
        if rating < lower[judge][item]
    )
