"""The demonstration mentor's practice meets level 3, and what a measure answers."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from starlette.testclient import TestClient

from app.core.errors import Invalid
from app.demo import content
from app.practice import service as practice
from app.practice.rules import COUNTING, Measured, counting_from
from tests.factories.packages import a_package
from tests.factories.practice import HEADING, OWN, a_link, an_engagement, an_import, complete
from tests.support.world import World

TODAY = date(2026, 3, 2)


def level_3() -> dict[tuple[str, int | None], Decimal]:
    """The thresholds of SME-BM for level 3, by measure and window."""
    return {
        (item["measure"], item.get("window_months")): Decimal(item["thresholds"]["3"])
        for item in a_package()["requirements"]["items"]
        if item["kind"] == "at_least"
    }


def measured(work, person_id, measure: str, window: int | None) -> Measured:
    work.require_system()
    return practice.measure(work, person_id, measure, on=work.today, window_months=window)


def phases(work, person_id) -> Measured:
    work.require_system()
    return practice.phases_evidenced(work, person_id, on=work.today, engagements_per_phase=2)


def lived(client: TestClient, mentor) -> list[str]:
    """Enter the demonstration mentor's practice; return the links that her mentees have not answered yet."""
    told = content.engagements(TODAY)
    opened = [an_engagement(client, mentor, **found["open"]) for found in told]
    loaded = an_import(client, mentor, content.sessions(TODAY).removeprefix(HEADING))
    assert loaded.status_code == 200, loaded.text
    for found, made in zip(told, opened, strict=True):
        if found["ended_on"]:
            complete(client, mentor, made, found["ended_on"])
    for record in content.records(TODAY):
        answer = client.post(f"{OWN}/records", json=record, headers=mentor.headers)
        assert answer.status_code == 201, answer.text
    return [a_link(client, mentor, made["id"]) for made in opened]


def confirmed(client: TestClient, links: list[str]) -> None:
    for link, found in zip(links, content.engagements(TODAY), strict=True):
        answer = client.post(link, json={"feedback": found["feedback"]})
        assert answer.status_code == 200, answer.text


def test_the_demonstration_mentor_meets_level_3_once_her_mentees_confirm(client, system, world: World):
    mentor = world.alpha["person"]
    links = lived(client, mentor)
    before = system.read(measured, mentor.person_id, "confirmed_hours", None)

    confirmed(client, links)

    assert before == Measured(Decimal("0.00"), ())
    short = {
        name: found.value
        for name, least in level_3().items()
        if (found := system.read(measured, mentor.person_id, *name)).value < least or not found.sources
    }
    assert short == {}
    assert system.read(phases, mentor.person_id).value >= 1


def test_the_measures_of_the_default_rules_are_those_of_the_package():
    assert counting_from(a_package()) == COUNTING


def test_an_unknown_measure_is_refused(system, world: World):
    with pytest.raises(Invalid, match="measure_unknown"):
        system.read(measured, world.alpha["person"].person_id, "charm", None)


def test_the_demonstration_reads_like_a_year_and_a_half_of_work():
    rows = content.sessions(TODAY).splitlines()[1:]
    days = [date.fromisoformat(row.split(",")[1]) for row in rows]

    assert len(rows) >= 60
    assert max(days) - min(days) > timedelta(days=540)
    assert all(day.weekday() < 5 for day in days)
