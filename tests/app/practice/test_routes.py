"""Practice over HTTP: log, import, confirm, attest, read."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from app.impartiality import service as impartiality
from app.impartiality.rules import Act
from tests.factories.practice import (
    HEADING,
    OWN,
    a_link,
    an_engagement,
    an_import,
    complete,
    measures,
    sessions,
)
from tests.support.world import StandingClock, World

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

        assert (answer.status_code, answer.json()["code"]) == (422, "date_in_future")

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
        client.post(path, json={"kind": "initial_goals"}, headers=first)

        late = client.post(path, json={"kind": "after_plan"}, headers=first)

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
                f"{path}/milestones", json={"kind": "after_plan"}, headers=other | {"If-Match": '"1"'}
            ),
            client.post(f"{path}/confirmation-links", json={"mentee_name": "M"}, headers=other),
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

        with runtime.database.engine.connect() as connection:
            names = [column["name"] for column in sa.inspect(connection).get_columns("practice_sessions")]
            columns = ", ".join("'" + str(uuid4()) + "'" if name == "id" else name for name in names)
            if connection.dialect.name == "postgresql":
                columns = columns.replace("', ", "'::uuid, ")

            with pytest.raises(sa.exc.DBAPIError, match=r"rule 7\.3"):
                connection.execute(sa.text(copy.format(columns=columns)))


class TestImport:
    def test_all_rows_are_loaded_and_told(self, client: TestClient, mentor):
        made = an_engagement(client, mentor)

        answer = an_import(client, mentor, TWO)

        assert answer.status_code == 200, answer.text
        told = answer.json()
        assert (told["loaded"], [row["row"] for row in told["rows"]]) == (2, [2, 3])
        assert [row["minutes"] for row in told["rows"]] == [90, 120]
        assert [found["note"] for found in sessions(client, mentor, made["id"])] == ["Cash flow", None]
        assert sessions(client, mentor, made["id"])[0]["starts_at"] == "2025-03-10T08:00:00Z"

    def test_a_dry_run_judges_and_loads_nothing(self, client: TestClient, mentor):
        made = an_engagement(client, mentor)

        answer = an_import(
            client, mentor, TWO + "oliva,2025-03-10,10:00,11:00,,\n", dry_run=True, language="es"
        )

        assert answer.status_code == 200, answer.text
        assert [row["is_ok"] for row in answer.json()["rows"]] == [True, True, False]
        assert answer.json()["rows"][2]["message"].startswith("La sesión se solapa")
        assert sessions(client, mentor, made["id"]) == []

    def test_bad_rows_are_named_by_row_and_column_and_nothing_is_loaded(self, client: TestClient, mentor):
        made = an_engagement(client, mentor)
        bad = (
            "nobody,2025-03-11,09:00,10:00,,\n"
            "oliva,11/03/2025,09:00,10:00,,\n"
            "oliva,2025-02-30,09:00,10:00,,\n"
            "oliva,2025-03-11,9h,10:00,,\n"
            "oliva,2025-03-11,09:00,24:00,,\n"
            "oliva,2025-03-11,10:00,09:00,,\n"
            "oliva,2026-03-02,09:30,10:30,,\n"
            "oliva,2025-03-11,09:00,13:01,,\n"
            "oliva,2025-02-02,09:00,10:00,,\n"
            "oliva,2025-03-10,10:00,11:00,,\n"
            "oliva,2025-03-11,09:00,10:00,lunch,\n"
            "oliva,2025-03-11,09:00,10:00,,bell \x07\n"
            "oliva,2025-03-11,09:00,10:00\n"
        )

        answer = an_import(client, mentor, TWO + bad)

        assert (answer.status_code, answer.json()["code"]) == (422, "import_refused")
        assert [(found["pointer"], found["code"]) for found in answer.json()["findings"]] == [
            ("/rows/4/engagement", "engagement_unknown"),
            ("/rows/5/date", "date_unreadable"),
            ("/rows/6/date", "date_unreadable"),
            ("/rows/7/start", "time_unreadable"),
            ("/rows/8/end", "time_unreadable"),
            ("/rows/9/end", "session_reversed"),
            ("/rows/10/end", "session_in_future"),
            ("/rows/11/end", "session_too_long"),
            ("/rows/12/date", "outside_engagement"),
            ("/rows/13/start", "session_overlaps"),
            ("/rows/14/kind", "kind_unknown"),
            ("/rows/15/note", "text_refused"),
            ("/rows/16", "row_width_refused"),
        ]
        assert sessions(client, mentor, made["id"]) == []

    def test_a_day_holds_ten_hours(self, client: TestClient, mentor):
        an_engagement(client, mentor)
        rows = "".join(f"oliva,2025-03-10,{hour:02}:00,{hour + 4:02}:00,,\n" for hour in (6, 10, 14))

        answer = an_import(client, mentor, rows)

        assert [found["code"] for found in answer.json()["findings"]] == ["day_too_long"]
        assert answer.json()["findings"][0]["pointer"] == "/rows/4/date"

    def test_one_group_session_stands_in_each_firms_engagement(self, client: TestClient, mentor):
        an_engagement(client, mentor)
        an_engagement(client, mentor, code="wino", sme_name="Winnica Pod Lasem")
        row = "{},2025-03-10,09:00,10:00,{},\n"

        group = an_import(client, mentor, row.format("oliva", "group") + row.format("wino", "group"))
        again = an_import(client, mentor, row.format("wino", "group"))
        alone = an_import(client, mentor, row.format("wino", "session"))

        assert (group.status_code, again.status_code, alone.status_code) == (200, 422, 422)

    def test_401_sessions_of_one_engagement_are_refused_and_400_fit_into_one_event(self, client, mentor):
        an_engagement(client, mentor, started_on="2024-01-01")
        rows = [
            f"oliva,{2024 + month // 12}-{month % 12 + 1:02}-{day:02},09:00,10:00,,\n"
            for month in range(15)
            for day in range(1, 29)
        ]

        full = an_import(client, mentor, "".join(rows[:401]))
        fits = an_import(client, mentor, "".join(rows[:400]))

        assert [(found["pointer"], found["code"]) for found in full.json()["findings"]] == [
            ("/rows/402/engagement", "engagement_full")
        ]
        assert (fits.status_code, fits.json()["loaded"]) == (200, 400)

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"", "csv_empty"),
            (HEADING.encode(), "csv_empty"),
            (b"\xff\xfee\x00n\x00", "csv_not_utf8"),
            (b"engagement,date,start\noliva,2025-03-10,09:00\n", "csv_heading_refused"),
            (b"engagement,date,start,end,end\na,b,c,d,e\n", "csv_heading_refused"),
            (b"engagement,date,start,end,=cmd()\na,b,c,d,e\n", "csv_heading_refused"),
            (HEADING.encode() + b'oliva,"2025', "csv_malformed"),
            (HEADING.encode() + b"oliva,2025-03-10,09:00,10:00,," + b"x" * 200_000 + b"\n", "csv_malformed"),
            (HEADING.encode() + b"oliva,2025-03-10,09:00,10:00,,\n" * 2001, "csv_too_many_rows"),
        ],
    )
    def test_a_file_that_is_no_session_list_is_refused_whole(self, client: TestClient, mentor, content, code):
        answer = an_import(client, mentor, content)

        assert (answer.status_code, answer.json()["code"]) == (422, code)

    def test_a_spreadsheets_file_with_mark_semicolons_and_blank_lines_is_read(self, client, mentor):
        made = an_engagement(client, mentor)
        text = '\ufeffDate;Start;End;Engagement;Note\r\n\r\n2025-03-10;9:00;10:30;oliva;"=1+1;""x"""\r\n'

        answer = an_import(client, mentor, text.encode())

        assert (answer.status_code, answer.json()["rows"][0]["row"]) == (200, 3)
        assert sessions(client, mentor, made["id"])[0]["note"] == '=1+1;"x"'

    def test_a_long_note_and_a_zero_byte_are_refused_by_row(self, client: TestClient, mentor):
        an_engagement(client, mentor)

        answer = an_import(
            client,
            mentor,
            f"oliva,2025-03-10,09:00,10:00,,{'x' * 4001}\noliva,2025-03-11,09:00,10:00,,a\x00b\n",
        )

        assert [found["pointer"] for found in answer.json()["findings"]] == ["/rows/2/note", "/rows/3/note"]

    def test_the_same_key_loads_once(self, client: TestClient, mentor):
        made = an_engagement(client, mentor)
        headers = mentor.headers | {
            "Idempotency-Key": "k1",
            "Content-Type": "multipart/form-data; boundary=b",
        }
        head = '--b\r\nContent-Disposition: form-data; name="file"; filename="s.csv"\r\n\r\n'
        body = f"{head}{HEADING}{TWO}\r\n--b--\r\n".encode()

        first = client.post(f"{OWN}/sessions/import", content=body, headers=headers)
        second = client.post(f"{OWN}/sessions/import", content=body, headers=headers)

        assert first.status_code == second.status_code == 200, first.text
        assert first.json() == second.json()
        assert len(sessions(client, mentor, made["id"])) == 2


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
        assert answer.json() == {"confirmed": 1, "disputed": 1, "has_feedback": True}
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


def at_once(call, times: int) -> list[int]:
    with ThreadPoolExecutor(times) as pool:
        return sorted(answer.status_code for answer in pool.map(lambda _: call(), range(times)))


class TestRaces:
    def test_of_many_answers_to_one_link_one_is_taken(self, client: TestClient, mentor):
        made = an_engagement(client, mentor)
        an_import(client, mentor, TWO)
        link = a_link(client, mentor, made["id"])

        statuses = at_once(lambda: client.post(link, json={"feedback": "Good."}), 6)

        assert statuses == [200, 409, 409, 409, 409, 409]
        assert measures(client, mentor)[("feedback_count", 12)] == "1"

    def test_of_many_equal_imports_one_is_loaded(self, client: TestClient, mentor):
        made = an_engagement(client, mentor)

        statuses = at_once(lambda: an_import(client, mentor, TWO), 6)

        assert statuses == [200, 422, 422, 422, 422, 422]
        assert len(sessions(client, mentor, made["id"])) == 2


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


def _involved(work, person_id: UUID):
    work.require_system()
    return impartiality.involved(work, person_id)
