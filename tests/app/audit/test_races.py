"""Two works at once on one stream (decision 1): they follow each other, none is lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from app.audit.events import Event
from app.people import queries as people
from app.work import Caller, Runtime, Work
from tests.support.counting import events, rows
from tests.support.world import World


def at_once(count: int, act: Callable[[int], object]) -> list[object]:
    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(act, range(count)))


@pytest.mark.parametrize("is_changed", [True, False], ids=["row and event", "event alone"])
def test_works_on_one_stream_without_a_lock_follow_each_other(
    is_changed: bool, system: Caller, world: World, runtime: Runtime
) -> None:
    mentee = world.alpha["mentee"].person_id
    meeting = Barrier(1 if runtime.database.is_sqlite else 4)
    met: set[int] = set()

    def rename(work: Work, number: int) -> None:
        work.require_system()
        person = people.by_id(work, UUID(str(mentee)))
        if number not in met:  # the first try of each waits until all have read the same version
            met.add(number)
            meeting.wait(10)
        if is_changed:
            person.given_name = f"Name {number}"
            work.session.add(person)
        work.record(Event.PERSON_REGISTERED, person)

    at_once(4, lambda number: system.write(rename, number))

    stream = sorted(rows(runtime, "events", stream=mentee), key=lambda row: row.sseq)
    assert [row.sseq for row in stream] == [1, 2, 3, 4, 5]
    assert [row.prev for row in stream[1:]] == [row.leaf for row in stream[:-1]]
    assert rows(runtime, "people", id=mentee)[0].rev == (5 if is_changed else 1)


def test_of_two_changes_to_the_same_version_one_is_stale(client: TestClient, world: World) -> None:
    headers = world.alpha["administrator"].headers
    url = f"/v1/people/{world.alpha['mentee'].person_id}/appointments"
    made = client.post(url, json={"role": "assessor", "starts_on": "2026-03-02"}, headers=headers).json()

    answers = at_once(
        6,
        lambda number: (
            client.post(
                f"/v1/appointments/{made['id']}/end",
                json={"ends_on": f"2026-0{number + 4}-01"},
                headers=headers | {"If-Match": '"1"'},
            ).status_code
        ),
    )

    assert sorted(answers) == [200, 412, 412, 412, 412, 412]


def test_failed_sign_ins_at_once_are_all_counted(client: TestClient, world: World, runtime: Runtime) -> None:
    wrong = {"grant": "password", "email": "assessor@alpha.example", "password": "wrong"}

    answers = at_once(4, lambda _: client.post("/public/v1/bodies/alpha/tokens", json=wrong).status_code)

    assert answers == [401] * 4
    assert [row.failures for row in rows(runtime, "sign_in_attempts")] == [4]
    assert len(events(runtime, "sign_in.failed")) == 4


def test_of_two_accounts_with_one_address_one_is_refused_in_words(
    client: TestClient, runtime: Runtime
) -> None:
    wanted = {
        "printed_name": "Zoë",
        "language": "en",
        "email": "z@example.org",
        "password": "a long pass phrase",
    }

    answers = at_once(5, lambda _: client.post("/public/v1/bodies/alpha/registrations", json=wanted))

    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409, 409]
    assert {answer.json().get("code") for answer in answers} == {None, "email_taken"}
    assert len(rows(runtime, "accounts", email="z@example.org")) == 1
