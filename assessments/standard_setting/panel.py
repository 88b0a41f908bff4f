"""A panel's table of ratings: whole or refused, its exact mean and spread, and what its reader must know."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from assessments.errors import AssessmentError, NotEstimable
from assessments.results import Finding, root
from assessments.standard_setting.cohort import mean_and_variance

LEAST_JUDGES = 5
ADVISED_JUDGES = 8
LARGEST_ERROR = Fraction(1)

Ratings = Mapping[str, Mapping[str, Decimal]]
"""Judge → item → probability that a minimally competent candidate answers the item right."""


def items_of(table: Ratings) -> tuple[str, ...]:
    """Return the items of a table (n_judges, n_items), in the order of its first judge."""
    return tuple(next(iter(table.values())))


def ensure_complete(table: Ratings, last: Ratings) -> None:
    """Refuse a table of another panel than the last round's, or with a cell missing or not a probability.

    Nobody is dropped between rounds without a record, and every judge rates every item of the form. Raises
    AssessmentError `no_ratings`, `panel_changed`, `missing_cell`, `rating_not_decimal`,
    `rating_out_of_range`, `rating_step`.
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
            ensure_probability(judge, item, row[item])


def ensure_panel(judges: int, least: int = LEAST_JUDGES) -> None:
    """Refuse a panel of fewer judges than a cut can be defended with: NotEstimable `too_few_judges`."""
    if judges < least:
        raise NotEstimable("too_few_judges", judges=judges, least=least)


def judge_cut(row: Mapping[str, Decimal]) -> Fraction:
    """Sum one judge's ratings (n_items,): that judge's own cut in raw points, exact."""
    return sum((Fraction(rating) for rating in row.values()), Fraction(0))


def spread(table: Ratings) -> tuple[Fraction, Fraction]:
    """Return mean and sample variance (n - 1) of the judges' cuts, in raw points, exact."""
    return mean_and_variance([judge_cut(row) for row in table.values()])


def small_panel(n_judges: int) -> tuple[Finding, ...]:
    """Caution against a panel of fewer than 8 judges."""
    if n_judges >= ADVISED_JUDGES:
        return ()
    message = f"{n_judges} judges; a panel of {ADVISED_JUDGES} or more is advised"
    return (Finding("small_panel", message, str(ADVISED_JUDGES), "Cizek & Bunch 2007"),)


def large_error(squared: Fraction) -> tuple[Finding, ...]:
    """Caution against a standard error above one raw point; takes its square, which keeps this exact."""
    if squared <= LARGEST_ERROR**2:
        return ()
    message = f"the standard error of the cut is {root(squared, 2)} raw points"
    return (Finding("large_standard_error", message, str(LARGEST_ERROR), "Cohen, Kane & Crooks 1999"),)


def ensure_observed(observed: Mapping[str, Decimal], items: Sequence[str]) -> None:
    """Refuse observed shares of right answers that do not cover the items, or are no Decimals 0 to 1.

    Raises AssessmentError `observed_missing`, `observed_unknown`, `observed_out_of_range`.
    """
    unknown = sorted(observed.keys() - set(items))
    if unknown:
        raise AssessmentError("observed_unknown", item=unknown[0])
    for item in items:
        if item not in observed:
            raise AssessmentError("observed_missing", item=item)
        share = observed[item]
        if not isinstance(share, Decimal) or not share.is_finite() or not 0 <= share <= 1:
            raise AssessmentError("observed_out_of_range", item=item, share=str(share))


def ensure_probability(judge: str, item: str, rating: object) -> None:
    """Refuse a rating that is not a Decimal between 0 and 1 in whole hundredths, naming its cell."""
    if not isinstance(rating, Decimal):
        raise AssessmentError("rating_not_decimal", judge=judge, item=item, rating=rating)
    if not rating.is_finite() or not 0 <= rating <= 1:
        raise AssessmentError("rating_out_of_range", judge=judge, item=item, rating=str(rating))
    if (Fraction(rating) * 100).denominator != 1:
        raise AssessmentError("rating_step", judge=judge, item=item, rating=str(rating))


def ensure_number(judge: str, value: object, lowest: int, highest: int) -> None:
    """Refuse a judge's cut or rate that is not a Decimal between two ends.

    Raises AssessmentError `limit_not_decimal`, `limit_out_of_scale`.
    """
    if not isinstance(value, Decimal):
        raise AssessmentError("limit_not_decimal", judge=judge, value=value)
    if not value.is_finite() or not lowest <= value <= highest:
        raise AssessmentError("limit_out_of_scale", judge=judge, value=str(value))
