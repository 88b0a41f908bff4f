"""Asking for a job inside a work, and noting what became of it."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from app.core.ids import new_id
from app.jobs import queries, rules
from app.jobs.rules import Job
from app.jobs.tables import OutboxRow
from app.work import Work


def enqueue(work: Work, job: Job, subject_id: UUID, key: str) -> None:
    """Ask for a job in the caller's own transaction: no commit, no job; the same key twice is one job.

    Callers have asked their own permission.
    """
    queries.add(
        work,
        {
            "body_id": work.body_id,
            "id": new_id(),
            "kind": job,
            "subject_id": subject_id,
            "key": key,
            "due_at": work.now,
            "tries": 0,
        },
    )


def begin_day(work: Work, kinds: Iterable[Job]) -> None:
    """Ask for what is done once a day in each body; asked for again on the same day it is the same job."""
    work.require_system()
    for kind in kinds:
        enqueue(work, kind, work.body_id, key=work.today.isoformat())


def job(work: Work, job_id: UUID) -> OutboxRow:
    """Return a job as it stands."""
    work.require_system()
    return queries.by_id(work, job_id)


def hand_over(work: Work, ids: Sequence[UUID]) -> None:
    """Note that an engine has these jobs now."""
    work.require_system()
    queries.mark_handed(work, ids)


def finish(work: Work, job_id: UUID) -> None:
    """Note that a job is done."""
    work.require_system()
    row = queries.for_update(work, job_id)
    row.done_at, row.last_error = work.now, None
    work.session.add(row)


def fail(work: Work, job_id: UUID, code: str) -> None:
    """Note a failure by its code, and when the job is due again."""
    work.require_system()
    row = queries.for_update(work, job_id)
    if row.done_at is not None:  # a twin of this try has finished meanwhile
        return
    row.tries += 1
    row.last_error, row.handed_at = code[:80], None
    row.due_at = work.now + rules.pause_after(row.tries)
    work.session.add(row)
