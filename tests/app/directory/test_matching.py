"""The arithmetic of the search: parts that add up, turns that are fair, cursors that are ours."""

from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Invalid
from app.directory.rules.listing import MOST_TURN, stale_before, turn_of
from app.directory.rules.matching import (
    HEAVIEST,
    MOST_VALUES,
    UNIT,
    Criterion,
    Mark,
    Wishes,
    mark_of,
    mask_of,
    parts,
    place,
    weighed,
)
from app.directory.vocabulary import VOCABULARY

TODAY = date(2026, 3, 2)
TURNS = st.integers(0, MOST_TURN)


@given(st.integers(0, HEAVIEST), st.integers(1, MOST_VALUES))
def test_the_values_of_a_wish_share_its_weight_exactly(weight: int, count: int) -> None:
    values = tuple(f"v{n}" for n in range(count))
    wishes = Wishes({Criterion.EXPERTISE: values}, {Criterion.EXPERTISE: weight})

    assert wishes.points_each(Criterion.EXPERTISE) * count == weight * UNIT == wishes.best


@given(st.sets(st.sampled_from("abcdefghij"), min_size=1), st.sets(st.sampled_from("abcdefghij")))
def test_what_matches_and_what_is_missing_is_what_was_wished(wanted: set[str], has: set[str]) -> None:
    wishes = Wishes({Criterion.EXPERTISE: tuple(sorted(wanted))}, {Criterion.EXPERTISE: 4})

    [part] = parts(wishes, {Criterion.EXPERTISE: frozenset(has)}, frozenset())

    assert set(part.matched) == wanted & has
    assert set(part.missing) == wanted - has
    assert part.points * len(wanted) == 4 * UNIT * len(wanted & has)


def test_what_is_certified_counts_as_the_sector_and_as_nothing_else() -> None:
    wishes = Wishes(
        {Criterion.SECTOR: ("tourism", "health"), Criterion.EXPERTISE: ("tourism",)},
        {Criterion.SECTOR: 3, Criterion.EXPERTISE: 4},
    )

    expertise, sector = parts(wishes, {Criterion.SECTOR: frozenset({"health"})}, frozenset({"tourism"}))

    assert (sector.matched, sector.certified) == (("tourism", "health"), ("tourism",))
    assert (expertise.matched, expertise.certified) == ((), ())


@given(TURNS, TURNS, TURNS)
def test_a_mask_and_its_opposite_turn_any_two_around(one: int, other: int, mask: int) -> None:
    opposite = mask ^ MOST_TURN

    if one != other:
        assert (place(one, mask) < place(other, mask)) != (place(one, opposite) < place(other, opposite))


def test_in_a_year_each_of_ten_equals_stands_first_and_last_about_as_often() -> None:
    turns = [turn_of(UUID(int=(n * 0x9E3779B97F4A7C15F39CC0605CEDC835) % 2**128)) for n in range(1, 11)]
    first, last = dict.fromkeys(turns, 0), dict.fromkeys(turns, 0)
    mean = dict.fromkeys(turns, 0)
    for number in range(730):
        mask = mask_of(TODAY + timedelta(days=number))
        order = sorted(turns, key=lambda turn: place(turn, mask))
        first[order[0]] += 1
        last[order[-1]] += 1
        for rank, turn in enumerate(order, start=1):
            mean[turn] += rank

    assert min(first.values()) > 0
    assert min(last.values()) > 0
    assert all(abs(total / 730 - 5.5) < 0.6 for total in mean.values())


def test_days_have_masks_of_their_own() -> None:
    masks = [mask_of(TODAY + timedelta(days=number)) for number in range(100)]

    assert len(set(masks)) == 100
    assert all(one != other for one, other in pairwise(masks))


@given(st.integers(0, 300_000), TURNS, st.uuids())
def test_a_cursor_is_read_as_it_was_given(points: int, standing: int, listing: UUID) -> None:
    mark = Mark(TODAY, points, standing, listing)

    assert mark_of(mark.cursor(), TODAY) == mark
    assert mark_of(mark.cursor(), TODAY + timedelta(days=1)) == mark


@given(st.text(max_size=200))
def test_no_other_text_is_a_cursor(text: str) -> None:
    try:
        mark_of(text, TODAY)
    except Invalid as refusal:
        assert refusal.code == "cursor_refused"


@pytest.mark.parametrize("day", [TODAY - timedelta(days=2), TODAY + timedelta(days=1)])
def test_a_cursor_of_another_day_is_refused(day: date) -> None:
    with pytest.raises(Invalid, match="cursor_refused"):
        mark_of(Mark(day, 1, 1, UUID(int=1)).cursor(), TODAY)


def test_weights_are_the_usual_ones_but_where_others_are_given() -> None:
    weights = weighed(["sector:9", "style:0"], VOCABULARY.weights)

    assert (weights[Criterion.SECTOR], weights[Criterion.STYLE]) == (9, 0)
    assert weights[Criterion.EXPERTISE] == VOCABULARY.weights["expertise"]


def test_the_vocabulary_fits_the_criteria() -> None:
    assert set(VOCABULARY.weights) == set(Criterion)
    assert set(VOCABULARY.required) <= set(Criterion) - {Criterion.STYLE}
    assert all(0 <= weight <= HEAVIEST for weight in VOCABULARY.weights.values())
    assert VOCABULARY.codes("touch") == ("high", "low")


def test_a_listing_is_stale_after_months_of_the_calendar() -> None:
    assert stale_before(date(2026, 8, 31), 6) == date(2026, 2, 28)
