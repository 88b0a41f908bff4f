"""HTTP of meetings that a mentee missed."""

from uuid import UUID

from fastapi import APIRouter

from app.edge import CallerDep, problems
from app.practice import service
from app.practice.schemas.no_shows import NoShowCreate, NoShowList, NoShowRead

router = APIRouter(tags=["practice"])
_NO_SHOWS = "/v1/me/practice/engagements/{engagement_id}/no-shows"


@router.post(_NO_SHOWS, status_code=201, responses=problems(401, 403, 404, 409))
def practice_note_no_show(engagement_id: UUID, body: NoShowCreate, caller: CallerDep) -> NoShowRead:
    """Note a session to which the mentee did not come; it is shown as context and counts nothing."""
    return caller.write(service.note_no_show, engagement_id, body, answer=NoShowRead)


@router.get(_NO_SHOWS, responses=problems(401, 403, 404))
def practice_no_shows(engagement_id: UUID, caller: CallerDep) -> NoShowList:
    """List the sessions of an engagement to which the mentee did not come."""
    return caller.read(service.no_shows, engagement_id, answer=NoShowList)
