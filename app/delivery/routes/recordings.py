"""HTTP of recordings of sittings, for those who plan; assessors come to them by their sheets."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, UploadFile

from app.delivery import service
from app.delivery.schemas.recordings import RecordingCreate, RecordingList, RecordingRead
from app.edge import CallerDep, problems

router = APIRouter(prefix="/v1", tags=["delivery"])


class RecordingForm(RecordingCreate):
    """A recording, sent as a form; the name that its file had at home is not looked at."""

    file: UploadFile | None = None

    @property
    def content(self) -> bytes | None:
        """The bytes that came with it."""
        return self.file.file.read() if self.file is not None else None


@router.post(
    "/sittings/{sitting_id}/recordings", status_code=201, responses=problems(401, 403, 404, 409, 413)
)
def delivery_enter_recording(
    sitting_id: UUID,
    form: Annotated[RecordingForm, Form(media_type="multipart/form-data")],
    caller: CallerDep,
) -> RecordingRead:
    """Enter a recording of a sitting: a file, or an address with hash and size; with consents and an end."""
    return caller.write(service.enter_recording, sitting_id, form, form.content, answer=RecordingRead)


@router.get("/sittings/{sitting_id}/recordings", responses=problems(401, 403, 404))
def delivery_recordings(sitting_id: UUID, caller: CallerDep) -> RecordingList:
    """List the recordings of a sitting with consents and ends, not what is in them."""
    return caller.read(service.recordings, sitting_id, answer=RecordingList)


@router.post("/recordings/{recording_id}/withdrawal", responses=problems(401, 403, 404, 409))
def delivery_withdraw_recording(recording_id: UUID, caller: CallerDep) -> RecordingRead:
    """Delete a recording at once because somebody in it took consent back."""
    return caller.write(service.withdraw_recording, recording_id, answer=RecordingRead)
