"""What others vouch for: mentees by a one-time link, named people by attestation."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from app.impartiality import service as impartiality
from app.impartiality.rules import Act
from tests.factories.practice import (
    OWN,
    a_link,
    an_engagement,
    an_import,
    at_once,
    measures,
    sessions,
)
from tests.support.world import StandingClock, World

TWO = "oliva,2025-03-10,09:00,10:30,session,Cash flow\noliva,2025-04-14,09:00,11:00,,\n"


@pytest.fixture
def mentor(world: World):
    return world.alpha["person"]


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

        answer = client.post(
            f"{OWN}/engagements/{made['id']}/confirmation-links",
            json={"mentee_name": "M"},
            headers=mentor.headers,
        )

        assert (answer.status_code, answer.json()["code"]) == (409, "nothing_to_confirm")

    def test_the_secret_is_stored_nowhere(self, client: TestClient, runtime, mentor):
        made = an_engagement(client, mentor)
        an_import(client, mentor, TWO)
        secret = a_link(client, mentor, made["id"]).rsplit("/", maxsplit=1)[-1]

        with runtime.database.reading() as session:
            stored = session.execute(
                sa.text("SELECT secret_hash FROM practice_confirmation_links")
            ).scalar_one()
            bodies = session.execute(sa.text("SELECT body FROM events")).scalars().all()

        assert secret not in stored
        assert not any(secret.encode() in bytes(body) or b"Olivar" in bytes(body) for body in bodies)

    def test_of_many_answers_to_one_link_one_is_taken(self, client: TestClient, mentor):
        made = an_engagement(client, mentor)
        an_import(client, mentor, TWO)
        link = a_link(client, mentor, made["id"])

        statuses = at_once(lambda: client.post(link, json={"feedback": "Good."}), 6)

        assert statuses == [200, 409, 409, 409, 409, 409]
        assert measures(client, mentor)[("feedback_count", 12)] == "1"


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
