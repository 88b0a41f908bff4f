"""HTTP of practice that leaves for another body, or enters from one."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, File

from app.core.schema import Page
from app.edge import CallerDep, WindowDep, problems
from app.practice import service
from app.practice.schemas.exchange import (
    EntryTurnDown,
    TranscriptEntryRead,
    TranscriptEntryView,
    TranscriptSigned,
)

router = APIRouter(tags=["practice"])

_EXAMPLE = (
    '{"transcript": {"format": "mentorcert-practice/1", "body_slug": "atlantic", "body_name": "Atlantic",'
    ' "printed_name": "Zoë Őrség", "left_on": "2026-02-27", "engagements": [], "records": []},'
    f' "kid": "0A1B2C3D4E", "signature": "{"A" * 86}"}}'
)


@router.get("/v1/me/practice/transcript", responses=problems(401, 403, 409))
def practice_export(caller: CallerDep) -> TranscriptSigned:
    """Take all of one's own practice along, with its confirmations, signed by the body."""
    return caller.disclose(service.export, answer=TranscriptSigned)


@router.post("/v1/me/practice/entries", status_code=201, responses=problems(401, 403, 409, 413))
def practice_hand_in(
    caller: CallerDep,
    file: Annotated[
        bytes,
        File(description="A transcript as another body gave it (JSON), unchanged.", examples=[_EXAMPLE]),
    ],
) -> TranscriptEntryRead:
    """Hand in a transcript of another body that this one trusts; it counts once it is admitted."""
    return caller.write(service.hand_in, file, answer=TranscriptEntryRead)


@router.get("/v1/me/practice/entries", responses=problems(401, 403))
def practice_own_entries(caller: CallerDep, window: WindowDep) -> Page[TranscriptEntryRead]:
    """List the transcripts that one has handed in."""
    return caller.read(service.own_entries, window, answer=Page[TranscriptEntryRead])


@router.get("/v1/practice/entries", responses=problems(401, 403))
def practice_entries(caller: CallerDep, window: WindowDep) -> Page[TranscriptEntryRead]:
    """List the transcripts that came in from other bodies."""
    return caller.read(service.entries, window, answer=Page[TranscriptEntryRead])


@router.get("/v1/practice/entries/{entry_id}", responses=problems(401, 403, 404))
def practice_view_entry(entry_id: UUID, caller: CallerDep) -> TranscriptEntryView:
    """Read a transcript's names and who vouched, before judging it; the access is recorded."""
    return caller.disclose(service.view_entry, entry_id, answer=TranscriptEntryView)


@router.post("/v1/practice/entries/{entry_id}/admission", responses=problems(401, 403, 404, 409))
def practice_admit(entry_id: UUID, caller: CallerDep) -> TranscriptEntryRead:
    """Take a transcript over with its confirmations; nothing is doubled."""
    return caller.write(service.admit, entry_id, answer=TranscriptEntryRead)


@router.post("/v1/practice/entries/{entry_id}/refusal", responses=problems(401, 403, 404, 409))
def practice_turn_down(entry_id: UUID, body: EntryTurnDown, caller: CallerDep) -> TranscriptEntryRead:
    """Do not take a transcript over, and say why."""
    return caller.write(service.turn_down, entry_id, body.reason, answer=TranscriptEntryRead)
