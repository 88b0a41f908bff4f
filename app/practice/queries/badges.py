"""What is asked about badges."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, select

from app.core.errors import NotFound
from app.practice.rules import BadgeState, Milestone
from app.practice.tables import BadgeRow, MilestoneRow
from app.work import Work


def milestone(work: Work, engagement_id: UUID, kind: Milestone) -> MilestoneRow | None:
    """Return a milestone of an engagement as it was noted."""
    return work.session.exec(
        select(MilestoneRow).where(
            col(MilestoneRow.body_id) == work.body_id,
            col(MilestoneRow.stream) == engagement_id,
            col(MilestoneRow.kind) == kind,
        )
    ).first()


def standing_badge(work: Work, milestone_id: UUID) -> BadgeRow | None:
    """Return the badge that stands for a milestone."""
    return work.session.exec(
        select(BadgeRow).where(
            col(BadgeRow.body_id) == work.body_id,
            col(BadgeRow.milestone_id) == milestone_id,
            col(BadgeRow.state) == BadgeState.AWARDED,
        )
    ).first()


def badges(work: Work, person_id: UUID) -> Sequence[BadgeRow]:
    """Return all badges of a mentor, oldest first."""
    return work.session.exec(
        select(BadgeRow)
        .where(col(BadgeRow.body_id) == work.body_id, col(BadgeRow.person_id) == person_id)
        .order_by(col(BadgeRow.id))
    ).all()


def badge_for_update(work: Work, person_id: UUID, badge_id: UUID) -> BadgeRow:
    """Return a badge of this mentor, locked for change."""
    found = work.session.exec(
        select(BadgeRow)
        .where(col(BadgeRow.body_id) == work.body_id, col(BadgeRow.id) == badge_id)
        .with_for_update()
    ).first()
    if found is None or found.person_id != person_id:
        raise NotFound("badge")
    return found


def public_badge(work: Work, code: str) -> BadgeRow:
    """Return the badge of a code; one that was revoked is not there any more."""
    found = work.session.exec(
        select(BadgeRow).where(
            col(BadgeRow.body_id) == work.body_id,
            col(BadgeRow.code) == code,
            col(BadgeRow.state) == BadgeState.AWARDED,
        )
    ).first()
    if found is None:
        raise NotFound("badge")
    return found
