"""What an open incident names does not count until somebody else has looked at it (SEC-1, SEC-3)."""

from uuid import UUID

import pytest
from starlette.testclient import TestClient

from tests.factories import marking as a
from tests.factories.delivery import a_slot, checked_in, scheme_of
from tests.support.world import World


@pytest.fixture
def form(client: TestClient, world: World, version_id) -> str:
    return a.an_approved_form(client, world, version_id)["id"]


@pytest.fixture
def case_id(client: TestClient, world: World, system, version_id, form) -> UUID:
    a.formative_done(client, world)
    return a.an_admitted_case(system, world, version_id)


def told(client: TestClient, world: World, who: str = "assessor", **about: str):
    incident = {"kind": "leak", "told": "Photographs of a screen.", **about}
    return client.post("/v1/incidents", json=incident, headers=world.alpha[who].headers)


def closed(client: TestClient, world: World, incident, who: str = "administrator"):
    return client.post(
        f"/v1/incidents/{incident.json()['id']}/closure",
        json={"finding": "Nothing was seen by candidates."},
        headers={**world.alpha[who].headers, "If-Match": incident.headers["etag"]},
    )


def test_no_result_is_released_of_an_attempt_with_an_open_incident(client, world, case_id) -> None:
    attempt = a.attempt_submitted(client, world, case_id, a.responses())
    incident = told(client, world, kind="anomaly", attempt_id=attempt)

    before = a.released(client, world, case_id, "F1")
    closed(client, world, incident)
    after = a.released(client, world, case_id, "F1")

    assert (before.status_code, before.json()["code"]) == (409, "incident_open")
    assert after.status_code == 201


def test_a_form_that_may_have_leaked_is_not_sat_and_its_attempts_are_listed(
    client, world, form, case_id
) -> None:
    attempt = a.attempt_submitted(client, world, case_id, a.responses())
    incident = told(client, world, form_id=form)

    staff = world.alpha["administrator"].headers
    listed = client.get(f"/v1/incidents/{incident.json()['id']}/attempts", headers=staff).json()["items"]

    assert [one["id"] for one in listed] == [attempt]
    assert a.released(client, world, case_id, "F1").json()["code"] == "incident_open"


def test_no_attempt_is_opened_on_a_form_that_may_have_leaked(client, world, form, case_id) -> None:
    checked_in(client, world, case_id)
    told(client, world, form_id=form)

    own = world.alpha["person"].headers
    answer = client.post(f"/v1/cases/{case_id}/attempts", json={"component": "F1"}, headers=own)

    assert (answer.status_code, answer.json()["code"]) == (409, "no_approved_form")


def test_nobody_closes_what_she_reported(client, world, form) -> None:
    incident = told(client, world, who="administrator", form_id=form)

    own = closed(client, world, incident)
    other = closed(client, world, incident, who="application_reviewer")
    twice = closed(client, world, incident, who="application_reviewer")

    assert (own.status_code, own.json()["code"]) == (409, "incident_own_report")
    assert (other.status_code, other.json()["state"]) == (200, "closed")
    assert twice.status_code == 412


def test_an_incident_names_something_that_is_there(client, world, case_id) -> None:
    nothing = told(client, world)
    unknown = told(client, world, slot_id=str(case_id))
    slot = a_slot(client, world, scheme_of(client, world, case_id))

    known = told(client, world, kind="technical", slot_id=slot["id"])

    assert (nothing.status_code, nothing.json()["code"]) == (422, "incident_about_nothing")
    assert unknown.status_code == 404
    assert known.status_code == 201
    listed = client.get("/v1/incidents", headers=world.alpha["administrator"].headers).json()["items"]
    assert [one["kind"] for one in listed] == ["technical"]
