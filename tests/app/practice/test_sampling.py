"""Attestations are sampled: an outsider can draw them again, the uninvolved check them (7.0 (3))."""

import hashlib
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from app.core.database import refused_by
from app.core.errors import Refusal
from app.practice.rules.sampling import drawn, ensure_may_check
from tests.factories.marking import raw
from tests.factories.practice import an_engagement, an_import, measures, sessions
from tests.support.days import begin_day, mailbox
from tests.support.world import World

SAMPLES, CHECKS = "/v1/practice/samples", "/v1/practice/attestation-checks"
PERIOD = {"given_from": "2026-03-01", "given_until": "2026-03-02", "percent": 10}


@pytest.fixture
def mentor(world: World):
    return world.alpha["person"]


@pytest.fixture
def attested(client: TestClient, world: World, mentor) -> dict[str, Any]:
    """Three engagements, each with one attested session of an hour and a half."""
    found: dict[str, Any] = {}
    for number, code in enumerate(("oliva", "horno", "taller"), start=1):
        made = an_engagement(client, mentor, code=code, sme_name=f"Firm {code}")
        an_import(client, mentor, f"{code},2025-03-1{number},09:00,10:30,,\n")
        answer = client.post(
            f"/v1/practice/engagements/{made['id']}/attestations",
            json={"capacity": "programme", "basis": "Attendance list."},
            headers=world.alpha["programme_manager"].headers,
        )
        assert answer.status_code == 201, answer.text
        found[answer.json()["id"]] = made["id"]
    return found


def draw(client: TestClient, world: World, who: str = "application_reviewer", **changes: Any):
    return client.post(SAMPLES, json=PERIOD | changes, headers=world.alpha[who].headers)


def checks(client: TestClient, world: World, who: str = "application_reviewer", **query: Any) -> list[Any]:
    answer = client.get(CHECKS, params=query, headers=world.alpha[who].headers)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


def check(client: TestClient, world: World, check_id: str, outcome: str, who: str = "application_reviewer"):
    told = {"outcome": outcome, "note": "Asked the office by phone."}
    return client.post(f"{CHECKS}/{check_id}/outcome", json=told, headers=world.alpha[who].headers)


def test_an_outsider_draws_the_same_sample_again(client, world, attested) -> None:
    told = draw(client, world, percent=50).json()

    order = sorted(attested, key=lambda one: hashlib.sha256(f"{told['seed']}\n{one}".encode()).hexdigest())
    frame = hashlib.sha256("\n".join(sorted(attested)).encode()).hexdigest()
    assert (told["attestations"], told["drawn"], told["frame_sha256"]) == (3, 2, frame)
    assert {one["attestation_id"] for one in checks(client, world)} == set(order[:2])


def test_what_was_drawn_is_not_drawn_again(client, world, attested) -> None:
    draw(client, world, percent=100)

    again = draw(client, world)

    assert (again.status_code, again.json()["code"]) == (409, "nothing_to_sample")


def test_what_is_not_upheld_counts_no_more_and_the_mentor_is_told(client, world, runtime, mentor, attested):
    draw(client, world)
    [open_check] = checks(client, world)
    engagement = attested[open_check["attestation_id"]]

    answer = check(client, world, open_check["id"], "not_upheld")

    assert (answer.status_code, answer.json()["outcome"]) == (200, "not_upheld")
    assert [one["state"] for one in sessions(client, mentor, engagement)] == ["disputed"]
    begin_day(runtime)
    subjects = [mail.subject for mail in mailbox(runtime) if mail.address == "person@alpha.example"]
    assert any(subject.endswith("that no longer count: 1") for subject in subjects)
    assert checks(client, world) == []
    assert [one["id"] for one in checks(client, world, is_open=False)] == [open_check["id"]]


def test_what_is_upheld_stands(client, world, mentor, attested) -> None:
    before = measures(client, mentor)
    draw(client, world)
    [open_check] = checks(client, world)

    check(client, world, open_check["id"], "upheld")
    again = check(client, world, open_check["id"], "not_upheld")

    assert (again.status_code, again.json()["code"]) == (409, "attestation_checked_already")
    assert measures(client, mentor) == before


def test_who_attested_neither_draws_nor_checks_it(client, world, attested) -> None:
    draw(client, world)
    [open_check] = checks(client, world)

    assert draw(client, world, who="programme_manager").status_code == 403
    assert check(client, world, open_check["id"], "upheld", who="programme_manager").status_code == 403


@pytest.mark.parametrize("involved", ["attester_id", "mentor_id"])
def test_a_check_by_the_involved_is_refused(involved: str) -> None:
    people = {"attester_id": uuid4(), "mentor_id": uuid4()}

    with pytest.raises(Refusal) as refusal:
        ensure_may_check(people[involved], **people)

    assert refusal.value.code == "attestation_check_refused"


def test_a_checker_reads_what_was_attested_and_the_auditor_too(client, world, attested) -> None:
    draw(client, world)
    [open_check] = checks(client, world)

    for who in ("application_reviewer", "auditor"):
        shown = client.get(f"{CHECKS}/{open_check['id']}", headers=world.alpha[who].headers).json()

        assert (shown["basis"], shown["mentor_name"]) == ("Attendance list.", "Person of Alpha")
        assert [(one["minutes"], one["state"]) for one in shown["covered"]] == [(90, "attested")]


def test_the_auditor_draws_and_checks_nothing(client, world, attested) -> None:
    assert draw(client, world, who="auditor").status_code == 403


def test_a_period_that_has_not_come_or_is_reversed_is_refused(client, world, attested) -> None:
    ahead = draw(client, world, given_until="2026-03-03")
    backwards = draw(client, world, given_until="2026-02-01")

    assert (ahead.status_code, backwards.status_code) == (422, 422)


def test_what_an_attestation_covers_and_a_check_says_never_changes(client, runtime, world, attested) -> None:
    draw(client, world)
    [open_check] = checks(client, world)
    check(client, world, open_check["id"], "upheld")

    for statement in (
        "UPDATE practice_attestations SET session_ids = '[]', rev = rev + 1",
        "UPDATE practice_attestation_checks SET outcome = 'not_upheld', rev = rev + 1",
        "UPDATE practice_samples SET seed = 'mine', rev = rev + 1",
    ):
        with pytest.raises(sa.exc.IntegrityError) as refusal, raw(runtime) as connection:
            connection.exec_driver_sql(statement)

        assert refused_by(refusal.value) == "7.3"


@pytest.mark.parametrize(("count", "percent", "taken"), [(1, 1, 1), (10, 10, 1), (11, 10, 2), (3, 100, 3)])
def test_a_share_is_rounded_up(count: int, percent: int, taken: int) -> None:
    assert len(drawn([uuid4() for _ in range(count)], seed="s", percent=percent)) == taken


def test_a_sample_that_no_event_could_tell_of_is_refused() -> None:
    with pytest.raises(Refusal) as refusal:
        drawn([uuid4() for _ in range(400)], seed="s", percent=100)

    assert refusal.value.code == "sample_too_large"
