"""Setting a sheet aside, so that another marks in its place; it is kept as it was and never counts."""

from uuid import UUID

from app.access.permissions import Permission
from app.applications import service as applications
from app.audit.events import Event
from app.core.errors import NotImpartial
from app.delivery import service as delivery
from app.marking import queries, rules
from app.marking.rules import AsideCause, AssignmentAction, ProposalState
from app.marking.schemas.sheets import RemarkingCreate
from app.marking.service.material import component_of
from app.marking.tables import AssignmentRow
from app.work import Work


def remark(work: Work, case_id: UUID, wanted: RemarkingCreate) -> AssignmentRow:
    """Have a seat marked by another before the result is released; nobody orders it who marked (EXM-6)."""
    work.require(Permission.MARKING_RELEASE)
    case = applications.case_for_update(work, case_id)
    ensure_uninvolved(work, case_id, wanted.component, duty="order a re-marking")
    applications.ensure_not_own(work, case, "order a re-marking")
    component = component_of(work, case, wanted.component)
    number = delivery.present_sitting_no(work, case_id, component.code)
    row = queries.sheet_for_update(work, case_id, component.code, number, wanted.seat)
    set_aside(work, row, AsideCause.REMARKING, reasons=wanted.reasons)
    return row


def set_aside(work: Work, row: AssignmentRow, cause: AsideCause, *, reasons: str | None = None) -> None:
    """Close a sheet and free its seat; callers have asked their own permission and locked the case."""
    row.state = rules.after(row.state, AssignmentAction.SET_ASIDE)
    row.aside_at, row.aside_cause, row.aside_reasons = work.now, cause, reasons
    work.session.add(row)
    work.record(
        Event.SHEET_SET_ASIDE, row, case=row.case_id, component=row.component, seat=row.seat, cause=cause
    )
    proposal = queries.accepted_proposal(work, row)
    proposal.state = ProposalState.CLOSED
    work.session.add(proposal)
    work.record(Event.PROPOSAL_CLOSED, proposal, cause=cause)


def ensure_uninvolved(work: Work, case_id: UUID, component: str, *, duty: str) -> None:
    """Refuse a duty over a marking to whoever marked in it, even where her sheet was set aside (EXM-6)."""
    markers = {row.assessor_id for row in queries.assignments_of(work, case_id) if row.component == component}
    if work.person_id in markers:
        raise NotImpartial("not_impartial", rule="EXM-6", act="examined", duty=duty)
