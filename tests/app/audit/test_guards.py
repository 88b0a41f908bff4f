"""What the database itself refuses, by whatever door somebody comes in."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col

from app.access.permissions import Permission
from app.audit import guards
from app.audit.events import Event
from app.audit.recorder import Incomplete
from app.core.database import refused_by
from app.core.ids import new_id
from app.people import service as people
from app.people.schemas import PersonCreate
from app.people.tables import PersonRow
from app.tables import metadata
from app.work import Caller, Runtime, Work
from tests.support.counting import counts, events, rows
from tests.support.world import World

PEOPLE = metadata.tables["people"]
ZOE = PersonCreate(printed_name="Zoë", language="en")
Act = Callable[[Session], Any]


def attempt(runtime: Runtime, act: Act) -> str:
    """Do something in a bare session and commit; return the rule or key that refuses it, or nothing."""
    try:
        with runtime.database.writing() as session:
            act(session)
            session.commit()
    except sa.exc.IntegrityError as error:
        return refused_by(error) or "a key"
    return ""


def raw(statement: str) -> Act:
    return lambda session: session.connection().exec_driver_sql(statement)


def bodies_event(runtime: Runtime) -> Any:
    return events(runtime, "body.established")[0]


AUDITED_ATTEMPTS = {
    "same rev, raw": (raw("UPDATE people SET language = 'xx'"), "REC-1"),
    "same rev, text": (lambda s: s.execute(sa.text("UPDATE people SET language = 'xx'")), "REC-1"),
    "same rev, core": (lambda s: s.execute(sa.update(PEOPLE).values(language="xx")), "REC-1"),
    "same rev, bulk": (lambda s: s.execute(sa.update(PersonRow).values(language="xx")), "REC-1"),
    "lower rev": (raw("UPDATE people SET rev = rev - 1"), "REC-1"),
    "other identity": (raw("UPDATE people SET rev = rev + 1, id = body_id"), "REC-1"),
    "delete, raw": (raw("DELETE FROM people"), "REC-1"),
    "delete, core": (lambda s: s.execute(sa.delete(PEOPLE)), "REC-1"),
    "delete, bulk": (lambda s: s.execute(sa.delete(PersonRow).where(col(PersonRow.rev) > 0)), "REC-1"),
}


@pytest.mark.parametrize("name", AUDITED_ATTEMPTS)
def test_an_audited_row_is_not_changed_behind_its_stream(name: str, runtime: Runtime) -> None:
    act, rule = AUDITED_ATTEMPTS[name]
    before = rows(runtime, "people")

    assert attempt(runtime, act) == rule
    assert rows(runtime, "people") == before


def test_a_higher_rev_without_its_event_fails_at_commit(runtime: Runtime) -> None:
    before = rows(runtime, "people")

    assert attempt(runtime, raw("UPDATE people SET rev = rev + 1, language = 'xx'"))
    assert rows(runtime, "people") == before


@pytest.mark.parametrize("how", ["core", "orm", "bulk"])
def test_a_new_row_without_its_event_fails_at_commit(how: str, runtime: Runtime, world: World) -> None:
    values = {
        "body_id": world.alpha.body_id,
        "id": new_id(),
        "rev": 1,
        "printed_name": "Zoë",
        "language": "en",
    }
    ways: dict[str, Act] = {
        "core": lambda s: s.execute(sa.insert(PEOPLE).values(**values)),
        "orm": lambda s: s.add(PersonRow(**values)),
        "bulk": lambda s: s.execute(sa.insert(PersonRow), [values]),
    }

    assert attempt(runtime, ways[how])
    assert rows(runtime, "people", id=values["id"]) == []


def test_no_audited_row_of_any_table_is_deleted_or_changed_in_place(runtime: Runtime) -> None:
    for table in filter(guards.is_audited, metadata.sorted_tables):
        if counts(runtime)[table.name]:
            assert attempt(runtime, raw(f"UPDATE {table.name} SET rev = rev")) == "REC-1", table.name
            assert attempt(runtime, raw(f"DELETE FROM {table.name}")) == "REC-1", table.name


EVENT_ATTEMPTS = {
    "changed": "UPDATE events SET event = 'nothing.happened'",
    "moved": "UPDATE events SET sseq = sseq + 100",
    "deleted": "DELETE FROM events",
}


@pytest.mark.parametrize("name", EVENT_ATTEMPTS)
def test_an_event_stays_as_it_was_recorded(name: str, runtime: Runtime) -> None:
    before = rows(runtime, "events")

    assert attempt(runtime, raw(EVENT_ATTEMPTS[name])) == "REC-2"
    assert rows(runtime, "events") == before


def test_an_event_is_not_written_over(runtime: Runtime) -> None:
    if runtime.database.is_sqlite:
        statement = "INSERT OR REPLACE INTO events SELECT * FROM events"
    else:
        statement = (
            "INSERT INTO events SELECT * FROM events ON CONFLICT (body_id, id) DO UPDATE SET event = 'x'"
        )

    assert attempt(runtime, raw(statement)) == "REC-2"


def test_an_audited_row_is_not_written_over(runtime: Runtime) -> None:
    if runtime.database.is_sqlite:
        statement = "INSERT OR REPLACE INTO people SELECT * FROM people"
    else:
        statement = (
            "INSERT INTO people SELECT * FROM people ON CONFLICT (body_id, id) DO UPDATE SET language = 'x'"
        )

    assert attempt(runtime, raw(statement)) == "REC-1"


def test_an_audited_row_does_not_give_way_to_another_of_the_same_name(runtime: Runtime) -> None:
    """REPLACE takes away whatever stands in the way of any unique key, not of the primary key alone."""
    names = [column.name for column in metadata.tables["accounts"].columns]
    columns = ", ".join(names)
    if runtime.database.is_sqlite:
        taken = ", ".join({"id": "randomblob(16)", "rev": "99"}.get(name, name) for name in names)
        statement = f"INSERT OR REPLACE INTO accounts ({columns}) SELECT {taken} FROM accounts LIMIT 1"
    else:
        taken = ", ".join({"id": "gen_random_uuid()", "rev": "99"}.get(name, name) for name in names)
        statement = (
            f"INSERT INTO accounts ({columns}) SELECT {taken} FROM accounts LIMIT 1"
            " ON CONFLICT (body_id, email) DO UPDATE SET password_hash = 'x'"
        )

    def act(session: Session) -> None:
        session.connection().exec_driver_sql("DELETE FROM sign_ins")  # nothing else holds the row
        session.connection().exec_driver_sql(statement)

    assert attempt(runtime, act) == "REC-1"


def test_nothing_recorded_is_emptied_at_one_stroke(runtime: Runtime) -> None:
    stroke = "DELETE FROM {}" if runtime.database.is_sqlite else "TRUNCATE {} CASCADE"
    for table in ("events", "people", "body_keys"):
        before = rows(runtime, table)
        assert attempt(runtime, raw(stroke.format(table))).startswith("REC-"), table
        assert rows(runtime, table) == before


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"sseq": 1}, "a number that is taken"),
        ({"sseq": 3}, "a gap"),
        ({"sseq": 2, "prev": "0" * 64}, "a broken chain"),
    ],
    ids=["taken", "gap", "chain"],
)
def test_an_event_joins_its_stream_at_the_end_only(
    changes: dict[str, Any], why: str, runtime: Runtime
) -> None:
    head = bodies_event(runtime)._mapping
    forged = dict(head) | {"id": new_id(), "sseq": 2, "prev": head["leaf"]} | changes

    assert (
        attempt(runtime, lambda s: s.execute(sa.insert(metadata.tables["events"]).values(**forged)))
        == "REC-2"
    ), why


def test_a_work_that_forgets_its_event_is_told_which_table(system: Caller, runtime: Runtime) -> None:
    def forget(work: Work) -> None:
        work.require_system()
        work.session.add(PersonRow(body_id=work.body_id, **ZOE.model_dump()))

    before = counts(runtime)
    with pytest.raises(Incomplete, match="people changed without an event"):
        system.write(forget)

    assert counts(runtime) == before


def test_a_work_that_writes_past_the_recorder_fails_at_commit(system: Caller, runtime: Runtime) -> None:
    def sneak(work: Work) -> None:
        work.require_system()
        values = {"body_id": work.body_id, "id": new_id(), "rev": 1, **ZOE.model_dump()}
        work.session.execute(sa.insert(PEOPLE).values(**values))

    before = counts(runtime)
    with pytest.raises(sa.exc.IntegrityError):
        system.write(sneak)

    assert counts(runtime) == before


def test_one_work_records_one_event_for_an_aggregate(system: Caller) -> None:
    def twice(work: Work) -> None:
        work.require_system()
        person = people.enter(work, ZOE)
        work.record(Event.PERSON_REGISTERED, person)

    with pytest.raises(Incomplete, match="one event per aggregate"):
        system.write(twice)


def test_a_use_case_that_asks_no_permission_fails(system: Caller, runtime: Runtime) -> None:
    before = counts(runtime)
    with pytest.raises(RuntimeError, match="no permission"):
        system.write(lambda work: people.enter(work, ZOE))

    assert counts(runtime) == before


def test_a_disclosure_without_its_event_is_not_answered(system: Caller) -> None:
    with pytest.raises(RuntimeError, match="must record"):
        system.disclose(lambda work: work.require_system())


def test_asking_for_a_permission_that_is_missing_counts_as_having_asked(system: Caller) -> None:
    assert system.read(lambda work: work.may(Permission.PEOPLE_READ)) is False


def test_a_reader_cannot_write(runtime: Runtime) -> None:
    with runtime.database.reading() as session, pytest.raises(sa.exc.DBAPIError):
        session.connection().exec_driver_sql("UPDATE sign_in_attempts SET failures = 0")
        session.connection().exec_driver_sql("INSERT INTO log_edges SELECT * FROM log_edges WHERE 1 = 0")


def test_an_event_tells_who_what_and_when(system: Caller, runtime: Runtime) -> None:
    def enter(work: Work) -> PersonRow:
        work.require_system()
        return people.enter(work, ZOE)

    person = system.write(enter)

    told = rows(runtime, "events", stream=person.id)
    assert [(row.sseq, row.prev, row.event) for row in told] == [(1, "0" * 64, "person.registered")]
    assert told[0].at - runtime.clock.now() < timedelta(seconds=1)
    assert b"Zo" not in bytes(told[0].body)  # personal values enter as commitments only
