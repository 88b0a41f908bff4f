"""HTTP of members and of what runs in a programme."""

from uuid import UUID

from fastapi import APIRouter

from app.edge import CallerDep, problems
from app.programmes import service
from app.programmes.schemas.intake import InductionCreate, MemberLeaveCreate, ProgrammeRequestRead
from app.programmes.schemas.members import ProgrammeMemberList, ProgrammeWorkRead

router = APIRouter(prefix="/v1", tags=["programmes"])


@router.post("/programme-requests/{request_id}/induction", responses=problems(401, 403, 404, 409))
def programmes_induct(request_id: UUID, body: InductionCreate, caller: CallerDep) -> ProgrammeRequestRead:
    """Make a member of who was offered a place and came to an induction."""
    return caller.write(service.induct, request_id, body.inducted_on, answer=ProgrammeRequestRead)


@router.post("/programme-requests/{request_id}/leave", responses=problems(401, 403, 404, 409))
def programmes_let_go(request_id: UUID, body: MemberLeaveCreate, caller: CallerDep) -> ProgrammeRequestRead:
    """Let a member go; she is told why."""
    return caller.write(service.let_go, request_id, body.reasons, answer=ProgrammeRequestRead)


@router.get("/programmes/{programme_id}/members", responses=problems(401, 403, 404))
def programmes_members(programme_id: UUID, caller: CallerDep) -> ProgrammeMemberList:
    """List all who are or were members of a programme."""
    return caller.read(service.members, programme_id, answer=ProgrammeMemberList)


@router.get("/programmes/{programme_id}/engagements", responses=problems(401, 403, 404))
def programmes_engagements(programme_id: UUID, caller: CallerDep) -> ProgrammeWorkRead:
    """See what runs in a programme without the firms' names: engagements, sessions, hours."""
    return caller.read(service.work_in, programme_id, answer=ProgrammeWorkRead)
