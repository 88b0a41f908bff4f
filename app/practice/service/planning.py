"""Use cases of planning: the mentorship plan of an engagement, and its goals."""

from decimal import Decimal
from uuid import UUID

from app.access.permissions import Permission
from app.audit.events import Event
from app.core.errors import NotFound
from app.practice import queries, rules
from app.practice.rules import EngagementAction
from app.practice.rules.goals import GoalAction, closed, ensure_smart, horizon_of, is_reached
from app.practice.schemas.planning import GoalCreate, PlanCreate
from app.practice.tables import EngagementRow, GoalRow, PlanRow
from app.work import Work


def write_plan(work: Work, engagement_id: UUID, wanted: PlanCreate) -> PlanRow:
    """Write the plan of an engagement, or write it anew; earlier plans stay on record, so none is lost."""
    engagement = _open(work, engagement_id)
    row = PlanRow(body_id=work.body_id, stream=engagement.id, written_on=work.today, **wanted.model_dump())
    work.session.add(row)
    work.record(Event.PLAN_WRITTEN, engagement, plan=row.id)
    return row


def plan(work: Work, engagement_id: UUID) -> PlanRow:
    """Return the plan of one of the mentor's own engagements as it stands."""
    work.require(Permission.PRACTICE_LOG_OWN)
    found = queries.newest_plan(work, queries.engagement_of(work, work.person_id, engagement_id).id)
    if found is None:
        raise NotFound("plan")
    return found


def set_goal(work: Work, engagement_id: UUID, wanted: GoalCreate) -> GoalRow:
    """Set a goal with all five letters; whether it is near or far follows from its day."""
    engagement = _open(work, engagement_id)
    ensure_smart(
        **wanted.model_dump(include={"specific", "baseline", "target", "achievable", "relevant", "due_on"}),
        today=work.today,
    )
    row = GoalRow(
        body_id=work.body_id,
        stream=engagement.id,
        set_on=work.today,
        horizon=horizon_of(wanted.due_on, work.today),
        **wanted.model_dump(),
    )
    work.session.add(row)
    work.record(Event.GOAL_SET, engagement, goal=row.id, horizon=row.horizon, due_on=row.due_on)
    return row


def goals(work: Work, engagement_id: UUID) -> dict[str, object]:
    """Return the goals of one of the mentor's own engagements, in the order of their setting."""
    work.require(Permission.PRACTICE_LOG_OWN)
    return {"items": queries.goals_in(work, queries.engagement_of(work, work.person_id, engagement_id).id)}


def close_goal(work: Work, engagement_id: UUID, goal_id: UUID, found: Decimal | None) -> GoalRow:
    """Measure a goal once more and thereby end it, or give it up where nothing was measured."""
    engagement = _open(work, engagement_id)
    row = queries.goal(work, engagement.id, goal_id)
    action = GoalAction.DROP if found is None else GoalAction.MEASURE
    is_at_target = found is not None and is_reached(row.baseline, row.target, found)
    row.state = closed(row.state, action, is_at_target=is_at_target)
    row.found, row.closed_on = found, work.today
    work.session.add(row)
    work.record(Event.GOAL_CLOSED, engagement, goal=row.id, state=row.state)
    return row


def _open(work: Work, engagement_id: UUID) -> EngagementRow:
    """Lock one of the mentor's own engagements that is still open."""
    work.require(Permission.PRACTICE_LOG_OWN)
    row = queries.engagement_for_update(work, engagement_id, person_id=work.person_id)
    rules.after_engagement(row.state, EngagementAction.REACH)
    return row
