"""Sessions from CSV and calendar files: all rows or none unless asked otherwise, each bad row named."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.factories.practice import (
    HEADING,
    OWN,
    an_engagement,
    an_import,
    at_once,
    sessions,
)
from tests.support.world import World

TWO = "oliva,2025-03-10,09:00,10:30,session,Cash flow\noliva,2025-04-14,09:00,11:00,,\n"


@pytest.fixture
def mentor(world: World):
    return world.alpha["person"]


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

        assert (group.status_code, again.json()["loaded"], alone.status_code) == (200, 0, 422)
        assert (group.json()["totals"]["loaded"], group.json()["totals"]["hours"]) == (2, "1.00")

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
            (HEADING.encode() + b"oliva,2025-03-10,09:00,10:00,,\n" * 10_001, "csv_too_many_rows"),
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

    def test_of_many_equal_imports_one_is_loaded(self, client: TestClient, mentor):
        made = an_engagement(client, mentor)

        loaded = []

        def send() -> Any:
            answer = an_import(client, mentor, TWO)
            loaded.append(answer.json()["loaded"])
            return answer

        statuses = at_once(send, 6)

        assert (statuses, sorted(loaded)) == ([200] * 6, [0, 0, 0, 0, 0, 2])
        assert len(sessions(client, mentor, made["id"])) == 2


class TestBadRows:
    """Row 2 is good, row 3 names nobody's engagement, row 4 is row 2 once more."""

    MIXED = "{0}nobody,2025-03-11,09:00,10:00,,\n{0}".format("oliva,2025-03-10,09:00,10:30,,Cash flow\n")

    def test_good_rows_are_loaded_when_bad_ones_are_to_be_skipped(self, client: TestClient, mentor):
        made = an_engagement(client, mentor)

        answer = an_import(client, mentor, self.MIXED, bad_rows="skip")

        assert answer.status_code == 200, answer.text
        told = [(row["row"], row["outcome"], row["column"], row["code"]) for row in answer.json()["rows"]]
        assert told == [
            (2, "loaded", None, None),
            (3, "refused", "engagement", "engagement_unknown"),
            (4, "refused", None, "row_repeated"),
        ]
        assert answer.json()["rows"][2]["message"] == "This row repeats row 2."
        assert len(sessions(client, mentor, made["id"])) == answer.json()["loaded"] == 1

    def test_a_dry_run_says_that_one_bad_row_holds_the_good_ones_back(self, client: TestClient, mentor):
        made = an_engagement(client, mentor)

        answer = an_import(client, mentor, self.MIXED, dry_run=True)

        outcomes = [row["outcome"] for row in answer.json()["rows"]]
        assert outcomes == ["held_back", "refused", "refused"]
        assert (answer.json()["totals"]["loaded"], answer.json()["totals"]["hours"]) == (0, "0.00")
        assert sessions(client, mentor, made["id"]) == []

    def test_a_session_in_the_log_is_named_and_left_as_it_is(self, client: TestClient, mentor):
        made = an_engagement(client, mentor)
        an_import(client, mentor, TWO)
        changed = TWO.replace("Cash flow", "Changed") + "oliva,2025-05-12,09:00,10:00,,\n"

        answer = an_import(client, mentor, changed)

        outcomes = [(row["outcome"], row["is_ok"]) for row in answer.json()["rows"]]
        assert outcomes == [("already_there", True), ("already_there", True), ("loaded", True)]
        assert answer.json()["rows"][0]["code"] == "session_there_already"
        notes = [found["note"] for found in sessions(client, mentor, made["id"])]
        assert notes == ["Cash flow", None, None]

    def test_a_file_of_bad_rows_only_leaves_nothing_behind(self, client: TestClient, mentor):
        made = an_engagement(client, mentor)

        answer = an_import(client, mentor, "nobody,2025-03-11,09:00,10:00,,\n", bad_rows="skip")

        assert (answer.status_code, answer.json()["loaded"]) == (200, 0)
        assert sessions(client, mentor, made["id"]) == []


class TestFaultsOfTheFile:
    @pytest.mark.parametrize(
        ("content", "pointer"),
        [
            (HEADING + TWO + 'oliva,"2025-03-11,09:00,10:00,,\nand,so,on,to,the,end\n', "/rows/4"),
            (HEADING + TWO + "\n" + "oliva,2025-03-11,09:00,10:00,," + "x" * 200_000, "/rows/5"),
            (HEADING + TWO * 5001, "/rows/10002"),
        ],
    )
    def test_the_row_at_which_reading_ended_is_named(self, client: TestClient, mentor, content, pointer):
        answer = an_import(client, mentor, content.encode(), bad_rows="skip")

        assert (answer.status_code, answer.json()["findings"][0]["pointer"]) == (422, pointer)

    def test_the_line_that_is_not_utf8_is_named(self, client: TestClient, mentor):
        answer = an_import(client, mentor, (HEADING + TWO + "oliva,x,x,x,,mañana\n").encode("latin-1"))

        assert (answer.json()["code"], answer.json()["facts"]) == ("csv_not_utf8", {"line": 4})


class TestCalendarFile:
    def test_events_are_loaded_once_beside_the_rows_of_a_csv(self, client: TestClient, mentor):
        made = an_engagement(client, mentor)
        an_import(client, mentor, TWO)
        events = (
            "BEGIN:VEVENT\nDTSTART:20250310T080000Z\nDTEND:20250310T093000Z\nSUMMARY:oliva\nEND:VEVENT\n"
            f"BEGIN:VEVENT\nDTSTART:20250311T090000\nDTEND:20250311T100000\nSUMMARY:{made['id']} Sales\n"
            "END:VEVENT\n"
            "BEGIN:VEVENT\nDTSTART:20250312T090000\nDTEND:20250312T100000\nSUMMARY:Lunch\nEND:VEVENT\n"
        )
        content = f"BEGIN:VCALENDAR\nVERSION:2.0\n{events}END:VCALENDAR\n".encode()

        answer = an_import(client, mentor, content, bad_rows="skip")

        assert answer.status_code == 200, answer.text
        told = [(row["row"], row["outcome"], row["code"]) for row in answer.json()["rows"]]
        assert told == [
            (1, "already_there", "session_there_already"),
            (2, "loaded", None),
            (3, "refused", "engagement_unknown"),
        ]
        stored = sessions(client, mentor, made["id"])
        assert (stored[1]["starts_at"], stored[1]["note"]) == ("2025-03-11T08:00:00Z", "Sales")
