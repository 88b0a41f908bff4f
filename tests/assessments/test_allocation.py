"""Seats against examiners: as many as can be filled, and the bottleneck where there are too few."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.allocation import most_seats
from assessments.errors import AssessmentError

SEATS = {"a1": "a", "a2": "a", "b1": "b", "b2": "b"}
NAMES = ("x", "y", "z")


def test_all_seats_are_filled_where_that_can_be() -> None:
    found = most_seats(SEATS, dict.fromkeys(SEATS, ("x", "y")), {"x": 2, "y": 2})

    assert len(found.filled) == 4
    assert found.short == frozenset()


def test_nobody_holds_two_seats_of_one_marking() -> None:
    found = most_seats({"a1": "a", "a2": "a"}, {"a1": ("x",), "a2": ("x",)}, {"x": 5})

    assert len(found.filled) == 1
    assert found.short == {"a1", "a2"}


def test_only_seats_that_compete_for_too_few_are_short() -> None:
    free = {"a1": ("x",), "a2": ("y",), "b1": ("z",), "b2": ()}

    found = most_seats(SEATS, free, dict.fromkeys(NAMES, 3))

    assert found.short == {"b2"}


def test_a_seat_filled_by_the_only_one_whom_another_needs_is_short_too() -> None:
    found = most_seats({"a": "a", "b": "b"}, {"a": ("x",), "b": ("x",)}, {"x": 1})

    assert found.short == {"a", "b"}


def test_no_seats_need_nobody() -> None:
    assert most_seats({}, {}, {"x": 1}).short == frozenset()


def test_a_room_below_nothing_is_refused() -> None:
    with pytest.raises(AssessmentError, match="room_negative"):
        most_seats({}, {}, {"x": -1})


def test_an_examiner_without_a_room_is_refused() -> None:
    with pytest.raises(AssessmentError, match="unknown_examiner"):
        most_seats({"a": "a"}, {"a": ("x",)}, {})


def most_by_trying(free: dict[str, tuple[str, ...]], room: dict[str, int]) -> int:
    """The largest filling, found by trying all."""
    best = 0
    for chosen in itertools.product(*((None, *free[seat]) for seat in SEATS)):
        taken = [(SEATS[seat], name) for seat, name in zip(SEATS, chosen, strict=True) if name]
        counts = {name: sum(one == name for _, one in taken) for name in NAMES}
        if len(set(taken)) == len(taken) and all(counts[name] <= room[name] for name in NAMES):
            best = max(best, len(taken))
    return best


@given(
    st.fixed_dictionaries({seat: st.sets(st.sampled_from(NAMES)).map(tuple) for seat in SEATS}),
    st.fixed_dictionaries({name: st.integers(0, 3) for name in NAMES}),
)
def test_no_filling_is_larger(free: dict[str, tuple[str, ...]], room: dict[str, int]) -> None:
    found = most_seats(SEATS, free, room)

    assert len(found.filled) == most_by_trying(free, room)
    assert all(name in free[seat] for seat, name in found.filled.items())
    assert bool(found.short) == (len(found.filled) < len(SEATS))
    assert set(SEATS) - set(found.filled) <= found.short
