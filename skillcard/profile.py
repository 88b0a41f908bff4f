"""A person's ratings on the skill card, kept apart by who gave them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from skillcard.framework import HIGHEST_RATING, LOWEST_RATING, RatingError


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
    level: int
    source: Source
    on: date

    def __post_init__(self) -> None:
        if not LOWEST_RATING <= self.level <= HIGHEST_RATING:
            raise RatingError(self.element, self.level)


@dataclass(frozen=True, slots=True)
class Profile:
    """All ratings of one person, in the order in which they were recorded."""

    ratings: tuple[Rating, ...] = ()

    def latest(self, source: Source) -> dict[str, Rating]:
        """Return this source's newest rating of each element it has rated (at most n_elements entries).

        Of two ratings of one day the one recorded later stands, so that a slip can be put right at once.
        """
        newest: dict[str, Rating] = {}
        for rating in self.ratings:
            if rating.source is source and (
                rating.element not in newest or newest[rating.element].on <= rating.on
            ):
                newest[rating.element] = rating
        return newest


def levels(profile: Profile, source: Source) -> dict[str, int]:
    """Return the current level of each element as one source sees it; sources are never mixed (7.2).

    Shape: one entry for each element this source has rated.
    """
    return {code: rating.level for code, rating in profile.latest(source).items()}
