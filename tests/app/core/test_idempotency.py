"""One key, one act: however often a call is sent, at once or later, and whatever kills it on the way."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from httpx import Response
from starlette.testclient import TestClient

from app.main import create_app
from app.work import ANSWERS_KEPT, Runtime, forget_answers
from tests.support.counting import counts, events, rows
from tests.support.faults import with_faults
from tests.support.world import PASSWORD, StandingClock, World

ROOT = Path(__file__).parents[3]
ZOE = {"printed_name": "Zoë Őrség", "language": "hu"}


def register(client: TestClient, world: World, key: str, person: dict[str, str] = ZOE) -> Response:
    headers = world.alpha["administrator"].headers | {"Idempotency-Key": key}
    return client.post("/v1/people", json=person, headers=headers)


def test_fifty_equal_calls_at_once_make_one_record(
    client: TestClient, world: World, runtime: Runtime
) -> None:
    before = counts(runtime)

    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(lambda _: register(client, world, "one"), range(50)))

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert sum("idempotency-replayed" in answer.headers for answer in answers) == 49
    after = counts(runtime)
    assert {name: after[name] - before[name] for name in ("people", "events", "idempotency_keys")} == {
        "people": 1,
        "events": 1,
        "idempotency_keys": 1,
    }


def test_a_replay_has_the_same_version_and_says_so(client: TestClient, world: World) -> None:
    first, second = register(client, world, "one"), register(client, world, "one")

    assert second.headers["idempotency-replayed"] == "true"
    assert (second.content, second.headers["etag"]) == (first.content, first.headers["etag"])


def test_a_key_used_for_another_body_is_refused(client: TestClient, world: World) -> None:
    register(client, world, "one")

    answer = register(client, world, "one", ZOE | {"language": "en"})

    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")


def test_two_callers_may_choose_the_same_key(client: TestClient, world: World) -> None:
    first = register(client, world, "one")
    second = client.post(
        "/v1/people", json=ZOE, headers=world.alpha["client"].headers | {"Idempotency-Key": "one"}
    )

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json()["id"] != second.json()["id"]


def test_a_refusal_is_not_kept_so_that_a_later_call_is_judged_anew(
    client: TestClient, world: World, runtime: Runtime
) -> None:
    headers = world.alpha["scheme_manager"].headers | {"Idempotency-Key": "one"}
    body = {"code": "X", "titles": {"en": "X"}}
    other = world.alpha["scheme_manager"].headers
    client.post("/v1/schemes", json=body, headers=other)

    answer = client.post("/v1/schemes", json=body, headers=headers)

    assert answer.status_code == 409
    assert rows(runtime, "idempotency_keys", key="one") == []


@pytest.mark.parametrize("key", ["", "x" * 201, "a\x7fb"])
def test_an_unreadable_key_is_refused(client: TestClient, world: World, key: str) -> None:
    answer = register(client, world, key)

    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_refused")


def test_an_answer_is_forgotten_after_its_time(
    client: TestClient, world: World, runtime: Runtime, clock: StandingClock
) -> None:
    register(client, world, "one")
    clock.advance(ANSWERS_KEPT)
    forget_answers(runtime)
    kept = rows(runtime, "idempotency_keys")
    clock.advance(timedelta(seconds=1))
    forget_answers(runtime)

    assert len(kept) == 1
    assert rows(runtime, "idempotency_keys") == []


def test_answers_with_secrets_are_never_stored(client: TestClient, world: World, runtime: Runtime) -> None:
    headers = world.alpha["administrator"].headers | {"Idempotency-Key": "secret"}
    grant = {"grant": "password", "email": "assessor@alpha.example", "password": PASSWORD}
    person = world.alpha["mentee"].person_id

    answers = [
        client.post("/public/v1/bodies/alpha/tokens", json=grant, headers=headers),
        client.post("/v1/clients", json={"name": "M", "scopes": []}, headers=headers),
        client.post(f"/v1/people/{person}/invitations", json={"email": "m@example.org"}, headers=headers),
    ]

    assert [answer.status_code for answer in answers] == [200, 201, 201]
    assert rows(runtime, "idempotency_keys") == []


def test_a_call_that_dies_before_commit_leaves_nothing_and_may_be_sent_again(
    client: TestClient, world: World, runtime: Runtime
) -> None:
    before = counts(runtime)

    done = subprocess.run(
        [sys.executable, "-c", DYING, runtime.settings.database_url, runtime.settings.data_folder,
         world.alpha["administrator"].token],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 9, done.stderr
    assert counts(runtime) == before
    assert register(client, world, "dying").status_code == 201
    assert len(events(runtime, "person.registered")) == before["people"] + 1


DYING = """
import os, sys
from pathlib import Path
from starlette.testclient import TestClient
from app.main import create_app, make_runtime
from tests.conftest import settings_for
from tests.support.faults import with_faults
from tests.support.world import StandingClock

runtime = make_runtime(settings_for(sys.argv[1], Path(sys.argv[2])), StandingClock())
app = create_app(with_faults(runtime, lambda: os._exit(9)))
headers = {"Authorization": "Bearer " + sys.argv[3], "Idempotency-Key": "dying"}
TestClient(app).post("/v1/people", json={"printed_name": "Zoë Őrség", "language": "hu"}, headers=headers)
"""


def test_a_call_that_dies_after_commit_is_replayed(
    client: TestClient, world: World, runtime: Runtime
) -> None:
    made = []

    def lose_the_answer() -> None:
        made.append(1)

    with TestClient(create_app(with_faults(runtime, lose_the_answer))) as first:
        register(first, world, "lost")

    answer = register(client, world, "lost")

    assert (len(made), answer.status_code, answer.headers["idempotency-replayed"]) == (1, 201, "true")


def test_a_stranger_cannot_take_anothers_key_beforehand(client: TestClient, world: World) -> None:
    url, key = "/public/v1/bodies/alpha/registrations", {"Idempotency-Key": "1"}
    zoe, eve = (
        ZOE | {"email": f"{name}@example.org", "password": "a long pass phrase"} for name in ("zoe", "eve")
    )
    client.post(url, json=eve, headers=key)

    first, again = client.post(url, json=zoe, headers=key), client.post(url, json=zoe, headers=key)

    assert first.status_code == 201, first.text
    assert again.json() == first.json()
