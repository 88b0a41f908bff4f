"""Where the pass line of a form lies: the modified Angoff method, recomputable from a panel's ratings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from assessments.errors import AssessmentError, NotEstimable
from assessments.results import Finding, root, rounded

STANDARD_SETTING_VERSION = "modified-angoff/1"
LEAST_JUDGES = 5
ADVISED_JUDGES = 8
LARGEST_ERROR = Fraction(1)

Ratings = Mapping[str, Mapping[str, Decimal]]
"""Judge → item → probability that a minimally competent candidate answers the item right."""


class Rounding(Enum):
    """How the exact cut becomes a whole raw score; the study declares it before the ratings are read."""

    UP = "up"
    NEAREST = "nearest"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class JudgeMean:
    """One judge's own cut (sum over items, exact) and mean rating per item."""

    judge: str
    cut: Decimal
    mean: Decimal


@dataclass(frozen=True, slots=True)
class RoundSummary:
    """Mean and standard deviation of the judges' cuts in one round."""

    number: int
    mean: Decimal
    sd: Decimal


@dataclass(frozen=True, slots=True)
class AngoffStudy:
    """A panel's cut with its spread; `cut_raw` is exact, `mean`, `sd` and `se` are rounded for reading."""

    method: str
    version: str
    cut: int
    cut_raw: Fraction
    rounding: Rounding
    mean: Decimal
    sd: Decimal
    se: Decimal
    n_judges: int
    n_items: int
    judge_means: tuple[JudgeMean, ...]
    rounds: tuple[RoundSummary, ...]
    warnings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class FallingRating:
    """A cell in which a judge expects less of a higher level than of the lower one."""

    judge: str
    item: str
    lower: Decimal
    higher: Decimal


def angoff(rounds: Sequence[Ratings], *, rounding: Rounding) -> AngoffStudy:
    """Compute a form's cut from the last round of a modified Angoff study (EXM-2, EXM-3).

    `rounds`: one or more tables (n_judges, n_items) over the same judges and items, probabilities as
    Decimals 0 to 1 in steps of 0.01, judges in any order. The cut is the mean over judges of each judge's
    sum over items, rounded as declared. `sd` is the sample standard deviation (n - 1) over judges, because
    the panel stands for the judges who could have been asked, and `se` = sd / sqrt(n_judges). Raises
    NotEstimable `too_few_judges` under 5; AssessmentError `no_ratings`, `missing_cell`,
    `rating_not_decimal`, `rating_out_of_range`, `rating_step`, `panel_changed`. Warns under 8 judges, when
    se > 1 raw point, and when the spread grew from the first to the last round. Source: Angoff 1971; Cizek
    & Bunch 2007.
    """
    if not rounds or not rounds[-1]:
        raise AssessmentError("no_ratings")
    for table in rounds:
        _ensure_complete(table, rounds[-1])
    n_judges = len(rounds[-1])
    if n_judges < LEAST_JUDGES:
        raise NotEstimable("too_few_judges", judges=n_judges, least=LEAST_JUDGES)
    last, variance = _spread(rounds[-1])
    summaries = tuple(_summary(number, table) for number, table in enumerate(rounds, start=1))
    return AngoffStudy(
        method="modified_angoff",
        version=STANDARD_SETTING_VERSION,
        cut=round_cut(last, rounding),
        cut_raw=last,
        rounding=rounding,
        mean=rounded(last),
        sd=root(variance),
        se=root(variance / n_judges),
        n_judges=n_judges,
        n_items=len(_items(rounds[-1])),
        judge_means=tuple(_judge_mean(judge, row) for judge, row in rounds[-1].items()),
        rounds=summaries,
        warnings=_warnings(n_judges, variance, _spread(rounds[0])[1]),
    )


def round_cut(exact: Fraction, rounding: Rounding) -> int:
    """Round an exact cut to a whole raw score as the study declared; `nearest` takes a half upwards."""
    if rounding is Rounding.UP:
        return -(-exact.numerator // exact.denominator)
    if rounding is Rounding.DOWN:
        return exact.numerator // exact.denominator
    return int(rounded(exact, 0))


def falling_ratings(lower: Ratings, higher: Ratings) -> tuple[FallingRating, ...]:
    """List every cell rated lower for the higher of two levels: a sign that a judge misread a level.

    Both tables (n_judges, n_items) over the same judges and items; raises AssessmentError as `angoff` does.
    """
    for table in (lower, higher):
        _ensure_complete(table, higher)
    return tuple(
        FallingRating(judge, item, lower[judge][item], rating)
        for judge, row in higher.items()
        for item, rating in row.items()
        if rating < lower[judge][item]
    )


def _items(table: Ratings) -> tuple[str, ...]:
    """Return the items of a table, from its first judge."""
    return tuple(next(iter(table.values())))


def _ensure_complete(table: Ratings, last: Ratings) -> None:
    """Refuse a table of another panel than the last round's, or with a cell missing or not a probability.

    Nobody is dropped between rounds without a record, and every judge rates every item of the form.
    """
    if table.keys() != last.keys():
        raise AssessmentError("panel_changed", judges=tuple(sorted(table.keys() ^ last.keys())))
    items = dict.fromkeys(item for rows in (last, table) for row in rows.values() for item in row)
    if not items:
        raise AssessmentError("no_ratings")
    for judge, row in table.items():
        for item in items:
            if item not in row:
                raise AssessmentError("missing_cell", judge=judge, item=item)
            _ensure_probability(judge, item, row[item])


def _ensure_probability(judge: str, item: str, rating: object) -> None:
    """Refuse a rating that is not a Decimal between 0 and 1 in whole hundredths."""
    if not isinstance(rating, Decimal):
        raise AssessmentError("rating_not_decimal", judge=judge, item=item, rating=rating)
    if not rating.is_finite() or not 0 <= rating <= 1:
        raise AssessmentError("rating_out_of_range", judge=judge, item=item, rating=str(rating))
    if (Fraction(rating) * 100).denominator != 1:
        raise AssessmentError("rating_step", judge=judge, item=item, rating=str(rating))


def _spread(table: Ratings) -> tuple[Fraction, Fraction]:
    """Return mean and sample variance of the judges' cuts, exact."""
    cuts = [_cut(row) for row in table.values()]
    mean = sum(cuts, Fraction(0)) / len(cuts)
    return mean, sum(((cut - mean) ** 2 for cut in cuts), Fraction(0)) / (len(cuts) - 1)


def _cut(row: Mapping[str, Decimal]) -> Fraction:
    """Sum one judge's ratings, exact."""
    return sum((Fraction(rating) for rating in row.values()), Fraction(0))


def _judge_mean(judge: str, row: Mapping[str, Decimal]) -> JudgeMean:
    """Describe one judge's ratings."""
    return JudgeMean(judge, rounded(_cut(row), 2), rounded(_cut(row) / len(row)))


def _summary(number: int, table: Ratings) -> RoundSummary:
    """Describe one round."""
    mean, variance = _spread(table)
    return RoundSummary(number, rounded(mean), root(variance))


def _warnings(n_judges: int, variance: Fraction, first_variance: Fraction) -> tuple[Finding, ...]:
    """Name what a reader of the cut must know; the comparison of squares keeps it exact."""
    found = []
    if n_judges < ADVISED_JUDGES:
        message = f"{n_judges} judges; a panel of {ADVISED_JUDGES} or more is advised"
        found.append(Finding("small_panel", message, str(ADVISED_JUDGES), "Cizek & Bunch 2007"))
    if variance / n_judges > LARGEST_ERROR**2:
        message = f"the standard error of the cut is {root(variance / n_judges, 2)} raw points"
        found.append(
            Finding("large_standard_error", message, str(LARGEST_ERROR), "Cohen, Kane & Crooks 1999")
        )
    if variance > first_variance:
        message = "the judges lay further apart in the last round than in the first"
        found.append(Finding("spread_grew", message, "sd of the first round", "Cizek & Bunch 2007"))
    return tuple(found)
