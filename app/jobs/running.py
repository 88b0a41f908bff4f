"""Runs one job by its handler and notes the outcome; the same for the engine and for `drain`."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from app.access.actor import system
from app.core.errors import Refusal
from app.jobs import queries, service
from app.jobs.rules import Job
from app.jobs.tables import OutboxRow
from app.work import Caller, Runtime

Handler = Callable[[Caller, UUID], None]
Handlers = Mapping[Job, Handler]

_BATCH = 100
_log = logging.getLogger("mentorcert.jobs")


@dataclass(frozen=True)
class Failure:
    """A try that failed, by the code of its reason."""

    job_id: UUID
    kind: Job
    code: str


@dataclass(frozen=True)
class Drained:
    """What a drain did."""

    done: int = 0
    failures: tuple[Failure, ...] = field(default=())


def drain(runtime: Runtime, handlers: Handlers) -> Drained:
    """Run every job that is due, in this process, until none is; jobs that handlers ask for included.

    A failing job is due again only later, so it does not hold the others up.
    """
    done = 0
    failures: list[Failure] = []
    while True:
        with runtime.database.reading() as session:
            rows = queries.due(session, runtime.clock.now(), limit=_BATCH)
        if not rows:
            return Drained(done, tuple(failures))
        for row in rows:
            if (failure := run(runtime, handlers, row.body_id, row.id)) is None:
                done += 1
            else:
                failures.append(failure)


def run(runtime: Runtime, handlers: Handlers, body_id: UUID, job_id: UUID) -> Failure | None:
    """Carry out one job, unless it is done, and note the outcome; a failure is returned, not raised."""
    caller = as_system(runtime, body_id, f"job:{job_id}")
    job: OutboxRow = caller.read(service.job, job_id)
    if job.done_at is not None:
        return None
    try:
        handlers.get(job.kind, _missing)(caller, job.subject_id)
    except Exception as error:  # whatever a handler raises, the job must not be lost
        code = error.code if isinstance(error, Refusal) else type(error).__name__
        _log.warning("job %s %s failed: %s", job.kind, job_id, code, exc_info=not isinstance(error, Refusal))
        caller.write(service.fail, job_id, code)
        return Failure(job_id, job.kind, code)
    caller.write(service.finish, job_id)
    return None


def _missing(_caller: Caller, _subject_id: UUID) -> None:
    raise Refusal("handler_missing")


def as_system(runtime: Runtime, body_id: UUID, request_id: str) -> Caller:
    """Return the service itself acting in a body."""
    return Caller(runtime, system(body_id), request_id)
