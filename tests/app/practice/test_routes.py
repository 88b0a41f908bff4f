"""Practice over HTTP: engagements, sessions, records, and what others may see of them."""

from uuid import uuid4

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from tests.factories.practice import (
    OWN,
    a_link,
    a_milestone,
    an_engagement,
    an_import,
    complete,
    measures,
)
from tests.support.world import World

TWO = "oliva,2025-03-10,09:00,10:30,session,Cash flow\noliva,2025-04-14,09:00,11:00,,\n"


@pytest.fixture
def mentor(world: World):
    return world.alpha["person"]


class TestEngagements:
    def test_an_engagement_is_opened_with_its_phase_and_read_back(self, client: TestClient, mentor):
        made = an_engagement(client, mentor)

        read = client.get(f"{OWN}/engagements/{made['id']}", headers=mentor.headers)

        assert read.json() == made
        assert (made["phase"], made["state"], made["milestones"]) == ("growth", "open", [])

    def test_a_code_is_taken_once_per_mentor_only(self, client: TestClient, world: World, mentor):
        an_engagement(client, mentor)

        again = client.post(
            f"{OWN}/engagements",
            json={"code": "oliva", "sme_name": "B", "sector": "fintech", "modality": "digital",
                  "planned_months": 3, "phase": "growth", "started_on": "2025-02-03"},
            headers=mentor.headers,
        )  # fmt: skip
        an_engagement(client, world.alpha["trainer"])

        assert (again.status_code, again.json()["code"]) == (409, "engagement_code_taken")

    def test_an_engagement_cannot_start_tomorrow(self, client: TestClient, mentor):
        answer = client.post(
            f"{OWN}/engagements",
            json={"code": "x", "sme_name": "B", "sector": "fintech", "modality": "digital",
                  "planned_months": 3, "phase": "growth", "started_on": "2026-03-03"},
            headers=mentor.headers,
        )  # fmt: skip

        assert (answer.status_code, answer.json()["code"]) == (422, "day_not_come")

    def test_completion_names_what_is_missing(self, client: TestClient, mentor):
        made = an_engagement(client, mentor)
        path = f"{OWN}/engagements/{made['id']}/completion"
        headers = mentor.headers | {"If-Match": '"1"'}

        early = client.post(path, json={"ended_on": "2025-05-02"}, headers=headers)
        bare = client.post(path, json={"ended_on": "2025-08-04"}, headers=headers)

        assert (early.status_code, early.json()["code"]) == (409, "engagement_too_short")
        assert bare.json()["facts"] == {"milestones": "after_plan, initial_goals"}

    def test_a_completed_engagement_stays_completed(self, client: TestClient, mentor):
        done = complete(client, mentor, an_engagement(client, mentor), "2025-08-04")

        again = client.post(
            f"{OWN}/engagements/{done['id']}/end",
            json={"ended_on": "2025-08-05"},
            headers=mentor.headers | {"If-Match": f'"{done["rev"]}"'},
        )

        assert done["state"] == "completed"
        assert (again.status_code, again.json()["code"]) == (409, "engagement_move_refused")

    def test_a_stale_version_gets_the_present_one(self, client: TestClient, mentor):
        made = an_engagement(client, mentor)
        path = f"{OWN}/engagements/{made['id']}/milestones"
        first = mentor.headers | {"If-Match": '"1"'}
        client.post(path, json=a_milestone("initial_goals"), headers=first)

        late = client.post(path, json=a_milestone("after_plan"), headers=first)

        assert late.status_code == 412
        assert late.json()["current"]["milestones"] == ["initial_goals"]

    def test_an_engagement_does_not_end_before_its_last_session(self, client: TestClient, mentor):
        made = an_engagement(client, mentor)
        an_import(client, mentor, TWO)

        answer = client.post(
            f"{OWN}/engagements/{made['id']}/end",
            json={"ended_on": "2025-04-13"},
            headers=mentor.headers | {"If-Match": '"1"'},
        )

        assert (answer.status_code, answer.json()["code"]) == (409, "session_after_end")


class TestOthers:
    def test_another_mentors_engagement_is_not_found(self, client: TestClient, world: World, mentor):
        made = an_engagement(client, mentor)
        other = world.alpha["trainer"].headers
        path = f"{OWN}/engagements/{made['id']}"

        answers = [
            client.get(path, headers=other),
            client.get(f"{path}/sessions", headers=other),
            client.post(
                f"{path}/milestones", json=a_milestone("after_plan"), headers=other | {"If-Match": '"1"'}
            ),
            client.post(f"{path}/confirmation-links", json={"mentee_id": str(uuid4())}, headers=other),
            client.post(
                f"{path}/sessions",
                json={"starts_at": "2025-03-10T09:00:00Z", "ends_at": "2025-03-10T10:00:00Z"},
                headers=other,
            ),
        ]

        assert [answer.status_code for answer in answers] == [404] * 5

    def test_another_mentors_engagement_is_unknown_to_an_import(
        self, client: TestClient, world: World, mentor
    ):
        made = an_engagement(client, mentor)

        answer = an_import(client, world.alpha["trainer"], f"{made['id']},2025-03-10,09:00,10:00,,\n")

        assert answer.json()["findings"][0]["code"] == "engagement_unknown"

    def test_another_body_finds_nothing(self, client: TestClient, world: World, mentor):
        made = an_engagement(client, mentor)
        an_import(client, mentor, TWO)
        link = a_link(client, mentor, made["id"])
        staff = world.beta["administrator"].headers

        attested = client.post(
            f"/v1/practice/engagements/{made['id']}/attestations",
            json={"capacity": "programme", "basis": "Lists."},
            headers=staff,
        )
        read = client.get(f"/v1/people/{mentor.person_id}/practice", headers=staff)
        shown = client.get(link.replace("/alpha/", "/beta/"))

        assert [attested.status_code, read.status_code, shown.status_code] == [404, 404, 404]

    def test_staff_read_a_summary_without_names_and_leave_a_trace(
        self, client, runtime, world: World, mentor
    ):
        an_engagement(client, mentor)
        an_engagement(client, mentor, code="oliva-2", sme_name="OLIVAR DEL ALBA, SL")

        answer = client.get(
            f"/v1/people/{mentor.person_id}/practice", headers=world.alpha["application_reviewer"].headers
        )

        assert [found["firm"] for found in answer.json()["engagements"]] == [1, 1]
        assert "livar" not in answer.text.lower()
        with runtime.database.reading() as session:
            traces = session.execute(
                sa.text(
                    "SELECT count(*) FROM events WHERE event = 'record.disclosed' AND stream = :s"
                ).bindparams(sa.bindparam("s", mentor.person_id, sa.Uuid()))
            ).scalar_one()
        assert traces == 1

    def test_an_assessor_reads_no_practice(self, client: TestClient, world: World, mentor):
        path = f"/v1/people/{mentor.person_id}/practice"

        assert client.get(path, headers=world.alpha["assessor"].headers).status_code == 403


class TestSessions:
    def test_one_session_is_logged_in_the_bodys_day(self, client: TestClient, mentor):
        made = an_engagement(client, mentor)

        answer = client.post(
            f"{OWN}/engagements/{made['id']}/sessions",
            json={"starts_at": "2025-03-10T23:30:00+00:00", "ends_at": "2025-03-11T00:30:00+00:00"},
            headers=mentor.headers,
        )

        assert answer.status_code == 201, answer.text
        assert (answer.json()["held_on"], answer.json()["state"]) == ("2025-03-11", "logged")

    @pytest.mark.parametrize(
        ("starts_at", "ends_at", "code"),
        [
            ("2025-03-10T10:00:00Z", "2025-03-10T10:00:00Z", "session_reversed"),
            ("2026-03-02T08:30:00Z", "2026-03-02T09:01:00Z", "session_in_future"),
            ("2025-03-10T10:00:00Z", "2025-03-10T14:01:00Z", "session_too_long"),
            ("2025-02-02T10:00:00Z", "2025-02-02T11:00:00Z", "outside_engagement"),
        ],
    )
    def test_a_session_that_cannot_be_is_refused(self, client: TestClient, mentor, starts_at, ends_at, code):
        made = an_engagement(client, mentor)

        answer = client.post(
            f"{OWN}/engagements/{made['id']}/sessions",
            json={"starts_at": starts_at, "ends_at": ends_at},
            headers=mentor.headers,
        )

        assert (answer.status_code, answer.json()["code"]) == (422, code)

    @pytest.mark.parametrize(
        "at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2025-03-10T10:00:00"]
    )
    def test_an_instant_outside_all_reason_is_refused(self, client: TestClient, mentor, at):
        made = an_engagement(client, mentor)

        answer = client.post(
            f"{OWN}/engagements/{made['id']}/sessions",
            json={"starts_at": at, "ends_at": "2025-03-10T10:00:00Z"},
            headers=mentor.headers,
        )

        assert answer.status_code == 422

    def test_the_database_itself_refuses_two_at_once(self, client: TestClient, runtime, mentor):
        an_engagement(client, mentor)
        an_import(client, mentor, TWO)
        copy = "INSERT INTO practice_sessions SELECT {columns} FROM practice_sessions LIMIT 1"

        with runtime.database.writing() as session:
            connection = session.connection()
            names = [column["name"] for column in sa.inspect(connection).get_columns("practice_sessions")]
            columns = ", ".join("'" + str(uuid4()) + "'" if name == "id" else name for name in names)
            if connection.dialect.name == "postgresql":
                columns = columns.replace("', ", "'::uuid, ")

            with pytest.raises(sa.exc.DBAPIError, match=r"rule 7\.3"):
                connection.execute(sa.text(copy.format(columns=columns)))


class TestRecords:
    def log(self, client: TestClient, mentor, **record: object):
        return client.post(
            f"{OWN}/records", json={"started_on": "2025-10-01"} | record, headers=mentor.headers
        )

    def test_a_mentors_own_note_of_feedback_counts_once_attested(self, client, world: World, mentor):
        made = self.log(client, mentor, kind="feedback", note="She helped.", given_by="Řehoř Dvořák").json()
        path = f"/v1/practice/records/{made['id']}/attestation"
        before = measures(client, mentor)[("feedback_count", 12)]
        headers = world.alpha["administrator"].headers

        first = client.post(path, json={"capacity": "referee"}, headers=headers)
        second = client.post(path, json={"capacity": "referee"}, headers=headers)

        assert (before, measures(client, mentor)[("feedback_count", 12)]) == ("0", "1")
        assert (first.status_code, second.json()["code"]) == (200, "record_attested_already")

    @pytest.mark.parametrize(
        "record",
        [
            {"kind": "training"},
            {"kind": "reflection"},
            {"kind": "supervision", "hours": "0"},
            {"kind": "cpd", "hours": "1.001"},
            {"kind": "cpd", "hours": "NaN"},
            {"kind": "experience", "ended_on": "2025-09-30"},
            {"kind": "experience", "started_on": "2026-03-03"},
            {"kind": "experience", "ended_on": "2026-03-03"},
        ],
    )
    def test_a_record_without_what_it_needs_is_refused(self, client: TestClient, mentor, record):
        assert self.log(client, mentor, **record).status_code == 422

    def test_records_are_listed_and_summed(self, client: TestClient, mentor):
        self.log(client, mentor, kind="training", hours="24.5")
        self.log(client, mentor, kind="training", hours="15.5", started_on="2019-01-01")
        self.log(client, mentor, kind="experience", started_on="2020-01-01", ended_on="2022-01-01")
        self.log(client, mentor, kind="experience", started_on="2021-01-01", ended_on="2023-01-01")

        listed = client.get(f"{OWN}/records", headers=mentor.headers).json()["items"]

        assert [item["hours"] for item in listed] == ["24.50", "15.50", None, None]
        assert measures(client, mentor)[("training_hours", None)] == "40.00"
        assert measures(client, mentor)[("business_experience_years", None)] == "3.00"
