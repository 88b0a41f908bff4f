"""HTTP of intake windows and of replies to many requests at once."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query

from app.core.schema import Page
from app.edge import CallerDep, WindowDep, problems
from app.programmes import service
from app.programmes.schemas.intake import (
    IntakeWindowCreate,
    IntakeWindowList,
    IntakeWindowRead,
    ProgrammeRequestRead,
    RankSet,
    ReplyBatchCreate,
    ReplyBatchRead,
    WaitingListRead,
)

router = APIRouter(prefix="/v1", tags=["programmes"])
Spoken = Annotated[Literal["en", "es"], Query(description="Language of the reasons by row.")]


@router.post(
    "/programmes/{programme_id}/intake-windows", status_code=201, responses=problems(401, 403, 404, 409)
)
def programmes_announce_intake(
    programme_id: UUID, body: IntakeWindowCreate, caller: CallerDep
) -> IntakeWindowRead:
    """Announce when a programme takes requests, its places, and the days of induction."""
    return caller.write(service.announce, programme_id, body, answer=IntakeWindowRead)


@router.get("/programmes/{programme_id}/intake-windows", responses=problems(401, 403, 404))
def programmes_list_intakes(programme_id: UUID, caller: CallerDep) -> IntakeWindowList:
    """List a programme's intake windows."""
    return caller.read(service.windows, programme_id, answer=IntakeWindowList)


@router.put("/intake-windows/{window_id}", responses=problems(401, 403, 404, 409, 412, 428))
def programmes_revise_intake(
    window_id: UUID, body: IntakeWindowCreate, caller: CallerDep
) -> IntakeWindowRead:
    """Write a window anew; added places go to the first in line. Send the version you saw in If-Match."""
    return caller.write(service.revise_window, window_id, body, answer=IntakeWindowRead)


@router.get("/intake-windows/{window_id}/requests", responses=problems(401, 403, 404))
def programmes_search_requests(
    window_id: UUID, caller: CallerDep, window: WindowDep
) -> Page[ProgrammeRequestRead]:
    """Read the requests of a window in the order in which they were made; the access is recorded."""
    return caller.disclose(service.in_window, window_id, window, answer=Page[ProgrammeRequestRead])


@router.get("/intake-windows/{window_id}/waiting-list", responses=problems(401, 403, 404))
def programmes_waiting_list(window_id: UUID, caller: CallerDep) -> WaitingListRead:
    """Read the waiting list in the order in which it moves up."""
    return caller.read(service.waiting_list, window_id, answer=WaitingListRead)


@router.put("/programme-requests/{request_id}/rank", responses=problems(401, 403, 404, 409, 412, 428))
def programmes_rank_request(request_id: UUID, body: RankSet, caller: CallerDep) -> ProgrammeRequestRead:
    """Rank a request and say why; send the version you saw in If-Match."""
    return caller.write(service.rank, request_id, body, answer=ProgrammeRequestRead)


@router.post("/intake-windows/{window_id}/reply-batches", responses=problems(401, 403, 404, 409))
def programmes_reply(
    window_id: UUID, body: ReplyBatchCreate, caller: CallerDep, language: Spoken = "en"
) -> ReplyBatchRead:
    """Reply to many requests at once: good rows are carried out in their order, each bad one is named."""
    return caller.write(service.reply, window_id, body, language=language, answer=ReplyBatchRead)


@router.get("/reply-batches/{batch_id}", responses=problems(401, 403, 404))
def programmes_read_replies(batch_id: UUID, caller: CallerDep, language: Spoken = "en") -> ReplyBatchRead:
    """Read what became of replies that were given together."""
    return caller.read(service.read_replies, batch_id, language=language, answer=ReplyBatchRead)
