"""HTTP of milestones."""

from uuid import UUID

from fastapi import APIRouter

from app.edge import CallerDep, StrangerDep, problems
from app.practice import service
from app.practice.schemas.engagements import EngagementRead
from app.practice.schemas.milestones import MilestoneCreate, MilestoneInWordsList, MilestoneList

router = APIRouter(tags=["practice"])
_PATH = "/v1/me/practice/engagements/{engagement_id}/milestones"


@router.post(_PATH, responses=problems(401, 403, 404, 409, 412, 428))
def practice_reach_milestone(engagement_id: UUID, body: MilestoneCreate, caller: CallerDep) -> EngagementRead:
    """Note a milestone that was reached, with what showed it; send the version you saw in If-Match."""
    return caller.write(service.reach, engagement_id, body, answer=EngagementRead)


@router.get(_PATH, responses=problems(401, 403, 404))
def practice_milestones(engagement_id: UUID, caller: CallerDep) -> MilestoneList:
    """List the milestones of one of one's own engagements, and what the mentee says about each."""
    return caller.read(service.own_milestones, engagement_id, answer=MilestoneList)


@router.get("/public/v1/bodies/{slug}/milestones", responses=problems(404))
def practice_milestones_in_words(slug: str, caller: StrangerDep) -> MilestoneInWordsList:
    """Tell what the milestones are, and the three indicators by which each shows itself."""
    return caller.of_body(slug).read(service.in_words, answer=MilestoneInWordsList)
