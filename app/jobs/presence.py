"""One name per running job engine, held while its process lives, so that others can tell who has died.

On PostgreSQL a name is a lock of the database session, freed by the server when the process dies; on SQLite,
where one process serves, it is a lock on a file. No clock is asked and no heartbeat is missed.
"""

import contextlib
import fcntl
import hashlib
import socket
from collections.abc import Iterator
from contextlib import AbstractContextManager

import sqlalchemy as sa

from app.work import Runtime

_MOST_ON_ONE_HOST = 64


class AlreadyRunning(RuntimeError):  # noqa: N818 - refusals are named for what is wrong
    """Another process already does what only one may."""


def hold(runtime: Runtime) -> AbstractContextManager[str]:
    """Take the first free name of this host and keep it; a restarted process so gets its own name back."""
    return _hold_file(runtime) if runtime.database.is_sqlite else _hold_lock(runtime)


@contextlib.contextmanager
def _hold_file(runtime: Runtime) -> Iterator[str]:
    path = runtime.settings.data_folder / "service.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning(
                "Another MentorCert service already uses this data folder; on SQLite only one may run."
            ) from None
        yield "service"


@contextlib.contextmanager
def _hold_lock(runtime: Runtime) -> Iterator[str]:
    with _session(runtime) as connection:
        for number in range(1, _MOST_ON_ONE_HOST + 1):
            name = f"{socket.gethostname()}-{number}"
            if _try(connection, name):
                yield name
                return
        raise AlreadyRunning(f"{_MOST_ON_ONE_HOST} workers already run on this host.")


@contextlib.contextmanager
def proven_dead(runtime: Runtime, name: str) -> Iterator[bool]:
    """Tell whether nobody holds a name; while the answer is used, nobody can take it."""
    if runtime.database.is_sqlite:
        yield False
        return
    with _session(runtime) as connection:
        yield _try(connection, name)


@contextlib.contextmanager
def _session(runtime: Runtime) -> Iterator[sa.Connection]:
    """Open a database session of its own, outside the pool: closing it frees its locks."""
    engine = sa.create_engine(
        runtime.settings.database_url, poolclass=sa.NullPool, isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        yield connection


def _try(connection: sa.Connection, name: str) -> bool:
    key = int.from_bytes(hashlib.sha256(f"mentorcert.jobs:{name}".encode()).digest()[:8], "big", signed=True)
    return bool(connection.scalar(sa.text("SELECT pg_try_advisory_lock(:key)"), {"key": key}))
