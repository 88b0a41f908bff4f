"""Examinations that others hold: accepted with reasons, reported once, counted once released."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from starlette.testclient import TestClient

from app.core.errors import Refusal
from app.delivery.rules.external import ExternalOutcome, ensure_counts
from app.marking.rules import recomputed
from tests.factories import marking as a
from tests.factories.delivery import checked_in, scheme_of
from tests.support.world import World

YEAR = {"valid_from": "2026-01-01", "valid_until": "2026-12-31"}


@pytest.fixture
def case_id(client: TestClient, world: World, system, version_id) -> UUID:
    a.formative_done(client, world)
    return a.an_admitted_case(system, world, version_id)


@pytest.fixture
def exam(client: TestClient, world: World, case_id: UUID) -> dict:
    answer = accepted(client, world, scheme_of(client, world, case_id))
    assert answer.status_code == 201, answer.text
    return answer.json() | {"etag": answer.headers["etag"]}


def accepted(client: TestClient, world: World, scheme_id: str, who: str = "scheme_manager", **changes: str):
    told = {
        "provider": "Chamber of Commerce",
        "exam": "SME-2",
        "scheme_id": scheme_id,
        "component": "F1",
        "reasons": "Blueprint and cut compared.",
        **YEAR,
        **changes,
    }
    return client.post("/v1/external-exams", json=told, headers=world.alpha[who].headers)


def reported(
    client: TestClient, world: World, exam: dict, case_id: UUID, who: str = "client", **changes: str
):
    told = {
        "exam_id": exam["id"],
        "case_id": str(case_id),
        "reference": "CCM-1",
        "taken_on": "2026-02-20",
        "outcome": "pass",
        **changes,
    }
    return client.post("/v1/external-results", json=told, headers=world.alpha[who].headers)


def test_a_reported_pass_counts_once_it_is_released(client, world, exam, case_id) -> None:
    told = reported(client, world, exam, case_id)

    result = a.released(client, world, case_id, "F1").json()

    assert (told.status_code, told.json()["attempt_no"], told.json()["passed"]) == (201, 1, None)
    assert (result["rule"], result["passed"]) == ("external", True)
    own = world.alpha["person"].headers
    lines = client.get(f"/v1/me/cases/{case_id}/plan", headers=own).json()["items"]
    assert next(one["standing"] for one in lines if one["component"] == "F1") == "passed"


def test_a_reported_fail_uses_a_try_and_a_no_show_none(client, world, version_id, exam, case_id) -> None:
    missed = reported(client, world, exam, case_id, outcome="no_show")
    failed = reported(client, world, exam, case_id, outcome="fail", reference="CCM-2")
    a.released(client, world, case_id, "F1")
    again = reported(client, world, exam, case_id, reference="CCM-3", taken_on="2026-03-02")

    assert missed.json()["attempt_no"] is None
    assert failed.json()["attempt_no"] == 1
    assert (again.status_code, again.json()["code"]) == (409, "retake_too_early")


def test_the_same_reference_is_reported_once(client, world, exam, case_id) -> None:
    reported(client, world, exam, case_id, outcome="no_show")

    again = reported(client, world, exam, case_id)

    assert (again.status_code, again.json()["code"]) == (409, "reference_taken")


@pytest.mark.parametrize(
    ("taken_on", "status", "code"),
    [("2026-03-03", 422, "external_ahead_of_time"), ("2025-12-31", 409, "external_not_accepted")],
)
def test_an_examination_counts_on_the_days_for_which_it_was_accepted(
    client, world, exam, case_id, taken_on, status, code
) -> None:
    answer = reported(client, world, exam, case_id, taken_on=taken_on)

    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_an_attempt_of_ones_own_and_an_external_one_do_not_run_beside_each_other(
    client, world, version_id, exam, case_id
) -> None:
    a.an_approved_form(client, world, version_id)
    a.attempt_submitted(client, world, case_id, {})

    answer = reported(client, world, exam, case_id)

    assert (answer.status_code, answer.json()["code"]) == (409, "attempt_pending")


def test_an_external_result_that_waits_stops_an_attempt_of_ones_own(client, world, version_id, exam, case_id):
    a.an_approved_form(client, world, version_id)
    checked_in(client, world, case_id)
    reported(client, world, exam, case_id)

    own = world.alpha["person"].headers
    answer = client.post(f"/v1/cases/{case_id}/attempts", json={"component": "F1"}, headers=own)

    assert (answer.status_code, answer.json()["code"]) == (409, "attempt_pending")


def test_acceptance_is_shortened_and_never_lengthened(client, world, exam) -> None:
    path, staff = f"/v1/external-exams/{exam['id']}/end", world.alpha["scheme_manager"].headers
    seen = {**staff, "If-Match": exam["etag"]}

    longer = client.post(path, json={"valid_until": "2027-01-01"}, headers=seen)
    shorter = client.post(path, json={"valid_until": "2026-06-30"}, headers=seen)

    assert (longer.status_code, longer.json()["code"]) == (422, "validity_extended")
    assert (shorter.status_code, shorter.json()["valid_until"]) == (200, "2026-06-30")
    listed = client.get("/v1/external-exams", headers=staff).json()["items"]
    assert [one["valid_until"] for one in listed] == ["2026-06-30"]


def test_who_plans_does_not_accept_and_assessors_report_nothing(client, world, exam, case_id) -> None:
    scheme = scheme_of(client, world, case_id)

    assert accepted(client, world, scheme, who="administrator").status_code == 403
    assert reported(client, world, exam, case_id, who="assessor").status_code == 403


def test_an_exam_of_nowhere_and_a_reversed_time_are_refused(client, world, exam, case_id) -> None:
    scheme = scheme_of(client, world, case_id)

    unknown = reported(client, world, {"id": str(uuid4())}, case_id)
    reversed_time = accepted(client, world, scheme, valid_until="2025-01-01")

    assert unknown.status_code == 404
    assert (reversed_time.status_code, reversed_time.json()["code"]) == (422, "validity_reversed")


@pytest.mark.parametrize("outcome", ["pass", "fail"])
def test_a_result_is_judged_again_from_what_was_reported(outcome: str) -> None:
    assert recomputed({"rule": "external", "outcome": outcome}) is (outcome == "pass")


def test_only_a_no_show_is_no_try() -> None:
    assert [one for one in ExternalOutcome if not one.is_try] == [ExternalOutcome.NO_SHOW]


def test_the_first_and_the_last_day_of_acceptance_count() -> None:
    first, last = date(2026, 1, 1), date(2026, 12, 31)

    for day in (first, last):
        ensure_counts(taken_on=day, valid_from=first, valid_until=last, today=date(2027, 1, 1))
    with pytest.raises(Refusal):
        ensure_counts(taken_on=date(2027, 1, 1), valid_from=first, valid_until=last, today=date(2027, 1, 1))
