"""The durable engine, DBOS: it remembers which jobs were handed over and carries them on after a crash.

It keeps its own book (a file on SQLite, a schema on PostgreSQL) and must never be called inside an open work:
its own connection would wait for ours. The outbox stays the truth about what is done and how often it failed.
"""

import contextlib
import sqlite3
import time
from collections.abc import Callable
from typing import Self
from uuid import UUID

from dbos import DBOS, DBOSConfig, DBOSPortableJSONSerializer, SetWorkflowID

from app.jobs import presence
from app.jobs.running import Handlers, run
from app.jobs.tables import OutboxRow
from app.work import Runtime

_QUEUE = "jobs"
_FORM = "1"
"""Version of what is written into the engine's book; raised when older entries could not be carried on."""
_AT_ONCE = 4
_ENDED = {"SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"}


class Engine:
    """One per process, as DBOS is: a context that starts it and stops it."""

    def __init__(self, runtime: Runtime, handlers: Handlers, *, poll_seconds: float = 0.2) -> None:
        self._runtime = runtime
        self._handlers = handlers
        self._poll_seconds = poll_seconds
        self._exit = contextlib.ExitStack()
        self._workflow: Callable[[str, str], None]
        self.name = ""

    def __enter__(self) -> Self:
        """Start under the first free name; jobs that a predecessor of that name left are carried on."""
        with contextlib.ExitStack() as undo:
            self.name = undo.enter_context(presence.hold(self._runtime))
            undo.callback(DBOS.destroy, destroy_registry=True, workflow_completion_timeout_sec=0)
            DBOS(config=self._config())
            self._workflow = self._registered()
            DBOS.launch()
            DBOS.register_queue(
                _QUEUE,
                worker_concurrency=_AT_ONCE,
                polling_interval_sec=self._poll_seconds,
                on_conflict="always_update",
            )
            self._exit = undo.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        """Let jobs in work come to their end for a while, then stop."""
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline and self._own("PENDING"):
            time.sleep(0.05)
        self._exit.close()

    def _config(self) -> DBOSConfig:
        return DBOSConfig(
            name="mentorcert",
            system_database_url=self._book(),
            dbos_system_schema="jobs",
            sys_db_pool_size=_AT_ONCE + 4,
            serializer=DBOSPortableJSONSerializer(),
            application_version=_FORM,
            executor_id=self.name,
            log_level="ERROR",
            enable_otlp=False,
        )

    def _book(self) -> str:
        if not self._runtime.database.is_sqlite:
            return self._runtime.settings.database_url
        path = self._runtime.settings.data_folder / "jobs.db"
        with contextlib.closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA journal_mode=WAL")  # stays with the file; the engine would not set it
        return f"sqlite:///{path}"

    def _registered(self) -> Callable[[str, str], None]:
        @DBOS.step(name="carry_out")
        def carry_out(body_id: str, job_id: str) -> str | None:
            failure = run(self._runtime, self._handlers, UUID(body_id), UUID(job_id))
            return failure.code if failure else None

        @DBOS.workflow(name="run_job")
        def run_job(body_id: str, job_id: str) -> None:
            carry_out(body_id, job_id)

        return run_job

    def hand(self, job: OutboxRow) -> None:
        """Take a job over; handed over again, the same try of the same job is not run again."""
        with SetWorkflowID(_id_of(job)):
            DBOS.enqueue_workflow(_QUEUE, self._workflow, str(job.body_id), str(job.id))

    def has_lost(self, job: OutboxRow) -> bool:
        """Tell whether a job that was handed over will never be finished by the engine."""
        status = DBOS.get_workflow_status(_id_of(job))
        return status is None or status.status in _ENDED

    def take_over(self) -> int:
        """Carry on what executors left behind that are proven dead; return how many jobs that were."""
        taken = 0
        others = DBOS.list_workflows(status="PENDING", load_input=False, load_output=False)
        for name in {other.executor_id for other in others if other.executor_id not in {None, self.name}}:
            with presence.proven_dead(self._runtime, str(name)) as is_dead:
                for left in others if is_dead else ():
                    if left.executor_id == name:
                        DBOS.resume_workflow(left.workflow_id, queue_name=_QUEUE)
                        taken += 1
        return taken

    def _own(self, status: str) -> int:
        return len(
            DBOS.list_workflows(status=status, executor_id=self.name, load_input=False, load_output=False)
        )


def _id_of(job: OutboxRow) -> str:
    """Name a try of a job: a failed one is run again as another."""
    return f"{job.id}.{job.tries}"
