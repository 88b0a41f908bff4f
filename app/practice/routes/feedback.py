"""HTTP of feedback between mentor and mentee; the mentee gives and reads hers by her link."""

from uuid import UUID

from fastapi import APIRouter

from app.edge import CallerDep, problems
from app.practice import service
from app.practice.schemas.feedback import FeedbackCreate, FeedbackDisclosed, FeedbackList, FeedbackRead

router = APIRouter(tags=["practice"])
_OWN = "/v1/me/practice/engagements/{engagement_id}/feedback"


@router.post(_OWN, status_code=201, responses=problems(401, 403, 404, 409))
def practice_give_feedback(engagement_id: UUID, body: FeedbackCreate, caller: CallerDep) -> FeedbackRead:
    """Give the mentee of one's own engagement feedback, shared with her or for assessors alone."""
    return caller.write(service.give_feedback, engagement_id, body, answer=FeedbackRead)


@router.get(_OWN, responses=problems(401, 403, 404))
def practice_feedback(engagement_id: UUID, caller: CallerDep) -> FeedbackList:
    """Read one's own feedback and what the mentee shared."""
    return caller.read(service.feedback, engagement_id, answer=FeedbackList)


@router.get("/v1/practice/engagements/{engagement_id}/feedback", responses=problems(401, 403, 404))
def practice_disclosed_feedback(engagement_id: UUID, caller: CallerDep) -> FeedbackDisclosed:
    """Read all feedback of an engagement and how steadily it came; the access is recorded."""
    return caller.disclose(service.disclosed_feedback, engagement_id, answer=FeedbackDisclosed)
