"""Sessions to which the mentee did not come: kept apart, counted nowhere, shown as context."""

from typing import Any

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from app.core.database import refused_by
from app.work import Runtime
from tests.factories.marking import raw
from tests.factories.practice import OWN, a_link, an_engagement, an_import, at_once, measures
from tests.support.world import Member, World

SESSION = "oliva,2025-03-10,09:00,10:30,session,Cash flow\n"


@pytest.fixture
def mentor(world: World) -> Member:
    return world.alpha["person"]


@pytest.fixture
def engagement(client: TestClient, mentor: Member) -> str:
    return str(an_engagement(client, mentor)["id"])


def note(client: TestClient, mentor: Member, engagement: str, planned_at: str, **parts: object) -> Any:
    return client.post(
        f"{OWN}/engagements/{engagement}/no-shows",
        json={"planned_at": planned_at} | parts,
        headers=mentor.headers,
    )


def test_a_missed_meeting_is_kept_apart_and_counts_nothing(
    client: TestClient, mentor: Member, engagement: str
) -> None:
    an_import(client, mentor, SESSION)
    client.post(a_link(client, mentor, engagement), json={})
    before = measures(client, mentor)

    noted = note(client, mentor, engagement, "2025-03-24T23:30:00Z", note="No word.")

    assert noted.status_code == 201, noted.text
    assert (noted.json()["planned_on"], noted.json()["noted_on"]) == ("2025-03-25", "2026-03-02")
    listed = client.get(f"{OWN}/engagements/{engagement}/no-shows", headers=mentor.headers)
    assert listed.json()["items"] == [noted.json()]
    assert measures(client, mentor) == before
    rhythm = client.get(f"{OWN}/engagements/{engagement}/rhythm", headers=mentor.headers).json()
    assert sum(float(month["hours"]) for month in rhythm["months"]) == 1.5


def test_whoever_reviews_the_mentor_sees_how_many_were_missed_in_which_engagement(
    client: TestClient, world: World, mentor: Member, engagement: str
) -> None:
    other = an_engagement(client, mentor, code="wino")["id"]
    for day in ("10", "17"):
        note(client, mentor, engagement, f"2025-03-{day}T09:00:00Z", note="Nobody at the mill.")

    summary = client.get(
        f"/v1/people/{mentor.person_id}/practice", headers=world.alpha["application_reviewer"].headers
    )

    assert {one["id"]: one["no_shows"] for one in summary.json()["engagements"]} == {engagement: 2, other: 0}
    assert "mill" not in summary.text


@pytest.mark.parametrize(
    ("planned_at", "status", "code"),
    [
        ("2026-03-02T09:00:01Z", 422, "no_show_not_past"),
        ("2025-02-02T09:00:00Z", 422, "outside_engagement"),
        ("2025-03-10T08:00:00Z", 409, "no_show_beside_session"),
        ("2025-03-10T09:29:00Z", 409, "no_show_beside_session"),
        ("2025-03-17T09:00:00Z", 409, "no_show_noted_already"),
    ],
)
def test_what_cannot_have_been_missed_is_refused(
    client: TestClient, mentor: Member, engagement: str, planned_at: str, status: int, code: str
) -> None:
    an_import(client, mentor, SESSION)
    note(client, mentor, engagement, "2025-03-17T10:00:00+01:00")

    refused = note(client, mentor, engagement, planned_at)

    assert (refused.status_code, refused.json()["code"]) == (status, code)


def test_right_after_a_session_one_may_be_missed(client: TestClient, mentor: Member, engagement: str) -> None:
    an_import(client, mentor, SESSION)

    assert note(client, mentor, engagement, "2025-03-10T09:30:00Z").status_code == 201


def test_an_engagement_that_has_ended_knows_none_after_its_end(
    client: TestClient, mentor: Member, engagement: str
) -> None:
    headers = mentor.headers | {"If-Match": '"1"'}
    client.post(f"{OWN}/engagements/{engagement}/end", json={"ended_on": "2025-06-01"}, headers=headers)

    late = note(client, mentor, engagement, "2025-06-02T09:00:00Z")
    within = note(client, mentor, engagement, "2025-06-01T09:00:00Z")

    assert (late.json()["code"], within.status_code) == ("outside_engagement", 201)


def test_of_several_at_once_one_is_noted(client: TestClient, mentor: Member, engagement: str) -> None:
    wanted = lambda: note(client, mentor, engagement, "2025-03-17T09:00:00Z")  # noqa: E731 - the call itself

    assert at_once(wanted, 4) == [201, 409, 409, 409]


def test_anothers_engagement_is_not_there(
    client: TestClient, world: World, mentor: Member, engagement: str
) -> None:
    other = world.alpha["trainer"]

    assert note(client, other, engagement, "2025-03-17T09:00:00Z").status_code == 404
    assert client.get(f"{OWN}/engagements/{engagement}/no-shows", headers=other.headers).status_code == 404


def test_the_database_keeps_a_missed_meeting_as_it_was_told(
    client: TestClient, runtime: Runtime, mentor: Member, engagement: str
) -> None:
    note(client, mentor, engagement, "2025-03-17T09:00:00Z")

    with pytest.raises(sa.exc.IntegrityError) as refused, raw(runtime) as connection:
        connection.exec_driver_sql("UPDATE practice_no_shows SET planned_on = '2025-03-18', rev = rev + 1")

    assert refused_by(refused.value) == "7.3"


def test_the_event_tells_the_day_and_not_the_note(
    client: TestClient, runtime: Runtime, mentor: Member, engagement: str
) -> None:
    note(client, mentor, engagement, "2025-03-17T09:00:00Z", note="Nobody at the mill.")

    with runtime.database.reading() as session:
        bodies = session.execute(
            sa.text("SELECT body FROM events WHERE event = 'engagement_no_show.noted'")
        ).scalars()
        (body,) = [bytes(one) for one in bodies]
    assert (b"2025-03-17" in body, b"mill" in body) == (True, False)
