"""What is asked about plans and goals."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, select

from app.core.errors import NotFound
from app.practice.tables import GoalRow, PlanRow
from app.work import Work


def newest_plan(work: Work, engagement_id: UUID) -> PlanRow | None:
    """Return the plan of an engagement that was written last."""
    return work.session.exec(
        select(PlanRow)
        .where(col(PlanRow.body_id) == work.body_id, col(PlanRow.stream) == engagement_id)
        .order_by(col(PlanRow.rev).desc())
        .limit(1)
    ).first()


def goals_in(work: Work, engagement_id: UUID) -> Sequence[GoalRow]:
    """Return the goals of an engagement, in the order in which they were set."""
    return work.session.exec(
        select(GoalRow)
        .where(col(GoalRow.body_id) == work.body_id, col(GoalRow.stream) == engagement_id)
        .order_by(col(GoalRow.id))
    ).all()


def goal(work: Work, engagement_id: UUID, goal_id: UUID) -> GoalRow:
    """Return a goal of an engagement."""
    found = work.session.get(GoalRow, (work.body_id, goal_id))
    if found is None or found.stream != engagement_id:
        raise NotFound("goal")
    return found
