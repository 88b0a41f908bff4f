"""What delivery does by the clock: end recordings whose time is over."""

from collections.abc import Sequence
from uuid import UUID

from app.delivery import service
from app.work import Caller


def end_recordings(caller: Caller, _body_id: UUID) -> None:
    """Delete each recording whose time is over, in a work for each; run again it ends none twice."""
    due: Sequence[UUID] = caller.read(service.recordings_over)
    for recording_id in due:
        _end(caller, recording_id)


def _end(caller: Caller, recording_id: UUID) -> None:
    caller.write(service.end_recording, recording_id)
