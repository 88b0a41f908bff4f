"""What goes on beside the requests: events into the logs, heads signed, jobs handed to the engine.

On SQLite it runs inside the one service process, on PostgreSQL as a process of its own, as many as one likes.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.bodies import service as bodies
from app.certificates import jobs as certificates
from app.delivery import jobs as delivery
from app.directory import jobs as directory
from app.itembank import jobs as itembank
from app.jobs import service as jobs
from app.jobs.dispatching import dispatch, recover
from app.jobs.engine import Engine
from app.jobs.rules import Job
from app.jobs.running import Handlers, as_system
from app.log import keeping
from app.notices import jobs as notices
from app.practice import jobs as practice
from app.reports import jobs as reports
from app.statements import jobs as statements
from app.work import Runtime, forget_answers

HANDLERS: Handlers = {
    Job.ASK_MENTEES: practice.ask_mentees,
    Job.ASSEMBLE_FORMS: itembank.assemble,
    Job.EMPTY_CONTACTS: directory.empty_contacts,
    Job.END_RECORDINGS: delivery.end_recordings,
    Job.MAKE_REPORT: reports.make,
    Job.REMIND_LISTED: directory.remind_listed,
    Job.REMIND_STAFF: practice.remind_staff,
    Job.PROMPT: practice.prompt,
    Job.SEAL_DOCUMENT: certificates.seal,
    Job.SEAL_STATEMENT: statements.seal,
    Job.SEND_NOTICE: notices.deliver,
}
"""Who carries out which job."""

DAILY = (
    Job.ASK_MENTEES,
    Job.EMPTY_CONTACTS,
    Job.END_RECORDINGS,
    Job.PROMPT,
    Job.REMIND_LISTED,
    Job.REMIND_STAFF,
)
"""What is done once a day in each body, on its own calendar."""

_TICK_SECONDS = 0.25
_SIGN_SECONDS = 3.0
_DAY_SECONDS = 30.0
_RECOVER_SECONDS = 30.0
_FORGET_SECONDS = 3600.0
_log = logging.getLogger("mentorcert.worker")


@dataclass
class _Duty:
    """One thing the worker sees to, at most so often."""

    name: str
    act: Callable[[], object]
    every: float = _TICK_SECONDS
    due: float = 0.0

    def take(self, now: float) -> None:
        """Act if it is time; a fault is logged, and the other duties go on."""
        if now < self.due:
            return
        self.due = now + self.every
        try:
            self.act()
        except Exception:
            _log.exception("the worker could not %s", self.name)


def run(runtime: Runtime, stop: threading.Event, handlers: Handlers = HANDLERS) -> None:
    """Do all duties until told to stop; jobs in work come to their end first."""
    with Engine(runtime, handlers) as engine:
        _loop(runtime, engine, stop)


@contextmanager
def beside(runtime: Runtime, handlers: Handlers = HANDLERS) -> Iterator[None]:
    """Do all duties in a thread of this process for as long as the block lasts."""
    stop = threading.Event()
    with Engine(runtime, handlers) as engine:
        thread = threading.Thread(target=_loop, args=(runtime, engine, stop), name="worker")
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join()


class Days:
    """Begins each body's day once; a second process that does so too asks for the same jobs."""

    def __init__(self, runtime: Runtime, kinds: tuple[Job, ...] = DAILY) -> None:
        self._runtime, self._kinds = runtime, kinds
        self._begun: dict[UUID, date] = {}

    def begin(self) -> None:
        """Ask for the daily jobs of every body whose day is new; one body's fault stops no other."""
        for body_id, today in bodies.days(self._runtime).items():
            if self._begun.get(body_id) == today:
                continue
            try:
                as_system(self._runtime, body_id, "day").write(jobs.begin_day, self._kinds)
                self._begun[body_id] = today
            except Exception:
                _log.exception("the day of body %s could not be begun", body_id)


def _loop(runtime: Runtime, engine: Engine, stop: threading.Event) -> None:
    duties = (
        _Duty("bring events in", lambda: keeping.bring_in(runtime)),
        _Duty("hand jobs over", lambda: dispatch(runtime, engine)),
        _Duty("begin the day", Days(runtime).begin, _DAY_SECONDS),
        _Duty("sign", lambda: keeping.sign(runtime), _SIGN_SECONDS),
        _Duty("find lost jobs", lambda: recover(runtime, engine), _RECOVER_SECONDS),
        _Duty("take over from the dead", engine.take_over, _RECOVER_SECONDS),
        _Duty("forget old answers", lambda: forget_answers(runtime), _FORGET_SECONDS),
    )
    while not stop.wait(_TICK_SECONDS):
        for duty in duties:
            duty.take(time.monotonic())
