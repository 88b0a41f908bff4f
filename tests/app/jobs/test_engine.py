"""The durable engine on both databases: a job runs, and no crash loses it or does it twice."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa

from app.core.errors import Conflict
from app.core.ids import new_id
from app.jobs import queries
from app.jobs import service as jobs
from app.jobs.dispatching import dispatch, recover
from app.jobs.engine import Engine
from app.jobs.presence import AlreadyRunning
from app.jobs.rules import Job
from app.jobs.tables import OutboxRow
from app.work import Caller, Runtime, Work
from tests.support.world import StandingClock

SUBJECT = new_id()


class Counter:
    """A handler that counts its runs and fails the first so many."""

    def __init__(self, failures: int = 0) -> None:
        self.runs = 0
        self._failures = failures

    def __call__(self, _caller: Caller, _subject_id: UUID) -> None:
        self.runs += 1
        if self.runs <= self._failures:
            raise Conflict("not_ready")


def ask(work: Work, key: str = "one") -> None:
    work.open_to_all()
    jobs.enqueue(work, Job.SEAL_DOCUMENT, SUBJECT, key)


def one_row(runtime: Runtime) -> OutboxRow:
    with runtime.database.reading() as session:
        return session.scalars(sa.select(OutboxRow)).one()


def until(happened: Callable[[], object], seconds: float = 15) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)


def engine(runtime: Runtime, handler: Counter) -> Engine:
    return Engine(runtime, {Job.SEAL_DOCUMENT: handler}, poll_seconds=0.05)


def is_done(runtime: Runtime) -> Callable[[], bool]:
    return lambda: one_row(runtime).done_at is not None


def test_a_job_that_was_asked_for_is_carried_out(own_runtime: Runtime, own_system: Caller) -> None:
    own_system.write(ask)
    handler = Counter()

    with engine(own_runtime, handler) as running:
        dispatch(own_runtime, running)
        until(is_done(own_runtime))

    assert handler.runs == 1


def test_a_process_that_dies_before_it_noted_the_hand_over_does_not_run_the_job_twice(
    own_runtime: Runtime, own_system: Caller
) -> None:
    own_system.write(ask)
    handler = Counter()

    with engine(own_runtime, handler) as running:
        running.hand(one_row(own_runtime))
        until(is_done(own_runtime))
    with own_runtime.database.writing() as session:  # as if the note of the end had been lost as well
        session.execute(sa.update(OutboxRow).values(done_at=None))
        session.commit()
    with engine(own_runtime, handler) as running:
        assert dispatch(own_runtime, running) == 1
        time.sleep(0.5)

    assert handler.runs == 1


def test_a_failed_job_is_run_again_when_it_is_due(
    own_runtime: Runtime, own_system: Caller, clock: StandingClock
) -> None:
    own_system.write(ask)
    handler = Counter(failures=1)

    with engine(own_runtime, handler) as running:
        dispatch(own_runtime, running)
        until(lambda: one_row(own_runtime).tries == 1)
        assert dispatch(own_runtime, running) == 0
        clock.advance(timedelta(seconds=30))
        dispatch(own_runtime, running)
        until(is_done(own_runtime))

    assert handler.runs == 2


def test_a_job_survives_the_loss_of_the_engines_book(
    own_runtime: Runtime, own_system: Caller, clock: StandingClock
) -> None:
    own_system.write(ask)
    own_system.write(jobs.hand_over, [one_row(own_runtime).id])  # the engine that had it is gone
    handler = Counter()

    with engine(own_runtime, handler) as running:
        assert recover(own_runtime, running) == 0
        clock.advance(timedelta(minutes=11))
        assert recover(own_runtime, running) == 1
        clock.advance(timedelta(minutes=1))
        dispatch(own_runtime, running)
        until(is_done(own_runtime))

    assert handler.runs == 1


@contextmanager
def worker_in_the_middle_of_a_job(runtime: Runtime, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.app.jobs.engine_process", runtime.settings.database_url, str(folder)]
    ) as process:
        try:
            until((folder / "begun").exists, 60)
            yield process
        finally:
            process.kill()


def test_a_job_whose_process_was_killed_is_carried_on_by_its_successor(
    own_runtime: Runtime, own_system: Caller, tmp_path: Path
) -> None:
    own_system.write(ask)
    with worker_in_the_middle_of_a_job(own_runtime, tmp_path):
        pass
    handler = Counter()

    with engine(own_runtime, handler) as running:

        def taken_over_and_done() -> bool:
            running.take_over()  # the server may free the dead one's name only after we took another
            return is_done(own_runtime)()

        until(taken_over_and_done)

    assert handler.runs == 1


def test_a_living_worker_takes_over_from_a_killed_one_but_not_from_one_alive(
    own_runtime: Runtime, own_system: Caller, tmp_path: Path
) -> None:
    if own_runtime.database.is_sqlite:
        with engine(own_runtime, Counter()), pytest.raises(AlreadyRunning), engine(own_runtime, Counter()):
            pass
        return
    own_system.write(ask)
    handler = Counter()

    with (
        worker_in_the_middle_of_a_job(own_runtime, tmp_path) as worker,
        engine(own_runtime, handler) as running,
    ):
        assert running.take_over() == 0
        worker.kill()
        until(lambda: running.take_over() == 1)
        until(is_done(own_runtime))

    assert handler.runs == 1


def test_a_given_up_job_is_not_handed_over(
    own_runtime: Runtime, own_system: Caller, clock: StandingClock
) -> None:
    own_system.write(ask)
    job_id = one_row(own_runtime).id
    for _ in range(8):
        own_system.write(jobs.fail, job_id, "not_ready")
    clock.advance(timedelta(days=30))

    with own_runtime.database.reading() as session:
        assert queries.unhanded(session, clock.now(), limit=10) == []
