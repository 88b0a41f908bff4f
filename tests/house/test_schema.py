"""The whole schema, walked: keys by body, classes on every column, ties to events, checks on enumerations."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel

from app.audit import guards
from app.core.table import Class, ScaledDecimal
from app.tables import metadata

TENANT = "bodies"
OWN_KEY = {
    "idempotency_keys": ["body_id", "caller", "operation", "key"],
    "log_edges": ["body_id"],
    "log_nodes": ["body_id", "level", "position"],
}
"""Tables whose key is not (body_id, id), though it begins with the body."""
GLOBAL_UNIQUE = {("bodies", "slug")}
UNTIED = {"events"}
"""The events refer to nothing, so that nothing can keep one from being written."""
AUDITED = [table for table in metadata.sorted_tables if guards.is_audited(table)]
TABLES = [table for table in metadata.sorted_tables if table.name != TENANT]


def named(table: sa.Table) -> str:
    return table.name


def uniques(table: sa.Table) -> Iterator[list[str]]:
    for constraint in table.constraints:
        if isinstance(constraint, sa.UniqueConstraint):
            yield [column.name for column in constraint.columns]
    for index in table.indexes:
        if index.unique:
            yield [column.name for column in index.columns]


@pytest.mark.parametrize("table", TABLES, ids=named)
def test_a_tables_key_begins_with_the_body(table: sa.Table) -> None:
    assert [column.name for column in table.primary_key] == OWN_KEY.get(table.name, ["body_id", "id"])


@pytest.mark.parametrize("table", TABLES, ids=named)
def test_a_foreign_key_never_leaves_the_body(table: sa.Table) -> None:
    for key in table.foreign_key_constraints:
        target = key.elements[0].column
        assert (key.column_keys[0], target.name) == (
            "body_id",
            "id" if target.table.name == TENANT else "body_id",
        )


@pytest.mark.parametrize("table", TABLES, ids=named)
def test_a_row_belongs_to_a_body_that_exists(table: sa.Table) -> None:
    referred = {key.referred_table.name for key in table.foreign_key_constraints}

    assert TENANT in referred or table.name in UNTIED


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=named)
def test_nothing_is_unique_across_bodies(table: sa.Table) -> None:
    across = {(table.name, *columns) for columns in uniques(table) if columns[0] != "body_id"}

    assert across <= GLOBAL_UNIQUE


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=named)
def test_every_column_has_a_class(table: sa.Table) -> None:
    assert [column.name for column in table.columns if not isinstance(column.info.get("class"), Class)] == []


@pytest.mark.parametrize("table", AUDITED, ids=named)
def test_an_audited_table_is_tied_to_its_events_at_commit(table: sa.Table) -> None:
    body = "body_id" if "body_id" in table.columns else "id"
    stream = "stream" if "stream" in table.columns else "id"
    ties = [key for key in table.foreign_key_constraints if key.referred_table.name == "events"]
    tie = next((key for key in ties if key.column_keys == [body, stream, "rev"]), None)

    assert tie is not None
    assert [element.column.name for element in tie.elements] == ["body_id", "stream", "sseq"]
    assert (tie.deferrable, tie.initially) == (True, "DEFERRED")
    assert not table.c.rev.nullable


@pytest.mark.parametrize("table", AUDITED, ids=named)
def test_an_audited_table_keeps_a_salt_for_its_secrets(table: sa.Table) -> None:
    assert table.c.salt.nullable  # it is erased with the values that it hides


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=named)
def test_an_enumeration_is_text_with_a_check(table: sa.Table) -> None:
    for column in table.columns:
        if isinstance(column.type, sa.Enum):
            checks = [check for check in table.constraints if getattr(check, "_type_bound", False)]
            assert not column.type.native_enum
            assert any(column.name in str(check.sqltext) for check in checks), column.name


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=named)
def test_no_column_holds_a_binary_fraction(table: sa.Table) -> None:
    inexact = [
        column.name
        for column in table.columns
        if isinstance(column.type, sa.Numeric | sa.Float) and not isinstance(column.type, ScaledDecimal)
    ]

    assert inexact == []


def test_names_stay_apart_where_a_database_cuts_them() -> None:
    names = [
        str(item.name)[:63]
        for table in metadata.sorted_tables
        for item in (*table.constraints, *table.indexes)
        if item.name
    ]

    assert len(names) == len(set(names))


def test_names_of_guards_fit_into_both_databases() -> None:
    own = {
        mapper.local_table: getattr(mapper.class_, "guards", ()) for mapper in SQLModel._sa_registry.mappers
    }
    names = [
        f"guard_{table.name}_{guard.name}"
        for table in metadata.sorted_tables
        for guard in (*guards.guards_of(table), *own.get(table, ()))
    ]

    assert len(names) == len(set(names))
    assert [name for name in names if len(name) > 63] == []
