"""The portfolio on the assessor's desk: for the component that judges it, under pseudonym and numbers."""

from typing import Any
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from app.work import Caller
from tests.factories import marking as a
from tests.factories.practice import OWN, an_engagement, handed_in
from tests.support.world import Member, World

PDF = b"%PDF-1.7 a price list"


@pytest.fixture
def mentor(world: World) -> Member:
    return world.alpha["person"]


@pytest.fixture
def case(client: TestClient, system: Caller, world: World, version_id: UUID) -> UUID:
    return a.an_admitted_case(system, world, version_id)


@pytest.fixture
def piece(client: TestClient, mentor: Member) -> dict[str, Any]:
    return handed_in(client, mentor, f"engagements/{an_engagement(client, mentor)['id']}", PDF)


def portfolio(client: TestClient, member: Member, assignment: str) -> Any:
    return client.get(f"/v1/assignments/{assignment}/portfolio", headers=member.headers)


def content(client: TestClient, member: Member, assignment: str, piece: dict[str, Any]) -> Any:
    return client.get(f"/v1/assignments/{assignment}/evidence/{piece['id']}/content", headers=member.headers)


def test_who_judges_the_portfolio_sees_it_under_a_pseudonym_byte_for_byte(
    client: TestClient, world: World, mentor: Member, case: UUID, piece: dict[str, Any]
) -> None:
    assignment = a.assigned(client, world, case, "F3", "first")
    assessor = world.alpha["assessor"]

    shown = portfolio(client, assessor, assignment)
    found = content(client, assessor, assignment, piece)

    assert shown.json()["candidate"].startswith("Candidate ")
    assert [item["title"] for item in shown.json()["evidence"]] == ["Price list, one page"]
    assert [item["firm"] for item in shown.json()["engagements"]] == [1]
    assert not any(word in shown.text for word in ("livar", "Person of Alpha", str(mentor.person_id)))
    assert found.content == PDF
    accesses = client.get(f"{OWN}/evidence/{piece['id']}/accesses", headers=mentor.headers).json()
    assert accesses == {"items": [{"on": "2026-03-02", "role": "assessor", "version": 1}]}


def test_who_judges_something_else_does_not(
    client: TestClient, world: World, case: UUID, piece: dict[str, Any]
) -> None:
    assignment = a.assigned(client, world, case, "F2", "first")
    assessor = world.alpha["assessor"]

    answers = [portfolio(client, assessor, assignment), content(client, assessor, assignment, piece)]

    assert [answer.json()["code"] for answer in answers] == ["component_without_portfolio"] * 2


def test_anothers_assignment_opens_nothing(
    client: TestClient, world: World, case: UUID, piece: dict[str, Any]
) -> None:
    assignment = a.assigned(client, world, case, "F3", "first")

    for member in (world.alpha["other_assessor"], world.beta["assessor"]):
        assert portfolio(client, member, assignment).status_code == 404
        assert content(client, member, assignment, piece).status_code == 404
    assert portfolio(client, world.alpha["auditor"], assignment).status_code == 403


def test_a_conflict_declared_since_closes_it_again(
    client: TestClient, world: World, case: UUID, piece: dict[str, Any]
) -> None:
    assignment = a.assigned(client, world, case, "F3", "first")
    assessor = world.alpha["assessor"]
    declared = client.post(
        f"/v1/cases/{case}/conflict-declarations", json={"answer": "declared"}, headers=assessor.headers
    )

    answer = content(client, assessor, assignment, piece)

    assert declared.status_code == 201, declared.text
    assert (answer.status_code, answer.json()["code"]) == (409, "conflict_declared")


def test_evidence_of_another_candidate_is_not_found(client: TestClient, world: World, case: UUID) -> None:
    assignment = a.assigned(client, world, case, "F3", "first")
    other = world.alpha["trainer"]
    theirs = handed_in(client, other, f"engagements/{an_engagement(client, other)['id']}", PDF)

    assert content(client, world.alpha["assessor"], assignment, theirs).status_code == 404
