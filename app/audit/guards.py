"""Triggers from the metadata: what was recorded stays, and no state changes without its event.

They are dropped before migrations and made anew after them, in the same transaction (batch mode on SQLite
drops triggers silently), so that they always match the tables. Each refusal names its rule.
"""

from collections.abc import Iterator

import sqlalchemy as sa
from sqlmodel import SQLModel

from app.core.database import GUARD_MARK
from app.core.table import Guard

_KEPT_FOR_EVER = ("events", "log_leaves", "log_nodes", "log_checkpoints")
_PREFIX = "guard_"


def make(connection: sa.Connection, metadata: sa.MetaData) -> None:
    """Create all guards for the tables of the metadata."""
    write = _sqlite if connection.dialect.name == "sqlite" else _postgresql
    own = {
        mapper.local_table: getattr(mapper.class_, "guards", ()) for mapper in SQLModel._sa_registry.mappers
    }
    for table in metadata.sorted_tables:
        for guard in (*guards_of(table), *own.get(table, ())):
            for statement in write(table.name, guard):
                connection.exec_driver_sql(statement)
        if connection.dialect.name == "postgresql" and (is_audited(table) or table.name in _KEPT_FOR_EVER):
            connection.exec_driver_sql(_never_truncate(table.name))


def drop(connection: sa.Connection) -> None:
    """Drop all guards that the database has, whatever version made them."""
    for trigger, table in names(connection):
        on = "" if connection.dialect.name == "sqlite" else f" ON {table}"
        connection.exec_driver_sql(f"DROP TRIGGER {trigger}{on}")


def names(connection: sa.Connection) -> list[tuple[str, str]]:
    """Return (trigger, table) of all guards that the database has, sorted."""
    query = (
        "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'guard_%'"
        if connection.dialect.name == "sqlite"
        else "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
        " JOIN pg_namespace ON pg_namespace.oid = relnamespace"
        " WHERE NOT tgisinternal AND tgname LIKE 'guard_%' AND nspname = current_schema()"
    )
    return sorted(
        (str(name), str(table)) for name, table in connection.exec_driver_sql(query.replace("%", "%%"))
    )


def is_audited(table: sa.Table) -> bool:
    """Whether changes of the table's rows must have events."""
    return "rev" in table.columns


def guards_of(table: sa.Table) -> Iterator[Guard]:
    """Yield the guards that a table has by its kind: audited, or kept for ever."""
    if is_audited(table):
        yield from _audited(table)
    elif table.name in _KEPT_FOR_EVER:
        yield from _kept(table)


def _audited(table: sa.Table) -> Iterator[Guard]:
    body = "body_id" if "body_id" in table.columns else "id"
    stream = "stream" if "stream" in table.columns else "id"
    told = (
        f"EXISTS (SELECT 1 FROM events e WHERE e.body_id = NEW.{body}"  # noqa: S608 - names of our own columns
        f" AND e.stream = NEW.{stream} AND e.sseq = NEW.rev)"
    )
    moved = f"NEW.{body} <> OLD.{body} OR NEW.id <> OLD.id OR NEW.{stream} <> OLD.{stream}"
    yield Guard("told_before", "REC-1", "INSERT", f"{told} OR {_exists(table)}")
    yield Guard("untold", "REC-1", "UPDATE", f"NEW.rev < OLD.rev OR {moved} OR {told}")
    yield Guard("kept", "REC-1", "DELETE", "1 = 1")


def _kept(table: sa.Table) -> Iterator[Guard]:
    broken = (
        "NEW.sseq > 1 AND NOT EXISTS (SELECT 1 FROM events e WHERE e.body_id = NEW.body_id"
        " AND e.stream = NEW.stream AND e.sseq = NEW.sseq - 1 AND e.leaf = NEW.prev)"
    )
    second = f"{_exists(table)}"
    if table.name == "events":
        second += (
            " OR EXISTS (SELECT 1 FROM events e WHERE e.body_id = NEW.body_id"  # noqa: S608 - no input in it
            f" AND e.stream = NEW.stream AND e.sseq = NEW.sseq) OR ({broken})"
        )
    yield Guard("appended", "REC-2", "INSERT", second)
    yield Guard("unaltered", "REC-2", "UPDATE", "1 = 1")
    yield Guard("kept", "REC-2", "DELETE", "1 = 1")


def _exists(table: sa.Table) -> str:
    """Refuse a second row of the same key before SQLite's INSERT OR REPLACE deletes the first unseen."""
    same = " AND ".join(f"o.{column.name} = NEW.{column.name}" for column in table.primary_key.columns)
    return f"EXISTS (SELECT 1 FROM {table.name} o WHERE {same})"  # noqa: S608 - names of our own tables


def _message(table: str, guard: Guard) -> str:
    return f"{GUARD_MARK}{guard.rule}] {table}: {guard.name.replace('_', ' ')}"


def _sqlite(table: str, guard: Guard) -> Iterator[str]:
    condition = guard.refuse_when_sqlite or guard.refuse_when
    yield (
        f"CREATE TRIGGER {_PREFIX}{table}_{guard.name} BEFORE {guard.on} ON {table} FOR EACH ROW"
        f" WHEN {condition} BEGIN SELECT RAISE(ABORT, '{_message(table, guard)}'); END"
    )


def _postgresql(table: str, guard: Guard) -> Iterator[str]:
    name = f"{_PREFIX}{table}_{guard.name}"
    row = "OLD" if guard.on == "DELETE" else "NEW"
    yield (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN"
        f" IF {guard.refuse_when} THEN RAISE EXCEPTION '{_message(table, guard)}'"
        f" USING ERRCODE = 'check_violation'; END IF; RETURN {row}; END $guard$"
    )
    yield f"CREATE TRIGGER {name} BEFORE {guard.on} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"


def _never_truncate(table: str) -> str:
    name = f"{_PREFIX}{table}_truncate"
    return (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN"
        f" RAISE EXCEPTION '{GUARD_MARK}REC-2] {table}: truncate'"
        " USING ERRCODE = 'check_violation'; END $guard$;"
        f" CREATE TRIGGER {name} BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
    )
