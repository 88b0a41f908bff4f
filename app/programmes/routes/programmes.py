"""HTTP of programmes and their indicators."""

from uuid import UUID

from fastapi import APIRouter

from app.core.schema import Page
from app.edge import CallerDep, StrangerDep, WindowDep, problems
from app.programmes import service
from app.programmes.schemas.indicators import (
    IndicatorValueCreate,
    ProgrammeIndicatorCreate,
    ProgrammeIndicatorList,
    ProgrammeIndicatorRead,
)
from app.programmes.schemas.programmes import (
    ProgrammeClose,
    ProgrammeCreate,
    ProgrammePublicList,
    ProgrammeRead,
    ProgrammeUpdate,
)

router = APIRouter(tags=["programmes"])


@router.post("/v1/programmes", status_code=201, responses=problems(401, 403, 409))
def programmes_plan(body: ProgrammeCreate, caller: CallerDep) -> ProgrammeRead:
    """Plan a programme."""
    return caller.write(service.plan, body, answer=ProgrammeRead)


@router.get("/v1/programmes", responses=problems(401, 403))
def programmes_search(caller: CallerDep, window: WindowDep) -> Page[ProgrammeRead]:
    """List the body's programmes."""
    return caller.read(service.search, window, answer=Page[ProgrammeRead])


@router.get("/v1/programmes/{programme_id}", responses=problems(401, 403, 404))
def programmes_read(programme_id: UUID, caller: CallerDep) -> ProgrammeRead:
    """Read a programme."""
    return caller.read(service.read, programme_id, answer=ProgrammeRead)


@router.put("/v1/programmes/{programme_id}", responses=problems(401, 403, 404, 409, 412, 428))
def programmes_revise(programme_id: UUID, body: ProgrammeUpdate, caller: CallerDep) -> ProgrammeRead:
    """Write a programme anew until it is closed; send the version you saw in If-Match."""
    return caller.write(service.revise, programme_id, body, answer=ProgrammeRead)


@router.post("/v1/programmes/{programme_id}/start", responses=problems(401, 403, 404, 409, 412, 428))
def programmes_start(programme_id: UUID, caller: CallerDep) -> ProgrammeRead:
    """Start a programme, within its dates; send the version you saw in If-Match."""
    return caller.write(service.start, programme_id, answer=ProgrammeRead)


@router.post("/v1/programmes/{programme_id}/closing", responses=problems(401, 403, 404, 409, 412, 428))
def programmes_close(programme_id: UUID, body: ProgrammeClose, caller: CallerDep) -> ProgrammeRead:
    """Close a programme for good; before its last day with a reason. Send the version you saw in If-Match."""
    return caller.write(service.close, programme_id, body.reason, answer=ProgrammeRead)


@router.post(
    "/v1/programmes/{programme_id}/indicators", status_code=201, responses=problems(401, 403, 404, 409)
)
def programmes_define_indicator(
    programme_id: UUID, body: ProgrammeIndicatorCreate, caller: CallerDep
) -> ProgrammeIndicatorRead:
    """Define a figure that the programme is measured by; it is no criterion of certification."""
    return caller.write(service.define, programme_id, body, answer=ProgrammeIndicatorRead)


@router.get("/v1/programmes/{programme_id}/indicators", responses=problems(401, 403, 404))
def programmes_list_indicators(programme_id: UUID, caller: CallerDep) -> ProgrammeIndicatorList:
    """List a programme's indicators with target and value."""
    return caller.read(service.indicators, programme_id, answer=ProgrammeIndicatorList)


@router.post(
    "/v1/programme-indicators/{indicator_id}/values", status_code=201, responses=problems(401, 403, 404, 409)
)
def programmes_enter_value(
    indicator_id: UUID, body: IndicatorValueCreate, caller: CallerDep
) -> ProgrammeIndicatorRead:
    """Enter what an indicator came to in a period; the same period again corrects it."""
    return caller.write(service.enter, indicator_id, body, answer=ProgrammeIndicatorRead)


@router.get("/public/v1/bodies/{slug}/programmes", responses=problems(404))
def programmes_tell(slug: str, caller: StrangerDep) -> ProgrammePublicList:
    """Tell mentors which programmes run or take requests, and what they ask of a mentor."""
    return caller.of_body(slug).read(service.told, answer=ProgrammePublicList)
