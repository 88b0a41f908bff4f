"""A person's ratings on the skill card, kept apart by who gave them, and which of them count today."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from skillcard.framework import HIGHEST_RATING, LOWEST_RATING, Counting, RatingError, Which


class Source(StrEnum):
    """Who gave a rating."""

    SELF = "self"
    ASSESSOR = "assessor"
    MENTEE = "mentee"


@dataclass(frozen=True, slots=True)
class Rating:
    """One rating of one element, 0 (no evidence) to 5 (expert), given by one source on one day.

    Raises `RatingError` when the level lies outside 0 to 5.
    """

    element: str
    level: Decimal
    source: Source
    on: date

    def __post_init__(self) -> None:
        if not LOWEST_RATING <= self.level <= HIGHEST_RATING:
            raise RatingError(self.element, self.level)


@dataclass(frozen=True, slots=True)
class Profile:
    """All ratings of one person, in the order in which they were recorded."""

    ratings: tuple[Rating, ...] = ()

    def counting(self, source: Source, counting: Counting, on: date) -> dict[str, Rating]:
        """Return the rating of each element that counts on a day, by the scheme's rule (at most n_elements).

        Only what this source had given by that day is looked at; sources are never mixed (7.2). Of two of one
        day the one recorded later is the last, so that a slip can be put right at once; of two equally good
        the later is the best. What has grown older than the rule allows counts no more, whichever it was.
        """
        found: dict[str, Rating] = {}
        for rating in sorted(self.ratings, key=lambda rating: rating.on):  # stable: the order of a day stays
            if rating.source is not source or rating.on > on or counting.is_stale(rating.on, on):
                continue
            before = found.get(rating.element)
            if before is None or counting.which is Which.LAST or before.level <= rating.level:
                found[rating.element] = rating
        return found
