"""Use cases of incidents: report, close; nothing of an open one is released (SEC-1, SEC-3)."""

from collections.abc import Collection
from uuid import UUID

from app.access.permissions import Permission
from app.audit.events import Event
from app.core.errors import Conflict
from app.core.paging import Slice, Window
from app.delivery import queries
from app.delivery.rules import incidents as law
from app.delivery.rules.incidents import IncidentKind, IncidentState
from app.delivery.schemas.incidents import IncidentCreate
from app.delivery.tables import AttemptRow, IncidentRow
from app.itembank import service as itembank
from app.work import Work


def report_incident(work: Work, wanted: IncidentCreate) -> IncidentRow:
    """Report what may touch the worth of a result; from now on nothing of it is released."""
    work.require(Permission.DELIVERY_INVIGILATE)
    law.ensure_about(slot_id=wanted.slot_id, attempt_id=wanted.attempt_id, form_id=wanted.form_id)
    _ensure_known(work, wanted)
    row = IncidentRow(
        body_id=work.body_id, reported_by=work.person_id, reported_at=work.now, **wanted.model_dump()
    )
    work.session.add(row)
    work.record(
        Event.INCIDENT_REPORTED,
        row,
        kind=row.kind,
        slot=row.slot_id,
        attempt=row.attempt_id,
        form=row.form_id,
    )
    return row


def incidents(work: Work, wanted: Window) -> Slice[IncidentRow]:
    """Return one page of the body's incidents."""
    work.require(Permission.DELIVERY_PLAN)
    return queries.incidents(work, wanted)


def touched(work: Work, incident_id: UUID) -> dict[str, object]:
    """List the attempts that an incident touches: its own, or all that were made on its form (SEC-1)."""
    work.require(Permission.DELIVERY_PLAN)
    row = queries.incident(work, incident_id)
    found = [] if row.attempt_id is None else [queries.attempt(work, row.attempt_id)]
    if row.form_id is not None:
        found += [one for one in queries.attempts_on(work, [row.form_id]) if one.id != row.attempt_id]
    return {"items": found}


def close_incident(work: Work, incident_id: UUID, finding: str) -> IncidentRow:
    """Close an incident with what was found; somebody else than who reported it does."""
    work.require(Permission.DELIVERY_PLAN)
    row = queries.incident(work, incident_id, lock=True)
    work.expect(row)
    law.ensure_may_close(row.state, reported_by=row.reported_by, closer=work.person_id)
    row.state, row.finding = IncidentState.CLOSED, finding
    row.closed_by, row.closed_on = work.person_id, work.today
    work.session.add(row)
    work.record(Event.INCIDENT_CLOSED, row)
    return row


def leaked_forms(work: Work) -> Collection[UUID]:
    """Return the forms that an open incident says to be known; callers open no attempt on them (SEC-1)."""
    return {
        row.form_id
        for row in queries.open_incidents(work)
        if row.kind is IncidentKind.LEAK and row.form_id is not None
    }


def ensure_untouched(work: Work, attempt: AttemptRow) -> None:
    """Refuse to release an attempt that an open incident names (SEC-3)."""
    for row in queries.open_incidents(work):
        if attempt.id == row.attempt_id or attempt.form_id == row.form_id:
            raise Conflict("incident_open", rule="SEC-3", incident=row.id, kind=row.kind)


def _ensure_known(work: Work, wanted: IncidentCreate) -> None:
    if wanted.slot_id is not None:
        queries.slot(work, wanted.slot_id)
    if wanted.attempt_id is not None:
        queries.attempt(work, wanted.attempt_id)
    if wanted.form_id is not None:
        itembank.form(work, wanted.form_id)
