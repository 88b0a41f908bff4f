"""What is asked about milestones and their indicators."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlmodel import col, select

from app.practice.tables import MilestoneIndicatorRow, MilestoneRow
from app.work import Work


def milestones_in(work: Work, engagement_ids: Iterable[UUID]) -> Sequence[MilestoneRow]:
    """Return the milestones of some engagements, in the order in which they were noted."""
    return work.session.exec(
        select(MilestoneRow)
        .where(col(MilestoneRow.body_id) == work.body_id, col(MilestoneRow.stream).in_(list(engagement_ids)))
        .order_by(col(MilestoneRow.id))
    ).all()


def indicators_in(work: Work, engagement_ids: Iterable[UUID]) -> Sequence[MilestoneIndicatorRow]:
    """Return the indicators seen in some engagements, in the order in which they were noted."""
    return work.session.exec(
        select(MilestoneIndicatorRow)
        .where(
            col(MilestoneIndicatorRow.body_id) == work.body_id,
            col(MilestoneIndicatorRow.stream).in_(list(engagement_ids)),
        )
        .order_by(col(MilestoneIndicatorRow.id))
    ).all()
