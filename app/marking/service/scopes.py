"""What assessors may judge, and how much at once, as the body has it on record (PER-1, PER-4)."""

from datetime import date
from uuid import UUID

from app.access.permissions import Permission
from app.audit.events import Event
from app.core.errors import Invalid, NotImpartial
from app.marking import queries, rules
from app.marking.schemas.allocation import ScopeCreate
from app.marking.tables import AssessorLoadRow, AssessorScopeRow
from app.people import service as people
from app.schemes import service as schemes
from app.work import Work


def record_scope(work: Work, person_id: UUID, wanted: ScopeCreate) -> AssessorScopeRow:
    """Record what an assessor may judge and what shows it; nobody records her own (PER-1, PER-4)."""
    work.require(Permission.MARKING_QUALIFY)
    people.known(work, person_id)
    schemes.known(work, wanted.scheme_id)
    if person_id == work.person_id:
        raise NotImpartial("scope_of_oneself", rule="PER-1")
    rules.ensure_scope(
        wanted.level,
        wanted.own_level,
        wanted.basis,
        valid_from=wanted.valid_from,
        valid_until=wanted.valid_until,
    )
    row = AssessorScopeRow(
        body_id=work.body_id,
        person_id=person_id,
        recorded_by=work.person_id,
        recorded_at=work.now,
        **wanted.model_dump(mode="python"),
    )
    work.session.add(row)
    work.record(
        Event.SCOPE_RECORDED,
        row,
        person=person_id,
        scheme=row.scheme_id,
        components=row.components,
        level=row.level,
        basis=row.basis,
        valid_until=row.valid_until,
    )
    return row


def end_scope(work: Work, scope_id: UUID, valid_until: date) -> AssessorScopeRow:
    """End a scope earlier than it was to end, today at the earliest."""
    work.require(Permission.MARKING_QUALIFY)
    row = queries.scope_for_update(work, scope_id)
    work.expect(row)
    earliest = max(work.today, row.valid_from)
    if not earliest <= valid_until <= row.valid_until:
        raise Invalid("scope_end_refused", pointer="/valid_until", earliest=earliest, latest=row.valid_until)
    row.valid_until = valid_until
    work.session.add(row)
    work.record(Event.SCOPE_ENDED, row, valid_until=valid_until)
    return row


def scopes(work: Work, person_id: UUID) -> dict[str, object]:
    """Return all scopes of an assessor; she sees her own."""
    if person_id != work.actor.person_id or not work.may(Permission.MARKING_MARK):
        work.require(Permission.MARKING_ALLOCATE)
    people.known(work, person_id)
    return {"items": queries.scopes_of(work, [person_id])}


def set_load(work: Work, person_id: UUID, most_open: int) -> AssessorLoadRow:
    """Say how many assignments an assessor takes at once: she herself, or the staff."""
    if person_id != work.actor.person_id or not work.may(Permission.MARKING_MARK):
        work.require(Permission.MARKING_QUALIFY)
    people.known(work, person_id)
    row = queries.load_for_update(work, person_id)
    if row is None:
        row = AssessorLoadRow(
            body_id=work.body_id,
            person_id=person_id,
            most_open=most_open,
            told_by=work.person_id,
            told_on=work.today,
        )
    row.most_open, row.told_by, row.told_on = most_open, work.person_id, work.today
    work.session.add(row)
    work.record(Event.LOAD_TOLD, row, person=person_id, most_open=most_open)
    work.session.flush()  # the answer tells the version it is now
    return row
