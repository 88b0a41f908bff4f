"""What an assessor reads of a candidate's reviews, beside her own sheet only, and on record."""

from uuid import UUID

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from app.applications.rules import CaseState
from app.work import Caller, Runtime
from tests.factories import marking as a
from tests.factories.reviews import (
    a_review_link,
    an_impact_link,
    answers,
    figure,
    in_first_weeks,
)
from tests.support.world import World


@pytest.fixture
def assignment(client: TestClient, world: World, system: Caller, version_id: UUID) -> str:
    case = a.an_admitted_case(system, world, version_id, state=CaseState.ADMITTED)
    return a.assigned(client, world, case, "F2", "first")


def test_an_assigned_assessor_reads_what_is_meant_for_assessors_and_figures_by_consent(
    client: TestClient, runtime: Runtime, world: World, assignment: str
) -> None:
    mentor = world.alpha["person"]
    engagement = in_first_weeks(client, mentor)
    told = {"answers": answers("mentee", audience="assessors")}
    client.post(a_review_link(client, world, engagement), json=told)
    hidden = in_first_weeks(client, mentor, code="hidden")
    for one, shown in ((engagement, True), (hidden, False)):
        consent = {"to_assessors": shown, "in_statistics": True, "figures": [figure()]}
        assert client.post(an_impact_link(client, mentor, one), json=consent).status_code == 200

    headers = world.alpha[a.ASSESSORS["first"]].headers
    answer = client.get(f"/v1/assignments/{assignment}/practice", headers=headers)

    assert answer.status_code == 200, answer.text
    found = {one["id"]: one for one in answer.json()["items"]}
    assert [side["side"] for side in found[engagement]["reviews"][0]["sides"]] == ["mentee"]
    assert found[engagement]["reviews"][0]["questions"] == []
    assert (len(found[engagement]["figures"]), found[hidden]["figures"]) == (1, [])
    assert "Olivar" not in answer.text
    with runtime.database.reading() as session:
        events = session.execute(sa.text("SELECT body FROM events WHERE event = 'record.disclosed'"))
        assert any(assignment.encode() in bytes(body) for body in events.scalars())


def test_another_assessor_reads_nothing(client: TestClient, world: World, assignment: str) -> None:
    path = f"/v1/assignments/{assignment}/practice"

    assert client.get(path, headers=world.alpha["third_assessor"].headers).status_code == 404
    assert client.get(path, headers=world.alpha["application_reviewer"].headers).status_code == 403
