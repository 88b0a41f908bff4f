"""Propose assessors, let them declare, and see how far a marking is."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from app.access.permissions import Permission, Role
from app.applications import service as applications
from app.applications.rules import CaseState
from app.applications.tables import CaseRow
from app.audit.events import Event
from app.core.errors import Conflict, NotFound
from app.delivery import service as delivery
from app.impartiality import service as impartiality
from app.impartiality.rules import Answer
from app.marking import queries, rules
from app.marking.rules import AsideCause, ProposalState, Seat, Stage
from app.marking.schemas.sheets import ProposalCreate
from app.marking.service import written
from app.marking.service.material import Component, component_of, components_of, sheets_of
from app.marking.service.remarking import set_aside
from app.marking.service.standings import ensure_suitable
from app.marking.tables import AssignmentRow, ProposalRow
from app.people import service as people
from app.work import Work


def propose(work: Work, case_id: UUID, wanted: ProposalCreate) -> ProposalRow:
    """Propose an appointed assessor for an open seat; an act that bars her is named (IMP-1, IMP-2)."""
    work.require(Permission.MARKING_ALLOCATE)
    case = applications.case_for_update(work, case_id)
    applications.ensure_not_own(work, case, "allocate")
    number, stage = _place(work, case, wanted.component)
    if case.state is not CaseState.ADMITTED:
        raise Conflict("case_not_admitted", rule="APP-3", state=case.state)
    people.known(work, wanted.assessor_id)
    if not people.holds(work, wanted.assessor_id, Role.ASSESSOR):
        raise Conflict("not_an_assessor", rule="GEN-4")
    standing = standing_proposals(work, case_id, wanted.component, number)
    if any(row.assessor_id == wanted.assessor_id for row in standing):
        raise Conflict("assessor_seated", rule="EXM-6")
    rules.ensure_seat(wanted.seat, {row.seat for row in standing}, stage)
    matter = applications.matter(work, case, wanted.component)
    impartiality.require_free(work, rules.duty_of(wanted.seat), matter, person_id=wanted.assessor_id)
    ensure_suitable(work, case, wanted.component, wanted.assessor_id)
    row = ProposalRow(body_id=work.body_id, case_id=case_id, attempt_no=number, **wanted.model_dump())
    work.session.add(row)
    work.record(
        Event.ASSESSOR_PROPOSED,
        row,
        case=case_id,
        component=row.component,
        seat=row.seat,
        assessor=row.assessor_id,
    )
    return row


def proposals(work: Work) -> dict[str, object]:
    """Show the acting assessor the names she must declare conflicts on (IMP-2; 7.0, amendment 18)."""
    work.require(Permission.MARKING_MARK)
    return {"items": [_view(work, row) for row in queries.open_proposals(work, work.person_id)]}


def declare(work: Work, case_id: UUID, answer: Answer) -> dict[str, object]:
    """Declare conflicts on a case (IMP-2): none seats her, one closes her sheets."""
    work.require(Permission.MARKING_MARK)
    case = applications.case_for_update(work, case_id)
    found = queries.open_proposals_for_update(work, work.person_id, case_id)
    sheets = queries.open_sheets_for_update(work, work.person_id, case_id)
    is_free = answer is Answer.NONE
    if not found and (is_free or not sheets):
        raise NotFound("proposal")
    impartiality.enter_declaration(work, applications.matter(work, case), answer)
    work.session.flush()  # the ledger asks the database for the declaration
    assignments = [_assign(work, row) for row in found] if is_free else []
    for row in found:
        row.state = ProposalState.ACCEPTED if is_free else ProposalState.CLOSED
        work.session.add(row)
        work.record(Event.PROPOSAL_CLOSED, row, answer=answer)
    aside = [] if is_free else _uncounted(work, case_id, sheets)
    for sheet in aside:
        set_aside(work, sheet, AsideCause.CONFLICT)
    return {
        "case_id": case_id,
        "answer": answer,
        "assignments": [row.id for row in assignments],
        "set_aside": [row.id for row in aside],
    }


def _uncounted(work: Work, case_id: UUID, sheets: Sequence[AssignmentRow]) -> list[AssignmentRow]:
    """Return the sheets that no released result rests on; after a release it is a matter for an appeal."""
    counted = {(row.component, row.attempt_no) for row in queries.results_of(work, case_id)}
    return [row for row in sheets if (row.component, row.attempt_no) not in counted]


def progress(work: Work, case_id: UUID) -> dict[str, object]:
    """Tell how far each judged component is; neither marks nor whether a single sheet is in (EXM-6)."""
    work.require(Permission.MARKING_ALLOCATE)
    case = applications.case(work, case_id)
    applications.ensure_not_own(work, case, "allocate")
    judged = [_progress(work, part) for part in components_of(work, case)]
    return {"case_id": case_id, "items": [*_written_progress(work, case), *judged]}


def _progress(work: Work, component: Component) -> dict[str, object]:
    number = delivery.present_sitting_no(work, component.case.id, component.code)
    standing = standing_proposals(work, component.case.id, component.code, number)
    reached = stage_of(work, component, number)
    is_marker = any(row.assessor_id == work.actor.person_id for row in standing)
    reasons = (
        () if is_marker else rules.reasons_for_third(sheets_of(work, component, number), component.standard)
    )
    return {
        "component": component.code,
        "attempt_no": number,
        "stage": reached,
        "reasons": [reason.cause for reason in reasons],
        "seats": _seats(standing),
    }


def _written_progress(work: Work, case: CaseRow) -> Iterator[dict[str, object]]:
    """Tell how far the written answers of attempts are that wait for their result."""
    for attempt in written.due(work, case):
        standing = standing_proposals(work, case.id, attempt.component, attempt.attempt_no)
        yield {
            "component": attempt.component,
            "attempt_no": attempt.attempt_no,
            "stage": rules.written_stage(written.sheets_of(work, attempt)),
            "reasons": [],
            "seats": _seats(standing),
        }


def _seats(standing: Sequence[ProposalRow]) -> list[dict[str, object]]:
    return [{"seat": row.seat, "assessor_id": row.assessor_id, "state": row.state} for row in standing]


def _place(work: Work, case: CaseRow, code: str) -> tuple[int, Stage]:
    """Return which marking a seat is of, and how far it is: a sitting's, or an attempt's written answers."""
    for attempt in written.due(work, case):
        if attempt.component == code:
            return attempt.attempt_no, rules.written_stage(written.sheets_of(work, attempt))
    component = component_of(work, case, code)
    number = delivery.present_sitting_no(work, case.id, code)
    return number, stage_of(work, component, number)


def standing_proposals(work: Work, case_id: UUID, code: str, number: int) -> Sequence[ProposalRow]:
    """Return the proposals of a marking that are open or accepted."""
    return [
        row
        for row in queries.proposals_of(work, case_id)
        if (row.component, row.attempt_no) == (code, number) and row.state is not ProposalState.CLOSED
    ]


def stage_of(work: Work, component: Component, number: int) -> Stage:
    """Tell how far a marking is; a component that was passed is done."""
    if any(
        row.component == component.code and row.passed for row in queries.results_of(work, component.case.id)
    ):
        return Stage.PASSED
    return rules.stage(sheets_of(work, component, number), component.standard)


def _view(work: Work, row: ProposalRow) -> dict[str, object]:
    case = applications.case(work, row.case_id)
    return {
        "id": row.id,
        "case_id": row.case_id,
        "component": row.component,
        "seat": row.seat,
        "level": case.level,
        "candidate_name": people.known(work, case.person_id).printed_name,
        "sme_names": queries.sme_names(work, case.person_id),
    }


def _assign(work: Work, proposal: ProposalRow) -> AssignmentRow:
    matter = applications.matter(work, applications.case(work, proposal.case_id), proposal.component)
    act = impartiality.note(work, rules.duty_of(Seat(proposal.seat)), matter, person_id=proposal.assessor_id)
    row = AssignmentRow(
        body_id=work.body_id,
        case_id=proposal.case_id,
        component=proposal.component,
        attempt_no=proposal.attempt_no,
        seat=proposal.seat,
        assessor_id=proposal.assessor_id,
        involvement_id=act.id,
        act=act.act,
    )
    work.session.add(row)
    work.record(Event.ASSESSOR_ASSIGNED, row, case=row.case_id, component=row.component, seat=row.seat)
    return row
