"""Staff who are candidates themselves do nothing for the body in their own case (IMP-2, SEC-1)."""

from uuid import UUID

import pytest
from httpx import Response
from starlette.testclient import TestClient

from app.work import Caller
from tests.factories import marking as a
from tests.support.world import World

ROLES = ("administrator", "scheme_manager", "accommodation_officer", "application_reviewer", "decision_maker")


@pytest.fixture
def case_id(client: TestClient, world: World, system: Caller, version_id: UUID) -> UUID:
    """An admitted case with everything ready to be examined."""
    a.an_approved_form(client, world, version_id)
    a.formative_done(client, world)
    return a.an_admitted_case(system, world, version_id, extra_percent=10)


def appointed(client: TestClient, world: World, *roles: str) -> None:
    """Appoint the candidate herself."""
    for role in roles:
        answer = client.post(
            f"/v1/people/{world.alpha['person'].person_id}/appointments",
            json={"role": role, "starts_on": "2026-01-01"},
            headers=world.alpha["administrator"].headers,
        )
        assert answer.status_code == 201, answer.text


def refused(answer: Response) -> bool:
    return answer.status_code == 409 and answer.json()["code"] == "not_impartial"


def test_she_neither_chooses_her_examiners_nor_enters_her_sittings(
    client: TestClient, world: World, case_id: UUID
) -> None:
    appointed(client, world, *ROLES)
    own = world.alpha["person"].headers
    proposal = {"component": "F2", "seat": "first", "assessor_id": str(world.alpha["assessor"].person_id)}
    sitting = {
        "component": "F2", "held_on": "2026-03-02", "site": "Home", "mode": "remote",
        "identity_confirmed": True, "agreement_signed": True, "aids_checked": True,
    }  # fmt: skip
    extra = {"state": "granted", "extra_time_percent": 100}

    assert refused(client.post(f"/v1/cases/{case_id}/proposals", json=proposal, headers=own))
    assert refused(client.post(f"/v1/cases/{case_id}/sittings", json=sitting, headers=own))
    assert refused(client.post(f"/v1/cases/{case_id}/accommodation", json=extra, headers=own))
    assert refused(client.get(f"/v1/cases/{case_id}/marking", headers=own))
    assert refused(client.get(f"/v1/cases/{case_id}/answers", headers=own))
    assert refused(client.get(f"/v1/cases/{case_id}/readiness", headers=own))


def test_who_may_read_keys_does_not_sit(client: TestClient, world: World, case_id: UUID) -> None:
    own, paper = world.alpha["person"].headers, {"component": "F1"}
    appointed(client, world, "scheme_manager")

    answer = client.post(f"/v1/cases/{case_id}/attempts", json=paper, headers=own)

    assert refused(answer)
    assert answer.json()["facts"]["rule"] == "SEC-1"


@pytest.mark.parametrize("role", ["decision_maker", "application_reviewer"])
def test_a_file_is_not_opened_to_who_is_barred_from_the_duty(
    role: str, client: TestClient, world: World, system: Caller, case_id: UUID
) -> None:
    staff, candidate = world.alpha[role], world.alpha["person"]
    a.trained_by(system, UUID(str(staff.person_id)), UUID(str(candidate.person_id)))
    url = f"/v1/cases/{case_id}"
    client.post(f"{url}/conflict-declarations", json={"answer": "none"}, headers=staff.headers)

    place = "readiness" if role == "decision_maker" else "answers"

    assert refused(client.get(f"{url}/{place}", headers=staff.headers))


def test_a_declared_conflict_is_not_taken_back(client: TestClient, world: World, case_id: UUID) -> None:
    staff, url = world.alpha["decision_maker"].headers, f"/v1/cases/{case_id}"
    for answer in ("declared", "none"):
        client.post(f"{url}/conflict-declarations", json={"answer": answer}, headers=staff)

    told = client.get(f"{url}/readiness", headers=staff)

    assert (told.status_code, told.json()["code"]) == (409, "conflict_declared")
