"""A named person's word in place of a document: it is shown, and bars whoever gives it."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from app.impartiality import service as impartiality
from app.impartiality.rules import Act
from app.work import Caller, Runtime, Work
from tests.factories.practice import OWN, a_record, an_engagement, at_once, handed_in
from tests.support.counting import events
from tests.support.world import Member, World

TOLD = {"capacity": "programme", "basis": "I read the contract at the firm."}


@pytest.fixture
def mentor(world: World) -> Member:
    return world.alpha["person"]


@pytest.fixture
def piece(client: TestClient, mentor: Member) -> dict[str, Any]:
    place = f"engagements/{an_engagement(client, mentor)['id']}"
    return handed_in(client, mentor, place, confidentiality="attested", title="Contract of supply")


def attest(client: TestClient, member: Member, piece: dict[str, Any]) -> Any:
    path = f"/v1/practice/evidence/{piece['id']}/attestation"
    return client.post(path, json=TOLD, headers=member.headers)


def test_an_attestation_is_given_in_ones_own_name_and_enters_the_ledger(
    client: TestClient, runtime: Runtime, system: Caller, world: World, mentor: Member, piece: dict[str, Any]
) -> None:
    manager = world.alpha["programme_manager"]

    answer = attest(client, manager, piece)

    assert answer.status_code == 201, answer.text
    assert answer.json()["attestation"] == {"capacity": "programme", "attested_on": "2026-03-02"}
    own = client.get(f"{OWN}/evidence/{piece['id']}", headers=mentor.headers).json()
    assert own["attestation"] == answer.json()["attestation"]
    involved = system.read(_involved, mentor.person_id)
    assert [(found["act"], found["person"]) for found in involved] == [(Act.REFEREED, str(manager.person_id))]
    assert len(events(runtime, "practice_evidence.attested")) == 1


def test_evidence_of_a_record_is_attested_alike(client: TestClient, world: World, mentor: Member) -> None:
    record = a_record(client, mentor)
    piece = handed_in(client, mentor, f"records/{record['id']}", confidentiality="attested")

    assert attest(client, world.alpha["administrator"], piece).status_code == 201


def test_who_attests_is_shown_what_it_is_about_and_leaves_a_trace(
    client: TestClient, runtime: Runtime, world: World, piece: dict[str, Any]
) -> None:
    path = f"/v1/practice/evidence/{piece['id']}"

    shown = client.get(path, headers=world.alpha["programme_manager"].headers)

    assert (shown.json()["title"], shown.json()["mentor_name"]) == ("Contract of supply", "Person of Alpha")
    assert len(events(runtime, "record.disclosed")) == 1


def test_of_many_attestations_at_once_one_is_taken(
    client: TestClient, world: World, piece: dict[str, Any]
) -> None:
    statuses = at_once(lambda: attest(client, world.alpha["administrator"], piece), 4)

    assert statuses == [201, 409, 409, 409]
    assert attest(client, world.alpha["administrator"], piece).json()["code"] == "evidence_attested_already"


def test_nobody_attests_her_own_document(client: TestClient, world: World) -> None:
    manager = world.alpha["programme_manager"]
    place = f"engagements/{an_engagement(client, manager)['id']}"
    piece = handed_in(client, manager, place, confidentiality="attested")

    answer = attest(client, manager, piece)

    assert (answer.status_code, answer.json()["code"]) == (409, "own_practice_attested")


def test_what_was_handed_in_is_no_business_of_who_attests(
    client: TestClient, world: World, mentor: Member, piece: dict[str, Any]
) -> None:
    file = handed_in(client, mentor, f"engagements/{piece['engagement_id']}", b"%PDF-1.7")
    headers = world.alpha["programme_manager"].headers

    read = client.get(f"/v1/practice/evidence/{file['id']}", headers=headers)

    assert read.status_code == attest(client, world.alpha["programme_manager"], file).status_code == 404


def test_neither_a_mentor_nor_another_body_attests(
    client: TestClient, world: World, piece: dict[str, Any]
) -> None:
    callers = (world.alpha["trainer"], world.alpha["assessor"], world.beta["programme_manager"])

    assert [attest(client, caller, piece).status_code for caller in callers] == [403, 403, 404]


def _involved(work: Work, person_id: Any) -> list[dict[str, object]]:
    work.require_system()
    return impartiality.involved(work, person_id)
