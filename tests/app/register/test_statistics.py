"""A body's year in figures: by one dimension at a time, and silent where a figure would point at somebody."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from app.certificates.rules import Move
from app.register import statistics
from app.register.statistics import Year
from app.work import Caller
from tests.factories.certificates import applied, granted, moved, refused
from tests.support.world import StandingClock, World

OVER = Year(date(2025, 1, 1), date(2025, 12, 31), is_over=True)
RUNNING = Year(date(2026, 1, 1), date(2026, 3, 2), is_over=False)


@pytest.mark.parametrize(("refusals", "told"), [(0, 0), (1, None), (9, None), (10, 10)])
def test_few_refusals_are_not_told(refusals: int, told: int | None) -> None:
    assert statistics.told_refusals(refusals, OVER) == told


@pytest.mark.parametrize(
    ("applications", "grants", "told"),
    [
        (0, 0, 0),
        (9, 0, None),
        (10, 0, 10),
        (12, 12, 12),
        (12, 11, None),
        (12, 3, None),
        (12, 2, 12),
        (12, 15, 12),
    ],
)
def test_applications_are_not_told_where_few_of_them_were_not_granted(
    applications: int, grants: int, told: int | None
) -> None:
    assert statistics.told_applications(applications, grants, OVER) == told


def test_a_year_that_runs_tells_neither_since_two_totals_would_tell_of_one_person() -> None:
    assert statistics.told_refusals(50, RUNNING) is None
    assert statistics.told_applications(100, 50, RUNNING) is None


@pytest.fixture
def person(world: World) -> UUID:
    return UUID(str(world.alpha["person"].person_id))


@pytest.fixture
def decider(world: World) -> UUID:
    return UUID(str(world.alpha["decision_maker"].person_id))


def told(client: TestClient, year: int) -> dict[str, Any]:
    answer = client.get(f"/public/v1/bodies/alpha/statistics?year={year}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def counts(lines: list[dict[str, Any]]) -> dict[str, int]:
    return {line["name"]: line["certificates"] for line in lines}


def at(clock: StandingClock, day: str) -> None:
    clock.instant = datetime.fromisoformat(f"{day}T09:00:00").replace(tzinfo=UTC)


def test_certificates_are_counted_by_one_dimension_at_a_time(
    client: TestClient, system: Caller, version_id: UUID, person: UUID, decider: UUID
) -> None:
    growth = (("growth", "Growth"),)
    granted(system, version_id, person, decider)
    granted(system, version_id, person, decider, level=4, phases=growth, endorsements=())

    found = told(client, 2026)

    assert (found["on"], found["is_year_over"], found["grants"]) == ("2026-03-02", False, 2)
    assert (found["in_force"], found["applications"], found["refusals"]) == (2, None, None)
    assert counts(found["by_scheme"]) == {"SME-BM": 2}
    assert counts(found["by_level"]) == {"SME-BM 3": 1, "SME-BM 4": 1}
    assert counts(found["by_phase"]) == {"early_startup": 1, "growth": 2}
    assert counts(found["by_endorsement"]) == {"tourism": 1}


def test_a_year_that_is_over_says_what_was_so_on_its_last_day(
    client: TestClient, system: Caller, version_id: UUID, person: UUID, decider: UUID, clock: StandingClock
) -> None:
    kept, lifted, lost, later = (granted(system, version_id, person, decider) for _ in range(4))
    at(clock, "2026-06-01")
    for certificate in (lifted, lost):
        moved(system, certificate.id, Move.SUSPEND)
    at(clock, "2026-12-31")
    moved(system, lifted.id, Move.REINSTATE)
    at(clock, "2027-01-01")
    moved(system, later.id, Move.SUSPEND)
    granted(system, version_id, person, decider)

    assert told(client, 2026)["in_force"] == 3
    assert told(client, 2027)["in_force"] == 3  # kept, lifted and the new one
    at(clock, "2030-01-01")
    assert (told(client, 2026)["in_force"], told(client, 2026)["grants"]) == (3, 4)
    assert told(client, 2029)["in_force"] == 1  # the others ran out in March
    assert kept.expires_on == date(2029, 3, 2)


def test_the_last_day_ends_when_it_does_where_the_body_is(
    client: TestClient, system: Caller, version_id: UUID, person: UUID, decider: UUID, clock: StandingClock
) -> None:
    early, late = (granted(system, version_id, person, decider) for _ in range(2))
    clock.instant = datetime(2026, 12, 31, 22, 30, tzinfo=UTC)  # half past eleven in the body's zone
    moved(system, early.id, Move.SUSPEND)
    clock.instant = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)  # already 2027 there
    moved(system, late.id, Move.SUSPEND)

    assert told(client, 2026)["in_force"] == 1


def test_applications_and_refusals_are_told_of_a_year_that_is_over_once_they_are_many(
    client: TestClient, system: Caller, version_id: UUID, person: UUID, decider: UUID, clock: StandingClock
) -> None:
    granted(system, version_id, person, decider)
    for _ in range(9):
        refused(system, version_id, person, decider)
    at(clock, "2027-01-01")
    few = told(client, 2026)
    for _ in range(9):
        refused(system, version_id, person, decider)
    refused(system, version_id, person, decider)
    applied(system, version_id, person)
    applied(system, version_id, person, is_pilot=True)
    at(clock, "2028-01-01")

    many = told(client, 2027)

    assert (few["applications"], few["grants"], few["refusals"]) == (None, 1, None)
    assert (many["applications"], many["grants"], many["refusals"]) == (11, 0, 10)
    assert few["smallest_group"] == 10


def test_a_year_that_has_not_begun_is_refused_and_an_empty_one_is_not(client: TestClient) -> None:
    early = client.get("/public/v1/bodies/alpha/statistics?year=2027")
    none = told(client, 1999)

    assert (early.status_code, early.json()["code"]) == (422, "year_not_come")
    assert (none["applications"], none["grants"], none["refusals"], none["in_force"]) == (0, 0, 0, 0)
    assert client.get("/public/v1/bodies/alpha/statistics").status_code == 422


def test_another_bodys_year_is_another(
    client: TestClient, system: Caller, version_id: UUID, person: UUID, decider: UUID
) -> None:
    granted(system, version_id, person, decider)

    found = client.get("/public/v1/bodies/beta/statistics?year=2026").json()

    assert (found["in_force"], found["grants"], found["by_scheme"]) == (0, 0, [])
