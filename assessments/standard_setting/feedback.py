"""What a panel is shown between its rounds: how its ratings lie, and what candidate cuts would lead to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from numpy.typing import ArrayLike

from assessments.errors import AssessmentError
from assessments.results import root, rounded
from assessments.standard_setting.cohort import exact_numbers, mean_and_variance
from assessments.standard_setting.panel import (
    Ratings,
    ensure_complete,
    ensure_observed,
    ensure_panel,
    items_of,
    judge_cut,
    spread,
)

FEEDBACK_VERSION = "panel-feedback/1"


@dataclass(frozen=True, slots=True)
class ItemFeedback:
    """One item's ratings over the panel; `observed` is the share of candidates who answered it right."""

    item: str
    mean: Decimal
    sd: Decimal
    lowest: Decimal
    highest: Decimal
    observed: Decimal | None


@dataclass(frozen=True, slots=True)
class JudgeFeedback:
    """One judge's place in the panel, for that judge's eyes."""

    judge: str
    cut: Decimal
    distance: Decimal
    """Own cut less the panel's mean cut, in raw points; positive is stricter than the panel."""
    mean_distance: Decimal
    """Mean absolute distance of the judge's ratings from the item means, as a probability."""
    furthest: tuple[str, ...]
    """The items on which the judge lies furthest from the panel, furthest first."""


@dataclass(frozen=True, slots=True)
class RoundFeedback:
    """One round as the panel discusses it; the panel's means include every judge's own rating."""

    version: str
    n_judges: int
    n_items: int
    mean: Decimal
    sd: Decimal
    items: tuple[ItemFeedback, ...]
    judges: tuple[JudgeFeedback, ...]
    disputed: tuple[str, ...]
    """The items on which the judges differ most, by falling standard deviation."""


@dataclass(frozen=True, slots=True)
class Consequence:
    """How many candidates of a cohort a cut would pass."""

    cut: int
    passing: int
    n_persons: int
    pass_rate: Decimal


def round_feedback(
    table: Ratings, *, observed: Mapping[str, Decimal] | None = None, longest: int = 5
) -> RoundFeedback:
    """Summarise a round of ratings (n_judges, n_items) for the discussion before the next one.

    `observed`: item → share of candidates right (impact data), for every item or not at all; `longest`: how
    many items each list of differences names. Statistics are over judges, sd with n - 1. Raises NotEstimable
    `too_few_judges` under 2; AssessmentError `count_not_positive`, `observed_missing`, `observed_unknown`,
    `observed_out_of_range` and for the table as `angoff` does. Source: Reckase 2001 and Cizek & Bunch 2007
    on feedback between rounds.
    """
    if longest < 1:
        raise AssessmentError("count_not_positive", count=longest)
    ensure_complete(table, table)
    ensure_panel(len(table), least=2)
    items = items_of(table)
    if observed is not None:
        ensure_observed(observed, items)
    columns = {item: [Fraction(row[item]) for row in table.values()] for item in items}
    figures = {item: mean_and_variance(column) for item, column in columns.items()}
    mean, variance = spread(table)
    disputed = sorted(items, key=lambda item: -figures[item][1])
    means = {item: figures[item][0] for item in items}
    return RoundFeedback(
        version=FEEDBACK_VERSION,
        n_judges=len(table),
        n_items=len(items),
        mean=rounded(mean),
        sd=root(variance),
        items=tuple(_item(item, columns[item], figures[item], observed) for item in items),
        judges=tuple(_judge(judge, row, means, longest) for judge, row in table.items()),
        disputed=tuple(disputed[:longest]),
    )


def consequences(scores: ArrayLike, cuts: Sequence[int]) -> tuple[Consequence, ...]:
    """Say for each candidate cut how many of a cohort would pass, lowest cut first; reaching it passes.

    `scores`: (n_persons,) raw points, without missing ones. Raises AssessmentError `not_a_list`,
    `not_finite`, `missing_cell`; NotEstimable `no_data`. Source: consequences data, Cizek & Bunch 2007.
    """
    exact = exact_numbers(scores)
    passing = {cut: sum(score >= cut for score in exact) for cut in sorted(set(cuts))}
    return tuple(
        Consequence(cut, count, len(exact), rounded(Fraction(count, len(exact))))
        for cut, count in passing.items()
    )


def _item(
    item: str,
    column: list[Fraction],
    figures: tuple[Fraction, Fraction],
    observed: Mapping[str, Decimal] | None,
) -> ItemFeedback:
    """Describe one item's ratings."""
    return ItemFeedback(
        item=item,
        mean=rounded(figures[0]),
        sd=root(figures[1]),
        lowest=rounded(min(column), 2),
        highest=rounded(max(column), 2),
        observed=observed[item] if observed is not None else None,
    )


def _judge(
    judge: str, row: Mapping[str, Decimal], means: Mapping[str, Fraction], longest: int
) -> JudgeFeedback:
    """Describe one judge beside the panel."""
    away = {item: abs(Fraction(row[item]) - mean) for item, mean in means.items()}
    cut = judge_cut(row)
    return JudgeFeedback(
        judge=judge,
        cut=rounded(cut, 2),
        distance=rounded(cut - sum(means.values(), Fraction(0))),
        mean_distance=rounded(sum(away.values(), Fraction(0)) / len(away)),
        furthest=tuple(sorted(away, key=lambda item: -away[item])[:longest]),
    )
