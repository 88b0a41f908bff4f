"""What is asked about moderations and reviews of assessors."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from app.applications.tables import CaseRow
from app.core.errors import NotFound
from app.core.paging import Slice, Window, page
from app.delivery.tables import SittingRow
from app.marking.rules import AssignmentState
from app.marking.tables import (
    AssessorFindingRow,
    AssessorReviewRow,
    AssignmentRow,
    ModerationRow,
    ModerationSheetRow,
)
from app.schemes.tables import SchemeVersionRow
from app.work import Work

_OF_SITTING = sa.and_(
    col(SittingRow.body_id) == col(AssignmentRow.body_id),
    col(SittingRow.case_id) == col(AssignmentRow.case_id),
    col(SittingRow.component) == col(AssignmentRow.component),
    col(SittingRow.attempt_no) == col(AssignmentRow.attempt_no),
)
_OF_CASE = sa.and_(
    col(CaseRow.body_id) == col(AssignmentRow.body_id), col(CaseRow.id) == col(AssignmentRow.case_id)
)
_OF_VERSION = sa.and_(
    col(SchemeVersionRow.body_id) == col(CaseRow.body_id),
    col(SchemeVersionRow.id) == col(CaseRow.scheme_version_id),
)


def sheets_in(
    work: Work, scheme_id: UUID, held_from: date, held_until: date, component: str | None = None
) -> Sequence[AssignmentRow]:
    """Return the submitted sheets of a scheme's sittings of a period; those set aside are none of them."""
    query = (
        select(AssignmentRow)
        .join(SittingRow, _OF_SITTING)
        .join(CaseRow, _OF_CASE)
        .join(SchemeVersionRow, _OF_VERSION)
        .where(
            col(AssignmentRow.body_id) == work.body_id,
            col(AssignmentRow.state) == AssignmentState.SUBMITTED,
            col(SchemeVersionRow.scheme_id) == scheme_id,
            col(SittingRow.held_on) >= held_from,
            col(SittingRow.held_on) <= held_until,
        )
        .order_by(col(AssignmentRow.id))
    )
    if component is not None:
        query = query.where(col(AssignmentRow.component) == component)
    return work.session.exec(query).all()


def in_moderation(work: Work, assignments: Collection[UUID]) -> Sequence[ModerationSheetRow]:
    """Return where some sheets stand in moderations."""
    return work.session.exec(
        select(ModerationSheetRow).where(
            col(ModerationSheetRow.body_id) == work.body_id,
            col(ModerationSheetRow.assignment_id).in_(assignments),
        )
    ).all()


def unjudged(work: Work, moderations: Collection[UUID]) -> frozenset[UUID]:
    """Return which of some moderations still wait for a verdict."""
    found = work.session.exec(
        select(ModerationSheetRow.stream)
        .where(
            col(ModerationSheetRow.body_id) == work.body_id,
            col(ModerationSheetRow.stream).in_(moderations),
            col(ModerationSheetRow.reason).is_not(None),
            col(ModerationSheetRow.verdict).is_(None),
        )
        .distinct()
    ).all()
    return frozenset(found)


def moderations(work: Work, scheme_id: UUID, wanted: Window) -> Slice[ModerationRow]:
    """Return one page of a scheme's moderations."""
    query = (
        select(ModerationRow)
        .where(col(ModerationRow.body_id) == work.body_id, col(ModerationRow.scheme_id) == scheme_id)
        .order_by(col(ModerationRow.id))
    )
    if wanted.after is not None:
        query = query.where(col(ModerationRow.id) > wanted.after)
    return page(work.session.exec(query.limit(wanted.limit + 1)).all(), wanted)


def moderation(work: Work, moderation_id: UUID, *, lock: bool = False) -> ModerationRow:
    """Return a moderation, locked for change if asked."""
    query = select(ModerationRow).where(
        col(ModerationRow.body_id) == work.body_id, col(ModerationRow.id) == moderation_id
    )
    found = work.session.exec(query.with_for_update() if lock else query).first()
    if found is None:
        raise NotFound("moderation")
    return found


def moderated_sheets(work: Work, moderation_id: UUID) -> Sequence[ModerationSheetRow]:
    """Return all sheets of a moderation in the order of their digests."""
    return work.session.exec(
        select(ModerationSheetRow)
        .where(
            col(ModerationSheetRow.body_id) == work.body_id, col(ModerationSheetRow.stream) == moderation_id
        )
        .order_by(col(ModerationSheetRow.digest))
    ).all()


def moderated_sheet(work: Work, moderation_id: UUID, sheet_id: UUID) -> ModerationSheetRow:
    """Return one sheet of a moderation."""
    found = work.session.exec(
        select(ModerationSheetRow).where(
            col(ModerationSheetRow.body_id) == work.body_id,
            col(ModerationSheetRow.stream) == moderation_id,
            col(ModerationSheetRow.id) == sheet_id,
        )
    ).first()
    if found is None:
        raise NotFound("moderated_sheet")
    return found


def assignments(work: Work, wanted: Collection[UUID]) -> Sequence[AssignmentRow]:
    """Return some sheets."""
    return work.session.exec(
        select(AssignmentRow).where(
            col(AssignmentRow.body_id) == work.body_id, col(AssignmentRow.id).in_(wanted)
        )
    ).all()


def reviews(work: Work, scheme_id: UUID, wanted: Window) -> Slice[AssessorReviewRow]:
    """Return one page of a scheme's reviews of assessors."""
    query = (
        select(AssessorReviewRow)
        .where(col(AssessorReviewRow.body_id) == work.body_id, col(AssessorReviewRow.scheme_id) == scheme_id)
        .order_by(col(AssessorReviewRow.id))
    )
    if wanted.after is not None:
        query = query.where(col(AssessorReviewRow.id) > wanted.after)
    return page(work.session.exec(query.limit(wanted.limit + 1)).all(), wanted)


def review(work: Work, review_id: UUID) -> AssessorReviewRow:
    """Return a review of assessors."""
    found = work.session.exec(
        select(AssessorReviewRow).where(
            col(AssessorReviewRow.body_id) == work.body_id, col(AssessorReviewRow.id) == review_id
        )
    ).first()
    if found is None:
        raise NotFound("assessor_review")
    return found


def findings(work: Work, review_id: UUID) -> Sequence[AssessorFindingRow]:
    """Return what a review found of each assessor."""
    return work.session.exec(
        select(AssessorFindingRow)
        .where(col(AssessorFindingRow.body_id) == work.body_id, col(AssessorFindingRow.stream) == review_id)
        .order_by(col(AssessorFindingRow.assessor_id))
    ).all()


def findings_of(
    work: Work, people: Collection[UUID], scheme_id: UUID | None = None
) -> Sequence[tuple[AssessorFindingRow, AssessorReviewRow]]:
    """Return what reviews found of some people, each with its review, oldest first."""
    query = (
        select(AssessorFindingRow, AssessorReviewRow)
        .join(
            AssessorReviewRow,
            sa.and_(
                col(AssessorReviewRow.body_id) == col(AssessorFindingRow.body_id),
                col(AssessorReviewRow.id) == col(AssessorFindingRow.stream),
            ),
        )
        .where(
            col(AssessorFindingRow.body_id) == work.body_id, col(AssessorFindingRow.assessor_id).in_(people)
        )
        .order_by(col(AssessorReviewRow.id))
    )
    if scheme_id is not None:
        query = query.where(col(AssessorReviewRow.scheme_id) == scheme_id)
    return work.session.exec(query).all()
