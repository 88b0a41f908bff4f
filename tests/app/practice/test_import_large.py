"""10,000 sessions in one file, one row in a hundred bad: nothing is lost, doubled or counted wrongly."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from starlette.testclient import TestClient

from tests.factories.practice import a_link, an_engagement, an_import, measures, sessions
from tests.support.world import Member, World

ROWS = 10_000
FIRMS = 30
CONFIRMED = [f"firm-{number}" for number in range(12)]
FIRST = date(2015, 1, 5)


@dataclass
class Told:
    """One good row as the file tells it."""

    firm: str
    starts_at: datetime
    ends_at: datetime


@dataclass
class File:
    """The text of a file, what is good in it, and which rows are bad and why."""

    lines: list[str] = field(default_factory=list)
    good: list[Told] = field(default_factory=list)
    bad: dict[int, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return "".join(self.lines)


FAULTS = [
    ("engagement_unknown", "nobody,{day},20:00,21:00,,\n"),
    ("date_unreadable", "{firm},{day}x,20:00,21:00,,\n"),
    ("time_unreadable", "{firm},{day},20:00,25:00,,\n"),
    ("session_reversed", "{firm},{day},21:00,20:00,,\n"),
    ("session_too_long", "{firm},{day},18:00,22:01,,\n"),
    ("session_overlaps", "{firm},{day},07:30,08:30,,\n"),
    ("outside_engagement", "{firm},2014-12-31,20:00,21:00,,\n"),
    ("session_in_future", "{firm},2026-03-02,20:00,21:00,,\n"),
    ("kind_unknown", "{firm},{day},20:00,21:00,lunch,\n"),
    ("row_width_refused", "{firm},{day},20:00,21:00\n"),
    ("text_refused", "{firm},{day},20:00,21:00,,bell \x07\n"),
]


def a_large_file(rows: int) -> File:
    """Four sessions a day; now and then one is a group of two firms; every hundredth row is bad."""
    file = File()
    for number in range(rows):
        at = number - 1 if number % 40 == 39 else number
        day, hour = FIRST + timedelta(days=at // 4), 8 + at % 4 * 2
        firm = f"firm-{number % FIRMS}"
        if number % 100 == 50:
            code, line = FAULTS[number // 100 % len(FAULTS)]
            file.bad[number + 2] = code
            file.lines.append(line.format(firm=firm, day=day))
            continue
        kind = "group" if number % 40 in {38, 39} else "session"
        minutes = 60 if kind == "group" else 30 + number % 6 * 15
        starts_at = datetime(day.year, day.month, day.day, hour)  # noqa: DTZ001 - local, as the file tells it
        ends_at = starts_at + timedelta(minutes=minutes)
        file.good.append(Told(firm, starts_at, ends_at))
        file.lines.append(f"{firm},{day},{starts_at:%H:%M},{ends_at:%H:%M},{kind},=SUM(A{number})\n")
    return file


def hours(told: list[Told]) -> Decimal:
    """Count every minute in which a session was held, each once."""
    minutes = {
        one.starts_at + timedelta(minutes=minute)
        for one in told
        for minute in range(int((one.ends_at - one.starts_at).total_seconds()) // 60)
    }
    return (Decimal(len(minutes)) / 60).quantize(Decimal("0.01"), "ROUND_DOWN")


def totals(file: File) -> dict[str, object]:
    """What an import says of the file that skips its bad rows."""
    return {
        "rows": len(file.lines),
        "loaded": len(file.good),
        "already_there": 0,
        "refused": len(file.bad),
        "held_back": 0,
        "hours": str(hours(file.good)),
    }


@pytest.fixture
def mentor(world: World) -> Member:
    return world.alpha["person"]


@pytest.fixture
def firms(client: TestClient, mentor: Member) -> dict[str, str]:
    """The ids of the engagements by code."""
    return {
        code: an_engagement(client, mentor, code=code, sme_name=code, started_on="2015-01-01")["id"]
        for code in (f"firm-{number}" for number in range(FIRMS))
    }


def test_of_10000_rows_each_bad_one_is_named_and_the_others_count_as_a_count_by_the_minute_finds(
    client: TestClient, mentor: Member, firms: dict[str, str]
):
    file = a_large_file(ROWS)

    told = an_import(client, mentor, file.text, bad_rows="skip").json()
    for code in CONFIRMED:
        assert client.post(a_link(client, mentor, firms[code]), json={}).status_code == 200

    refused = {row["row"]: row["code"] for row in told["rows"] if row["outcome"] == "refused"}
    assert refused == file.bad
    assert told["totals"] == totals(file)
    assert (told["totals"]["loaded"], told["totals"]["refused"]) == (9900, 100)
    counted = measures(client, mentor)
    confirmed = [one for one in file.good if one.firm in CONFIRMED]
    assert Decimal(counted[("confirmed_hours", None)]) == hours(confirmed)
    assert Decimal(counted[("distinct_smes", None)]) == len(CONFIRMED)


def test_a_dry_run_tells_what_happens_and_the_same_file_again_adds_nothing(
    client: TestClient, mentor: Member, firms: dict[str, str]
):
    file = a_large_file(2000)

    dry = an_import(client, mentor, file.text, bad_rows="skip", dry_run=True).json()
    first = an_import(client, mentor, file.text, bad_rows="skip").json()
    again = an_import(client, mentor, file.text, bad_rows="skip").json()

    assert (dry["rows"], dry["totals"], dry["loaded"]) == (first["rows"], first["totals"], 0)
    assert first["totals"] == totals(file)
    assert (again["totals"]["loaded"], again["totals"]["already_there"]) == (0, len(file.good))
    stored = [found for made in firms.values() for found in sessions(client, mentor, made)]
    assert len(stored) == len(file.good)
    assert "=SUM(A0)" in {found["note"] for found in stored}


def test_a_refused_file_names_each_of_many_bad_rows(client: TestClient, world: World) -> None:
    an_engagement(client, world.alpha["person"])

    refused = an_import(client, world.alpha["person"], "oliva,2025-13-01,10:00,11:00,session,\n" * 700)

    assert (refused.status_code, refused.json()["code"]) == (422, "import_refused")
    rows = {int(finding["pointer"].split("/")[2]) for finding in refused.json()["findings"]}
    assert rows == set(range(2, 702))
