"""The use case of attendance lists: records of all who took part, attested by whoever hands the list in."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from app.access.permissions import Permission
from app.audit.events import Event
from app.core.errors import Findings, Invalid
from app.core.messages import sentence
from app.practice import queries
from app.practice.attendance_file import attendees_of
from app.practice.rules import BadRows, RecordKind, RowOutcome
from app.practice.rules.activities import ensure_may_name
from app.practice.rules.attendance import Attended, Roll
from app.practice.schemas.attendance import ActivityHeld
from app.practice.service.activities import types_of
from app.practice.service.confirming import note_reference
from app.practice.tables import PracticeRecordRow
from app.work import Work


@dataclass(frozen=True)
class RowTold:
    """What became of one row of a list."""

    row: int
    outcome: RowOutcome
    person_id: UUID | None
    is_ok: bool
    column: str | None
    code: str | None
    message: str | None


@dataclass(frozen=True)
class Brought:
    """What a list brought, or would bring."""

    is_dry_run: bool
    loaded: int
    rows: list[RowTold]


def import_attendance(
    work: Work, content: bytes, held: ActivityHeld, *, dry_run: bool, language: str, bad_rows: BadRows
) -> Brought:
    """Enter a record for each who took part, attested in one's own name: it bars from their cases."""
    work.require(Permission.PRACTICE_ATTEST)
    kind = _kind_of(work, held)
    attendees = attendees_of(content)
    people = queries.people_by_address(work, [one.email.casefold() for one in attendees])
    for person_id in sorted(people.values()):
        queries.lock_mentor(work, person_id)
    roll = Roll(held.hours, people, _took_part(work, people.values(), held), work.person_id)
    judged = [roll.judge(one) for one in attendees]
    told = [_told(one, language) for one in judged]
    refused = [one for one in told if not one.is_ok]
    if dry_run:
        return Brought(is_dry_run=True, loaded=0, rows=told)
    if refused and bad_rows is BadRows.REFUSE:
        faults = tuple((_pointer(one), one.code or "", one.message or "") for one in refused)
        raise Findings("import_refused", faults, rows=len(refused))
    return Brought(is_dry_run=False, loaded=_enter(work, held, kind, judged), rows=told)


def _took_part(work: Work, person_ids: Collection[UUID], held: ActivityHeld) -> set[UUID]:
    return queries.took_part(work, person_ids, type=held.type, held_on=held.held_on, title=held.title)


def _kind_of(work: Work, held: ActivityHeld) -> RecordKind:
    """Refuse a day that has not come, and a type that is none of records."""
    if held.held_on > work.today:
        raise Invalid("day_not_come", pointer="/held_on")
    types = types_of(work)
    found = types.get(held.type)
    kind = None if found is None else found.record_kind
    if found is not None and kind is None:
        raise Invalid("activity_type_misfits", pointer="/type", type=held.type, kind="session")
    ensure_may_name(types, held.type, kind, held.held_on)
    assert kind is not None, "an unknown type was refused"
    return kind


def _enter(work: Work, held: ActivityHeld, kind: RecordKind, judged: Sequence[Attended]) -> int:
    """Write the records person by person in one order, so that two lists cannot deadlock."""
    loaded = [one for one in judged if one.outcome is RowOutcome.LOADED and one.person_id is not None]
    for one in sorted(loaded, key=lambda one: str(one.person_id)):
        assert one.person_id is not None
        note_reference(work, one.person_id, held.held_on)
        row = PracticeRecordRow(
            body_id=work.body_id,
            person_id=one.person_id,
            kind=kind,
            type=held.type,
            started_on=held.held_on,
            hours=one.hours,
            given_by=held.given_by,
            note=held.title,
            attested_by=work.person_id,
        )
        work.session.add(row)
        work.record(Event.RECORD_ATTENDED, row, kind=kind, type=held.type, capacity=held.capacity)
    return len(loaded)


def _told(one: Attended, language: str) -> RowTold:
    remark = one.remark
    return RowTold(
        row=one.number,
        outcome=one.outcome,
        person_id=one.person_id,
        is_ok=one.outcome is not RowOutcome.REFUSED,
        column=remark.pointer.lstrip("/") if remark and remark.pointer else None,
        code=remark.code if remark else None,
        message=sentence(remark.code, remark.facts, language) if remark else None,
    )


def _pointer(row: RowTold) -> str:
    return f"/rows/{row.row}" + (f"/{row.column}" if row.column else "")
