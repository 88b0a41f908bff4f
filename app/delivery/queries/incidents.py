"""What is asked about incidents and calendar links."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlmodel import col, select

from app.core.errors import NotFound
from app.core.paging import Slice, Window, page
from app.delivery.rules.incidents import IncidentState
from app.delivery.tables import AttemptRow, CalendarLinkRow, IncidentRow
from app.work import Work


def incident(work: Work, incident_id: UUID, *, lock: bool = False) -> IncidentRow:
    """Return an incident, locked where it is about to change."""
    query = select(IncidentRow).where(
        col(IncidentRow.body_id) == work.body_id, col(IncidentRow.id) == incident_id
    )
    found = work.session.exec(query.with_for_update() if lock else query).first()
    if found is None:
        raise NotFound("incident")
    return found


def incidents(work: Work, wanted: Window) -> Slice[IncidentRow]:
    """Return one page of the body's incidents."""
    query = select(IncidentRow).where(col(IncidentRow.body_id) == work.body_id).order_by(col(IncidentRow.id))
    if wanted.after is not None:
        query = query.where(col(IncidentRow.id) > wanted.after)
    return page(work.session.exec(query.limit(wanted.limit + 1)).all(), wanted)


def open_incidents(work: Work, *, attempt_id: UUID | None = None) -> Sequence[IncidentRow]:
    """Return the incidents that are open, of one attempt if named."""
    query = select(IncidentRow).where(
        col(IncidentRow.body_id) == work.body_id, col(IncidentRow.state) == IncidentState.OPEN
    )
    if attempt_id is not None:
        query = query.where(col(IncidentRow.attempt_id) == attempt_id)
    return work.session.exec(query.order_by(col(IncidentRow.id))).all()


def attempts_on(work: Work, form_ids: Collection[UUID]) -> Sequence[AttemptRow]:
    """Return the attempts that were made on some forms, oldest first."""
    return work.session.exec(
        select(AttemptRow)
        .where(col(AttemptRow.body_id) == work.body_id, col(AttemptRow.form_id).in_(form_ids))
        .order_by(col(AttemptRow.id))
    ).all()


def concluded_on(work: Work, form_id: UUID, first: date, last: date) -> Sequence[AttemptRow]:
    """Return the attempts on a form whose results were released in a period, oldest first."""
    return work.session.exec(
        select(AttemptRow)
        .where(
            col(AttemptRow.body_id) == work.body_id,
            col(AttemptRow.form_id) == form_id,
            col(AttemptRow.concluded_on) >= first,
            col(AttemptRow.concluded_on) <= last,
        )
        .order_by(col(AttemptRow.id))
    ).all()


def calendar_link(work: Work, secret_hash: str) -> CalendarLinkRow:
    """Return the calendar link of a secret that was not ended."""
    found = work.session.exec(
        select(CalendarLinkRow).where(
            col(CalendarLinkRow.body_id) == work.body_id,
            col(CalendarLinkRow.secret_hash) == secret_hash,
            col(CalendarLinkRow.ended_at).is_(None),
        )
    ).first()
    if found is None:
        raise NotFound("calendar_link")
    return found


def calendar_links_of(work: Work, person_id: UUID) -> Sequence[CalendarLinkRow]:
    """Return a person's calendar links that were not ended."""
    return work.session.exec(
        select(CalendarLinkRow).where(
            col(CalendarLinkRow.body_id) == work.body_id,
            col(CalendarLinkRow.person_id) == person_id,
            col(CalendarLinkRow.ended_at).is_(None),
        )
    ).all()
