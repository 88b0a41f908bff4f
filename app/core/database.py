"""The engine and its two doors, reading and writing; SQLite made strict, PostgreSQL at READ COMMITTED."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState
from sqlmodel import Session

from app.core.errors import Unavailable
from app.core.settings import Settings
from app.core.turns import Turns

_LOCK_WAIT_SECONDS = 30


class Database:
    """One engine; `writing()` and `reading()` are the only ways to a session."""

    def __init__(self, settings: Settings) -> None:
        self.is_sqlite = settings.is_sqlite
        self._turns = Turns()
        self._side_lock: Path | None = None
        options: dict[str, Any] = {
            "pool_size": settings.threads + 4,
            "max_overflow": 0,
            "pool_timeout": 10,
            "hide_parameters": True,  # a failed statement is logged, what people entrusted to us is not
        }
        if self.is_sqlite:
            path = Path(sa.make_url(settings.database_url).database or "")
            path.parent.mkdir(parents=True, exist_ok=True)
            self._side_lock = path.with_suffix(".lock")
            options["connect_args"] = {"check_same_thread": False, "timeout": _LOCK_WAIT_SECONDS}
        else:
            options["connect_args"] = {
                "options": "-c lock_timeout=10s -c idle_in_transaction_session_timeout=60s"
            }
        self.engine = sa.create_engine(settings.database_url, **options)
        if self.is_sqlite:
            make_strict(self.engine)
            self._assert_durable()

    def _assert_durable(self) -> None:
        """Refuse to start when an acknowledged write might be lost with the power."""
        with self.engine.connect() as connection:
            level = connection.exec_driver_sql("PRAGMA synchronous").scalar_one()
            journal = connection.exec_driver_sql("PRAGMA journal_mode").scalar_one()
        if (level, journal) != (2, "wal"):
            raise RuntimeError(f"SQLite must run with synchronous=FULL in WAL, found {level}, {journal}")

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Open a session in a write transaction; the caller commits, leaving without commit rolls back."""
        if not self.is_sqlite:
            with _LockingSession(self.engine, expire_on_commit=False, autoflush=False) as session:
                yield session
            return
        with self._single_writer():
            engine = self.engine.execution_options(write=True)
            with _LockingSession(engine, expire_on_commit=False, autoflush=False) as session:
                yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a session that cannot write and sees one instant of the database, however often it asks."""
        snapshot = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        engine = self.engine if self.is_sqlite else self.engine.execution_options(**snapshot)
        with Session(engine, expire_on_commit=False, autoflush=False) as session:
            yield session

    @contextmanager
    def _single_writer(self) -> Iterator[None]:
        """Queue writers: in turns within this process, by a file lock with a command running beside it."""
        if not self._turns.take(_LOCK_WAIT_SECONDS):
            raise Unavailable("busy")
        try:
            assert self._side_lock is not None
            with self._side_lock.open("a") as side:
                fcntl.flock(side, fcntl.LOCK_EX)
                yield
        finally:
            self._turns.give()

    def dispose(self) -> None:
        """Close all connections."""
        self.engine.dispose()


class _LockingSession(Session):
    """A session in which a row is as it was when it was locked, even where it had been read before."""


@event.listens_for(_LockingSession, "do_orm_execute")
def _see_what_was_locked(asked: ORMExecuteState) -> None:
    """Read a row anew when it is locked: whoever held the lock may have changed it since it was read."""
    if not isinstance(asked.statement, sa.Select) or asked.statement._for_update_arg is None:
        return
    locked = {mapper.class_ for mapper in asked.all_mappers}
    if any(type(row) in locked for row in asked.session.dirty):
        raise RuntimeError("a row was changed before it was locked")
    asked.update_execution_options(populate_existing=True)


def make_strict(engine: sa.Engine) -> None:
    """Give every SQLite connection foreign keys, WAL, full durability and explicit transactions."""

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # the driver must not begin or commit by itself
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "recursive_triggers=ON",  # or REPLACE deletes past the guards
            "busy_timeout=30000",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        writes = connection.get_execution_options().get("write")
        connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if writes else 'ON'}")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    @event.listens_for(engine, "reset")
    def _reset(connection: Any, _record: object, _state: object) -> None:
        if connection.in_transaction:  # a refused COMMIT leaves it open, with the lock on the whole file
            connection.rollback()


_RETRY_STATES = {"40001", "40P01"}
_EVENT_KEYS = ("uq_events_body_id_stream_sseq", "events.body_id, events.stream, events.sseq")
_LOST_TO_ANOTHER = (": untold", ": told before", ": appended")
"""Guards that a work meets only when another one has told of the same stream since it looked."""


def is_retriable(error: sa.exc.DBAPIError) -> bool:
    """Whether running the whole work again may succeed: lost race, deadlock, busy.

    Two works that append to one stream at once collide on the stream's next number; the loser starts again.
    """
    state = getattr(error.orig, "sqlstate", None)
    text = str(error.orig)
    if isinstance(error, sa.exc.IntegrityError):
        guard = text.split("\n", maxsplit=1)[0]
        return any(key in text for key in _EVENT_KEYS) or guard.endswith(_LOST_TO_ANOTHER)
    return state in _RETRY_STATES or "database is locked" in text or "database table is locked" in text


def is_taken_key(error: sa.exc.DBAPIError) -> bool:
    """Whether a unique key is taken; after a lost race a second run sees by whom, and refuses in words."""
    return getattr(error.orig, "sqlstate", None) == "23505"


def is_lock_timeout(error: sa.exc.DBAPIError) -> bool:
    """Whether a row was held by another transaction for longer than we wait."""
    return getattr(error.orig, "sqlstate", None) == "55P03"


def refused_by(error: sa.exc.IntegrityError) -> str:
    """Return what the database refused by: a guard's rule id, or the constraint's own words."""
    text = str(error.orig)
    if (start := text.find(GUARD_MARK)) >= 0:
        return text[start + len(GUARD_MARK) :].split("]", maxsplit=1)[0]
    return (
        getattr(getattr(error.orig, "diag", None), "constraint_name", None)
        or text.rsplit(": ", maxsplit=1)[-1]
    )


GUARD_MARK = "[rule "
