"""The worker beside the requests: events brought in, heads signed, jobs done, one fault stopping nothing."""

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa

from app import worker
from app.core.ids import new_id
from app.jobs import service as jobs
from app.jobs.rules import Job
from app.log import guarding
from app.log.tables import CheckpointRow, EdgeRow
from app.main import make_runtime
from app.people import service as people
from app.people.schemas import PersonCreate
from app.work import Caller, Runtime, Work
from tests.support.world import World, as_system


@pytest.fixture
def own_runtime(runtime: Runtime, tmp_path: Path, data_folder: Path) -> Iterator[Runtime]:
    """A runtime whose job engine has its book to itself; the keys are the world's."""
    (tmp_path / "keys").symlink_to(data_folder / "keys")
    made = make_runtime(replace(runtime.settings, data_folder=tmp_path), runtime.clock)
    yield made
    made.database.dispose()


@pytest.fixture
def alpha(own_runtime: Runtime, world: World) -> Caller:
    return as_system(own_runtime, world.alpha.body_id)


def _until(happened: Callable[[], object], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)


def _enter(work: Work) -> None:
    work.open_to_all()
    people.enter(work, PersonCreate(printed_name="Ana", language="en"))
    jobs.enqueue(work, Job.SEAL_DOCUMENT, new_id(), "one")


def _is_signed(caller: Caller) -> bool:
    with caller.runtime.database.reading() as session:
        size = session.scalar(sa.select(EdgeRow.size).where(EdgeRow.body_id == caller.claim.body_id))
        found = sa.select(CheckpointRow).where(
            CheckpointRow.body_id == caller.claim.body_id, CheckpointRow.size == size
        )
        return session.scalar(found) is not None


def test_what_is_written_is_brought_in_signed_and_its_job_carried_out(
    own_runtime: Runtime, alpha: Caller
) -> None:
    done: list[UUID] = []

    with worker.beside(own_runtime, {Job.SEAL_DOCUMENT: lambda _caller, subject_id: done.append(subject_id)}):
        alpha.write(_enter)
        _until(lambda: done)
        _until(lambda: _is_signed(alpha))

    assert len(done) == 1


def test_a_log_that_cannot_be_signed_is_reported_and_the_jobs_go_on(
    own_runtime: Runtime, alpha: Caller, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    with guarding.held(own_runtime.settings.guards, world.alpha.body_id) as guard:
        guard.advance(guarding.Head("elsewhere", 10_000, b"\0" * 32))
    done: list[UUID] = []

    with (
        caplog.at_level(logging.CRITICAL, "mentorcert.log"),
        worker.beside(own_runtime, {Job.SEAL_DOCUMENT: lambda _caller, subject_id: done.append(subject_id)}),
    ):
        alpha.write(_enter)
        _until(lambda: done)
        _until(lambda: "set back" in caplog.text)


def test_the_other_bodies_logs_are_signed_though_one_is_refused(
    own_runtime: Runtime, world: World, alpha: Caller
) -> None:
    with guarding.held(own_runtime.settings.guards, world.alpha.body_id) as guard:
        guard.advance(guarding.Head("elsewhere", 10_000, b"\0" * 32))
    beta = as_system(own_runtime, world.beta.body_id)

    with worker.beside(own_runtime, {}):
        _until(lambda: _is_signed(beta))

    assert not _is_signed(alpha)
