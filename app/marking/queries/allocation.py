"""What is asked about policies, scopes, loads, and the seats of a period."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from app.core.errors import NotFound
from app.delivery.rules.booking import BookingState
from app.delivery.tables import BookingRow, SittingRow, SlotRow
from app.marking.rules import AssignmentState, ProposalState, Seat
from app.marking.tables import (
    AssessorLoadRow,
    AssessorScopeRow,
    AssignmentRow,
    MarkingPolicyRow,
    ProposalRow,
)
from app.work import Work


def policies_of(work: Work, scheme_id: UUID) -> Sequence[MarkingPolicyRow]:
    """Return what the body decided about marking in a scheme, newest first."""
    return work.session.exec(
        select(MarkingPolicyRow)
        .where(col(MarkingPolicyRow.body_id) == work.body_id, col(MarkingPolicyRow.scheme_id) == scheme_id)
        .order_by(col(MarkingPolicyRow.number).desc())
    ).all()


def scopes_of(work: Work, people: Collection[UUID]) -> Sequence[AssessorScopeRow]:
    """Return all scopes of some people, oldest first."""
    return work.session.exec(
        select(AssessorScopeRow)
        .where(col(AssessorScopeRow.body_id) == work.body_id, col(AssessorScopeRow.person_id).in_(people))
        .order_by(col(AssessorScopeRow.id))
    ).all()


def scope_for_update(work: Work, scope_id: UUID) -> AssessorScopeRow:
    """Return a scope, locked for change."""
    found = work.session.exec(
        select(AssessorScopeRow)
        .where(col(AssessorScopeRow.body_id) == work.body_id, col(AssessorScopeRow.id) == scope_id)
        .with_for_update()
    ).first()
    if found is None:
        raise NotFound("assessor_scope")
    return found


def loads_of(work: Work, people: Collection[UUID]) -> Sequence[AssessorLoadRow]:
    """Return what was said about the loads of some people."""
    return work.session.exec(
        select(AssessorLoadRow).where(
            col(AssessorLoadRow.body_id) == work.body_id, col(AssessorLoadRow.person_id).in_(people)
        )
    ).all()


def load_for_update(work: Work, person_id: UUID) -> AssessorLoadRow | None:
    """Return what was said about a person's load, locked for change."""
    return work.session.exec(
        select(AssessorLoadRow)
        .where(col(AssessorLoadRow.body_id) == work.body_id, col(AssessorLoadRow.person_id) == person_id)
        .with_for_update()
    ).first()


def open_assignments(work: Work, people: Collection[UUID]) -> Counter[UUID]:
    """Count the seats that each was offered or holds open; one of a pair stays so until both are in (EXM-6).

    Otherwise a co-marker who may allocate would read off a load that the other sheet is in.
    """
    row, other = AssignmentRow, aliased(AssignmentRow)
    both_in = sa.exists().where(
        col(other.body_id) == col(row.body_id),
        col(other.case_id) == col(row.case_id),
        col(other.component) == col(row.component),
        col(other.attempt_no) == col(row.attempt_no),
        col(other.seat) != Seat.THIRD,
        col(other.id) != col(row.id),
        col(other.state) == AssignmentState.SUBMITTED,
    )
    is_open = sa.or_(
        col(row.state) == AssignmentState.ASSIGNED,
        sa.and_(col(row.state) == AssignmentState.SUBMITTED, col(row.seat) != Seat.THIRD, ~both_in),
    )
    held = work.session.exec(
        select(row.assessor_id, sa.func.count())
        .where(col(row.body_id) == work.body_id, col(row.assessor_id).in_(people), is_open)
        .group_by(col(row.assessor_id))
    ).all()
    offered = work.session.exec(
        select(ProposalRow.assessor_id, sa.func.count())
        .where(
            col(ProposalRow.body_id) == work.body_id,
            col(ProposalRow.assessor_id).in_(people),
            col(ProposalRow.state) == ProposalState.OPEN,
        )
        .group_by(col(ProposalRow.assessor_id))
    ).all()
    return Counter(dict(held)) + Counter(dict(offered))


def to_be_judged(
    work: Work, first: date, last: date, *, since: datetime, until: datetime
) -> list[tuple[UUID, str]]:
    """Return (case, component) of every sitting held but not concluded, or booked, in a period."""
    held = select(SittingRow.case_id, SittingRow.component).where(
        col(SittingRow.body_id) == work.body_id,
        col(SittingRow.passed).is_(None),
        col(SittingRow.held_on) >= first,
        col(SittingRow.held_on) <= last,
    )
    booked = (
        select(BookingRow.case_id, BookingRow.component)
        .join(
            SlotRow,
            sa.and_(
                col(SlotRow.body_id) == col(BookingRow.body_id), col(SlotRow.id) == col(BookingRow.slot_id)
            ),
        )
        .where(
            col(BookingRow.body_id) == work.body_id,
            col(BookingRow.state).in_([BookingState.BOOKED, BookingState.CHECKED_IN]),
            col(SlotRow.starts_at) >= since,
            col(SlotRow.starts_at) < until,
        )
    )
    return sorted({*work.session.exec(held).all(), *work.session.exec(booked).all()})
