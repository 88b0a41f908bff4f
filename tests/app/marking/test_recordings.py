"""A sheet is marked live or from a recording; every view is on record, and the sheet tells which."""

import json
from typing import Any

import pytest
import sqlalchemy as sa

from app.marking import service as marking
from tests.factories import marking as a
from tests.factories.recordings import LINK, MP4, entered, withdrawn


@pytest.fixture
def case_id(client, world, system, version_id):
    made = a.an_admitted_case(system, world, version_id)
    a.formative_done(client, world)
    return made


@pytest.fixture
def sitting(client, world, case_id) -> str:
    return a.held(client, world, case_id, "F2").json()["id"]


@pytest.fixture
def first(client, world, case_id, sitting):
    return a.assigned(client, world, case_id, "F2", "first")


def desk(client, member, assignment, what="") -> Any:
    return client.get(f"/v1/assignments/{assignment}/recordings{what}", headers=member.headers)


def submitted_from_recording(client, world, assignment):
    member = world.alpha["assessor"]
    assert a.save_marks(client, member, assignment, a.sheets("F2")["first"]).status_code == 200
    return a.submit_marks(client, member, assignment, seen="recording")


def views(runtime) -> list[dict[str, Any]]:
    query = "SELECT body FROM events WHERE event = 'record.disclosed' ORDER BY id"
    with runtime.database.engine.connect() as connection:
        bodies = [json.loads(bytes(body)) for (body,) in connection.exec_driver_sql(query)]
    return [body for body in bodies if body["facts"]["what"] == "recording"]


def test_an_assigned_assessor_sees_the_recording_byte_for_byte_and_each_view_is_recorded(
    client, world, runtime, sitting, first
):
    recording, assessor = entered(client, world, sitting), world.alpha["assessor"]

    [shown] = desk(client, assessor, first).json()["items"]
    contents = [desk(client, assessor, first, f"/{recording}/content").content for _ in range(2)]

    assert shown["id"] == recording
    assert contents == [MP4, MP4]
    assert [view["facts"]["assignment"] for view in views(runtime)] == [first, first]
    assert {view["actor"]["person"] for view in views(runtime)} == {str(assessor.person_id)}


def test_an_address_is_told_apart_from_the_list_and_that_is_a_view(client, world, runtime, sitting, first):
    recording, assessor = entered(client, world, sitting, None, **LINK), world.alpha["assessor"]

    listed = desk(client, assessor, first)
    told = desk(client, assessor, first, f"/{recording}/address")

    assert "videos.example" not in listed.text
    assert told.json()["url"] == LINK["url"]
    assert len(views(runtime)) == 1
    assert desk(client, assessor, first, f"/{recording}/content").json()["code"] == "recording_elsewhere"


def test_anybody_else_finds_no_recording(client, world, case_id, sitting, first):
    recording = entered(client, world, sitting)
    other = a.assigned(client, world, case_id, "F3", "second")

    for member in (world.alpha["other_assessor"], world.beta["assessor"]):
        assert desk(client, member, first, f"/{recording}/content").status_code == 404
    a.held(client, world, case_id, "F3")
    assert desk(client, world.alpha["other_assessor"], other, f"/{recording}/content").status_code == 404
    assert desk(client, world.alpha["administrator"], first).status_code == 403


def test_a_conflict_declared_since_closes_recordings_too(client, world, case_id, sitting, first):
    recording, assessor = entered(client, world, sitting), world.alpha["assessor"]
    path = f"/v1/cases/{case_id}/declarations"
    client.post(path, json={"answer": "declared"}, headers=assessor.headers)

    assert desk(client, assessor, first, f"/{recording}/content").status_code == 409


def test_a_submitted_sheet_tells_that_it_was_marked_from_the_recording(client, world, sitting, first):
    recording = entered(client, world, sitting)
    desk(client, world.alpha["assessor"], first, f"/{recording}/content")

    answer = submitted_from_recording(client, world, first)

    assert (answer.status_code, answer.json()["seen"]) == (200, "recording")


@pytest.mark.parametrize("code", ["recording_missing", "recording_not_viewed", "recording_consent_missing"])
def test_no_sheet_is_marked_from_a_recording_that_was_not_there_for_its_marker(
    client, world, sitting, first, code
):
    if code != "recording_missing":
        recording = entered(client, world, sitting)
    if code == "recording_consent_missing":
        desk(client, world.alpha["assessor"], first, f"/{recording}/content")
        withdrawn(client, world, recording)

    answer = submitted_from_recording(client, world, first)

    assert (answer.status_code, answer.json()["code"]) == (409, code)


def test_a_recording_that_was_ended_opens_no_more(client, world, sitting, first):
    recording, assessor = entered(client, world, sitting), world.alpha["assessor"]
    withdrawn(client, world, recording)

    assert desk(client, assessor, first).json()["items"] == []
    assert desk(client, assessor, first, f"/{recording}/content").json()["code"] == "recording_ended"


def test_the_database_takes_no_sheet_from_a_recording_that_is_not_there(client, world, runtime, first):
    with pytest.raises(sa.exc.IntegrityError, match="SEC-2"), a.raw(runtime) as connection:
        connection.exec_driver_sql(
            "UPDATE assignments SET state = 'submitted', submitted_at = '2026-03-02 10:00:00+00:00',"
            " seen = 'recording', rev = rev + 1"
        )


def test_the_evidence_tells_how_each_marker_saw_the_sitting(client, world, system, case_id, sitting, first):
    recording = entered(client, world, sitting)
    desk(client, world.alpha["assessor"], first, f"/{recording}/content")
    assert submitted_from_recording(client, world, first).status_code == 200
    second = a.assigned(client, world, case_id, "F2", "second")
    a.marked(client, world, second, "F2", "second")
    assert a.released(client, world, case_id, "F2").status_code == 201

    [evidence] = system.read(evidence_of, case_id)

    assert {seat["seat"]: seat["seen"] for seat in evidence["seats"]} == {
        "first": "recording",
        "second": "live",
    }


def evidence_of(work, case_id):
    work.require_system()
    return marking.evidence(work, case_id)
