"""HTTP of a mentor's own requests and links."""

from uuid import UUID

from fastapi import APIRouter

from app.edge import CallerDep, problems
from app.programmes import service
from app.programmes.schemas.intake import OwnRequestList, OwnRequestRead, RequestCreate
from app.programmes.schemas.members import LinkCreate, LinkList, LinkRead

router = APIRouter(prefix="/v1/me/programme-requests", tags=["programmes"])


@router.post("", status_code=201, responses=problems(401, 403, 404, 409))
def programmes_ask(body: RequestCreate, caller: CallerDep) -> OwnRequestRead:
    """Ask to join a programme while it takes requests."""
    return caller.write(service.ask, body, answer=OwnRequestRead)


@router.get("", responses=problems(401, 403))
def programmes_own_requests(caller: CallerDep) -> OwnRequestList:
    """List one's own requests, with the reasons for what was replied."""
    return caller.read(service.own, answer=OwnRequestList)


@router.post("/{request_id}/withdrawal", responses=problems(401, 403, 404, 409))
def programmes_withdraw(request_id: UUID, caller: CallerDep) -> OwnRequestRead:
    """Withdraw one's own request, or leave the programme as a member."""
    return caller.write(service.part, request_id, answer=OwnRequestRead)


@router.post("/{request_id}/engagements", status_code=201, responses=problems(401, 403, 404, 409))
def programmes_link(request_id: UUID, body: LinkCreate, caller: CallerDep) -> LinkRead:
    """Link one of one's own open engagements to the programme that one is a member of."""
    return caller.write(service.link, request_id, body.engagement_id, answer=LinkRead)


@router.get("/{request_id}/engagements", responses=problems(401, 403, 404))
def programmes_own_links(request_id: UUID, caller: CallerDep) -> LinkList:
    """List the engagements that one has linked."""
    return caller.read(service.own_links, request_id, answer=LinkList)


@router.post("/{request_id}/engagements/{engagement_id}/unlinking", responses=problems(401, 403, 404, 409))
def programmes_unlink(request_id: UUID, engagement_id: UUID, caller: CallerDep) -> LinkRead:
    """Take a link back, as long as nobody else has spoken about a session of that engagement."""
    return caller.write(service.unlink, request_id, engagement_id, answer=LinkRead)
