"""A database whose commits fail on purpose, the way a loaded PostgreSQL or a busy SQLite lets them fail."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy import event
from sqlmodel import Session

from app.core.database import Database
from app.work import Runtime


class Serialization(Exception):  # noqa: N818 - stands for the driver's error of that name
    """What the driver raises."""

    sqlstate = "40001"


class Faulty(Database):
    """Asks `fault` before each commit; what it raises is what the commit ends in."""

    fault: Callable[[], None]

    @contextmanager
    def writing(self) -> Iterator[Session]:
        with super().writing() as session:
            event.listen(session, "before_commit", lambda _session: self.fault())
            yield session


def with_faults(runtime: Runtime, fault: Callable[[], None]) -> Runtime:
    """Return the same runtime on a database that fails as told."""
    database = Faulty(runtime.settings)
    database.fault = fault
    return replace(runtime, database=database)


class EveryFirstTry:
    """Lets each first commit of a work fail and its repetition pass; works must come one after the other."""

    def __init__(self) -> None:
        self.failed = 0
        self._is_second = False

    def __call__(self) -> None:
        self._is_second = not self._is_second
        if self._is_second:
            self.failed += 1
            raise sa.exc.OperationalError("COMMIT", {}, Serialization("could not serialize access"))
