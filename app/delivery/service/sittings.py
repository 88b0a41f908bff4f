"""Use cases of sittings of judged components, and what marking needs of them."""

from uuid import UUID

from app.access.permissions import Permission
from app.applications import service as applications
from app.applications.tables import CaseRow
from app.audit.events import Event
from app.core.errors import Conflict, Invalid
from app.delivery import queries, rules
from app.delivery.schemas.sat import SittingCreate
from app.delivery.service.booking import use_booking
from app.delivery.service.invigilating import invigilated
from app.delivery.service.readiness import ensure_ready, tries_of
from app.delivery.tables import SittingRow
from app.schemes import assessing
from app.work import Work


def hold(work: Work, case_id: UUID, wanted: SittingCreate) -> SittingRow:
    """Enter a sitting that was held with identity, agreement and aids in order (SEC-2)."""
    work.require(Permission.DELIVERY_PLAN)
    case = applications.case_for_update(work, case_id)
    applications.ensure_not_own(work, case, "hold the sitting")
    package = ensure_ready(work, case, wanted.component, scoring="rubric")
    rules.ensure_conditions(
        identity_confirmed=wanted.identity_confirmed,
        agreement_signed=wanted.agreement_signed,
        aids_checked=wanted.aids_checked,
    )
    if not case.submitted_on <= wanted.held_on <= work.today:
        raise Invalid("held_on_refused", pointer="/held_on", earliest=case.submitted_on, latest=work.today)
    tries = tries_of(work, case_id, wanted.component)
    number = rules.next_try(tries, assessing.retake(package), wanted.held_on)
    if wanted.booking_id is not None:
        _ensure_checked_in(work, case, wanted)
    involvement_id = (
        None
        if wanted.invigilator_id is None
        else invigilated(work, case, wanted.invigilator_id, wanted.held_on)
    )
    row = SittingRow(
        body_id=work.body_id,
        case_id=case_id,
        attempt_no=number,
        involvement_id=involvement_id,
        **wanted.model_dump(),
    )
    work.session.add(row)
    work.record(Event.SITTING_HELD, row, case=case_id, component=row.component, held_on=row.held_on)
    return row


def present_sitting_no(work: Work, case_id: UUID, component: str) -> int:
    """Return the number of the sitting that is, or will be, the present one of a judged component."""
    return 1 + sum(found.passed is not None for found in tries_of(work, case_id, component))


def sitting(work: Work, case_id: UUID, component: str, attempt_no: int) -> SittingRow:
    """Return the sitting with this number; refuse while it was not held."""
    for row in queries.sittings_of(work, case_id, component):
        if row.attempt_no == attempt_no:
            return row
    raise Conflict("sitting_missing", component=component)


def conclude_sitting(work: Work, row: SittingRow, *, passed: bool) -> None:
    """Say once whether a sitting was passed; callers release its result in the same work."""
    row.passed, row.concluded_on = passed, work.today
    work.session.add(row)
    work.record(Event.SITTING_CONCLUDED, row, component=row.component, passed=passed)


def _ensure_checked_in(work: Work, case: CaseRow, wanted: SittingCreate) -> None:
    """Refuse a booking that is another case's or component's, or that nobody checked in (SEC-2)."""
    used = use_booking(work, case, wanted.component, at_any_time=True)
    if used.id != wanted.booking_id:
        raise Invalid("booking_not_for_sitting", pointer="/booking_id")
