"""What one body holds is not there for another: every operation, every token, ids that really exist."""

from typing import Any
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from app.applications.rules import CaseState
from app.work import Caller
from tests.factories import certificates, practice
from tests.factories import marking as a
from tests.support.counting import counts
from tests.support.examples import UNKNOWN, operations, request_of
from tests.support.world import World


@pytest.fixture
def existing(client: TestClient, world: World, system: Caller, version_id: UUID) -> dict[str, str]:
    """One real id of alpha for every name that a path of the API has."""
    people = {name: UUID(str(world.alpha[name].person_id)) for name in ("person", "decision_maker")}
    certificate = certificates.granted(system, version_id, people["person"], people["decision_maker"])
    form = a.an_approved_form(client, world, version_id)
    a.formative_done(client, world)
    case = a.an_admitted_case(system, world, version_id, state=CaseState.ADMITTED)
    assignment = a.assigned(client, world, case, "F2", "first")
    attempt = client.post(
        f"/v1/cases/{case}/attempts", json={"component": "F1"}, headers=world.alpha["person"].headers
    )
    schemes = client.get("/v1/schemes", headers=world.alpha["person"].headers).json()["items"]
    return {
        "person_id": str(people["person"]),
        "case_id": str(case),
        "version_id": str(version_id),
        "scheme_id": schemes[0]["id"],
        "form_id": str(form["id"]),
        "assignment_id": assignment,
        "attempt_id": str(attempt.json()["id"]),
        "certificate_id": str(certificate.id),
        "decision_id": str(certificate.decision_id),
        **_practice(client, world),
        "appointment_id": _appointment(client, world),
    }


def _practice(client: TestClient, world: World) -> dict[str, str]:
    headers = world.alpha["person"].headers
    engagement = {
        "code": "apart", "sme_name": "Olivar", "sector": "agro_food", "modality": "one_to_one",
        "planned_months": 6, "phase": "growth", "started_on": "2025-02-03",
    }  # fmt: skip
    record = {"kind": "reflection", "started_on": "2025-02-03", "note": "What I learned."}
    opened = client.post("/v1/me/practice/engagements", json=engagement, headers=headers)
    logged = client.post("/v1/me/practice/records", json=record, headers=headers)
    goal = {
        "specific": "Sell through two shops abroad.", "measure": "shops", "baseline": "0", "target": "2",
        "achievable": "Two importers asked for samples.", "relevant": "Half of it has no buyer.",
        "due_on": "2027-02-03",
    }  # fmt: skip
    path = f"/v1/me/practice/engagements/{opened.json()['id']}/goals"
    set_goal = client.post(path, json=goal, headers=headers)
    handed_in = client.post(
        f"/v1/me/practice/engagements/{opened.json()['id']}/evidence",
        data={"title": "Price list", "confidentiality": "open", "consent_on": "2025-02-03"},
        files={"file": ("prices", b"A price list.")},
        headers=headers,
    )
    confirmed = _a_confirmed_milestone(client, headers, opened.json())
    badge = client.post(
        f"/v1/me/practice/engagements/{opened.json()['id']}/badges",
        json={"kind": confirmed, "with_name": True},
        headers=headers,
    )
    return {
        "badge_id": badge.json()["id"],
        "evidence_id": handed_in.json()["id"],
        "evidence_version_id": handed_in.json()["versions"][0]["id"],
        "engagement_id": opened.json()["id"],
        "record_id": logged.json()["id"],
        "goal_id": set_goal.json()["id"],
    }


def _a_confirmed_milestone(client: TestClient, headers: dict[str, str], engagement: dict[str, Any]) -> str:
    """Note a milestone and let the mentee confirm it; return its kind."""
    path = f"/v1/me/practice/engagements/{engagement['id']}"
    rev = client.get(path, headers=headers).headers["etag"]
    milestone = practice.a_milestone("first_advice")
    client.post(f"{path}/milestones", json=milestone, headers=headers | {"If-Match": rev})
    asked = client.post(f"{path}/confirmation-links", json={"mentee_name": "M"}, headers=headers)
    client.post(f"/public/v1/bodies/alpha{asked.json()['path']}", json={})
    return "first_advice"


def _appointment(client: TestClient, world: World) -> str:
    url = f"/v1/people/{world.alpha['assessor'].person_id}/appointments"
    found = client.get(url, headers=world.alpha["administrator"].headers)
    return str(found.json()["items"][0]["id"])


def test_no_operation_reaches_what_another_body_holds(
    client: TestClient, world: World, runtime: Any, existing: dict[str, str]
) -> None:
    document = client.app.openapi()  # type: ignore[attr-defined] # an ASGI app to the client's type
    before = counts(runtime)
    let_in, unnamed = [], set()
    for method, path, operation in operations(document):
        if "security" not in operation or "{" not in path:
            continue
        names = [part.split("}")[0] for part in path.split("{")[1:]]
        unnamed |= set(names) - set(existing)
        url = path.format(**{name: existing.get(name, UNKNOWN) for name in names})
        request = request_of(document, operation)
        for name, member in world.beta.members.items():
            headers = member.headers | {"If-Match": '"1"'}
            answer = client.request(method, url, headers=headers, **request)
            if answer.status_code not in {403, 404}:
                let_in.append((method, path, name, answer.status_code))

    after = counts(runtime)
    changed = {table for table in after if after[table] != before[table]} - _OF_REFUSALS
    assert let_in == []
    assert unnamed == set()
    assert changed == set()


_OF_REFUSALS = {"events", "event_openings", "events_pending", "log_leaves", "log_nodes", "log_edges"}
