"""Reviews over HTTP: three sides answer, each once, and each reads only what is meant for it."""

from datetime import date, timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from app.core.database import refused_by
from app.impartiality import service as impartiality
from tests.factories.marking import raw
from tests.factories.practice import OWN, an_engagement, at_once
from tests.factories.reviews import (
    STAFF,
    TODAY,
    a_review_link,
    answers,
    as_mentor,
    as_staff,
    in_first_weeks,
    signed_in,
)
from tests.support.days import begin_day, live, mailbox
from tests.support.world import StandingClock, World


@pytest.fixture
def mentor(world: World):
    return world.alpha["person"]


@pytest.fixture
def engagement(client: TestClient, mentor) -> str:
    return in_first_weeks(client, mentor)


def first(client: TestClient, headers: dict[str, str], path: str) -> dict:
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"][0]


def test_three_sides_answer_and_the_review_is_answered(client, world, mentor, engagement) -> None:
    link = a_review_link(client, world, engagement)

    taken = [
        as_mentor(client, world, engagement).status_code,
        as_staff(client, world, engagement).status_code,
        client.post(link, json={"answers": answers("mentee")}).status_code,
    ]

    rhythm = client.get(f"{OWN}/engagements/{engagement}/rhythm", headers=mentor.headers).json()
    assert taken == [201, 201, 200]
    assert rhythm["reviews"][0] == {
        "kind": "first_weeks", "opens_on": "2026-02-23", "due_on": "2026-03-09", "state": "answered",
        "answered_by": ["mentor", "mentee", "staff"], "missing": [],
    }  # fmt: skip
    assert [review["state"] for review in rhythm["reviews"]] == ["answered", "to_come", "to_come"]


def test_a_side_reads_the_others_once_its_own_is_in(client, world, mentor, engagement) -> None:
    link = a_review_link(client, world, engagement)
    client.post(link, json={"answers": answers("mentee")})
    path = f"{OWN}/engagements/{engagement}/reviews"

    before = first(client, mentor.headers, path)
    told = as_mentor(client, world, engagement).json()
    after = first(client, mentor.headers, path)

    assert (before["answered_by"], before["sides"]) == (["mentee"], [])
    assert [question["code"] for question in before["questions"]] == [
        answer["question"] for answer in answers("mentor")
    ]
    assert [side["side"] for side in after["sides"]] == ["mentee", "mentor"]
    assert (told["sides"], after["questions"]) == (after["sides"], [])


def test_what_is_for_assessors_reaches_neither_mentor_nor_staff(client, world, mentor, engagement) -> None:
    link = a_review_link(client, world, engagement)
    kept = answers("mentee", audience="assessors")
    kept[-1] |= {"text": "He was late each time."}
    client.post(link, json={"answers": kept})
    as_mentor(client, world, engagement)
    as_staff(client, world, engagement)
    staff_path = f"{STAFF}/engagements/{engagement}/reviews"

    seen_by_mentor = client.get(f"{OWN}/engagements/{engagement}/reviews", headers=mentor.headers)
    seen_by_staff = client.get(staff_path, headers=world.alpha["adviser"].headers)
    seen_by_reviewer = client.get(staff_path, headers=world.alpha["application_reviewer"].headers)

    assert "late" not in seen_by_mentor.text + seen_by_staff.text
    assert {side["side"] for side in seen_by_staff.json()["items"][0]["sides"]} == {"mentor", "staff"}
    assert "He was late each time." in seen_by_reviewer.text


def test_without_a_word_an_answer_is_for_assessors_only(client, world, mentor, engagement) -> None:
    plain = [{k: v for k, v in answer.items() if k != "audience"} for answer in answers("staff")]

    as_staff(client, world, engagement, answers=plain)
    as_mentor(client, world, engagement)

    shown = first(client, mentor.headers, f"{OWN}/engagements/{engagement}/reviews")
    assert [side["side"] for side in shown["sides"]] == ["mentor"]


def test_a_mentee_reads_what_was_shared_when_she_answers(client, world, engagement) -> None:
    link = a_review_link(client, world, engagement)
    as_mentor(client, world, engagement)

    asked = client.get(link)
    told = client.post(link, json={"answers": answers("mentee")})

    assert (asked.json()["mentor_name"], asked.json()["due_on"]) == ("Person of Alpha", "2026-03-09")
    assert "The harvest came early." not in asked.text
    assert [side["side"] for side in told.json()["sides"]] == ["mentor", "mentee"]


def test_reading_as_staff_is_recorded(client, runtime, world, engagement) -> None:
    client.get(f"{STAFF}/engagements/{engagement}/reviews", headers=world.alpha["auditor"].headers)

    with runtime.database.reading() as session:
        event = session.execute(
            sa.text("SELECT body FROM events WHERE event = 'record.disclosed'")
        ).scalar_one()
    assert b"engagement reviews" in bytes(event) and engagement.encode() in bytes(event)


def test_nobody_speaks_for_the_programme_about_her_own_work(client, world) -> None:
    adviser = world.alpha["adviser"]
    own = in_first_weeks(client, adviser)

    refused = [
        as_staff(client, world, own),
        client.get(f"{STAFF}/engagements/{own}/reviews", headers=adviser.headers),
        client.post(
            f"{STAFF}/engagements/{own}/review-links",
            json={"kind": "first_weeks"},
            headers=adviser.headers,
        ),
    ]

    assert [(answer.status_code, answer.json()["code"]) for answer in refused] == [
        (409, "own_engagement_reviewed")
    ] * 3


def test_staff_who_answer_are_barred_from_the_mentors_case(client, system, world, mentor, engagement) -> None:
    as_staff(client, world, engagement, role="programme_manager")

    noted = system.read(_involved, mentor.person_id)
    assert [(found["act"], found["person"]) for found in noted] == [
        ("refereed", str(world.alpha["programme_manager"].person_id))
    ]


def _involved(work, person_id: UUID):
    work.require_system()
    return impartiality.involved(work, person_id)


def test_each_side_answers_once(client, world, engagement) -> None:
    one, other = (a_review_link(client, world, engagement) for _ in range(2))
    as_mentor(client, world, engagement)
    as_staff(client, world, engagement)
    client.post(one, json={"answers": answers("mentee")})

    again = [
        as_mentor(client, world, engagement),
        as_staff(client, world, engagement, role="programme_manager"),
        client.post(other, json={"answers": answers("mentee")}),
        client.post(one, json={"answers": answers("mentee")}),
    ]

    assert [answer.status_code for answer in again] == [409] * 4
    assert [answer.json()["code"] for answer in again] == ["review_answered_already"] * 3 + ["link_used"]


def test_of_many_answers_of_one_side_at_once_one_is_taken(client, world, engagement) -> None:
    one, other = (a_review_link(client, world, engagement) for _ in range(2))
    links = iter([one, other] * 3)

    as_mentee = at_once(lambda: client.post(next(links), json={"answers": answers("mentee")}), 6)
    as_programme = at_once(lambda: as_staff(client, world, engagement), 4)

    assert as_mentee == [200, 409, 409, 409, 409, 409]
    assert as_programme == [201, 409, 409, 409]


def test_a_review_out_of_its_time_takes_no_answer(client, world, mentor, engagement) -> None:
    past = in_first_weeks(client, mentor, code="past", started_on=(TODAY - timedelta(days=57)).isoformat())

    early = as_mentor(client, world, engagement, kind="end", answers=answers("mentor", "end"))
    late = as_mentor(client, world, past)

    assert (early.status_code, early.json()["code"]) == (409, "review_not_open")
    assert (late.status_code, late.json()["code"]) == (409, "review_closed")
    shown = first(client, mentor.headers, f"{OWN}/engagements/{past}/reviews")
    assert (shown["state"], shown["missing"]) == ("closed", ["mentor", "mentee", "staff"])


def test_the_day_is_the_bodys_own(client, clock: StandingClock, world, mentor) -> None:
    """At 22:59 UTC it is still today in Madrid, a minute later it is tomorrow."""
    tomorrow = in_first_weeks(client, mentor, started_on=(TODAY - timedelta(days=41)).isoformat())
    states = []
    for minutes in (59, 60):
        clock.instant = clock.instant.replace(hour=22, minute=0) + timedelta(minutes=minutes)
        path = f"{OWN}/engagements/{tomorrow}/reviews"
        states.append(first(client, signed_in(client, "person"), path)["state"])

    assert states == ["to_come", "open"]


def test_answers_that_do_not_fit_are_named_and_nothing_is_kept(client, world, mentor, engagement) -> None:
    refused = as_mentor(client, world, engagement, answers=answers("mentor")[1:])

    assert (refused.status_code, refused.json()["code"]) == (422, "answers_unfit")
    shown = first(client, mentor.headers, f"{OWN}/engagements/{engagement}/reviews")
    assert shown["answered_by"] == []


def test_a_link_lasts_thirty_days_and_its_secret_is_kept_nowhere(
    client, runtime, clock: StandingClock, world, engagement
) -> None:
    link = a_review_link(client, world, engagement)
    secret = link.rsplit("/", maxsplit=1)[-1]

    clock.advance(timedelta(days=30))
    late = client.post(link, json={"answers": answers("mentee")})

    assert (late.status_code, late.json()["code"]) == (409, "link_expired")
    assert client.get(link[:-4] + ("AAAA" if not link.endswith("AAAA") else "BBBB")).status_code == 404
    with runtime.database.reading() as session:
        stored = session.execute(sa.text("SELECT secret_hash FROM practice_review_links")).scalar_one()
        bodies = session.execute(sa.text("SELECT body FROM events")).scalars().all()
    assert secret not in stored
    assert not any(secret.encode() in bytes(body) for body in bodies)


def test_a_firm_without_a_mentee_cannot_be_asked(client, world, mentor) -> None:
    started_on = (TODAY - timedelta(weeks=7)).isoformat()
    lonely = an_engagement(client, mentor, started_on=started_on)["id"]

    answer = client.post(
        f"{STAFF}/engagements/{lonely}/review-links",
        json={"kind": "first_weeks"},
        headers=world.alpha["adviser"].headers,
    )

    assert (answer.status_code, answer.json()["code"]) == (409, "mentee_missing")


def test_answers_stand_in_the_log_as_commitments_only(client, runtime, world, engagement) -> None:
    as_mentor(client, world, engagement)

    with runtime.database.reading() as session:
        bodies = session.execute(sa.text("SELECT event, body FROM events")).all()
    [event] = [body for name, body in bodies if name == "engagement_review.answered"]
    assert b'"review":"first_weeks"' in bytes(event) and b'"side":"mentor"' in bytes(event)
    assert not any(b"harvest" in bytes(body) for _, body in bodies)


def test_staff_see_what_waits_for_them_page_by_page_and_without_the_firms_name(client, world, mentor) -> None:
    waiting = [in_first_weeks(client, mentor, code=f"sme-{n}") for n in range(3)]
    in_first_weeks(client, world.alpha["adviser"])
    an_engagement(client, mentor, code="over")
    as_staff(client, world, waiting[1])
    headers = world.alpha["adviser"].headers

    one = client.get(f"{STAFF}/reviews", params={"limit": 1}, headers=headers).json()
    two = client.get(f"{STAFF}/reviews", params={"limit": 1, "cursor": one["next"]}, headers=headers).json()

    found = [*one["items"], *two["items"]]
    assert [entry["id"] for entry in found] == [waiting[0], waiting[2]]
    assert two["next"] is None
    assert (found[0]["mentor_name"], found[0]["reviews"][0]["kind"]) == ("Person of Alpha", "first_weeks")
    assert "Olivar" not in str(found)


def test_staff_are_told_once_a_week_how_many_reviews_wait(client, runtime, clock, world, engagement) -> None:
    staff = "programme_manager@alpha.example"

    lived = live(runtime, clock.now() + timedelta(days=8))

    told = [(day, mail.subject) for day, mail in lived if mail.address == staff]
    assert told == [
        (date(2026, 3, 3), "Reviews that wait for your programme: 1"),
        (date(2026, 3, 9), "Reviews that wait for your programme: 1"),
    ]


def test_staff_are_not_told_of_reviews_that_are_answered_or_their_own(client, runtime, world) -> None:
    in_first_weeks(client, world.alpha["programme_manager"])

    begin_day(runtime)

    waiting = [mail.address for mail in mailbox(runtime) if mail.subject.startswith("Reviews that wait")]
    assert waiting == ["adviser@alpha.example"]


def test_only_programme_staff_answer_for_the_programme(client, world, engagement) -> None:
    refused = {
        role: as_staff(client, world, engagement, role=role).status_code
        for role in ("person", "administrator", "assessor", "application_reviewer", "decision_maker")
    }

    assert set(refused.values()) == {403}
    assert as_staff(client, world, engagement).status_code == 201


def test_anothers_engagement_is_not_there(client, world, engagement) -> None:
    other = world.alpha["mentee"].headers
    path = f"{OWN}/engagements/{engagement}"

    assert client.get(f"{path}/reviews", headers=other).status_code == 404
    told = {"kind": "first_weeks", "answers": answers("mentor")}
    assert client.post(f"{path}/review-answers", json=told, headers=other).status_code == 404


@pytest.mark.parametrize(
    ("statement", "rule"),
    [
        ("UPDATE practice_review_answers SET answers = '[]', rev = rev + 1", "7.4"),
        ("UPDATE practice_review_answers SET side = 'mentor', rev = rev + 1", "7.4"),
        (
            "INSERT INTO practice_review_answers (body_id, id, rev, stream, kind, side, given_by, answers,"
            " answered_on) SELECT body_id, involvement_id, rev, stream, 'end', 'mentor', given_by, answers,"
            " answered_on FROM practice_review_answers",
            "7.4",
        ),
        (
            "INSERT INTO practice_review_answers (body_id, id, rev, stream, kind, side, given_by,"
            " involvement_id, answers, answered_on) SELECT a.body_id, a.involvement_id, a.rev, a.stream,"
            " 'end', 'staff', e.person_id, a.involvement_id, a.answers, a.answered_on FROM"
            " practice_review_answers a JOIN practice_engagements e ON e.id = a.stream",
            "7.4",
        ),
    ],
)
def test_the_database_keeps_answers_as_given_and_each_on_its_own_side(
    client, runtime, world, engagement, statement: str, rule: str
) -> None:
    as_staff(client, world, engagement)

    with pytest.raises(sa.exc.IntegrityError) as refused, raw(runtime) as connection:
        connection.exec_driver_sql(statement)

    assert refused_by(refused.value) == rule


def test_who_is_staff_and_assesses_too_answers_before_she_reads(client, world, engagement) -> None:
    as_mentor(client, world, engagement)
    path = f"{STAFF}/engagements/{engagement}/reviews"
    appointed = client.post(
        f"/v1/people/{world.alpha['adviser'].person_id}/appointments",
        json={"role": "application_reviewer", "starts_on": "2026-03-02"},
        headers=world.alpha["administrator"].headers,
    )

    before = first(client, world.alpha["adviser"].headers, path)["sides"]

    assert (appointed.status_code, before) == (201, [])
