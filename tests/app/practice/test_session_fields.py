"""How a session was held and what it was; paid or free, high or low touch; files with and without it."""

from typing import Any

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from app.core.database import refused_by
from app.work import Runtime
from tests.factories.marking import raw
from tests.factories.practice import HEADING, OWN, a_link, an_engagement, an_import, measures, sessions
from tests.support.world import Member, World

WIDE = "engagement,date,start,end,channel,type\n"


@pytest.fixture
def mentor(world: World) -> Member:
    return world.alpha["person"]


@pytest.fixture
def engagement(client: TestClient, mentor: Member) -> str:
    return str(an_engagement(client, mentor)["id"])


def log(client: TestClient, mentor: Member, engagement: str, **parts: object) -> Any:
    told = {"starts_at": "2025-03-10T09:00:00Z", "ends_at": "2025-03-10T10:00:00Z"} | parts
    return client.post(f"{OWN}/engagements/{engagement}/sessions", json=told, headers=mentor.headers)


def calendar(*categories: str) -> bytes:
    event = (
        "BEGIN:VEVENT\nSUMMARY:oliva\nDTSTART:202503{day}T090000Z\nDTEND:202503{day}T100000Z\n"
        "CATEGORIES:{categories}\nEND:VEVENT\n"
    )
    events = "".join(event.format(day=10 + number, categories=one) for number, one in enumerate(categories))
    return f"BEGIN:VCALENDAR\n{events}END:VCALENDAR\n".encode()


def told(client: TestClient, mentor: Member, engagement: str) -> list[tuple[str, str | None, str | None]]:
    return [(one["kind"], one["channel"], one["type"]) for one in sessions(client, mentor, engagement)]


def test_a_session_tells_its_channel_and_type_and_needs_neither(
    client: TestClient, mentor: Member, engagement: str
) -> None:
    whole = log(client, mentor, engagement, channel="video", type="goal_setting")
    plain = log(client, mentor, engagement, starts_at="2025-03-11T09:00:00Z", ends_at="2025-03-11T10:00:00Z")

    assert (whole.json()["channel"], whole.json()["type"]) == ("video", "goal_setting")
    assert (plain.json()["channel"], plain.json()["type"]) == (None, None)


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "code", "pointer"),
    [
        ("2025-03-10T11:00:00Z", "2025-03-10T10:00:00Z", "session_reversed", "/ends_at"),
        ("2026-03-02T23:00:00Z", "2026-03-02T23:30:00Z", "session_in_future", "/ends_at"),
        ("2014-03-10T09:00:00Z", "2014-03-10T10:00:00Z", "outside_engagement", "/starts_at"),
        ("2025-03-10T09:30:00Z", "2025-03-10T10:30:00Z", "session_overlaps", "/starts_at"),
    ],
)
def test_a_refusal_points_at_the_field_that_the_caller_sent(
    client: TestClient, mentor: Member, engagement: str, starts_at: str, ends_at: str, code: str, pointer: str
) -> None:
    log(client, mentor, engagement)

    answer = log(client, mentor, engagement, starts_at=starts_at, ends_at=ends_at)

    assert answer.status_code == 422, answer.text
    [finding] = answer.json()["findings"]
    assert (finding["code"], finding["pointer"]) == (code, pointer)


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"type": "nothing"}, "activity_type_unknown"),
        ({"type": "webinar"}, "activity_type_misfits"),
        ({"type": "office_hours"}, "activity_type_retired"),
    ],
)
def test_a_session_is_called_by_a_type_of_session_in_use_on_its_day(
    client: TestClient, world: World, mentor: Member, engagement: str, parts: dict[str, str], code: str
) -> None:
    manager = world.alpha["scheme_manager"].headers
    path = "/v1/practice/activity-types/office_hours/retirement"
    assert client.post(path, json={"retired_on": "2026-03-02"}, headers=manager).status_code == 200
    today = {"starts_at": "2026-03-02T07:00:00Z", "ends_at": "2026-03-02T08:00:00Z"}

    refused = log(client, mentor, engagement, **(today | parts))

    assert (refused.status_code, refused.json()["code"]) == (422, code)
    assert sessions(client, mentor, engagement) == []


def test_a_row_of_a_file_may_tell_channel_and_type(
    client: TestClient, mentor: Member, engagement: str
) -> None:
    file = WIDE + "oliva,2025-03-10,09:00,10:00,In_Person,Check_in\noliva,2025-03-11,09:00,10:00,,\n"

    loaded = an_import(client, mentor, file.encode())

    assert loaded.status_code == 200, loaded.text
    assert told(client, mentor, engagement) == [("session", "in_person", "check_in"), ("session", None, None)]


def test_a_row_with_an_unknown_channel_or_type_is_refused_and_named(
    client: TestClient, mentor: Member, engagement: str
) -> None:
    file = WIDE + (
        "oliva,2025-03-10,09:00,10:00,telex,\n"
        "oliva,2025-03-11,09:00,10:00,,nothing\n"
        "oliva,2025-03-12,09:00,10:00,,webinar\n"
        "oliva,2025-03-13,09:00,10:00,,two words\n"
    )

    refused = an_import(client, mentor, file.encode()).json()["findings"]

    assert [(one["pointer"], one["code"]) for one in refused] == [
        ("/rows/2/channel", "channel_unknown"),
        ("/rows/3/type", "activity_type_unknown"),
        ("/rows/4/type", "activity_type_misfits"),
        ("/rows/5/type", "activity_type_unknown"),
    ]


def test_files_of_the_old_width_are_as_good_as_ever(
    client: TestClient, mentor: Member, engagement: str
) -> None:
    an_import(client, mentor, "oliva,2025-03-10,09:00,10:30,session,Cash flow\n")
    an_import(client, mentor, b"engagement,date,start,end\noliva,2025-03-11,09:00,10:00\n")

    assert told(client, mentor, engagement) == [("session", None, None)] * 2
    assert HEADING == "engagement,date,start,end,kind,note\n"


def test_the_categories_of_an_event_tell_group_channel_and_type_and_others_tell_nothing(
    client: TestClient, mentor: Member, engagement: str
) -> None:
    loaded = an_import(
        client, mentor, calendar("GROUP,VIDEO", "Work,in person", "type:office_hours,Phone", "OTHER,Family")
    )

    assert loaded.status_code == 200, loaded.text
    assert told(client, mentor, engagement) == [
        ("group", "video", None),
        ("session", "in_person", None),
        ("session", "phone", "office_hours"),
        ("session", None, None),
    ]


def test_an_event_with_two_channels_or_two_types_is_not_guessed_at(
    client: TestClient, mentor: Member, engagement: str
) -> None:
    refused = an_import(client, mentor, calendar("VIDEO,PHONE", "TYPE:check_in,TYPE:office_hours"))

    assert [(one["pointer"], one["code"]) for one in refused.json()["findings"]] == [
        ("/rows/1/channel", "event_category_twice"),
        ("/rows/2/type", "event_category_twice"),
    ]


@pytest.mark.parametrize(
    "change", ["channel = 'phone'", "channel = NULL", "type = 'check_in'", "type = NULL"]
)
def test_the_database_keeps_how_a_session_was_held(
    client: TestClient, runtime: Runtime, mentor: Member, engagement: str, change: str
) -> None:
    log(client, mentor, engagement, channel="video", type="goal_setting")

    with pytest.raises(sa.exc.IntegrityError) as refused, raw(runtime) as connection:
        connection.exec_driver_sql(f"UPDATE practice_sessions SET {change}, rev = rev + 1")

    assert refused_by(refused.value) == "7.3"


def test_paid_and_free_work_count_alike_and_both_are_told(client: TestClient, mentor: Member) -> None:
    rows = [
        an_engagement(client, mentor, code="paid", sme_name="A", is_paid=True, touch="high"),
        an_engagement(client, mentor, code="free", sme_name="B", touch="low"),
        an_engagement(client, mentor, code="untold", sme_name="C"),
    ]
    counts = []
    for number, row in enumerate(rows):
        an_import(client, mentor, f"{row['code']},2025-03-{10 + number},09:00,11:00,,\n")
        client.post(a_link(client, mentor, row["id"]), json={})
        counts.append(measures(client, mentor)[("confirmed_hours", None)])

    summary = client.get(OWN, headers=mentor.headers).json()["engagements"]
    assert counts == ["2.00", "4.00", "6.00"]
    shown = [(True, "high"), (False, "low"), (False, None)]
    assert [(row["is_paid"], row["touch"]) for row in rows] == shown
    assert [(row["is_paid"], row["touch"]) for row in summary] == shown


def test_the_database_keeps_whether_work_was_paid(
    client: TestClient, runtime: Runtime, engagement: str
) -> None:
    with pytest.raises(sa.exc.IntegrityError) as refused, raw(runtime) as connection:
        connection.exec_driver_sql("UPDATE practice_engagements SET is_paid = NOT is_paid, rev = rev + 1")

    assert refused_by(refused.value) == "7.3"
