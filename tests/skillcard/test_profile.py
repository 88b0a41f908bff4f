"""Which ratings count, by element and source."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillcard.framework import Counting, LevelRuleError, RatingError, Which
from skillcard.profile import Profile, Rating, Source

MAY = date(2026, 5, 4)
JUNE = date(2026, 6, 4)
NEXT_YEAR = date(2027, 5, 4)
LAST = Counting()
BEST = Counting(Which.BEST)


def a_rating(level: int, *, source: Source = Source.SELF, on: date = MAY, element: str = "A.1") -> Rating:
    return Rating(element=element, level=Decimal(level), source=source, on=on)


def counted(
    *ratings: Rating, by: Counting = LAST, source: Source = Source.SELF, on: date = JUNE
) -> dict[str, int]:
    return {code: int(found.level) for code, found in Profile(ratings).counting(source, by, on).items()}


def test_the_last_rating_counts_whatever_the_order_of_entry() -> None:
    late, early = a_rating(2, on=JUNE), a_rating(4, on=MAY)

    assert counted(late, early) == {"A.1": 2}
    assert counted(early, late) == {"A.1": 2}


def test_of_two_ratings_of_one_day_the_one_recorded_later_is_the_last() -> None:
    assert counted(a_rating(3), a_rating(2)) == {"A.1": 2}


def test_the_best_counts_where_the_scheme_says_so_with_its_latest_day() -> None:
    again = a_rating(4, on=JUNE)
    profile = Profile((a_rating(4), again, a_rating(1, on=JUNE)))

    assert profile.counting(Source.SELF, BEST, JUNE) == {"A.1": again}


def test_a_rating_of_a_day_to_come_does_not_count_yet() -> None:
    assert counted(a_rating(2), a_rating(4, on=JUNE), on=MAY) == {"A.1": 2}


@pytest.mark.parametrize("which", Which)
def test_a_rating_counts_to_the_same_day_of_its_last_month(which: Which) -> None:
    year = Counting(which, 12)

    assert counted(a_rating(3), by=year, on=NEXT_YEAR) == {"A.1": 3}
    assert counted(a_rating(3), by=year, on=date(2027, 5, 5)) == {}


def test_an_old_best_gives_way_to_a_weaker_one_that_still_counts() -> None:
    assert counted(a_rating(5), a_rating(2, on=JUNE), by=Counting(Which.BEST, 12), on=date(2027, 6, 1)) == {
        "A.1": 2
    }


def test_sources_are_never_mixed() -> None:
    ratings = (a_rating(5), a_rating(2, source=Source.ASSESSOR), a_rating(3, element="A.2"))

    assert counted(*ratings) == {"A.1": 5, "A.2": 3}
    assert counted(*ratings, source=Source.ASSESSOR) == {"A.1": 2}
    assert counted(*ratings, source=Source.MENTEE) == {}


@pytest.mark.parametrize("level", [-1, 6])
def test_a_rating_outside_the_scale_cannot_be_made(level: int) -> None:
    with pytest.raises(RatingError):
        a_rating(level)


def test_a_rule_that_lets_nothing_count_cannot_be_made() -> None:
    with pytest.raises(LevelRuleError):
        Counting(Which.LAST, 0)


DAYS = st.dates(date(2020, 1, 31), date(2026, 12, 31))
RATINGS = st.lists(st.builds(a_rating, st.integers(0, 5), on=DAYS), max_size=12)


@given(RATINGS, DAYS, st.none() | st.integers(1, 60))
def test_the_best_is_never_below_the_last_and_months_only_take_away(
    ratings: list[Rating], on: date, months: int | None
) -> None:
    last = counted(*ratings, by=Counting(Which.LAST, months), on=on)
    best = counted(*ratings, by=Counting(Which.BEST, months), on=on)
    endless = counted(*ratings, by=BEST, on=on)

    assert last.keys() == best.keys() <= endless.keys()
    assert all(last[code] <= best[code] <= endless[code] for code in last)
