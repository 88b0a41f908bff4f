"""HTTP of moderation."""

from uuid import UUID

from fastapi import APIRouter

from app.core.schema import Page
from app.edge import CallerDep, WindowDep, problems, without_key
from app.marking import service
from app.marking.schemas.moderation import (
    DrawnSheetRead,
    ModeratedSheetRead,
    ModerationCreate,
    ModerationRead,
    ModerationTake,
    VerdictCreate,
)

router = APIRouter(prefix="/v1", tags=["marking"])
_SHEET = "/moderations/{moderation_id}/sheets/{moderated_id}"


@router.post("/schemes/{scheme_id}/moderations", status_code=201, responses=problems(401, 403, 404, 409))
def marking_draw_moderation(scheme_id: UUID, body: ModerationCreate, caller: CallerDep) -> ModerationRead:
    """Draw which sheets of a period a moderator looks into, by a seed made now."""
    return caller.write(service.draw_moderation, scheme_id, body, answer=ModerationRead)


@router.get("/schemes/{scheme_id}/moderations", responses=problems(401, 403, 404))
def marking_moderations(scheme_id: UUID, caller: CallerDep, window: WindowDep) -> Page[ModerationRead]:
    """List a scheme's moderations with what still waits."""
    return caller.read(service.search_moderations, scheme_id, window, answer=Page[ModerationRead])


@router.get("/moderations/{moderation_id}", responses=problems(401, 403, 404))
def marking_moderation(moderation_id: UUID, caller: CallerDep) -> ModerationRead:
    """Read which sheets were drawn, by which seed and rule, and what became of them."""
    return caller.read(service.read_moderation, moderation_id, answer=ModerationRead)


@router.post(f"{_SHEET}/taking", responses=problems(401, 403, 404, 409))
def marking_take_sheet(
    moderation_id: UUID, moderated_id: UUID, body: ModerationTake, caller: CallerDep
) -> DrawnSheetRead:
    """Declare conflicts with a candidate and, if there are none, take her sheet to moderate."""
    return caller.write(service.take_sheet, moderation_id, moderated_id, body.answer, answer=DrawnSheetRead)


@router.get(_SHEET, responses=problems(401, 403, 404))
def marking_moderated_sheet(moderation_id: UUID, moderated_id: UUID, caller: CallerDep) -> ModeratedSheetRead:
    """Read the ratings of a sheet that one took; each view is recorded."""
    found = without_key(caller)
    return found.disclose(service.moderated_sheet, moderation_id, moderated_id, answer=ModeratedSheetRead)


@router.post(f"{_SHEET}/verdict", responses=problems(401, 403, 404, 409))
def marking_judge_sheet(
    moderation_id: UUID, moderated_id: UUID, body: VerdictCreate, caller: CallerDep
) -> DrawnSheetRead:
    """Uphold a sheet, or have another mark in its place."""
    return caller.write(service.judge_sheet, moderation_id, moderated_id, body, answer=DrawnSheetRead)
