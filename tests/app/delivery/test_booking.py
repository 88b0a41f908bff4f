"""Candidates book their own times, move them, and begin only once somebody has checked them in (SEC-2)."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from app.core.database import refused_by
from tests.factories import marking as a
from tests.factories.delivery import (
    a_slot,
    booked,
    check_in,
    checked_in,
    now,
    scheme_of,
    slot_wanted,
)
from tests.factories.practice import at_once
from tests.support.world import StandingClock, World


@pytest.fixture
def case_id(client: TestClient, world: World, system, version_id) -> UUID:
    a.an_approved_form(client, world, version_id)
    a.formative_done(client, world)
    return a.an_admitted_case(system, world, version_id, extra_percent=25)


@pytest.fixture
def scheme(client: TestClient, world: World, case_id: UUID) -> str:
    return scheme_of(client, world, case_id)


def person(world: World) -> dict[str, str]:
    return world.alpha["person"].headers


def opened(client: TestClient, world: World, case_id: UUID):
    return client.post(f"/v1/cases/{case_id}/attempts", json={"component": "F1"}, headers=person(world))


def test_a_candidate_finds_the_slots_of_what_she_still_has_to_take(client, world, case_id, scheme) -> None:
    a_slot(client, world, scheme, "F2", places=3)
    full = a_slot(client, world, scheme, "F1")
    a_slot(client, world, scheme, "F1", language="es")
    a_slot(client, world, scheme, "E2")
    booked(client, world, case_id, full["id"])

    answer = client.get(f"/v1/me/cases/{case_id}/slots", headers=person(world))

    assert [(one["component"], one["places_left"]) for one in answer.json()["items"]] == [
        ("F2", 3),
        ("F1", 0),
    ]


def test_a_second_booking_moves_the_first(client, world, case_id, scheme) -> None:
    first, second = (a_slot(client, world, scheme)["id"] for _ in range(2))
    booked(client, world, case_id, first)

    moved = booked(client, world, case_id, second)

    assert (moved.status_code, moved.json()["slot_id"]) == (201, second)
    staff = world.alpha["administrator"].headers
    left = client.get(f"/v1/slots/{first}/bookings", headers=staff).json()["items"]
    assert [one["state"] for one in left] == ["moved"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"ends_at": timedelta(minutes=20)}, "slot_reversed"),
        ({"starts_at": -timedelta(minutes=1)}, "slot_in_past"),
        ({"closes_at": timedelta(minutes=31)}, "slot_closes_late"),
    ],
)
def test_a_slot_lies_ahead_and_closes_before_it_begins(client, world, scheme, change, code) -> None:
    wanted = slot_wanted(client, scheme)
    wanted |= {name: (now(client) + after).isoformat() for name, after in change.items()}

    answer = client.post("/v1/slots", json=wanted, headers=world.alpha["administrator"].headers)

    assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_what_is_full_closed_or_cancelled_is_not_booked(
    client, world, system, version_id, case_id, scheme, clock
):
    cancelled = a_slot(client, world, scheme)["id"]
    client.post(f"/v1/slots/{cancelled}/cancellation", headers=world.alpha["administrator"].headers)
    closing = a_slot(client, world, scheme)["id"]

    none = booked(client, world, case_id, cancelled)
    clock.advance(timedelta(minutes=11))
    late = booked(client, world, case_id, closing)

    assert none.json()["code"] == "slot_cancelled"
    assert late.json()["code"] == "slot_closed"


def test_the_gates_and_the_wait_hold_on_the_day_of_the_slot(
    client, world, clock: StandingClock, case_id, scheme
):
    a.attempt_submitted(client, world, case_id, {})
    a.released(client, world, case_id, "F1")
    at = now(client)
    far = {
        name: (at + timedelta(days=31, hours=n)).isoformat()
        for n, name in enumerate(("starts_at", "ends_at"))
    }
    near = a_slot(client, world, scheme)
    after_the_wait = a_slot(client, world, scheme, **far)

    too_early = booked(client, world, case_id, near["id"])
    in_time = booked(client, world, case_id, after_the_wait["id"])

    assert (too_early.status_code, too_early.json()["code"]) == (409, "retake_too_early")
    assert too_early.json()["facts"]["earliest"] == "2026-04-01"
    assert in_time.status_code == 201


def test_no_attempt_begins_without_a_check_in(client, world, case_id, scheme) -> None:
    before = opened(client, world, case_id)
    booking = booked(client, world, case_id, a_slot(client, world, scheme)["id"]).json()
    only_booked = opened(client, world, case_id)
    check_in(client, world, booking["id"])
    after = opened(client, world, case_id)

    assert (before.status_code, before.json()["code"]) == (409, "not_checked_in")
    assert only_booked.json()["code"] == "not_checked_in"
    assert after.status_code == 201


@pytest.mark.parametrize(
    ("seen", "code"),
    [
        ({"identity_confirmed": False}, "identity_not_confirmed"),
        ({"agreement_signed": False}, "agreement_not_signed"),
        ({"aids_checked": False}, "aids_not_checked"),
    ],
)
def test_each_condition_of_a_check_in_has_its_own_refusal(client, world, case_id, scheme, seen, code) -> None:
    booking = booked(client, world, case_id, a_slot(client, world, scheme)["id"]).json()

    answer = check_in(client, world, booking["id"], **seen)

    assert (answer.status_code, answer.json()["code"]) == (409, code)
    assert opened(client, world, case_id).json()["code"] == "not_checked_in"


def test_who_checks_a_candidate_in_scores_her_no_more(client, world, case_id, scheme) -> None:
    booking = booked(client, world, case_id, a_slot(client, world, scheme, "F2")["id"]).json()

    done = check_in(client, world, booking["id"], who="assessor")
    answer = a.proposed(client, world, case_id, "F2", "first", "assessor")

    assert done.status_code == 200
    assert (answer.status_code, answer.json()["code"]) == (409, "not_impartial")


def test_nobody_checks_herself_in(client, world, system, version_id, case_id, scheme) -> None:
    booking = booked(client, world, case_id, a_slot(client, world, scheme)["id"]).json()

    assert check_in(client, world, booking["id"], who="person").status_code == 403


def test_a_place_may_be_given_back_only_while_the_slot_takes_changes(client, world, clock, case_id, scheme):
    first = booked(client, world, case_id, a_slot(client, world, scheme)["id"]).json()
    given_back = client.post(f"/v1/me/bookings/{first['id']}/cancellation", headers=person(world))
    second = booked(client, world, case_id, a_slot(client, world, scheme)["id"]).json()
    clock.advance(timedelta(minutes=11))

    late = client.post(f"/v1/me/bookings/{second['id']}/cancellation", headers=person(world))

    assert (given_back.status_code, given_back.json()["state"]) == (200, "cancelled")
    assert (late.status_code, late.json()["code"]) == (409, "booking_fixed")


def test_a_no_show_is_noted_and_she_may_book_again(client, world, clock, case_id, scheme) -> None:
    booking = booked(client, world, case_id, a_slot(client, world, scheme)["id"]).json()
    staff = world.alpha["administrator"].headers
    path = f"/v1/bookings/{booking['id']}/no-show"

    early = client.post(path, json={}, headers=staff)
    clock.advance(timedelta(minutes=31))
    a.signed_in_again(client, world, "administrator")
    a.signed_in_again(client, world, "person")
    staff = world.alpha["administrator"].headers
    noted = client.post(path, json={"excuse": "Train strike."}, headers=staff)
    again = booked(client, world, case_id, a_slot(client, world, scheme)["id"])

    assert early.json()["code"] == "slot_not_begun"
    assert noted.json()["state"] == "no_show"
    assert again.status_code == 201


def test_staff_see_names_and_extra_time_and_the_view_is_recorded(
    client, runtime, world, case_id, scheme
) -> None:
    slot = a_slot(client, world, scheme)
    booked(client, world, case_id, slot["id"])

    answer = client.get(f"/v1/slots/{slot['id']}/bookings", headers=world.alpha["assessor"].headers)

    [seat] = answer.json()["items"]
    assert (seat["candidate_name"], seat["extra_time_percent"]) == ("Person of Alpha", 25)
    with runtime.database.reading() as session:
        bodies = session.execute(
            sa.text("SELECT body FROM events WHERE event = 'record.disclosed'")
        ).scalars()
        assert any(b'"bookings"' in bytes(body) for body in bodies)


def test_anothers_booking_and_case_are_not_there(client, world, case_id, scheme) -> None:
    slot = a_slot(client, world, scheme, places=2)
    booking = booked(client, world, case_id, slot["id"]).json()
    other = world.alpha["mentee"].headers

    assert booked(client, world, case_id, slot["id"], who="mentee").status_code == 404
    assert client.post(f"/v1/me/bookings/{booking['id']}/cancellation", headers=other).status_code == 404
    assert client.get(f"/v1/me/cases/{case_id}/slots", headers=other).status_code == 404
    assert booked(client, world, case_id, str(uuid4())).status_code == 404


def test_of_many_candidates_at_once_one_gets_the_last_place(
    client, world, system, version_id, case_id, scheme
):
    cases = [case_id, *(a.an_admitted_case(system, world, version_id) for _ in range(5))]
    slot = a_slot(client, world, scheme)["id"]
    left = iter(cases)

    statuses = at_once(lambda: booked(client, world, next(left), slot), len(cases))

    assert statuses == [201, *[409] * 5]


def test_the_database_itself_keeps_the_places(
    client, world, runtime, system, version_id, case_id, scheme
) -> None:
    other = a.an_admitted_case(system, world, version_id)
    slot = a_slot(client, world, scheme)["id"]
    booked(client, world, case_id, slot)
    columns = (
        "body_id, rev, slot_id, person_id, component, state, booked_at, identity_confirmed, agreement_signed"
    )

    with pytest.raises(sa.exc.IntegrityError) as refusal, a.raw(runtime) as connection:
        connection.execute(
            sa.text(
                f"INSERT INTO bookings (id, case_id, aids_checked, {columns})"
                f" SELECT :id, :case, aids_checked, {columns} FROM bookings"
            ).bindparams(sa.bindparam("id", uuid4(), sa.Uuid()), sa.bindparam("case", other, sa.Uuid()))
        )

    assert refused_by(refusal.value) == "SEC-2"


def test_a_used_check_in_opens_nothing_twice(client, world, case_id) -> None:
    checked_in(client, world, case_id)
    first = opened(client, world, case_id)

    again = opened(client, world, case_id)

    assert first.status_code == 201
    assert (again.status_code, again.json()["code"]) == (409, "attempt_pending")


def test_a_sitting_takes_its_booking(client, world, case_id) -> None:
    booking = checked_in(client, world, case_id, "F2")

    held = a.held(client, world, case_id, booking_id=booking)
    wrong = a.held(client, world, case_id, "F3", booking_id=booking)

    assert (held.status_code, held.json()["booking_id"]) == (201, booking)
    assert (wrong.status_code, wrong.json()["code"]) == (409, "not_checked_in")


class TestCalendar:
    def test_a_calendar_shows_what_stands_and_drops_what_was_moved(
        self, client, world, case_id, scheme
    ) -> None:
        first, second = (a_slot(client, world, scheme, site="Aula 3; ático, Málaga")["id"] for _ in range(2))
        booked(client, world, case_id, first)
        url = client.post("/v1/me/calendar-links", headers=person(world)).json()["url"]
        path = url.removeprefix(client.app.state.runtime.settings.public_url.rstrip("/"))

        before = client.get(path)
        moved = booked(client, world, case_id, second).json()
        after = client.get(path)

        assert before.headers["content-type"].startswith("text/calendar")
        assert "LOCATION:Aula 3\\; ático\\, Málaga" in before.text
        assert "SUMMARY:Knowledge and situations test" in before.text
        assert f"UID:{moved['id']}@mentorcert" in after.text
        assert after.text.count("BEGIN:VEVENT") == 1

    def test_a_new_link_ends_the_one_before_and_none_is_left_after_the_end(self, client, world) -> None:
        base = client.app.state.runtime.settings.public_url.rstrip("/")
        old, new = (
            client.post("/v1/me/calendar-links", headers=person(world)).json()["url"].removeprefix(base)
            for _ in range(2)
        )

        statuses = [client.get(old).status_code, client.get(new).status_code]
        client.delete("/v1/me/calendar-links", headers=person(world))
        statuses.append(client.get(new).status_code)

        assert statuses == [404, 200, 404]
