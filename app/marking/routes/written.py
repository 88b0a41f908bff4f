"""HTTP of sheets on written answers."""

from uuid import UUID

from fastapi import APIRouter

from app.edge import CallerDep, problems, without_key
from app.marking import service
from app.marking.schemas.written import WrittenPointsSave, WrittenSheetRead

router = APIRouter(prefix="/v1", tags=["marking"])


@router.get("/assignments/{assignment_id}/written-answers", responses=problems(401, 403, 404, 409))
def marking_written(assignment_id: UUID, caller: CallerDep) -> WrittenSheetRead:
    """Read the written answers that one is to mark, with the rubric; the access is recorded."""
    return caller.disclose(service.written_sheet, assignment_id, answer=WrittenSheetRead)


@router.put("/assignments/{assignment_id}/written-points", responses=problems(401, 403, 404, 409, 412, 428))
def marking_save_written(assignment_id: UUID, body: WrittenPointsSave, caller: CallerDep) -> WrittenSheetRead:
    """Save points by criterion as a draft; send the version you saw in If-Match."""
    return without_key(caller).write(
        service.save_written, assignment_id, body.points, answer=WrittenSheetRead
    )


@router.post(
    "/assignments/{assignment_id}/written-submission", responses=problems(401, 403, 404, 409, 412, 428)
)
def marking_submit_written(assignment_id: UUID, caller: CallerDep) -> WrittenSheetRead:
    """Submit a sheet with points for every criterion; from then on it is frozen. Send If-Match."""
    return without_key(caller).write(service.submit_written, assignment_id, answer=WrittenSheetRead)
