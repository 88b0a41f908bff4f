"""Asking for jobs, and running them in process."""

from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from app.core.errors import Conflict
from app.core.ids import new_id
from app.jobs import service as jobs
from app.jobs.rules import MOST_TRIES, Job
from app.jobs.running import Drained, drain
from app.jobs.tables import OutboxRow
from app.work import Caller, Runtime, Work
from tests.support.world import StandingClock

SUBJECT = new_id()


class Recorder:
    """A handler that remembers its subjects and fails as often as it is told to."""

    def __init__(self, failures: int = 0) -> None:
        self.subjects: list[UUID] = []
        self._failures = failures

    def __call__(self, _caller: Caller, subject_id: UUID) -> None:
        self.subjects.append(subject_id)
        if len(self.subjects) <= self._failures:
            raise Conflict("not_ready")


def ask(work: Work, key: str = "one", subject_id: UUID = SUBJECT) -> None:
    work.open_to_all()
    jobs.enqueue(work, Job.SEAL_DOCUMENT, subject_id, key)


def rows(runtime: Runtime) -> list[OutboxRow]:
    with runtime.database.reading() as session:
        return list(session.scalars(sa.select(OutboxRow)))


def test_a_job_that_was_asked_for_runs_once(runtime: Runtime, system: Caller) -> None:
    system.write(ask)
    handler = Recorder()

    first, second = (drain(runtime, {Job.SEAL_DOCUMENT: handler}) for _ in range(2))

    assert (first, second) == (Drained(1), Drained(0))
    assert handler.subjects == [SUBJECT]


def test_no_job_stands_when_the_work_was_rolled_back(runtime: Runtime, system: Caller) -> None:
    def ask_and_refuse(work: Work) -> None:
        ask(work)
        raise Conflict("no")

    with pytest.raises(Conflict):
        system.write(ask_and_refuse)

    assert rows(runtime) == []


def test_the_same_key_twice_is_one_job(runtime: Runtime, system: Caller) -> None:
    system.write(ask)
    system.write(ask)

    assert drain(runtime, {Job.SEAL_DOCUMENT: Recorder()}) == Drained(1)


def test_the_same_key_after_it_was_done_is_no_new_job(runtime: Runtime, system: Caller) -> None:
    system.write(ask)
    drain(runtime, {Job.SEAL_DOCUMENT: Recorder()})
    system.write(ask)

    assert drain(runtime, {Job.SEAL_DOCUMENT: Recorder()}) == Drained(0)


def test_a_failing_job_is_reported_and_tried_again_later(
    runtime: Runtime, system: Caller, clock: StandingClock
) -> None:
    system.write(ask)
    handler = Recorder(failures=1)

    failed = drain(runtime, {Job.SEAL_DOCUMENT: handler})
    too_early = drain(runtime, {Job.SEAL_DOCUMENT: handler})
    clock.advance(timedelta(seconds=30))
    again = drain(runtime, {Job.SEAL_DOCUMENT: handler})

    assert [failure.code for failure in failed.failures] == ["not_ready"]
    assert (too_early, again) == (Drained(0), Drained(1))
    assert [row.tries for row in rows(runtime)] == [1]


def test_one_failing_job_does_not_hold_the_others_up(runtime: Runtime, system: Caller) -> None:
    for key in ("a", "b", "c"):
        system.write(ask, key)

    drained = drain(runtime, {Job.SEAL_DOCUMENT: Recorder(failures=1)})

    assert (drained.done, len(drained.failures)) == (2, 1)


def test_a_job_that_always_fails_is_given_up_and_its_code_kept(
    runtime: Runtime, system: Caller, clock: StandingClock
) -> None:
    system.write(ask)
    handler = Recorder(failures=100)

    for _ in range(MOST_TRIES + 2):
        drain(runtime, {Job.SEAL_DOCUMENT: handler})
        clock.advance(timedelta(hours=13))

    assert len(handler.subjects) == MOST_TRIES
    assert [(row.last_error, row.done_at) for row in rows(runtime)] == [("not_ready", None)]


def test_a_job_asked_for_by_a_handler_runs_too(runtime: Runtime, system: Caller) -> None:
    seen: list[UUID] = []
    following = new_id()

    def chain(caller: Caller, subject_id: UUID) -> None:
        seen.append(subject_id)
        caller.write(ask, "two", following)

    system.write(ask)
    drain(runtime, {Job.SEAL_DOCUMENT: chain})

    assert seen == [SUBJECT, following]


def test_a_job_without_a_handler_is_a_failure_not_a_loss(runtime: Runtime, system: Caller) -> None:
    system.write(ask)

    assert [failure.code for failure in drain(runtime, {}).failures] == ["handler_missing"]


def test_a_handler_acts_as_the_service_in_the_bodys_name(runtime: Runtime, system: Caller) -> None:
    acted: list[UUID] = []

    def act(work: Work) -> None:
        work.require_system()
        acted.append(work.body_id)

    system.write(ask)
    drain(runtime, {Job.SEAL_DOCUMENT: lambda caller, _subject: caller.write(act)})

    assert acted == [system.claim.body_id]
