"""Attendance lists become records that are attested: row by row, once, and never for oneself."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from app.impartiality import service as impartiality
from tests.factories.practice import OWN, at_once
from tests.support.world import Member, World

ACTIVITY = {
    "type": "workshop",
    "title": "Reading a cash-flow plan",
    "held_on": "2026-02-20",
    "hours": "3",
    "given_by": "Chamber of Commerce",
    "capacity": "programme",
}
PERSON = "person@alpha.example"


@pytest.fixture
def manager(world: World) -> Member:
    return world.alpha["programme_manager"]


def handed_in(client: TestClient, who: Member, rows: str, *, activity: Any = None, **query: Any):
    return client.post(
        "/v1/practice/attendance",
        data=ACTIVITY | (activity or {}),
        files={"file": ("list.csv", ("email,hours\n" + rows).encode(), "text/csv")},
        params=query,
        headers=who.headers,
    )


def records(client: TestClient, who: Member) -> list[dict[str, Any]]:
    return client.get(f"{OWN}/records", headers=who.headers).json()["items"]


def test_who_took_part_has_an_attested_record(client, world, manager) -> None:
    answer = handed_in(client, manager, f"{PERSON.upper()},2.5\nmentee@alpha.example,\n")

    assert (answer.status_code, answer.json()["loaded"]) == (200, 2), answer.text
    [record] = records(client, world.alpha["person"])
    assert (record["kind"], record["type"], record["hours"]) == ("cpd", "workshop", "2.50")
    assert (record["note"], record["given_by"]) == ("Reading a cash-flow plan", "Chamber of Commerce")
    assert record["attested_by"] == str(manager.person_id)
    assert records(client, world.alpha["mentee"])[0]["hours"] == "3.00"


def test_whoever_hands_a_list_in_is_barred_from_the_cases_on_it(client, world, system, manager) -> None:
    handed_in(client, manager, f"{PERSON},\n")

    involved = system.read(_involved, world.alpha["person"].person_id)
    assert [(one["act"], one["person"]) for one in involved] == [("refereed", str(manager.person_id))]


def _involved(work: Any, person_id: Any) -> Any:
    work.require_system()
    return impartiality.involved(work, person_id)


def test_a_dry_run_judges_and_enters_nothing(client, world, manager) -> None:
    answer = handed_in(client, manager, f"{PERSON},\nnobody@alpha.example,\n", dry_run=True)

    assert [one["outcome"] for one in answer.json()["rows"]] == ["loaded", "refused"]
    assert (answer.json()["loaded"], records(client, world.alpha["person"])) == (0, [])


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("nobody@alpha.example,", "attendee_unknown", "email"),
        ("person@beta.example,", "attendee_unknown", "email"),
        ("programme_manager@alpha.example,", "own_attendance", "email"),
        ("mentee@alpha.example,3.5", "hours_beyond_activity", "hours"),
        ("mentee@alpha.example,soon", "hours_unreadable", "hours"),
        ("mentee@alpha.example", "row_width_refused", None),
        (f"{PERSON},1", "row_repeated", None),
    ],
)
def test_a_bad_row_is_named_and_the_good_ones_are_entered_where_asked(
    client, world, manager, row, code, column
) -> None:
    content = f"{PERSON},\n{row}\n"

    refused = handed_in(client, manager, content, bad_rows="refuse")
    skipped = handed_in(client, manager, content).json()

    assert (refused.status_code, [one["code"] for one in refused.json()["findings"]]) == (422, [code])
    assert refused.json()["findings"][0]["pointer"] == "/rows/3" + (f"/{column}" if column else "")
    assert (skipped["loaded"], skipped["rows"][1]["code"]) == (1, code)
    assert len(records(client, world.alpha["person"])) == 1


def test_the_same_list_adds_nothing_twice(client, world, manager) -> None:
    statuses = at_once(lambda: handed_in(client, manager, f"{PERSON},\n"), 4)

    again = handed_in(client, manager, f"{PERSON},\n").json()

    assert statuses == [200] * 4
    assert (again["loaded"], again["rows"][0]["outcome"]) == (0, "already_there")
    assert len(records(client, world.alpha["person"])) == 1


@pytest.mark.parametrize(
    ("activity", "code"),
    [
        ({"held_on": "2026-03-03"}, "day_not_come"),
        ({"type": "skills_session"}, "activity_type_misfits"),
        ({"type": "nothing_known"}, "activity_type_unknown"),
        ({"hours": "0"}, "input_refused"),
        ({"title": ""}, "input_refused"),
    ],
)
def test_an_activity_that_is_none_is_refused(client, manager, activity, code) -> None:
    answer = handed_in(client, manager, f"{PERSON},\n", activity=activity)

    assert (answer.status_code, answer.json()["code"]) == (422, code)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"name\nAna\n", "csv_heading_refused"),
        (b"email\n", "csv_empty"),
        (b"email\n\xff\n", "csv_not_utf8"),
        (b"email\n" + b"a@b.example\n" * 501, "csv_too_many_rows"),
        (b'email\n"a\n', "csv_malformed"),
    ],
)
def test_what_is_no_list_is_refused(client, manager, content: bytes, code: str) -> None:
    answer = client.post(
        "/v1/practice/attendance",
        data=ACTIVITY,
        files={"file": ("list.csv", content)},
        headers=manager.headers,
    )

    assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_mentors_hand_in_no_lists(client, world) -> None:
    assert handed_in(client, world.alpha["person"], f"{PERSON},\n").status_code == 403
