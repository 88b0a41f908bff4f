"""How long a sheet took, by its openings, saves and submission; long pauses count for nothing."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.marking.rules import timing
from app.marking.rules.timing import PAUSE
from tests.factories import marking as a

START = datetime(2026, 3, 2, 9, tzinfo=UTC)


def at(*minutes: float) -> list[datetime]:
    return [START + timedelta(minutes=minute) for minute in minutes]


@pytest.mark.parametrize(
    ("minutes", "worked", "per_mark", "pauses"),
    [
        ((0, 10), "10.0", "1.00", 0),
        ((0, 10, 25), "25.0", "2.50", 0),
        ((0, 30, 60.5), "30.0", "3.00", 1),
        ((0, 5, 600, 605), "10.0", "1.00", 1),
        ((605, 0, 600, 5), "10.0", "1.00", 1),
        ((0, 1 / 3), "0.3", "0.03", 0),
        ((0, 31), "0.0", "0.00", 1),
        ((0, 0), "0.0", "0.00", 0),
    ],
)
def test_minutes_are_counted_from_one_sign_of_life_to_the_next(minutes, worked, per_mark, pauses):
    found = timing(at(*minutes), 10)

    assert found is not None
    assert (found.minutes, found.minutes_per_mark) == (Decimal(worked), Decimal(per_mark))
    assert (found.pauses, found.pause_minutes, found.marks) == (pauses, 30, 10)


@pytest.mark.parametrize(("minutes", "marks"), [((), 10), ((0,), 10), ((0, 10), 0)])
def test_nothing_is_measured_where_there_is_nothing_to_measure(minutes, marks):
    assert timing(at(*minutes), marks) is None


@given(st.lists(st.integers(0, 5_000), min_size=2, max_size=20))
def test_never_more_is_counted_than_passed_and_never_more_than_the_gaps_allow(minutes):
    found = timing(at(*minutes), 1)

    assert found is not None
    assert 0 <= found.minutes <= max(minutes) - min(minutes)
    assert found.minutes <= (len(minutes) - 1) * (PAUSE // timedelta(minutes=1))


@pytest.fixture
def case_id(client, world, system, version_id):
    made = a.an_admitted_case(system, world, version_id)
    a.formative_done(client, world)
    assert a.held(client, world, made, "F2").status_code == 201
    return made


def marked_slowly(client, world, clock, assignment, seat):
    """Open, save after six minutes, submit after another four."""
    member = world.alpha[a.ASSESSORS[seat]]
    opened = client.get(f"/v1/assignments/{assignment}", headers=member.headers)
    assert opened.json()["timing"] is None
    clock.advance(timedelta(minutes=6))
    assert a.save_marks(client, member, assignment, a.sheets("F2")[seat]).status_code == 200
    clock.advance(timedelta(minutes=4))
    return a.submit_marks(client, member, assignment).json()


def sheets_of(client, world, case_id, who="scheme_manager"):
    a.signed_in_again(client, world, who)
    return client.get(f"/v1/cases/{case_id}/sheets", headers=world.alpha[who].headers)


def test_a_submitted_sheet_tells_its_minutes_per_mark_and_later_views_add_nothing(
    client, world, clock, case_id
):
    first = a.assigned(client, world, case_id, "F2", "first")
    told = marked_slowly(client, world, clock, first, "first")["timing"]
    marks = len(a.sheets("F2")["first"])
    clock.advance(timedelta(minutes=2))

    again = client.get(f"/v1/assignments/{first}", headers=world.alpha["assessor"].headers).json()["timing"]

    assert (told["minutes"], told["marks"], told["version"]) == ("10.0", marks, "signs-of-life/1")
    assert again == told


def test_who_releases_sees_how_sheets_came_about_once_the_pair_is_in(client, world, clock, case_id):
    first, second = (a.assigned(client, world, case_id, "F2", seat) for seat in ("first", "second"))
    marked_slowly(client, world, clock, first, "first")
    early = sheets_of(client, world, case_id)
    a.signed_in_again(client, world, "other_assessor")
    marked_slowly(client, world, clock, second, "second")

    told = sheets_of(client, world, case_id).json()["items"]

    assert early.json() == {"items": []}
    assert [(one["seat"], one["seen"], one["assisted"]) for one in told] == [
        ("first", "live", 0),
        ("second", "live", 0),
    ]
    assert {one["timing"]["minutes"] for one in told} == {"10.0"}


@pytest.mark.parametrize("who", ["administrator", "assessor", "person", "auditor"])
def test_others_do_not_see_how_sheets_came_about(client, world, case_id, who):
    assert sheets_of(client, world, case_id, who).status_code == 403
