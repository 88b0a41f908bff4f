"""Up, down and up again; afterwards the database is what the metadata says, checks and guards included."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from app.audit import guards
from app.certificates.service import CertificateRow
from app.core.database import make_strict
from app.migrating import config, downgrade, upgrade
from app.tables import metadata
from app.work import Runtime
from tests.support.counting import rows
from tests.support.databases import Templates

PG_CHECKS = """
    SELECT relname, conname, pg_get_constraintdef(pg_constraint.oid) FROM pg_constraint
    JOIN pg_class ON pg_class.oid = conrelid
    WHERE contype IN ('c', 'f') AND connamespace = 'public'::regnamespace
"""
PG_TRIGGERS = """
    SELECT relname, tgname, pg_get_triggerdef(pg_trigger.oid) || prosrc FROM pg_trigger
    JOIN pg_class ON pg_class.oid = tgrelid JOIN pg_proc ON pg_proc.oid = tgfoid WHERE NOT tgisinternal
"""
SQLITE_TRIGGERS = "SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger'"
Rules = set[tuple[str, str, str]]


@contextmanager
def opened(url: str) -> Iterator[sa.Connection]:
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    if engine.dialect.name == "sqlite":
        make_strict(engine)
        engine = engine.execution_options(write=True)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def rules_of(url: str) -> Rules:
    """All checks, foreign keys and triggers, each with its table, its name and its text."""
    with opened(url) as connection:
        if connection.dialect.name == "postgresql":
            found = [*connection.exec_driver_sql(PG_CHECKS), *connection.exec_driver_sql(PG_TRIGGERS)]
        else:
            found = [*_sqlite_checks(connection), *connection.exec_driver_sql(SQLITE_TRIGGERS)]
    return {
        (table, name, " ".join(str(text).split()))
        for table, name, text in found
        if table != "alembic_version"
    }


def _sqlite_checks(connection: sa.Connection) -> Iterator[tuple[str, str, str]]:
    inspector = sa.inspect(connection)
    for table in inspector.get_table_names():
        for check in inspector.get_check_constraints(table):
            yield table, str(check["name"]), check["sqltext"]
        for key in inspector.get_foreign_keys(table):
            told = (
                key["constrained_columns"],
                key["referred_table"],
                key["referred_columns"],
                key["options"],
            )
            yield table, str(key["name"]), str(told)


@pytest.fixture
def blank(templates: Templates) -> Iterator[str]:
    url = templates.blank()
    yield url
    templates.remove(url)


@pytest.fixture
def migrated(blank: str) -> str:
    upgrade(blank)
    return blank


@pytest.fixture
def wanted(templates: Templates) -> Iterator[Rules]:
    """The rules of a database made from the metadata without any migration: the yardstick."""
    url = templates.blank()
    with opened(url) as connection:
        metadata.create_all(connection)
        guards.make(connection, metadata)
        connection.commit()
    yield rules_of(url)
    templates.remove(url)


def test_there_is_one_head() -> None:
    assert len(ScriptDirectory.from_config(config("sqlite://")).get_heads()) == 1


def test_a_database_goes_up_down_and_up_again(blank: str) -> None:
    upgrade(blank)
    first = rules_of(blank)

    downgrade(blank, "base")
    with opened(blank) as connection:
        left = set(sa.inspect(connection).get_table_names()) - {"alembic_version"}
    upgrade(blank)

    assert left == set()
    assert rules_of(blank) == first


def test_tables_columns_keys_and_indexes_are_those_of_the_metadata(migrated: str) -> None:
    with opened(migrated) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        differences = compare_metadata(context, metadata)

    assert differences == []


def test_checks_and_guards_are_those_of_the_metadata(migrated: str, wanted: Rules) -> None:
    found = rules_of(migrated)

    assert found - wanted == set()
    assert wanted - found == set()


def test_the_loss_of_a_guard_is_seen(migrated: str, wanted: Rules) -> None:
    with opened(migrated) as connection:
        on = " ON events" if connection.dialect.name == "postgresql" else ""
        connection.exec_driver_sql(f"DROP TRIGGER guard_events_unaltered{on}")
        connection.commit()

    assert {name for _, name, _ in wanted - rules_of(migrated)} == {"guard_events_unaltered"}


def test_a_second_upgrade_changes_nothing(migrated: str) -> None:
    before = rules_of(migrated)

    upgrade(migrated)

    assert rules_of(migrated) == before


def test_certificates_from_before_there_was_a_directory_are_found_by_what_they_cover(
    runtime: Runtime, certificate: CertificateRow
) -> None:
    url = str(runtime.settings.database_url)
    before = scopes(runtime)
    runtime.database.dispose()

    downgrade(url, "0005")
    upgrade(url)

    assert before == {("phase", code) for code in certificate.phases} | {
        ("endorsement", code) for code in certificate.endorsements
    }
    assert before
    assert scopes(runtime) == before


def scopes(runtime: Runtime) -> set[tuple[str, str]]:
    return {(row.dimension, row.code) for row in rows(runtime, "certificate_scopes")}
