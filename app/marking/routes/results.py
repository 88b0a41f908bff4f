"""HTTP of how sheets came about, and of results computed anew."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from app.core.schema import Day, Page
from app.edge import CallerDep, WindowDep, problems
from app.marking import service
from app.marking.schemas.recomputing import RecomputedList, RecomputedResult
from app.marking.schemas.sheets import SheetEntryList

router = APIRouter(prefix="/v1", tags=["marking"])
_FROM = Query(examples=["2026-01-01"])
_UNTIL = Query(examples=["2026-12-31"])


@router.get("/cases/{case_id}/sheets", responses=problems(401, 403, 404))
def marking_sheets(case_id: UUID, caller: CallerDep) -> SheetEntryList:
    """See how the sheets of a case came about, once a pair is in: how seen, how long; no marks."""
    return caller.read(service.sheets, case_id, answer=SheetEntryList)


@router.get("/cases/{case_id}/recomputation", responses=problems(401, 403, 404))
def marking_recompute(case_id: UUID, caller: CallerDep) -> RecomputedList:
    """Compute every released result of a case anew from stored raw material; nothing is changed."""
    return caller.read(service.recompute_case, case_id, answer=RecomputedList)


@router.get("/marking/recomputation", responses=problems(401, 403))
def marking_recompute_period(
    released_from: Annotated[Day, _FROM],
    released_until: Annotated[Day, _UNTIL],
    caller: CallerDep,
    window: WindowDep,
) -> Page[RecomputedResult]:
    """Compute the results released in a period anew from stored raw material; nothing is changed."""
    return caller.read(
        service.recompute_period,
        window,
        released_from=released_from,
        released_until=released_until,
        answer=Page[RecomputedResult],
    )
