"""What people say about a version: filed with place and interest, commented on, answered once."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from app.core.database import refused_by
from app.core.errors import MoveRefused
from app.schemes.packaging.finding import leads_to
from app.schemes.rules.requests import MOVES, ChangeRequestState, RequestAction, after
from app.work import Runtime
from tests.factories import marking as a
from tests.factories.packages import a_package, drop, put
from tests.factories.requests import a_request, answered, commented, the_scheme
from tests.support.counting import events, rows
from tests.support.world import World

UNKNOWN = "01890000-0000-7000-8000-00000000dead"
SPEAKERS = ("scheme_manager", "assessor", "application_reviewer", "person")


def a_draft(client: TestClient, world: World, label: str = "1.1", *faults: Any) -> str:
    manager = world.alpha["scheme_manager"]
    answer = client.post(
        f"/v1/schemes/{the_scheme(client, manager)}/versions",
        json={"package": a_package(put("scheme/version", label), *faults)},
        headers=manager.headers,
    )
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


@pytest.mark.parametrize("state", ChangeRequestState)
@pytest.mark.parametrize("action", RequestAction)
def test_a_request_moves_only_as_its_life_allows(state: ChangeRequestState, action: RequestAction) -> None:
    if (state, action) in MOVES:
        assert after(state, action) is MOVES[(state, action)]
    else:
        with pytest.raises(MoveRefused, match="request_move_refused"):
            after(state, action)


@pytest.mark.parametrize(
    ("pointer", "is_there"),
    [
        ("", True),
        ("/a/0", True),
        ("/a/1", False),
        ("/a/00", False),
        ("/a/-", False),
        ("/a/\u0660", False),
        ("/b~1c", True),
        ("/d~0e", True),
        ("/d~e", False),
        ("/", False),
        ("a", False),
        ("/a/0/x", False),
    ],
)
def test_a_pointer_leads_to_something_or_not(pointer: str, is_there: bool) -> None:
    assert leads_to({"a": ["x"], "b/c": 1, "d~e": None}, pointer) is is_there


@pytest.mark.parametrize("role", SPEAKERS)
def test_people_of_the_body_file_what_they_find(
    role: str, client: TestClient, world: World, runtime: Runtime, version_id: UUID
) -> None:
    told = a_request(client, world.alpha[role], kind="error")

    assert (told["version_id"], told["state"], told["is_own"]) == (str(version_id), "open", True)
    assert told["filed_by"] == str(world.alpha[role].person_id)
    [event] = events(runtime, "change_request.filed")
    assert b"/scope/text/en" in bytes(event.body)
    assert b"more than one country" not in bytes(event.body)


def test_a_machine_neither_writes_nor_reads_what_people_wrote(
    client: TestClient, world: World, version_id: UUID
) -> None:
    request = a_request(client, world.alpha["person"])
    headers = world.alpha["client"].headers

    assert commented(client, world.alpha["client"], request["id"]).status_code == 403
    for path in ("change-requests", "interests"):
        url = f"/v1/schemes/{request['scheme_id']}/{path}"
        assert client.get(url, headers=headers).json()["code"] == "person_needed"


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"place": "/scope/nowhere"}, 422, "place_unknown"),
        ({"place": "scope"}, 422, "place_unknown"),
        ({"interest": "bystanders"}, 422, "interest_unknown"),
        ({"version_id": UNKNOWN}, 404, "not_found"),
        ({"text": "\x00"}, 422, "input_refused"),
    ],
)
def test_what_leads_nowhere_is_refused(
    changes: dict[str, Any],
    status: int,
    code: str,
    client: TestClient,
    world: World,
    runtime: Runtime,
    version_id: UUID,
) -> None:
    wanted = {"kind": "comment", "interest": "smes", "text": "A word."} | changes
    headers = world.alpha["person"].headers
    path = f"/v1/schemes/{the_scheme(client, world.alpha['person'])}/change-requests"

    answer = client.post(path, json=wanted, headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    assert rows(runtime, "change_requests") == []


def test_a_draft_is_spoken_about_while_it_is_drawn_up(
    client: TestClient, world: World, version_id: UUID
) -> None:
    draft = a_draft(client, world)
    faulty = a_draft(client, world, "1.2", drop("studies"))
    person = world.alpha["person"]

    told = a_request(client, person, version_id=draft)
    refused = client.post(
        f"/v1/schemes/{told['scheme_id']}/change-requests",
        json={"version_id": faulty, "kind": "error", "interest": "smes", "text": "No studies."},
        headers=person.headers,
    )

    assert told["version_id"] == draft
    assert (refused.status_code, refused.json()["code"]) == (409, "no_interest_categories")


def test_a_scheme_without_a_version_cannot_be_spoken_about(client: TestClient, world: World) -> None:
    manager = world.alpha["scheme_manager"].headers
    made = client.post("/v1/schemes", json={"code": "EMPTY", "titles": {"en": "E"}}, headers=manager).json()
    path = f"/v1/schemes/{made['id']}"

    filed = client.post(
        f"{path}/change-requests",
        json={"kind": "comment", "interest": "smes", "text": "Where is it?"},
        headers=manager,
    )

    assert (filed.status_code, filed.json()["code"]) == (409, "scheme_without_version")
    assert client.get(f"{path}/interests", headers=manager).status_code == 409


def test_others_comment_and_only_those_who_answer_see_who_wrote(
    client: TestClient, world: World, runtime: Runtime, version_id: UUID
) -> None:
    request = a_request(client, world.alpha["person"])
    answer = commented(client, world.alpha["assessor"], request["id"])
    assert answer.status_code == 201, answer.text

    seen = {
        role: client.get(f"/v1/change-requests/{request['id']}", headers=world.alpha[role].headers).json()
        for role in ("person", "mentee", "scheme_manager", "auditor")
    }

    assert [len(told["comments"]) for told in seen.values()] == [1, 1, 1, 1]
    assert (seen["person"]["filed_by"], seen["person"]["comments"][0]["written_by"]) == (
        str(world.alpha["person"].person_id),
        None,
    )
    assert (seen["mentee"]["filed_by"], seen["mentee"]["is_own"]) == (None, False)
    for role in ("scheme_manager", "auditor"):
        assert seen[role]["comments"][0]["written_by"] == str(world.alpha["assessor"].person_id)
    assert len(events(runtime, "change_request.commented")) == 1


def test_a_request_is_accepted_with_the_version_in_which_it_is_done(
    client: TestClient, world: World, runtime: Runtime, version_id: UUID
) -> None:
    manager = world.alpha["scheme_manager"]
    request = a_request(client, world.alpha["person"])
    draft = a_draft(client, world)

    frozen = answered(client, manager, request["id"], state="accepted", done_in=str(version_id))
    unknown = answered(client, manager, request["id"], state="accepted", done_in=UNKNOWN)
    unnamed = answered(client, manager, request["id"], state="accepted")
    done = answered(client, manager, request["id"], state="accepted", done_in=draft)

    assert (frozen.status_code, frozen.json()["code"]) == (422, "done_in_frozen_version")
    assert [unknown.status_code, unnamed.status_code] == [404, 422]
    assert (done.status_code, done.json()["state"], done.json()["done_in_id"]) == (201, "accepted", draft)
    assert len(events(runtime, "change_request.answered")) == 1


def test_a_request_about_a_draft_may_be_done_in_it(
    client: TestClient, world: World, version_id: UUID
) -> None:
    draft = a_draft(client, world)
    request = a_request(client, world.alpha["person"], version_id=draft)

    done = answered(client, world.alpha["scheme_manager"], request["id"], state="accepted", done_in=draft)

    assert done.status_code == 201, done.text


def test_declining_takes_reasons_and_noting_does_not(
    client: TestClient, world: World, version_id: UUID
) -> None:
    manager, person = world.alpha["scheme_manager"], world.alpha["person"]
    first, second = (a_request(client, person)["id"] for _ in range(2))

    bare = answered(client, manager, first, state="declined")
    declined = answered(client, manager, first, state="declined", answer="Another country, another scheme.")
    noted = answered(client, manager, second, state="noted")

    assert [bare.status_code, declined.status_code, noted.status_code] == [422, 201, 201]
    assert (declined.json()["answer"], noted.json()["answer"]) == ("Another country, another scheme.", None)


def test_nothing_is_answered_twice_or_commented_on_afterwards(
    client: TestClient, world: World, version_id: UUID
) -> None:
    request = a_request(client, world.alpha["person"])["id"]
    manager = world.alpha["scheme_manager"]
    assert answered(client, manager, request, state="noted").status_code == 201

    again = answered(client, manager, request, state="declined", answer="On second thoughts, no.")
    late = commented(client, world.alpha["assessor"], request)

    assert {(answer.status_code, answer.json()["code"]) for answer in (again, late)} == {
        (409, "request_move_refused")
    }


def test_of_two_answers_at_once_one_stands(client: TestClient, world: World, version_id: UUID) -> None:
    request = a_request(client, world.alpha["person"])["id"]
    manager = world.alpha["scheme_manager"]

    with ThreadPoolExecutor(4) as pool:
        calls = [pool.submit(answered, client, manager, request, state="noted") for _ in range(4)]
    statuses = sorted(call.result().status_code for call in calls)

    assert statuses == [201, 409, 409, 409]


def test_only_the_scheme_manager_answers(client: TestClient, world: World, version_id: UUID) -> None:
    request = a_request(client, world.alpha["person"])["id"]

    for role in ("person", "assessor", "auditor", "administrator"):
        assert answered(client, world.alpha[role], request, state="noted").status_code == 403, role


def test_the_list_is_filtered_and_paged(client: TestClient, world: World, version_id: UUID) -> None:
    person, manager = world.alpha["person"], world.alpha["scheme_manager"]
    first = a_request(client, person)
    second = a_request(client, person, kind="error", interest="smes", version_id=a_draft(client, world))
    answered(client, manager, first["id"], state="noted")
    url = f"/v1/schemes/{first['scheme_id']}/change-requests"

    def found(**query: Any) -> list[str]:
        answer = client.get(url, params=query, headers=person.headers)
        return [item["id"] for item in answer.json()["items"]]

    page = client.get(url, params={"limit": 1}, headers=person.headers).json()
    rest = client.get(url, params={"limit": 1, "cursor": page["next"]}, headers=person.headers).json()

    assert found() == [first["id"], second["id"]]
    assert found(state="open") == found(kind="error") == found(interest="smes") == [second["id"]]
    assert found(version_id=str(version_id)) == [first["id"]]
    assert found(state="accepted") == []
    assert [page["items"][0]["id"], rest["items"][0]["id"]] == [first["id"], second["id"]]


def test_the_balance_counts_people_and_names_who_was_not_heard(
    client: TestClient, world: World, version_id: UUID
) -> None:
    person, assessor = world.alpha["person"], world.alpha["assessor"]
    request = a_request(client, person)
    a_request(client, person)
    commented(client, assessor, request["id"], interest="mentors")
    commented(client, assessor, request["id"], interest="universities")

    told = client.get(f"/v1/schemes/{request['scheme_id']}/interests", headers=person.headers).json()

    assert [tuple(item.values()) for item in told["items"]] == [
        ("mentors", 2, 1, 2),
        ("smes", 0, 0, 0),
        ("programmes", 0, 0, 0),
        ("universities", 0, 1, 1),
        ("public_bodies", 0, 0, 0),
    ]


def test_another_bodys_requests_are_not_there(client: TestClient, world: World, version_id: UUID) -> None:
    request = a_request(client, world.alpha["person"])
    stranger = world.beta["scheme_manager"]

    answers = [
        client.get(f"/v1/change-requests/{request['id']}", headers=stranger.headers),
        client.get(f"/v1/schemes/{request['scheme_id']}/change-requests", headers=stranger.headers),
        commented(client, stranger, request["id"]),
        answered(client, stranger, request["id"], state="noted"),
    ]

    assert {answer.status_code for answer in answers} == {404}


RAW = {
    "text": "UPDATE change_requests SET rev = rev + 1, text = 'other'",
    "place": "UPDATE change_requests SET rev = rev + 1, place = NULL",
    "answer": "UPDATE change_requests SET rev = rev + 1, answer = 'other' WHERE state <> 'open'",
    "comment": "UPDATE change_request_comments SET rev = rev + 1, text = 'other'",
    "late comment": "INSERT INTO change_request_comments (body_id, id, stream, rev, interest, text,"
    " written_by, written_at)"
    " SELECT c.body_id, r.id, r.id, r.rev + 1, c.interest, c.text, c.written_by, c.written_at"
    " FROM change_request_comments c, change_requests r WHERE r.state <> 'open'",
    "answered from the start": "INSERT INTO change_requests SELECT * FROM change_requests"
    " WHERE state <> 'open'",
}


@pytest.mark.parametrize("what", RAW)
def test_the_database_keeps_what_was_said_as_it_was_said(
    what: str, client: TestClient, world: World, runtime: Runtime, version_id: UUID
) -> None:
    one, other = (a_request(client, world.alpha["person"])["id"] for _ in range(2))
    commented(client, world.alpha["assessor"], one)
    answered(client, world.alpha["scheme_manager"], other, state="noted")

    with pytest.raises(sa.exc.IntegrityError) as refused, a.raw(runtime) as connection:
        connection.exec_driver_sql(RAW[what])

    assert refused_by(refused.value) == "SCH-5"
