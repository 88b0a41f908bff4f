"""What is asked of a case once it stands under a newer version (SCH-5, 9.2.2)."""

from typing import Any
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from app.applications.rules import CaseState
from app.marking import rules as marking_rules
from app.marking import service as marking
from app.work import Caller, Runtime, Work
from tests.factories import marking as a
from tests.factories.packages import a_package, put
from tests.factories.schemes import founding_scopes
from tests.factories.versions import a_newer, examining_more, moved
from tests.support.counting import events
from tests.support.world import World

HOURS = next(n for n, item in enumerate(a_package()["requirements"]["items"]) if item["id"] == "R-hours")
MORE_HOURS = put(f"requirements/items/{HOURS}/thresholds/3", "60")
OTHER_AGREEMENT = (put("agreement/version", 2), put("agreement/text/en", "I agree to other things."))


@pytest.fixture
def case_id(world: World, system: Caller, version_id: UUID) -> UUID:
    return a.an_admitted_case(system, world, version_id)


def readiness(client: TestClient, world: World, case_id: UUID) -> dict[str, Any]:
    headers = world.alpha["decision_maker"].headers
    client.post(f"/v1/cases/{case_id}/conflict-declarations", json={"answer": "none"}, headers=headers)
    answer = client.get(f"/v1/cases/{case_id}/readiness", headers=headers)
    assert answer.status_code == 200, answer.text
    return {item["requirement"]: item for item in answer.json()["answers"]}


def test_after_the_move_the_newer_version_is_what_is_asked(
    client: TestClient, world: World, system: Caller, version_id: UUID
) -> None:
    """Reviewed under the older version: what it found stands, what is asked otherwise is found anew."""
    case = _reviewed(client, world)
    more = MORE_HOURS, *examining_more()
    to = a_newer(client, world, "move", *more, extra_assessment=["F5"])
    before = readiness(client, world, case)
    assert moved(client, world, case, to).status_code == 201

    now = readiness(client, world, case)

    assert ("R-f5" in before, "R-f5" in now) == (False, True)
    assert (before["R-hours"]["threshold"], now["R-hours"]["threshold"]) == ("50", "60")
    assert {name: item for name, item in before.items() if name != "R-hours"} == {
        name: item for name, item in now.items() if name not in {"R-hours", "R-f5"}
    }


def _reviewed(client: TestClient, world: World) -> UUID:
    """A case that the reviewer has admitted with gaps, since there is no practice behind it."""
    application = {
        "scheme_version_id": str(world.alpha.version_id), "level": 3, "phases": ["growth"],
        "endorsements": [], "language": "en", "overview_version": 1,
        "needs_confirmed": ["time", "digital", "languages"], "agreement_version": 1,
        "accommodation": {"asked": "none"},
    }  # fmt: skip
    own, reviewer = world.alpha["person"].headers, world.alpha["application_reviewer"].headers
    case = client.post("/v1/me/cases", json=application, headers=own).json()["id"]
    client.post(f"/v1/cases/{case}/conflict-declarations", json={"answer": "none"}, headers=reviewer)
    found = client.get(f"/v1/cases/{case}/answers", headers=reviewer).json()["items"]
    unmet = [item["requirement"] for item in found if not item["met"]]
    review = {"outcome": "admit_with_gaps", "unmet": unmet, "close_by": "2026-04-01"}
    answer = client.post(f"/v1/cases/{case}/review", json=review, headers=reviewer)
    assert answer.status_code == 201, answer.text
    return UUID(case)


def test_results_go_along_and_what_is_examined_on_top_is_marked_under_the_newer_version(
    client: TestClient, world: World, system: Caller, case_id: UUID, version_id: UUID
) -> None:
    a.an_approved_form(client, world, version_id)
    a.formative_done(client, world)
    a.attempt_submitted(client, world, case_id, a.responses())
    a.released(client, world, case_id, "F1")
    _judged(client, world, case_id, "F2", a.sheets("F2"))
    to = a_newer(client, world, "move", *examining_more(), extra_assessment=["F5"])
    moved(client, world, case_id, to)

    on_top = {"SME-BM/U1.1"}
    sheets = {
        seat: [mark for mark in marks if mark["element"] in on_top] for seat, marks in a.sheets("F2").items()
    }
    judged = _judged(client, world, case_id, "F5", sheets)

    assert (judged.status_code, judged.json()["passed"]) == (201, True), judged.text
    now = readiness(client, world, case_id)
    passed = {item["component"]: item["met"] for item in now.values() if item["kind"] == "component_passed"}
    assert passed == {"F1": True, "F2": True, "F3": False, "F5": True}
    evidence = system.read(_evidence, case_id)
    assert [item["component"] for item in evidence] == ["F1", "F2", "F5"]
    assert [marking_rules.recomputed(item) for item in evidence] == [True, True, True]


def _judged(
    client: TestClient, world: World, case_id: UUID, component: str, sheets: dict[str, list[dict[str, Any]]]
) -> Any:
    """Have two assessors mark a sitting, and release what came of it."""
    assert world.alpha.version_id is not None
    founding_scopes(client, world.alpha, world.alpha.version_id, components=[component])
    seats = {seat: a.assigned(client, world, case_id, component, seat) for seat in ("first", "second")}
    a.held(client, world, case_id, component)
    for seat, assignment in seats.items():
        member = world.alpha[a.ASSESSORS[seat]]
        a.save_marks(client, member, assignment, sheets[seat])
        a.submit_marks(client, member, assignment)
    return a.released(client, world, case_id, component)


def _evidence(work: Work, case_id: UUID) -> list[dict[str, Any]]:
    work.open_to_all()
    return marking.evidence(work, case_id)


def test_another_agreement_has_to_be_accepted_before_it_counts(
    client: TestClient, world: World, runtime: Runtime, case_id: UUID
) -> None:
    to = a_newer(client, world, "move", *OTHER_AGREEMENT)
    moved(client, world, case_id, to)
    url, own = f"/v1/me/cases/{case_id}/agreements", world.alpha["person"].headers
    before = readiness(client, world, case_id)["R-agreement"]["met"]

    older = client.post(url, json={"agreement_version": 1}, headers=own)
    others = client.post(url, json={"agreement_version": 2}, headers=world.alpha["mentee"].headers)
    accepted = client.post(url, json={"agreement_version": 2}, headers=own)

    assert (older.status_code, older.json()["code"]) == (422, "not_the_current_version")
    assert others.status_code == 404
    assert (accepted.status_code, accepted.json()["agreement_version"]) == (201, 2)
    assert (before, readiness(client, world, case_id)["R-agreement"]["met"]) == (False, True)
    assert len(events(runtime, "case.agreement_accepted")) == 1


def test_nothing_is_agreed_to_in_a_concluded_case(
    client: TestClient, world: World, system: Caller, version_id: UUID
) -> None:
    case = a.an_admitted_case(system, world, version_id, state=CaseState.GRANTED)

    answer = client.post(
        f"/v1/me/cases/{case}/agreements",
        json={"agreement_version": 1},
        headers=world.alpha["person"].headers,
    )

    assert (answer.status_code, answer.json()["code"]) == (409, "case_not_open")
