"""SQLite made strict, readers that cannot write, and a refused commit that leaves nothing behind."""

from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from app.access.tables import SignInRow
from app.core import database
from app.core.database import Database
from app.work import Caller, Runtime, Work
from tests.support.counting import rows
from tests.support.world import World


def test_an_acknowledged_write_survives_the_loss_of_power(tmp_path: Path, runtime: Runtime) -> None:
    opened = Database(replace(runtime.settings, database_url=f"sqlite:///{tmp_path / 'new.db'}"))

    with opened.engine.connect() as connection:
        found = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("synchronous", "journal_mode")
        ]
        foreign = connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one()
    opened.dispose()

    assert (found, foreign) == ([2, "wal"], 1)


def test_a_database_that_may_lose_writes_is_not_opened(
    tmp_path: Path, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        database, "make_strict", lambda _engine: None
    )  # stands for a driver that ignores the setting

    with pytest.raises(RuntimeError, match="synchronous=FULL"):
        Database(replace(runtime.settings, database_url=f"sqlite:///{tmp_path / 'lax.db'}"))


def test_a_reader_cannot_write(runtime: Runtime) -> None:
    with (
        runtime.database.reading() as session,
        pytest.raises(sa.exc.DBAPIError, match=r"read-?only|READ ONLY"),
    ):
        session.connection().exec_driver_sql("DELETE FROM sign_ins")

    with runtime.database.writing() as session:  # and the next on the same connection can
        session.connection().exec_driver_sql("DELETE FROM sign_ins WHERE id IS NULL")
        session.commit()


def test_a_refused_commit_leaves_no_transaction_open(runtime: Runtime) -> None:
    before = rows(runtime, "people")
    for _ in range(3):
        with pytest.raises(sa.exc.IntegrityError), runtime.database.writing() as session:
            session.connection().exec_driver_sql("UPDATE people SET rev = rev + 1")
            session.commit()

    with runtime.database.writing() as session:
        session.connection().exec_driver_sql("DELETE FROM sign_ins")
        session.commit()

    assert rows(runtime, "people") == before
    assert rows(runtime, "sign_ins") == []


def test_leaving_a_work_without_commit_leaves_nothing(runtime: Runtime) -> None:
    before = rows(runtime, "sign_ins")
    with runtime.database.writing() as session:
        session.connection().exec_driver_sql("DELETE FROM sign_ins")

    assert rows(runtime, "sign_ins") == before


def test_a_refusal_inside_a_work_undoes_what_it_did(system: Caller, runtime: Runtime) -> None:
    def half(work: Work) -> None:
        work.require_system()
        work.session.connection().exec_driver_sql("DELETE FROM sign_ins")
        raise LookupError

    before = rows(runtime, "sign_ins")
    with pytest.raises(LookupError):
        system.write(half)

    assert rows(runtime, "sign_ins") == before


def test_a_row_that_was_read_before_is_read_anew_when_it_is_locked(world: World, runtime: Runtime) -> None:
    with runtime.database.writing() as session:
        seen = session.exec(select(SignInRow)).first()
        assert seen is not None
        session.connection().exec_driver_sql("UPDATE sign_ins SET refresh_hash = 'of another'")

        again = session.exec(select(SignInRow).where(col(SignInRow.id) == seen.id).with_for_update()).one()

        assert (again is seen, seen.refresh_hash) == (True, "of another")


def test_a_row_is_locked_before_it_is_changed(world: World, runtime: Runtime) -> None:
    with runtime.database.writing() as session:
        seen = session.exec(select(SignInRow)).first()
        assert seen is not None
        seen.refresh_hash = "mine"

        with pytest.raises(RuntimeError, match="before it was locked"):
            session.exec(select(SignInRow).with_for_update()).all()
