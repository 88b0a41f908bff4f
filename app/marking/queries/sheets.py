"""What is asked about proposals, assignments, marks and results."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlmodel import col, select

from app.core.errors import NotFound
from app.core.paging import Slice, Window, page
from app.marking.rules import AssignmentState, ProposalState, Seat
from app.marking.tables import AssignmentRow, MarkRow, ProposalRow, ResultRow
from app.practice.tables import EngagementRow
from app.work import Work


def open_proposals(work: Work, assessor_id: UUID) -> Sequence[ProposalRow]:
    """Return what an assessor was proposed for and has not answered, oldest first."""
    return work.session.exec(
        select(ProposalRow)
        .where(
            col(ProposalRow.body_id) == work.body_id,
            col(ProposalRow.assessor_id) == assessor_id,
            col(ProposalRow.state) == ProposalState.OPEN,
        )
        .order_by(col(ProposalRow.id))
    ).all()


def open_proposals_for_update(work: Work, assessor_id: UUID, case_id: UUID) -> Sequence[ProposalRow]:
    """Return an assessor's unanswered proposals in a case, locked for change."""
    return work.session.exec(
        select(ProposalRow)
        .where(
            col(ProposalRow.body_id) == work.body_id,
            col(ProposalRow.assessor_id) == assessor_id,
            col(ProposalRow.case_id) == case_id,
            col(ProposalRow.state) == ProposalState.OPEN,
        )
        .order_by(col(ProposalRow.id))
        .with_for_update()
    ).all()


def proposals_of(work: Work, case_id: UUID) -> Sequence[ProposalRow]:
    """Return all proposals of a case, oldest first."""
    return work.session.exec(
        select(ProposalRow)
        .where(col(ProposalRow.body_id) == work.body_id, col(ProposalRow.case_id) == case_id)
        .order_by(col(ProposalRow.id))
    ).all()


def own_assignments(work: Work, assessor_id: UUID, wanted: Window) -> Slice[AssignmentRow]:
    """Return one page of an assessor's assignments."""
    query = (
        select(AssignmentRow)
        .where(col(AssignmentRow.body_id) == work.body_id, col(AssignmentRow.assessor_id) == assessor_id)
        .order_by(col(AssignmentRow.id))
    )
    if wanted.after is not None:
        query = query.where(col(AssignmentRow.id) > wanted.after)
    return page(work.session.exec(query.limit(wanted.limit + 1)).all(), wanted)


def own_assignment(work: Work, assignment_id: UUID, assessor_id: UUID) -> AssignmentRow:
    """Return an assessor's own assignment; another's is not there for her (EXM-6)."""
    found = work.session.exec(
        select(AssignmentRow).where(
            col(AssignmentRow.body_id) == work.body_id,
            col(AssignmentRow.id) == assignment_id,
            col(AssignmentRow.assessor_id) == assessor_id,
        )
    ).first()
    if found is None:
        raise NotFound("assignment")
    return found


def own_assignment_for_update(work: Work, assignment_id: UUID, assessor_id: UUID) -> AssignmentRow:
    """Return an assessor's own assignment, locked for change."""
    found = work.session.exec(
        select(AssignmentRow)
        .where(
            col(AssignmentRow.body_id) == work.body_id,
            col(AssignmentRow.id) == assignment_id,
            col(AssignmentRow.assessor_id) == assessor_id,
        )
        .with_for_update()
    ).first()
    if found is None:
        raise NotFound("assignment")
    return found


def assignments_of(work: Work, case_id: UUID) -> Sequence[AssignmentRow]:
    """Return all assignments of a case, oldest first."""
    return work.session.exec(
        select(AssignmentRow)
        .where(col(AssignmentRow.body_id) == work.body_id, col(AssignmentRow.case_id) == case_id)
        .order_by(col(AssignmentRow.id))
    ).all()


def open_sheets_for_update(work: Work, assessor_id: UUID, case_id: UUID) -> Sequence[AssignmentRow]:
    """Return an assessor's sheets in a case that were not set aside, locked for change."""
    return work.session.exec(
        select(AssignmentRow)
        .where(
            col(AssignmentRow.body_id) == work.body_id,
            col(AssignmentRow.assessor_id) == assessor_id,
            col(AssignmentRow.case_id) == case_id,
            col(AssignmentRow.state) != AssignmentState.SET_ASIDE,
        )
        .order_by(col(AssignmentRow.id))
        .with_for_update()
    ).all()


def sheet_for_update(work: Work, case_id: UUID, component: str, attempt_no: int, seat: Seat) -> AssignmentRow:
    """Return the standing sheet of a seat, locked for change."""
    found = work.session.exec(
        select(AssignmentRow)
        .where(
            col(AssignmentRow.body_id) == work.body_id,
            col(AssignmentRow.case_id) == case_id,
            col(AssignmentRow.component) == component,
            col(AssignmentRow.attempt_no) == attempt_no,
            col(AssignmentRow.seat) == seat,
            col(AssignmentRow.state) != AssignmentState.SET_ASIDE,
        )
        .with_for_update()
    ).first()
    if found is None:
        raise NotFound("assignment")
    return found


def accepted_proposal(work: Work, assignment: AssignmentRow) -> ProposalRow:
    """Return the proposal by which a seat was taken."""
    return work.session.exec(
        select(ProposalRow).where(
            col(ProposalRow.body_id) == work.body_id,
            col(ProposalRow.case_id) == assignment.case_id,
            col(ProposalRow.component) == assignment.component,
            col(ProposalRow.attempt_no) == assignment.attempt_no,
            col(ProposalRow.seat) == assignment.seat,
            col(ProposalRow.state) == ProposalState.ACCEPTED,
        )
    ).one()


def marks_of(work: Work, assignment_ids: Iterable[UUID]) -> Sequence[MarkRow]:
    """Return the marks of some sheets, by sheet and element."""
    return work.session.exec(
        select(MarkRow)
        .where(col(MarkRow.body_id) == work.body_id, col(MarkRow.stream).in_(list(assignment_ids)))
        .order_by(col(MarkRow.stream), col(MarkRow.element))
    ).all()


def results_of(work: Work, case_id: UUID) -> Sequence[ResultRow]:
    """Return all results of a case, first to last."""
    return work.session.exec(
        select(ResultRow)
        .where(col(ResultRow.body_id) == work.body_id, col(ResultRow.case_id) == case_id)
        .order_by(col(ResultRow.id))
    ).all()


def sme_names(work: Work, person_id: UUID) -> Sequence[str]:
    """Return the names of all firms that a person mentored, in the order of the alphabet."""
    return work.session.exec(
        select(EngagementRow.sme_name)
        .where(col(EngagementRow.body_id) == work.body_id, col(EngagementRow.person_id) == person_id)
        .distinct()
        .order_by(col(EngagementRow.sme_name))
    ).all()
