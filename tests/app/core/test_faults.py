"""Serialization failures at every commit lose nothing and double nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from app.main import create_app, make_runtime
from app.work import Runtime
from tests.conftest import settings_for
from tests.support.counting import counts, events
from tests.support.databases import Templates
from tests.support.faults import EveryFirstTry, Serialization, with_faults
from tests.support.world import PASSWORD, StandingClock, World


def some_routes(client: TestClient, world: World) -> list[int]:
    """A morning at the office: writes, refusals with and without a record, a replay."""
    office = world.alpha["administrator"].headers
    person = {"printed_name": "Zoë Őrség", "language": "hu"}
    mentee = str(world.alpha["mentee"].person_id)
    role = {"role": "assessor", "starts_on": "2026-03-02"}
    wrong = {"grant": "password", "email": "assessor@alpha.example", "password": "wrong"}
    calls: list[Callable[[], object]] = [
        lambda: client.post("/v1/people", json=person, headers=office | {"Idempotency-Key": "a"}),
        lambda: client.post("/v1/people", json=person, headers=office | {"Idempotency-Key": "a"}),
        lambda: client.post(f"/v1/people/{mentee}/appointments", json=role, headers=office),
        lambda: client.post("/v1/people", json=person, headers=world.alpha["assessor"].headers),
        lambda: client.post("/public/v1/bodies/alpha/tokens", json=wrong),
        lambda: client.post("/public/v1/bodies/alpha/tokens", json=wrong | {"password": PASSWORD}),
        lambda: client.post("/v1/clients", json={"name": "M", "scopes": ["bodies:read"]}, headers=office),
    ]
    return [call().status_code for call in calls]  # type: ignore[attr-defined] # each is a response


def test_a_failure_at_every_first_commit_changes_nothing_in_the_outcome(
    templates: Templates, populated_template: tuple[str, World], data_folder: Path
) -> None:
    outcomes = []
    for fault in (EveryFirstTry(), lambda: None):
        url = templates.copy(populated_template[0])
        plain = make_runtime(settings_for(url, data_folder), StandingClock())
        faulty = with_faults(plain, fault)
        with TestClient(create_app(faulty)) as client:
            outcomes.append((some_routes(client, populated_template[1]), counts(plain)))
        plain.database.dispose()
        templates.remove(url)
        if isinstance(fault, EveryFirstTry):
            assert fault.failed == 6  # the replay commits nothing

    assert outcomes[0][0] == [201, 201, 201, 403, 401, 200, 201]
    assert outcomes[0] == outcomes[1]


def test_a_work_that_never_succeeds_is_given_up_and_says_busy(runtime: Runtime, world: World) -> None:
    def always() -> None:
        raise sa.exc.OperationalError("COMMIT", {}, Serialization("could not serialize access"))

    before = counts(runtime)
    with TestClient(create_app(with_faults(runtime, always))) as client:
        body = {"printed_name": "Zoë", "language": "en"}
        answer = client.post("/v1/people", json=body, headers=world.alpha["administrator"].headers)

    assert (answer.status_code, answer.json()["code"]) == (503, "busy")
    assert int(answer.headers["retry-after"]) >= 1
    assert counts(runtime) == before


def test_a_refusal_is_recorded_although_its_work_was_rolled_back(
    client: TestClient, world: World, runtime: Runtime
) -> None:
    before = counts(runtime)

    client.post(
        "/v1/people", json={"printed_name": "Z", "language": "en"}, headers=world.alpha["assessor"].headers
    )

    assert len(events(runtime, "access.refused")) == 1
    assert counts(runtime)["people"] == before["people"]
    assert b'"permission_missing"' in bytes(events(runtime, "access.refused")[0].body)


def test_a_failed_statement_does_not_repeat_what_it_was_given(runtime: Runtime) -> None:
    statement = sa.text("INSERT INTO nowhere VALUES (:name)")

    with runtime.database.writing() as session, pytest.raises(sa.exc.DBAPIError) as failed:
        session.execute(statement, {"name": "Zoë Őrség"})

    assert "Zo" not in str(failed.value)
