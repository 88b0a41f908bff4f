"""HTTP of impartiality; conflicts are declared per case, in the features that open files."""

from uuid import UUID

from fastapi import APIRouter

from app.edge import CallerDep, problems
from app.impartiality import service
from app.impartiality.schemas import InvolvementCreate, InvolvementList, InvolvementRead

router = APIRouter(prefix="/v1", tags=["impartiality"])


@router.post("/involvements", status_code=201, responses=problems(401, 403, 404, 409))
def impartiality_record_fact(body: InvolvementCreate, caller: CallerDep) -> InvolvementRead:
    """Enter training, mentoring, a reference or a relation into the ledger."""
    return caller.write(service.record_fact, body, answer=InvolvementRead)


@router.get("/people/{person_id}/involvements", responses=problems(401, 403, 404))
def impartiality_search(person_id: UUID, caller: CallerDep) -> InvolvementList:
    """List all acts of anybody with a candidate."""
    return caller.read(service.search, person_id, answer=InvolvementList)
