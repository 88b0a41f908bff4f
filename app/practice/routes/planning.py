"""HTTP of plans and goals."""

from uuid import UUID

from fastapi import APIRouter

from app.edge import CallerDep, problems
from app.practice import service
from app.practice.schemas.planning import GoalClose, GoalCreate, GoalList, GoalRead, PlanCreate, PlanRead

router = APIRouter(tags=["practice"])
_OWN = "/v1/me/practice"


@router.post(
    f"{_OWN}/engagements/{{engagement_id}}/plan", status_code=201, responses=problems(401, 403, 404, 409)
)
def practice_write_plan(engagement_id: UUID, body: PlanCreate, caller: CallerDep) -> PlanRead:
    """Write the plan of an engagement, or write it anew; earlier plans stay on record."""
    return caller.write(service.write_plan, engagement_id, body, answer=PlanRead)


@router.get(f"{_OWN}/engagements/{{engagement_id}}/plan", responses=problems(401, 403, 404))
def practice_read_plan(engagement_id: UUID, caller: CallerDep) -> PlanRead:
    """Read the plan of one of one's own engagements."""
    return caller.read(service.plan, engagement_id, answer=PlanRead)


@router.post(
    f"{_OWN}/engagements/{{engagement_id}}/goals", status_code=201, responses=problems(401, 403, 404, 409)
)
def practice_set_goal(engagement_id: UUID, body: GoalCreate, caller: CallerDep) -> GoalRead:
    """Set a goal that is specific, measurable, achievable, relevant and time-bound."""
    return caller.write(service.set_goal, engagement_id, body, answer=GoalRead)


@router.get(f"{_OWN}/engagements/{{engagement_id}}/goals", responses=problems(401, 403, 404))
def practice_list_goals(engagement_id: UUID, caller: CallerDep) -> GoalList:
    """List the goals of one of one's own engagements."""
    return caller.read(service.goals, engagement_id, answer=GoalList)


@router.post(
    f"{_OWN}/engagements/{{engagement_id}}/goals/{{goal_id}}/closing", responses=problems(401, 403, 404, 409)
)
def practice_close_goal(engagement_id: UUID, goal_id: UUID, body: GoalClose, caller: CallerDep) -> GoalRead:
    """Measure a goal once more and thereby end it, or give it up."""
    return caller.write(service.close_goal, engagement_id, goal_id, body.found, answer=GoalRead)
