"""HTTP of a mentor's own requests and links."""

from uuid import UUID

from fastapi import APIRouter

from app.edge import CallerDep, problems
from app.programmes import service
from app.programmes.schemas.intake import (
    OwnProgrammeRequestList,
    OwnProgrammeRequestRead,
    ProgrammeRequestCreate,
)
from app.programmes.schemas.members import EngagementLinkCreate, EngagementLinkList, EngagementLinkRead

router = APIRouter(prefix="/v1/me/programme-requests", tags=["programmes"])


@router.post("", status_code=201, responses=problems(401, 403, 404, 409))
def programmes_ask(body: ProgrammeRequestCreate, caller: CallerDep) -> OwnProgrammeRequestRead:
    """Ask to join a programme while it takes requests."""
    return caller.write(service.ask, body, answer=OwnProgrammeRequestRead)


@router.get("", responses=problems(401, 403))
def programmes_own_requests(caller: CallerDep) -> OwnProgrammeRequestList:
    """List one's own requests, with the reasons for what was replied."""
    return caller.read(service.own, answer=OwnProgrammeRequestList)


@router.post("/{request_id}/withdrawal", responses=problems(401, 403, 404, 409))
def programmes_withdraw(request_id: UUID, caller: CallerDep) -> OwnProgrammeRequestRead:
    """Withdraw one's own request, or leave the programme as a member."""
    return caller.write(service.part, request_id, answer=OwnProgrammeRequestRead)


@router.post("/{request_id}/engagements", status_code=201, responses=problems(401, 403, 404, 409))
def programmes_link(request_id: UUID, body: EngagementLinkCreate, caller: CallerDep) -> EngagementLinkRead:
    """Link one of one's own open engagements to the programme that one is a member of."""
    return caller.write(service.link, request_id, body.engagement_id, answer=EngagementLinkRead)


@router.get("/{request_id}/engagements", responses=problems(401, 403, 404))
def programmes_own_links(request_id: UUID, caller: CallerDep) -> EngagementLinkList:
    """List the engagements that one has linked."""
    return caller.read(service.own_links, request_id, answer=EngagementLinkList)


@router.post("/{request_id}/engagements/{engagement_id}/unlinking", responses=problems(401, 403, 404, 409))
def programmes_unlink(request_id: UUID, engagement_id: UUID, caller: CallerDep) -> EngagementLinkRead:
    """Take a link back, as long as nobody else has spoken about a session of that engagement."""
    return caller.write(service.unlink, request_id, engagement_id, answer=EngagementLinkRead)
