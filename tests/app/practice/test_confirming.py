"""What others vouch for: mentees by a one-time link, named people by attestation."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from app.core.database import refused_by
from app.impartiality import service as impartiality
from app.impartiality.rules import Act
from app.practice.rules.links import ASKS, MENTEES
from app.tables import metadata
from tests.factories.marking import raw
from tests.factories.practice import (
    MENTEE,
    OWN,
    a_link,
    a_mentee,
    an_engagement,
    an_import,
    api_path,
    at_once,
    measures,
    sessions,
)
from tests.factories.reviews import signed_in
from tests.support.days import begin_day, live, mailbox, path_in
from tests.support.world import Member, StandingClock, World

TWO = "oliva,2025-03-10,09:00,10:30,session,Cash flow\noliva,2025-04-14,09:00,11:00,,\n"


@pytest.fixture
def mentor(world: World):
    return world.alpha["person"]


def asked(client: TestClient, mentor: Member, engagement_id: str, mentee_id: str):
    return client.post(
        f"{OWN}/engagements/{engagement_id}/confirmation-links",
        json={"mentee_id": mentee_id},
        headers=mentor.headers,
    )


class TestConfirmation:
    def test_a_mentee_confirms_once_disputes_by_id_and_gives_feedback(self, client: TestClient, mentor):
        made = an_engagement(client, mentor)
        an_import(client, mentor, TWO)
        link = a_link(client, mentor, made["id"])

        shown = client.get(link).json()
        doubted = shown["sessions"][0]["id"]
        answer = client.post(link, json={"disputed": [doubted], "feedback": "Good questions."})
        again = client.post(link, json={})

        assert (shown["mentor_name"], len(shown["sessions"])) == ("Person of Alpha", 2)
        assert "Cash flow" not in str(shown)
        assert answer.json() == {
            "confirmed": 1,
            "disputed": 1,
            "milestones_confirmed": 0,
            "milestones_disputed": 0,
            "has_feedback": True,
        }
        assert (again.status_code, again.json()["code"]) == (409, "link_used")
        assert client.get(link).status_code == 409
        assert [found["state"] for found in sessions(client, mentor, made["id"])] == ["disputed", "confirmed"]
        assert measures(client, mentor)[("confirmed_hours", None)] == "2.00"
        assert measures(client, mentor)[("feedback_count", 12)] == "1"

    def test_a_link_lasts_thirty_days(self, client: TestClient, clock: StandingClock, mentor):
        made = an_engagement(client, mentor)
        an_import(client, mentor, TWO)
        link = a_link(client, mentor, made["id"])

        clock.advance(timedelta(days=30) - timedelta(seconds=1))
        before = client.get(link)
        clock.advance(timedelta(seconds=1))
        after = client.post(link, json={})

        assert before.status_code == 200
        assert (after.status_code, after.json()["code"]) == (409, "link_expired")

    def test_sessions_logged_after_the_link_are_not_confirmed_by_it(self, client: TestClient, mentor):
        made = an_engagement(client, mentor)
        an_import(client, mentor, TWO)
        link = a_link(client, mentor, made["id"])
        an_import(client, mentor, "oliva,2025-05-12,09:00,10:00,,\n")

        client.post(link, json={})

        states = [found["state"] for found in sessions(client, mentor, made["id"])]
        assert states == ["confirmed", "confirmed", "logged"]

    def test_an_unknown_secret_and_a_foreign_session_are_refused(self, client: TestClient, mentor):
        made = an_engagement(client, mentor)
        an_import(client, mentor, TWO)
        link = a_link(client, mentor, made["id"])

        unknown = client.get(link[:-4] + ("AAAA" if not link.endswith("AAAA") else "BBBB"))
        foreign = client.post(link, json={"disputed": [str(uuid4())]})

        assert unknown.status_code == 404
        assert (foreign.status_code, foreign.json()["code"]) == (422, "session_not_in_link")
        assert client.get(link).status_code == 200

    def test_nothing_to_confirm_makes_no_link(self, client: TestClient, mentor):
        made = an_engagement(client, mentor)
        mentee = a_mentee(client, mentor, made["id"])

        answer = asked(client, mentor, made["id"], mentee["id"])

        assert (answer.status_code, answer.json()["code"]) == (409, "nothing_to_confirm")

    def test_the_secret_is_stored_nowhere(self, client: TestClient, runtime, mentor):
        made = an_engagement(client, mentor)
        an_import(client, mentor, TWO)
        secret = a_link(client, mentor, made["id"]).rsplit("/", maxsplit=1)[-1]

        with runtime.database.engine.connect() as connection:
            stored = [
                str(row) for table in metadata.sorted_tables for row in connection.execute(sa.select(table))
            ]
            bodies = connection.execute(sa.text("SELECT body FROM events")).scalars().all()

        assert not any(secret in row for row in stored)
        assert not any(secret.encode() in bytes(body) or b"Olivar" in bytes(body) for body in bodies)

    def test_of_many_answers_to_one_link_one_is_taken(self, client: TestClient, mentor):
        made = an_engagement(client, mentor)
        an_import(client, mentor, TWO)
        link = a_link(client, mentor, made["id"])

        statuses = at_once(lambda: client.post(link, json={"feedback": "Good."}), 6)

        assert statuses == [200, 409, 409, 409, 409, 409]
        assert measures(client, mentor)[("feedback_count", 12)] == "1"


class TestMentees:
    def test_the_mentee_alone_receives_the_link(self, client: TestClient, runtime, mentor):
        made = an_engagement(client, mentor)
        an_import(client, mentor, TWO)
        mentee = a_mentee(client, mentor, made["id"], language="es")

        answer = asked(client, mentor, made["id"], mentee["id"])
        begin_day(runtime)

        assert (answer.status_code, answer.json()["sessions"]) == (201, 2)
        assert set(answer.json()) == {"id", "mentee_id", "mentee_name", "sessions", "expires_at"}
        [mail] = mailbox(runtime)
        assert (mail.address, mail.language) == (MENTEE["email"], "es")
        assert "Olivar del Alba S.L." in mail.text
        assert "1 de abril de 2026" in mail.text
        assert "https://" in mail.text or "http://" in mail.text

    @pytest.mark.parametrize("email", ["Person@alpha.example", "person+firm@alpha.example"])
    def test_a_mentor_is_not_her_own_mentee(self, client: TestClient, mentor, email: str):
        made = an_engagement(client, mentor)

        answer = client.post(
            f"{OWN}/engagements/{made['id']}/mentees",
            json=MENTEE | {"email": email},
            headers=mentor.headers,
        )

        assert (answer.status_code, answer.json()["code"]) == (422, "mentee_is_mentor")

    def test_nobody_is_sent_links_without_end(self, client: TestClient, clock, mentor):
        made = an_engagement(client, mentor)
        an_import(client, mentor, TWO)
        mentee = a_mentee(client, mentor, made["id"])

        answers = [asked(client, mentor, made["id"], mentee["id"]) for _ in range(ASKS + 1)]
        clock.advance(timedelta(days=1, minutes=1))
        mentor.token = signed_in(client, "person")["Authorization"].split()[1]
        next_day = asked(client, mentor, made["id"], mentee["id"])

        assert [answer.status_code for answer in answers] == [201] * ASKS + [409]
        assert answers[-1].json()["code"] == "mentee_asked_enough"
        assert next_day.status_code == 201

    def test_an_engagement_has_so_many_mentees_at_most(self, client: TestClient, mentor):
        made = an_engagement(client, mentor)
        path = f"{OWN}/engagements/{made['id']}/mentees"

        answers = [
            client.post(path, json=MENTEE | {"email": f"ana{number}@olivar.example"}, headers=mentor.headers)
            for number in range(MENTEES + 1)
        ]

        assert [answer.status_code for answer in answers] == [201] * MENTEES + [409]
        assert answers[-1].json()["code"] == "mentees_too_many"

    def test_a_mentee_who_left_answers_no_link_from_before(self, client: TestClient, mentor):
        made = an_engagement(client, mentor)
        an_import(client, mentor, TWO)
        link = a_link(client, mentor, made["id"])
        path = f"{OWN}/engagements/{made['id']}/mentees"
        [mentee] = client.get(path, headers=mentor.headers).json()["items"]
        client.post(f"{path}/{mentee['id']}/leaving", headers=mentor.headers)

        answers = [client.get(link), client.post(link, json={})]

        assert [one.status_code for one in answers] == [409, 409]
        assert {one.json()["code"] for one in answers} == {"mentee_left_already"}

    def test_a_mentee_who_left_is_asked_no_more(self, client: TestClient, runtime, clock, mentor):
        made = an_engagement(client, mentor)
        an_import(client, mentor, "oliva,2026-02-10,09:00,10:30,,\n")
        mentee = a_mentee(client, mentor, made["id"])
        leaving = f"{OWN}/engagements/{made['id']}/mentees/{mentee['id']}/leaving"

        left = client.post(leaving, headers=mentor.headers)
        again = client.post(leaving, headers=mentor.headers)
        by_hand = asked(client, mentor, made["id"], mentee["id"])
        live(runtime, clock.now() + timedelta(days=40))

        assert (left.status_code, left.json()["left_on"]) == (200, "2026-03-02")
        assert (again.status_code, again.json()["code"]) == (409, "mentee_left_already")
        assert (by_hand.status_code, by_hand.json()["code"]) == (409, "mentee_left_already")
        assert mailbox(runtime) == []

    def test_another_mentor_neither_names_nor_sees_mentees(self, client: TestClient, world: World, mentor):
        made = an_engagement(client, mentor)
        mentee = a_mentee(client, mentor, made["id"])
        other, path = world.alpha["trainer"].headers, f"{OWN}/engagements/{made['id']}/mentees"

        answers = [
            client.get(path, headers=other),
            client.post(path, json=MENTEE, headers=other),
            client.post(f"{path}/{mentee['id']}/leaving", headers=other),
        ]

        assert [answer.status_code for answer in answers] == [404] * 3
        assert client.get(path, headers=mentor.headers).json()["items"] == [mentee]


class TestMonthlyLink:
    """The world's clock stands at 2 March 2026."""

    def test_one_link_a_month_over_the_sessions_of_the_two_months_before(
        self, client: TestClient, runtime, clock: StandingClock, mentor
    ):
        made = an_engagement(client, mentor, started_on="2025-11-03")
        rows = ("2025-12-09", "2026-01-13", "2026-02-10", "2026-03-02")
        an_import(client, mentor, "".join(f"oliva,{day},09:00,09:30,,\n" for day in rows))
        a_mentee(client, mentor, made["id"])

        left = live(runtime, clock.now() + timedelta(days=30))
        left = [(day, mail) for day, mail in left if "/confirm/" in mail.text]

        assert [str(day) for day, _ in left] == ["2026-03-03", "2026-04-01"]
        shown = [client.get(api_path(path_in(mail, runtime))) for _, mail in left]
        days = [[one["held_on"] for one in seen.json().get("sessions", ())] for seen in shown]
        assert days == [["2026-01-13", "2026-02-10"], ["2026-02-10", "2026-03-02"]]

    def test_who_was_asked_lately_is_asked_again_only_after_two_weeks(
        self, client: TestClient, runtime, clock: StandingClock, mentor
    ):
        made = an_engagement(client, mentor)
        an_import(client, mentor, "oliva,2026-02-10,09:00,10:30,,\n")
        a_link(client, mentor, made["id"])

        left = live(runtime, clock.now() + timedelta(days=20))

        assert [str(day) for day, _ in left] == ["2026-03-16"]

    def test_who_has_answered_is_left_in_peace(self, client: TestClient, runtime, clock, mentor):
        made = an_engagement(client, mentor)
        an_import(client, mentor, "oliva,2026-02-10,09:00,10:30,,\n")
        client.post(a_link(client, mentor, made["id"]), json={})

        assert live(runtime, clock.now() + timedelta(days=60)) == []

    def test_a_day_that_is_begun_twice_asks_once(self, client: TestClient, runtime, clock, mentor):
        made = an_engagement(client, mentor)
        an_import(client, mentor, "oliva,2026-02-10,09:00,10:30,,\n")
        a_mentee(client, mentor, made["id"])

        begin_day(runtime)
        begin_day(runtime)
        clock.advance(timedelta(hours=3))
        begin_day(runtime)

        assert len(mailbox(runtime)) == 1


class TestAttestation:
    def attest(self, client: TestClient, world: World, engagement_id: str, **changes: object):
        return client.post(
            f"/v1/practice/engagements/{engagement_id}/attestations",
            json={"capacity": "programme", "basis": "Attendance lists."} | changes,
            headers=world.alpha["administrator"].headers,
        )

    def test_an_attestation_counts_up_to_its_share_and_bars_the_attester(self, client, system, world, mentor):
        made = an_engagement(client, mentor)
        an_import(client, mentor, TWO)

        answer = self.attest(client, world, made["id"])

        assert (answer.status_code, answer.json()["sessions"]) == (201, 2)
        assert [found["state"] for found in sessions(client, mentor, made["id"])] == ["attested"] * 2
        assert measures(client, mentor)[("confirmed_hours", None)] == "0.00"
        assert measures(client, mentor)[("distinct_smes", None)] == "1"
        noted = system.read(_involved, mentor.person_id)
        assert [(found["act"], found["person"]) for found in noted] == [
            (Act.REFEREED, str(world.alpha["administrator"].person_id))
        ]

    def test_with_a_mentees_word_for_half_the_other_half_counts(self, client, world, mentor):
        made = an_engagement(client, mentor)
        an_import(client, mentor, TWO)
        link = a_link(client, mentor, made["id"])
        first = client.get(link).json()["sessions"][0]["id"]
        self.attest(client, world, made["id"], session_ids=[first])
        client.post(link, json={"disputed": [first]})
        an_import(client, mentor, "oliva,2025-05-12,09:00,12:00,,\n")

        self.attest(client, world, made["id"])

        assert measures(client, mentor)[("confirmed_hours", None)] == "4.00"

    def test_a_disputed_session_is_not_attested(self, client: TestClient, world: World, mentor):
        made = an_engagement(client, mentor)
        an_import(client, mentor, TWO)
        link = a_link(client, mentor, made["id"])
        first = client.get(link).json()["sessions"][0]["id"]
        client.post(link, json={"disputed": [first]})

        answer = self.attest(client, world, made["id"], session_ids=[first])

        assert (answer.status_code, answer.json()["code"]) == (409, "session_move_refused")

    def test_nobody_attests_her_own_practice(self, client: TestClient, world: World):
        administrator = world.alpha["administrator"]
        made = an_engagement(client, administrator)
        an_import(client, administrator, TWO)

        answer = self.attest(client, world, made["id"])

        assert (answer.status_code, answer.json()["code"]) == (409, "own_practice_attested")

    def test_a_mentor_attests_nothing(self, client: TestClient, world: World, mentor):
        made = an_engagement(client, mentor)

        answer = client.post(
            f"/v1/practice/engagements/{made['id']}/attestations",
            json={"capacity": "referee", "basis": "I know him."},
            headers=world.alpha["trainer"].headers,
        )

        assert answer.status_code == 403


def _involved(work, person_id: UUID):
    work.require_system()
    return impartiality.involved(work, person_id)


@pytest.mark.parametrize(
    "change", ["used_at = NULL", "expires_at = '2030-01-01'", "session_ids = '[]'", "secret_hash = 'x'"]
)
def test_the_database_lets_a_link_be_used_once_as_it_was_sent(
    client: TestClient, runtime, mentor, change: str
):
    made = an_engagement(client, mentor)
    an_import(client, mentor, TWO)
    link = a_link(client, mentor, made["id"])
    client.post(link, json={})

    with pytest.raises(sa.exc.IntegrityError) as refused, raw(runtime) as connection:
        connection.exec_driver_sql(f"UPDATE practice_confirmation_links SET {change}, rev = rev + 1")

    assert refused_by(refused.value) == "7.3"
