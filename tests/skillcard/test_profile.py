"""Ratings by element and source."""

from datetime import date

import pytest

from skillcard.framework import RatingError
from skillcard.profile import Profile, Rating, Source, levels

MAY = date(2026, 5, 4)
JUNE = date(2026, 6, 4)


def a_rating(level: int, *, source: Source = Source.SELF, on: date = MAY, element: str = "A.1") -> Rating:
    return Rating(element=element, level=level, source=source, on=on)


def test_the_latest_rating_stands_whatever_the_order() -> None:
    late, early = a_rating(4, on=JUNE), a_rating(2, on=MAY)

    assert levels(Profile((late, early)), Source.SELF) == {"A.1": 4}
    assert levels(Profile((early, late)), Source.SELF) == {"A.1": 4}


def test_of_two_ratings_of_one_day_the_one_recorded_later_stands() -> None:
    assert levels(Profile((a_rating(2), a_rating(3))), Source.SELF) == {"A.1": 3}


def test_sources_are_never_mixed() -> None:
    profile = Profile((a_rating(5), a_rating(2, source=Source.ASSESSOR), a_rating(3, element="A.2")))

    assert levels(profile, Source.SELF) == {"A.1": 5, "A.2": 3}
    assert levels(profile, Source.ASSESSOR) == {"A.1": 2}
    assert levels(profile, Source.MENTEE) == {}


def test_the_latest_rating_keeps_its_day() -> None:
    profile = Profile((a_rating(2), a_rating(4, on=JUNE)))

    assert profile.latest(Source.SELF)["A.1"].on == JUNE


@pytest.mark.parametrize("level", [-1, 6])
def test_a_rating_outside_the_scale_cannot_be_made(level: int) -> None:
    with pytest.raises(RatingError):
        a_rating(level)
