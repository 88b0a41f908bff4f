"""HTTP of recordings beside one's sheet."""

from uuid import UUID

from fastapi import APIRouter, Response

from app.edge import BYTES_ANSWER, BytesResponse, CallerDep, problems
from app.marking import service
from app.marking.schemas.recordings import RecordingAddress, RecordingEntryList
from app.practice.service import Download

router = APIRouter(prefix="/v1/assignments/{assignment_id}/recordings", tags=["marking"])


@router.get("", responses=problems(401, 403, 404, 409))
def marking_recordings(assignment_id: UUID, caller: CallerDep) -> RecordingEntryList:
    """List the recordings of one's sitting that stand, after one's declaration; not what is in them."""
    return caller.read(service.recordings, assignment_id, answer=RecordingEntryList)


@router.get("/{recording_id}/address", responses=problems(401, 403, 404, 409))
def marking_recording_address(assignment_id: UUID, recording_id: UUID, caller: CallerDep) -> RecordingAddress:
    """Learn where a recording lies that is kept elsewhere; the view is recorded."""
    return caller.disclose(service.recording_address, assignment_id, recording_id, answer=RecordingAddress)


@router.get(
    "/{recording_id}/content",
    response_class=BytesResponse,
    responses=BYTES_ANSWER | problems(401, 403, 404, 409),
)
def marking_recording(assignment_id: UUID, recording_id: UUID, caller: CallerDep) -> Response:
    """Download a recording byte for byte; the view is recorded."""
    found: Download = caller.disclose(service.recording_file, assignment_id, recording_id)
    return BytesResponse.of(found.content, sha256=found.sha256, name=found.name)
