"""Several levels' cuts out of one form and one panel: a higher level never asks for less."""

from dataclasses import dataclass
from decimal import Decimal

from assessments.standard_setting.panel import Ratings, ensure_complete


@dataclass(frozen=True, slots=True)
class FallingRating:
    """A cell in which a judge expects less of a higher level than of the lower one."""

    judge: str
    item: str
    lower: Decimal
    higher: Decimal


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
