"""The plan tells what is to be taken, what stands before it, and from when; then the rule itself, pure."""

from datetime import date
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from app.core.errors import Conflict
from app.delivery.rules import Try, next_turn
from app.delivery.rules.plan import Standing, line
from app.schemes.assessing import Retake
from tests.factories import marking as a
from tests.factories.delivery import a_slot, booked, scheme_of
from tests.support.world import World

RULE = Retake(wait_days=30, most_retakes=2, within_months=12)
FAILED = Try(date(2026, 1, 10), False, date(2026, 2, 1))
TODAY = date(2026, 3, 2)


@pytest.fixture
def case_id(client: TestClient, world: World, system, version_id) -> UUID:
    return a.an_admitted_case(system, world, version_id)


def plan(client: TestClient, world: World, case_id: UUID) -> dict[str, dict]:
    answer = client.get(f"/v1/me/cases/{case_id}/plan", headers=world.alpha["person"].headers)
    assert answer.status_code == 200, answer.text
    return {one["component"]: one for one in answer.json()["items"]}


def test_the_plan_names_the_gates_in_words(client, world, case_id) -> None:
    found = plan(client, world, case_id)

    assert list(found) == ["F1", "F2", "F3"]
    assert {one["standing"] for one in found.values()} == {"waiting"}
    [gate] = found["F1"]["gates"]
    assert (gate["code"], gate["facts"]) == ("formative_missing", {"components": ["C1", "C2", "C3"]})
    assert "C1, C2, C3" in gate["message"]


def test_what_may_be_taken_is_open_and_then_booked(client, world, case_id) -> None:
    a.formative_done(client, world)

    before = plan(client, world, case_id)["F1"]
    booked(client, world, case_id, a_slot(client, world, scheme_of(client, world, case_id))["id"])
    after = plan(client, world, case_id)["F1"]

    assert (before["standing"], before["attempts_left"], before["booking"]) == ("open", 3, None)
    assert (after["standing"], after["booking"]["state"]) == ("booked", "booked")


def test_a_failed_component_tells_when_it_may_be_retaken(client, world, version_id, case_id) -> None:
    a.an_approved_form(client, world, version_id)
    a.formative_done(client, world)
    a.attempt_submitted(client, world, case_id, {})
    pending = plan(client, world, case_id)["F1"]["standing"]
    a.released(client, world, case_id, "F1")

    found = plan(client, world, case_id)["F1"]

    assert pending == "pending"
    assert (found["standing"], found["attempts_left"]) == ("waiting", 2)
    assert (found["earliest"], found["latest"], found["repeat_with"]) == (
        "2026-04-01",
        "2027-03-02",
        "other_form",
    )


def test_planning_staff_read_any_plan_and_nobody_anothers(client, world, case_id) -> None:
    staff = client.get(f"/v1/cases/{case_id}/plan", headers=world.alpha["administrator"].headers)
    other = client.get(f"/v1/me/cases/{case_id}/plan", headers=world.alpha["mentee"].headers)

    assert (staff.status_code, other.status_code) == (200, 404)


@pytest.mark.parametrize(
    ("tries", "standing", "left"),
    [
        ([], Standing.OPEN, 3),
        ([Try(TODAY, None, None)], Standing.PENDING, 2),
        ([FAILED], Standing.WAITING, 2),
        ([Try(date(2025, 12, 1), False, date(2025, 12, 5))], Standing.OPEN, 2),
        ([Try(date(2024, 12, 1), False, date(2024, 12, 5))], Standing.CLOSED, 2),
        ([FAILED] * 3, Standing.CLOSED, 0),
        ([FAILED, Try(TODAY, True, TODAY)], Standing.PASSED, 0),
    ],
)
def test_where_a_component_stands_follows_from_its_tries(tries, standing, left) -> None:
    found = line("F1", next_turn(tries, RULE, TODAY), (), is_booked=False)

    assert (found.standing, found.attempts_left) == (standing, left)


def test_what_is_over_waits_for_nothing() -> None:
    gate = Conflict("formative_missing", components=("C1",))

    found = line("F1", next_turn([Try(TODAY, True, TODAY)], RULE, TODAY), (gate,), is_booked=True)

    assert (found.standing, found.gates) == (Standing.PASSED, ())


def test_each_thing_that_stands_before_a_retake_is_named() -> None:
    gate = Conflict("formative_missing", components=("C1",))

    found = line("F1", next_turn([FAILED], RULE, TODAY), (gate,), is_booked=False)

    assert [one.code for one in found.gates] == ["formative_missing", "retake_too_early"]
