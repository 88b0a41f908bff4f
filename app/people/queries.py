"""What is asked about people and appointments."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from app.access.permissions import Role
from app.access.tables import AppointmentRow
from app.core.errors import NotFound
from app.core.paging import Slice, Window, page
from app.people.tables import PersonRow
from app.work import Work


def by_id(work: Work, person_id: UUID) -> PersonRow:
    """Return a person of this body."""
    found = work.session.get(PersonRow, (work.body_id, person_id))
    if found is None:
        raise NotFound("person")
    return found


def listed(work: Work, wanted: Window) -> Slice[PersonRow]:
    """Return one page of the body's people."""
    query = select(PersonRow).where(col(PersonRow.body_id) == work.body_id).order_by(col(PersonRow.id))
    if wanted.after is not None:
        query = query.where(col(PersonRow.id) > wanted.after)
    return page(work.session.exec(query.limit(wanted.limit + 1)).all(), wanted)


def appointment(work: Work, appointment_id: UUID) -> AppointmentRow:
    """Return an appointment, locked for change."""
    found = work.session.exec(
        select(AppointmentRow)
        .where(col(AppointmentRow.body_id) == work.body_id, col(AppointmentRow.id) == appointment_id)
        .with_for_update()
    ).first()
    if found is None:
        raise NotFound("appointment")
    return found


def appointments_of(work: Work, person_id: UUID) -> Sequence[AppointmentRow]:
    """Return all appointments of a person, oldest first."""
    return work.session.exec(
        select(AppointmentRow)
        .where(col(AppointmentRow.body_id) == work.body_id, col(AppointmentRow.person_id) == person_id)
        .order_by(col(AppointmentRow.id))
    ).all()


def appointed(work: Work, roles: Collection[Role], on: date) -> Sequence[UUID]:
    """Return the people who are appointed to one of some roles on a day, each once, in order."""
    row = AppointmentRow
    return work.session.exec(
        select(row.person_id)
        .where(
            col(row.body_id) == work.body_id,
            col(row.role).in_(roles),
            col(row.starts_on) <= on,
            sa.or_(col(row.ends_on).is_(None), col(row.ends_on) >= on),
        )
        .distinct()
        .order_by(col(row.person_id))
    ).all()


def holds(work: Work, person_id: UUID, role: Role, on: date) -> bool:
    """Tell whether a person is appointed to a role on a day."""
    return any(
        found.role is role and found.starts_on <= on and (found.ends_on is None or on <= found.ends_on)
        for found in appointments_of(work, person_id)
    )
