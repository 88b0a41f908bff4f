"""What is asked about meetings that mentees missed."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from app.practice.tables import EngagementRow, NoShowRow
from app.work import Work


def no_shows_in(work: Work, engagement_id: UUID) -> Sequence[NoShowRow]:
    """Return the missed meetings of an engagement, oldest first."""
    return work.session.exec(
        select(NoShowRow)
        .where(col(NoShowRow.body_id) == work.body_id, col(NoShowRow.stream) == engagement_id)
        .order_by(col(NoShowRow.planned_at))
    ).all()


def no_shows_by_engagement(work: Work, person_id: UUID) -> dict[UUID, int]:
    """Return how many meetings were missed in each engagement of a mentor that has any."""
    found = work.session.exec(
        select(col(NoShowRow.stream), sa.func.count())
        .join(
            EngagementRow,
            sa.and_(
                col(EngagementRow.body_id) == col(NoShowRow.body_id),
                col(EngagementRow.id) == col(NoShowRow.stream),
            ),
        )
        .where(col(NoShowRow.body_id) == work.body_id, col(EngagementRow.person_id) == person_id)
        .group_by(col(NoShowRow.stream))
    )
    return dict(found.all())
