"""Use cases of people: register, read, appoint."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from app.access.permissions import Permission, Role, roles_with
from app.access.tables import AppointmentRow
from app.audit.events import Event
from app.core.errors import Invalid
from app.core.paging import Slice, Window
from app.people import queries
from app.people.schemas import AppointmentCreate, PersonCreate
from app.people.tables import PersonRow
from app.work import Work


def register(work: Work, wanted: PersonCreate) -> PersonRow:
    """Make a person known to the body."""
    work.require(Permission.PEOPLE_REGISTER)
    return enter(work, wanted)


def enter(work: Work, wanted: PersonCreate) -> PersonRow:
    """Enter a person; callers have asked their own permission (a mentor may register herself)."""
    person = PersonRow(body_id=work.body_id, **wanted.model_dump())
    work.session.add(person)
    work.session.flush()  # the account that may follow refers to it
    work.record(Event.PERSON_REGISTERED, person)
    return person


def known(work: Work, person_id: UUID) -> PersonRow:
    """Return a person of this body; callers have asked their own permission."""
    return queries.by_id(work, person_id)


def holds(work: Work, person_id: UUID, role: Role) -> bool:
    """Tell whether a person is appointed to a role today; callers have asked their own permission (GEN-4)."""
    return queries.holds(work, person_id, role, work.today)


def appointed_who_may(work: Work, permission: Permission) -> Sequence[UUID]:
    """Return whom an appointment gives a permission today; callers have asked their own permission."""
    return queries.appointed(work, roles_with(permission), work.today)


def read(work: Work, person_id: UUID) -> PersonRow:
    """Return a person; everyone may read herself."""
    if work.actor.person_id == person_id and work.may(Permission.PEOPLE_READ_OWN):
        return queries.by_id(work, person_id)
    work.require(Permission.PEOPLE_READ)
    return queries.by_id(work, person_id)


def search(work: Work, wanted: Window) -> Slice[PersonRow]:
    """Return one page of the body's people."""
    work.require(Permission.PEOPLE_READ)
    return queries.listed(work, wanted)


def appoint(work: Work, person_id: UUID, wanted: AppointmentCreate) -> AppointmentRow:
    """Appoint a person to a role for a time (GEN-4)."""
    work.require(Permission.PEOPLE_APPOINT)
    return enter_appointment(work, queries.by_id(work, person_id), wanted)


def enter_appointment(work: Work, person: PersonRow, wanted: AppointmentCreate) -> AppointmentRow:
    """Enter an appointment; callers have asked their own permission (the first one has nobody to ask)."""
    row = AppointmentRow(body_id=work.body_id, person_id=person.id, **wanted.model_dump())
    work.session.add(row)
    work.record(
        Event.PERSON_APPOINTED,
        row,
        person=person.id,
        role=row.role,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
    )
    return row


def end_appointment(work: Work, appointment_id: UUID, ends_on: date) -> AppointmentRow:
    """End an appointment on a day, today at the earliest: what was done under it stays done."""
    work.require(Permission.PEOPLE_APPOINT)
    row = queries.appointment(work, appointment_id)
    work.expect(row)
    if ends_on < max(work.today, row.starts_on):
        raise Invalid("appointment_end_refused", pointer="/ends_on", earliest=max(work.today, row.starts_on))
    row.ends_on = ends_on
    work.session.add(row)
    work.record(Event.APPOINTMENT_ENDED, row, role=row.role, ends_on=ends_on)
    return row


def appointments(work: Work, person_id: UUID) -> dict[str, object]:
    """Return all appointments of a person."""
    work.require(Permission.PEOPLE_READ)
    queries.by_id(work, person_id)
    return {"items": queries.appointments_of(work, person_id)}
