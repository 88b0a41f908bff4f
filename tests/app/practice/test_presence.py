"""Several mentors at one session: it counts for whom the mentee names as present, and for nobody else."""

from uuid import uuid4

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from app.core.database import refused_by
from app.core.errors import Refusal
from app.practice.rules.presence import action_for, ensure_others, ensure_told
from app.practice.rules.states import SessionAction
from tests.factories.marking import raw
from tests.factories.practice import OWN, a_link, an_engagement, an_import, measures, sessions
from tests.support.world import Member, World

MENTOR, OTHER = "Person of Alpha", "Guillermo Ortiz"
TWO_MENTORS = (
    "engagement,date,start,end,co_mentors\noliva,2025-03-10,09:00,10:30,Guillermo Ortiz | Li Na\n"
    "oliva,2025-04-14,09:00,11:00,\n"
)


@pytest.fixture
def mentor(world: World):
    return world.alpha["person"]


def logged(client: TestClient, mentor: Member, *co_mentors: str):
    engagement = an_engagement(client, mentor)["id"]
    answer = client.post(
        f"{OWN}/engagements/{engagement}/sessions",
        json={
            "starts_at": "2025-03-10T09:00:00+01:00",
            "ends_at": "2025-03-10T10:30:00+01:00",
            "co_mentors": list(co_mentors),
        },
        headers=mentor.headers,
    )
    return engagement, answer


def test_a_session_counts_where_the_mentee_names_the_mentor_as_present(client: TestClient, mentor) -> None:
    engagement, made = logged(client, mentor, OTHER)
    link = a_link(client, mentor, engagement)
    shown = client.get(link).json()["sessions"]

    present = [{"session_id": made.json()["id"], "mentors": [MENTOR]}]
    told = client.post(link, json={"present": present})

    assert shown[0]["mentors"] == [MENTOR, OTHER]
    assert told.json()["confirmed"] == 1
    [session] = sessions(client, mentor, engagement)
    assert (session["state"], session["present"], session["co_mentors"]) == ("confirmed", [MENTOR], [OTHER])
    assert measures(client, mentor)[("confirmed_hours", None)] == "1.50"


def test_a_session_at_which_only_another_mentor_was_does_not_count(client: TestClient, mentor) -> None:
    engagement, made = logged(client, mentor, OTHER)
    link = a_link(client, mentor, engagement)

    told = client.post(link, json={"present": [{"session_id": made.json()["id"], "mentors": [OTHER]}]})

    assert (told.json()["confirmed"], told.json()["disputed"]) == (0, 1)
    assert sessions(client, mentor, engagement)[0]["state"] == "disputed"
    assert measures(client, mentor)[("confirmed_hours", None)] == "0.00"


def test_who_was_there_must_be_said_and_nothing_is_lost_where_it_is_not(client: TestClient, mentor) -> None:
    engagement, made = logged(client, mentor, OTHER)
    link = a_link(client, mentor, engagement)

    silent = client.post(link, json={})
    stranger = client.post(
        link, json={"present": [{"session_id": made.json()["id"], "mentors": ["Somebody Else"]}]}
    )

    assert (silent.status_code, silent.json()["code"]) == (422, "presence_missing")
    assert (stranger.status_code, stranger.json()["code"]) == (422, "presence_unknown")
    assert client.get(link).status_code == 200


def test_a_disputed_session_is_not_asked_about(client: TestClient, mentor) -> None:
    engagement, made = logged(client, mentor, OTHER)
    link = a_link(client, mentor, engagement)

    told = client.post(link, json={"disputed": [made.json()["id"]]})

    assert told.json()["disputed"] == 1
    assert sessions(client, mentor, engagement)[0]["present"] is None


def test_nobody_attests_who_of_several_was_there(client: TestClient, world: World, mentor) -> None:
    engagement, made = logged(client, mentor, OTHER)
    path, staff = (
        f"/v1/practice/engagements/{engagement}/attestations",
        world.alpha["programme_manager"].headers,
    )
    told = {"capacity": "programme", "basis": "Attendance list."}

    named = client.post(path, json=told | {"session_ids": [made.json()["id"]]}, headers=staff)
    all_open = client.post(path, json=told, headers=staff)

    assert (named.status_code, named.json()["code"]) == (409, "presence_by_mentee_alone")
    assert (all_open.status_code, all_open.json()["code"]) == (409, "nothing_to_confirm")


def test_co_mentors_are_imported(client: TestClient, mentor) -> None:
    engagement = an_engagement(client, mentor)["id"]

    loaded = an_import(client, mentor, TWO_MENTORS.encode())

    assert loaded.json()["loaded"] == 2, loaded.text
    assert [found["co_mentors"] for found in sessions(client, mentor, engagement)] == [[OTHER, "Li Na"], None]


@pytest.mark.parametrize("name", [MENTOR, "person  of ALPHA"])
def test_nobody_is_her_own_co_mentor(client: TestClient, mentor, name: str) -> None:
    _, answer = logged(client, mentor, name)

    assert (answer.status_code, answer.json()["code"]) == (422, "co_mentor_repeated")
    assert answer.json()["findings"][0]["pointer"] == "/co_mentors"


def test_the_page_asks_who_was_there_and_says_so_where_it_is_missing(client: TestClient, mentor) -> None:
    engagement, made = logged(client, mentor, OTHER)
    link = a_link(client, mentor, engagement)
    page = "/confirm/" + "/".join(link.split("/")[4::2])
    field = f"present.{made.json()['id']}"

    shown = client.get(page)
    silent = client.post(page, data={"feedback": "Kept"}, headers={"Origin": "http://testserver"})
    told = client.post(page, data={field: [MENTOR, OTHER]}, headers={"Origin": "http://testserver"})

    assert shown.text.count(f'name="{field}"') == 2
    assert silent.status_code == 422 and "Mark who was there" in silent.text and "Kept" in silent.text
    assert told.status_code == 200
    assert sessions(client, mentor, engagement)[0]["present"] == [MENTOR, OTHER]


def test_who_mentored_beside_her_stays_as_it_was_logged(client: TestClient, runtime, mentor) -> None:
    logged(client, mentor, OTHER)

    with pytest.raises(sa.exc.IntegrityError) as refusal, raw(runtime) as connection:
        connection.execute(sa.text("UPDATE practice_sessions SET co_mentors = '[]', rev = rev + 1"))

    assert refused_by(refusal.value) == "7.3"


@pytest.mark.parametrize(
    ("co_mentors", "code"),
    [(["A", "a"], "co_mentor_repeated"), ([str(n) for n in range(6)], "co_mentors_too_many"), (["A"], None)],
)
def test_co_mentors_can_be_told_apart(co_mentors: list[str], code: str | None) -> None:
    if code is None:
        ensure_others("B", co_mentors)
        return
    with pytest.raises(Refusal) as refusal:
        ensure_others("B", co_mentors)

    assert refusal.value.code == code


def test_a_session_that_was_not_asked_about_is_refused() -> None:
    with pytest.raises(Refusal) as refusal:
        ensure_told({}, {uuid4(): ["A"]})

    assert refusal.value.code == "presence_unknown"


def test_without_others_a_session_that_stands_is_confirmed() -> None:
    assert action_for("A", None) is SessionAction.CONFIRM
