"""The log over HTTP: its head for anyone, its events and its export for auditors, nothing for who marks."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.access.permissions import Role
from app.people import service as people
from app.people.schemas import AppointmentCreate
from app.work import Caller, Work
from tests.support.logs import signed, verified
from tests.support.world import World

EVENTS, EXPORT = "/v1/log/events", "/v1/log/export"


def _allowed(client: TestClient, world: World, path: str) -> set[str]:
    members = world.alpha.members.items()
    answers = {name: client.get(path, headers=member.headers) for name, member in members}
    assert {answer.status_code for answer in answers.values()} == {200, 403}
    return {name for name, answer in answers.items() if answer.status_code == 200}


def test_only_the_auditor_reads_events(client: TestClient, world: World) -> None:
    assert _allowed(client, world, EVENTS) == {"auditor"}


def test_only_auditor_and_administrator_export(client: TestClient, world: World) -> None:
    assert _allowed(client, world, EXPORT) == {"auditor", "administrator"}


@pytest.mark.parametrize("path", [EVENTS, EXPORT])
def test_an_auditor_who_also_marks_reads_nothing(
    client: TestClient, world: World, system: Caller, path: str
) -> None:
    def appoint(work: Work) -> None:
        work.open_to_all()
        person = people.known(work, world.alpha["auditor"].person_id)  # type: ignore[arg-type] # a person
        people.enter_appointment(work, person, AppointmentCreate(role=Role.ASSESSOR, starts_on=work.today))

    system.write(appoint)
    answer = client.get(path, headers=world.alpha["auditor"].headers)

    assert (answer.status_code, answer.json()["code"]) == (403, "log_closed_to_assessors")


def test_events_come_in_log_order_page_by_page(client: TestClient, world: World, system: Caller) -> None:
    size = signed(system).size
    places: list[int] = []
    cursor: dict[str, str] = {}
    while True:
        page = client.get(
            EVENTS, params={"limit": "7"} | cursor, headers=world.alpha["auditor"].headers
        ).json()
        places += [item["position"] for item in page["items"]]
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}

    assert places == list(range(size))


def test_an_event_is_told_as_it_was_recorded(client: TestClient, world: World, system: Caller) -> None:
    signed(system)

    first = client.get(EVENTS, headers=world.alpha["auditor"].headers).json()["items"][0]

    assert (first["event"]["event"], first["event"]["body"]) == ("body.established", str(world.alpha.body_id))


def test_a_download_verifies_and_tells_that_it_was_made(
    client: TestClient, world: World, tmp_path: Path
) -> None:
    answer = client.get(EXPORT, headers=world.alpha["auditor"].headers)
    path = tmp_path / "log.zip"
    path.write_bytes(answer.content)
    key = client.get("/public/v1/bodies/alpha/log/key").text.strip()

    assert answer.headers["content-type"] == "application/zip"
    assert verified(path, "--vkey", key) == {}
    with zipfile.ZipFile(BytesIO(answer.content)) as archive:
        assert b'"what":"log_export"' in archive.read("events.ndjson").splitlines()[-1]


def test_another_bodys_auditor_gets_her_own_log(client: TestClient, world: World) -> None:
    answer = client.get(EXPORT, headers=world.beta["auditor"].headers)

    with zipfile.ZipFile(BytesIO(answer.content)) as archive:
        assert str(world.beta.body_id).encode() in archive.read("manifest.json")
        assert str(world.alpha.body_id).encode() not in archive.read("events.ndjson")


def test_a_log_that_was_never_signed_has_no_checkpoint(client: TestClient) -> None:
    assert client.get("/public/v1/bodies/alpha/log/checkpoint").status_code == 404
