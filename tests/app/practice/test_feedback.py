"""Feedback both ways: each side reads what was to be shared, assessors read all and see how often it came."""

from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from app.core.database import refused_by
from app.core.errors import Conflict
from app.practice.rules.feedback import Said, Speaker, ensure_room, may_hear, trend
from app.practice.rules.questions import Audience
from app.work import Runtime
from tests.factories.marking import raw
from tests.factories.practice import OWN, a_link, an_engagement, an_import, measures
from tests.support.world import Member, World

said = st.builds(
    Said,
    side=st.sampled_from(Speaker),
    given_on=st.dates(date(2025, 1, 1), date(2025, 12, 31)),
    audience=st.sampled_from([*Audience, None]),
    text=st.text(max_size=3),
)


@given(said)
def test_the_other_side_hears_what_is_shared_and_nobody_loses_her_own_words(one: Said) -> None:
    hears = {side for side in Speaker if may_hear(one, side)}

    assert one.side in hears
    assert (hears == set(Speaker)) == (one.audience is not Audience.ASSESSORS)


@given(st.lists(said, max_size=12), st.randoms(use_true_random=False))
def test_a_trend_sees_one_side_and_neither_order_nor_audience(all_said: list[Said], random: Any) -> None:
    shuffled = list(all_said)
    random.shuffle(shuffled)
    hers = [one for one in all_said if one.side is Speaker.MENTEE]

    found = trend(Speaker.MENTEE, all_said)

    assert found == trend(Speaker.MENTEE, shuffled) == trend(Speaker.MENTEE, hers)
    assert found.count == len(hers)
    assert found.last_on == max((one.given_on for one in hers), default=None)
    assert (found.usual_gap_days is None) == (len({one.given_on for one in hers}) < 2)


def test_the_usual_gap_is_the_one_in_the_middle() -> None:
    days = [date(2025, 1, 1) + timedelta(days=days) for days in (0, 14, 28, 90)]

    found = trend(Speaker.MENTOR, [Said(Speaker.MENTOR, day, None, "") for day in days])

    assert (found.first_on, found.last_on, found.usual_gap_days) == (days[0], days[-1], 14)


def test_nobody_gives_more_feedback_than_anybody_would_read() -> None:
    ensure_room(399)
    with pytest.raises(Conflict, match="feedback_full"):
        ensure_room(400)


@pytest.fixture
def mentor(world: World) -> Member:
    return world.alpha["person"]


@pytest.fixture
def engagement(client: TestClient, mentor: Member) -> str:
    made = str(an_engagement(client, mentor)["id"])
    an_import(client, mentor, "oliva,2025-03-10,09:00,10:30,session,Cash flow\n")
    return made


def give(client: TestClient, by: Member, engagement: str, text: str, audience: str = "shared") -> Any:
    return client.post(
        f"{OWN}/engagements/{engagement}/feedback",
        json={"text": text, "audience": audience},
        headers=by.headers,
    )


def read(client: TestClient, by: Member, engagement: str) -> list[str]:
    items = client.get(f"{OWN}/engagements/{engagement}/feedback", headers=by.headers).json()["items"]
    return [one["text"] for one in items]


def disclosed(client: TestClient, by: Member, engagement: str) -> Any:
    return client.get(f"/v1/practice/engagements/{engagement}/feedback", headers=by.headers)


def test_the_mentee_reads_at_her_next_link_what_was_shared_with_her(
    client: TestClient, mentor: Member, engagement: str
) -> None:
    shared = give(client, mentor, engagement, "You tried it within a week.")
    give(client, mentor, engagement, "He does not do his homework.", "assessors")

    shown = client.get(a_link(client, mentor, engagement)).json()

    assert shared.status_code == 201, shared.text
    assert shown["feedback"] == [{"given_on": "2026-03-02", "text": "You tried it within a week."}]
    assert read(client, mentor, engagement) == ["You tried it within a week.", "He does not do his homework."]


def test_what_a_mentee_tells_assessors_alone_counts_and_the_mentor_does_not_read_it(
    client: TestClient, world: World, mentor: Member, engagement: str
) -> None:
    link = a_link(client, mentor, engagement)
    client.post(link, json={"feedback": "She was late each time.", "audience": "assessors"})
    records = client.get(f"{OWN}/records", headers=mentor.headers)

    attested = client.post(
        f"/v1/practice/records/{records.json()['items'][0]['id']}/attestation",
        json={"capacity": "programme"},
        headers=world.alpha["administrator"].headers,
    )

    (record,) = records.json()["items"]
    assert (record["kind"], record["note"], record["audience"]) == ("feedback", None, "assessors")
    assert read(client, mentor, engagement) == []
    assert (attested.status_code, attested.json()["note"]) == (200, None)
    assert measures(client, mentor)[("feedback_count", 12)] == "1"


@pytest.mark.parametrize("answer", [{}, {"audience": "shared"}])
def test_what_a_mentee_shares_the_mentor_reads(
    client: TestClient, mentor: Member, engagement: str, answer: dict[str, str]
) -> None:
    client.post(a_link(client, mentor, engagement), json={"feedback": "Good questions."} | answer)

    assert read(client, mentor, engagement) == ["Good questions."]
    (record,) = client.get(f"{OWN}/records", headers=mentor.headers).json()["items"]
    assert (record["note"], record["audience"]) == ("Good questions.", "shared")


def test_a_mentors_own_feedback_counts_nowhere(client: TestClient, mentor: Member, engagement: str) -> None:
    before = measures(client, mentor)

    give(client, mentor, engagement, "Well done.")

    assert measures(client, mentor) == before


def test_whoever_judges_the_practice_reads_both_sides_and_leaves_a_trace(
    client: TestClient, world: World, runtime: Runtime, mentor: Member, engagement: str
) -> None:
    give(client, mentor, engagement, "He does not do his homework.", "assessors")
    link = a_link(client, mentor, engagement)
    client.post(link, json={"feedback": "She was late each time.", "audience": "assessors"})

    answer = disclosed(client, world.alpha["application_reviewer"], engagement)

    assert answer.status_code == 200, answer.text
    assert [(one["side"], one["text"]) for one in answer.json()["items"]] == [
        ("mentor", "He does not do his homework."),
        ("mentee", "She was late each time."),
    ]
    assert [(one["side"], one["count"], one["last_on"]) for one in answer.json()["trends"]] == [
        ("mentor", 1, "2026-03-02"),
        ("mentee", 1, "2026-03-02"),
    ]
    with runtime.database.reading() as session:
        traces = session.execute(
            sa.text(
                "SELECT count(*) FROM events WHERE event = 'record.disclosed' AND stream = :s"
            ).bindparams(sa.bindparam("s", mentor.person_id, sa.Uuid()))
        ).scalar_one()
        bodies = [bytes(body) for body in session.execute(sa.text("SELECT body FROM events")).scalars()]
    assert traces == 1
    assert not any(b"homework" in body or b"late each time" in body for body in bodies)


def test_whoever_judges_others_does_not_read_what_was_said_about_herself_for_others(
    client: TestClient, world: World
) -> None:
    judge = world.alpha["application_reviewer"]
    own = an_engagement(client, judge)["id"]

    answer = disclosed(client, judge, own)

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_nobody_else_reads_or_gives_it(
    client: TestClient, world: World, mentor: Member, engagement: str
) -> None:
    assert give(client, world.alpha["trainer"], engagement, "Mine.").status_code == 404
    path = f"{OWN}/engagements/{engagement}/feedback"
    assert client.get(path, headers=world.alpha["trainer"].headers).status_code == 404
    for role in ("person", "assessor", "adviser", "administrator", "client"):
        assert disclosed(client, world.alpha[role], engagement).status_code == 403
    assert disclosed(client, world.beta["auditor"], engagement).status_code == 404


def test_feedback_needs_its_audience_and_its_text(
    client: TestClient, mentor: Member, engagement: str
) -> None:
    path = f"{OWN}/engagements/{engagement}/feedback"

    for told in ({"text": "x"}, {"text": " ", "audience": "shared"}, {"text": "x", "audience": "all"}):
        assert client.post(path, json=told, headers=mentor.headers).status_code == 422


def test_the_database_keeps_whom_a_mentee_spoke_to(
    client: TestClient, runtime: Runtime, mentor: Member, engagement: str
) -> None:
    link = a_link(client, mentor, engagement)
    client.post(link, json={"feedback": "She was late each time.", "audience": "assessors"})

    with pytest.raises(sa.exc.IntegrityError) as refused, raw(runtime) as connection:
        connection.exec_driver_sql("UPDATE practice_records SET audience = 'shared', rev = rev + 1")

    assert refused_by(refused.value) == "7.3"


@pytest.mark.parametrize("change", ["audience = 'shared'", "given_on = '2020-01-01'"])
def test_the_database_keeps_feedback_as_it_was_given(
    client: TestClient, runtime: Runtime, mentor: Member, engagement: str, change: str
) -> None:
    give(client, mentor, engagement, "For assessors.", "assessors")

    with pytest.raises(sa.exc.IntegrityError) as refused, raw(runtime) as connection:
        connection.exec_driver_sql(f"UPDATE practice_feedback SET {change}, rev = rev + 1")

    assert refused_by(refused.value) == "7.3"
