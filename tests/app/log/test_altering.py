"""Whoever owns the database may alter it, but not unseen: every column of every audited table is tried."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlmodel import Session
from starlette.testclient import TestClient

from app.audit.rows import secret_columns
from app.audit.tables import EventRow
from app.log import content
from app.log.content import Altered
from app.log.exporting import WrongCheckpoint
from app.log.guarding import RolledBack
from app.log.tables import EdgeRow, LeafRow, NodeRow
from app.people.tables import PersonRow
from app.work import Caller, Runtime
from tests.support.logs import exported, forged_log, signed, unguarded, verified
from tests.support.planting import audited_tables, plant_everywhere, some_value
from tests.support.world import World

Check = Callable[..., dict[str, dict[str, Any]]]


@contextmanager
def altering(runtime: Runtime, *, keep: bool = False) -> Iterator[Session]:
    """A session in which to alter what one owns; undone at the end unless it is to be kept."""
    with runtime.database.writing() as session:
        yield session
        if keep:
            session.commit()


def _register(client: TestClient, world: World, name: str = "Ana") -> str:
    answer = client.post(
        "/v1/people",
        json={"printed_name": name, "language": "en"},
        headers=world.alpha["administrator"].headers,
    )
    assert answer.status_code == 201
    return str(answer.json()["id"])


def _columns() -> Iterator[tuple[sa.Table, "sa.Column[Any]"]]:
    for table in audited_tables():
        for column in table.columns:
            if column.name != "salt" or secret_columns(table):  # without secrets a salt opens nothing
                yield table, column


def test_an_altered_column_of_any_audited_row_is_found_and_named(
    runtime: Runtime, system: Caller, tmp_path: Path, check: Check
) -> None:
    unguarded(runtime)
    planted = plant_everywhere(system) | {"bodies": system.claim.body_id}
    honest = exported(system, tmp_path / "honest")
    assert verified(honest) == {}
    lines = _by_row((honest / "state.ndjson").read_bytes())
    unseen, cases = [], 0

    for table, column in _columns():
        row_id = planted[str(table.name)]
        with altering(runtime) as session:
            other = _alter(session, column, row_id)
            body = table.c.body_id if "body_id" in table.c else table.c.id
            here = (
                body == system.claim.body_id,
                table.c.id.in_([row_id, other if column.name == "id" else row_id]),
            )
            row = session.execute(sa.select(table).where(*here)).mappings().first()
        altered = {key: line for key, line in lines.items() if key != (table.name, str(row_id))}
        altered |= {} if row is None else {(str(table.name), str(row["id"])): content.line(table, row)}
        (honest / "state.ndjson").write_bytes(b"".join(line + b"\n" for line in altered.values()))
        place = check(honest).get("rows", {}).get("place", {})
        cases += 1
        if place.get("table") != table.name or place.get("row") not in {str(row_id), str(other)}:
            unseen.append(f"{table.name}.{column.name}")

    assert unseen == []
    assert cases > 5 * len(audited_tables())


def _by_row(state: bytes) -> dict[tuple[str, str], bytes]:
    rows = {line: json.loads(line) for line in state.splitlines()}
    return {(row["table"], row["id"]): line for line, row in rows.items()}


def _alter(session: Session, column: "sa.Column[Any]", row_id: object) -> object:
    """Give one column of one row another value, by SQL alone."""
    table = column.table
    here = table.c.id == row_id
    before = session.execute(sa.select(column).where(here)).scalar_one()
    other = next(value for value in (some_value(column, 1), some_value(column, 2)) if value != before)
    session.execute(sa.update(table).where(here).values({column.name: other}))
    return other


def test_a_row_removed_behind_the_services_back_is_named(
    client: TestClient, runtime: Runtime, world: World, system: Caller, tmp_path: Path
) -> None:
    gone = _register(client, world)
    unguarded(runtime)
    with altering(runtime, keep=True) as session:
        session.execute(sa.delete(PersonRow).where(PersonRow.id == UUID(gone)))

    found = verified(exported(system, tmp_path / "out"))

    assert found["rows"]["place"]["row"] == gone
    assert found["rows"]["says"] == "an event's row is missing"


@pytest.mark.parametrize(
    "name", [column.name for column in EventRow.__table__.columns if column.name != "body_id"]
)  # type: ignore[attr-defined] # SQLModel adds it at run time
def test_an_altered_event_is_named_by_its_place(
    runtime: Runtime, system: Caller, tmp_path: Path, name: str
) -> None:
    signed(system)
    unguarded(runtime)
    table = EventRow.__table__  # type: ignore[attr-defined] # SQLModel adds it at run time
    with altering(runtime, keep=True) as session:
        place = sa.select(LeafRow.id).where(LeafRow.body_id == system.claim.body_id, LeafRow.position == 3)
        target = session.execute(place).scalar_one()
        body = session.execute(sa.select(table.c.body).where(table.c.id == target)).scalar_one()
        other = bytes(body).replace(b'"v":1', b'"v":2') if name == "body" else some_value(table.c[name], 1)
        session.execute(sa.update(table).where(table.c.id == target).values({name: other}))

    with pytest.raises((Altered, WrongCheckpoint), match=r"event 3|do not lead"):
        exported(system, tmp_path / "out")


def test_an_altered_event_is_found_by_the_verifier_even_if_the_service_helped(
    system: Caller, tmp_path: Path
) -> None:
    folder = exported(system, tmp_path / "out")
    events = (folder / "events.ndjson").read_bytes().splitlines(keepends=True)
    events[3] = events[3].replace(b'"v":1', b'"v":2')
    (folder / "events.ndjson").write_bytes(b"".join(events))

    found = verified(folder)

    assert found["events"]["place"]["event"] == 3
    assert {"root", "tiles"} <= found.keys()


@pytest.mark.parametrize("table", [LeafRow, NodeRow, EdgeRow])
def test_an_altered_tree_is_not_signed_for(runtime: Runtime, system: Caller, table: type[LeafRow]) -> None:
    signed(system)
    unguarded(runtime)
    change: dict[str, object] = {"leaf": "0" * 64} if table is LeafRow else {"digest": "0" * 64}
    if table is EdgeRow:
        change = {"size": 1, "frontier": ["0" * 64]}
    with altering(runtime, keep=True) as session:
        session.execute(sa.update(table).where(table.body_id == system.claim.body_id).values(change))

    with pytest.raises((RolledBack, Altered)):
        list(_signed_and_read(runtime, system))


def _signed_and_read(runtime: Runtime, system: Caller) -> Iterator[bytes]:
    signed(system)
    with runtime.database.reading() as session:
        yield from content.events(session, system.claim.body_id)  # type: ignore[arg-type] # the fixture names a body


@pytest.mark.parametrize("with_rows", [False, True])
def test_cutting_off_the_newest_event_is_found(
    client: TestClient, runtime: Runtime, world: World, system: Caller, tmp_path: Path, with_rows: bool
) -> None:
    person = _register(client, world)
    signed(system)
    guard = runtime.settings.guards / f"{system.claim.body_id}.json"
    kept = Path(shutil.copyfile(guard, tmp_path / "kept.json"))
    unguarded(runtime)
    with altering(runtime, keep=True) as session:
        stream = session.scalars(sa.select(PersonRow).order_by(PersonRow.id.desc()).limit(1)).one()
        assert str(stream.id) == person
        session.execute(sa.delete(EventRow).where(EventRow.stream == stream.id))
        if with_rows:
            session.execute(sa.delete(PersonRow).where(PersonRow.id == stream.id))
        forged_log(session, system)

    with pytest.raises(RolledBack):
        exported(system, tmp_path / "refused")
    guard.unlink()  # the owner of the database owns this disk too
    found = verified(exported(system, tmp_path / "out"), "--guard", str(kept))

    assert "cut off or forked" in found["guard"]["says"]
    assert ("rows" in found) is not with_rows
    if not with_rows:
        assert (found["rows"]["place"]["table"], found["rows"]["place"]["row"]) == ("people", person)


def test_an_honest_world_verifies_on_the_day_after_too(
    client: TestClient, world: World, system: Caller, tmp_path: Path
) -> None:
    _register(client, world)
    first = exported(system, tmp_path / "first")
    guard = shutil.copyfile(
        system.runtime.settings.guards / f"{system.claim.body_id}.json", tmp_path / "kept.json"
    )
    _register(client, world, "Beatriz")

    assert verified(first) == {}
    assert verified(exported(system, tmp_path / "second"), "--guard", str(guard)) == {}
