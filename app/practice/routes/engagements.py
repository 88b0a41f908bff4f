"""HTTP of the mentor's own engagements."""

from uuid import UUID

from fastapi import APIRouter

from app.core.schema import Page
from app.edge import CallerDep, WindowDep, problems
from app.practice import service
from app.practice.schemas.engagements import (
    EngagementClose,
    EngagementCreate,
    EngagementEnd,
    EngagementRead,
    RhythmRead,
)

router = APIRouter(tags=["practice"])
_OWN = "/v1/me/practice"


@router.post(f"{_OWN}/engagements", status_code=201, responses=problems(401, 403, 409))
def practice_open_engagement(body: EngagementCreate, caller: CallerDep) -> EngagementRead:
    """Open an engagement with an SME."""
    return caller.write(service.open_engagement, body, answer=EngagementRead)


@router.get(f"{_OWN}/engagements", responses=problems(401, 403))
def practice_search_engagements(caller: CallerDep, window: WindowDep) -> Page[EngagementRead]:
    """List one's own engagements."""
    return caller.read(service.search, window, answer=Page[EngagementRead])


@router.get(f"{_OWN}/engagements/{{engagement_id}}", responses=problems(401, 403, 404))
def practice_read_engagement(engagement_id: UUID, caller: CallerDep) -> EngagementRead:
    """Read one of one's own engagements."""
    return caller.read(service.read, engagement_id, answer=EngagementRead)


@router.get(f"{_OWN}/engagements/{{engagement_id}}/rhythm", responses=problems(401, 403, 404))
def practice_rhythm(engagement_id: UUID, caller: CallerDep) -> RhythmRead:
    """See how an engagement goes: hours by month, cadence, the days of its reviews."""
    return caller.read(service.rhythm, engagement_id, answer=RhythmRead)


@router.post(
    f"{_OWN}/engagements/{{engagement_id}}/completion", responses=problems(401, 403, 404, 409, 412, 428)
)
def practice_complete_engagement(
    engagement_id: UUID, body: EngagementClose, caller: CallerDep
) -> EngagementRead:
    """Complete an engagement that reached its milestones; send the version you saw in If-Match."""
    return caller.write(service.complete, engagement_id, body.ended_on, answer=EngagementRead)


@router.post(f"{_OWN}/engagements/{{engagement_id}}/end", responses=problems(401, 403, 404, 409, 412, 428))
def practice_end_engagement(engagement_id: UUID, body: EngagementEnd, caller: CallerDep) -> EngagementRead:
    """End an engagement early and say why; send the version you saw in If-Match."""
    return caller.write(service.end, engagement_id, body.ended_on, body.reason, answer=EngagementRead)
