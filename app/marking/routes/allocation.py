"""HTTP of policies, scopes, loads, suggestions and the forecast."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from app.core.schema import Day
from app.delivery.schemas.sat import ComponentCode
from app.edge import CallerDep, problems
from app.marking import service
from app.marking.rules import Seat
from app.marking.schemas.allocation import (
    ForecastRead,
    LoadRead,
    LoadSet,
    MarkingPolicyCreate,
    MarkingPolicyRead,
    ScopeCreate,
    ScopeEnd,
    ScopeList,
    ScopeRead,
    SuggestionList,
)

router = APIRouter(prefix="/v1", tags=["marking"])


@router.post("/schemes/{scheme_id}/marking-policies", status_code=201, responses=problems(401, 403, 404))
def marking_set_policy(scheme_id: UUID, body: MarkingPolicyCreate, caller: CallerDep) -> MarkingPolicyRead:
    """Decide how marking in a scheme is allocated, monitored and moderated."""
    return caller.write(service.set_policy, scheme_id, body, answer=MarkingPolicyRead)


@router.get("/schemes/{scheme_id}/marking-policy", responses=problems(401, 403, 404))
def marking_policy(scheme_id: UUID, caller: CallerDep) -> MarkingPolicyRead:
    """Read the figures in force in a scheme."""
    return caller.read(service.read_policy, scheme_id, answer=MarkingPolicyRead)


@router.post("/people/{person_id}/assessor-scopes", status_code=201, responses=problems(401, 403, 404, 409))
def marking_record_scope(person_id: UUID, body: ScopeCreate, caller: CallerDep) -> ScopeRead:
    """Record what an assessor may judge, with what shows it."""
    return caller.write(service.record_scope, person_id, body, answer=ScopeRead)


@router.get("/people/{person_id}/assessor-scopes", responses=problems(401, 403, 404))
def marking_scopes(person_id: UUID, caller: CallerDep) -> ScopeList:
    """List what an assessor may judge; everyone sees her own."""
    return caller.read(service.scopes, person_id, answer=ScopeList)


@router.post("/assessor-scopes/{scope_id}/end", responses=problems(401, 403, 404, 412, 428))
def marking_end_scope(scope_id: UUID, body: ScopeEnd, caller: CallerDep) -> ScopeRead:
    """End a scope early; send the version you saw in If-Match."""
    return caller.write(service.end_scope, scope_id, body.valid_until, answer=ScopeRead)


@router.put("/people/{person_id}/assessor-load", responses=problems(401, 403, 404))
def marking_set_load(person_id: UUID, body: LoadSet, caller: CallerDep) -> LoadRead:
    """Say how many assignments an assessor takes at once; she may say so herself."""
    return caller.write(service.set_load, person_id, body.most_open, answer=LoadRead)


@router.get("/cases/{case_id}/assessor-suggestions", responses=problems(401, 403, 404, 409))
def marking_suggest(
    case_id: UUID,
    caller: CallerDep,
    component: Annotated[ComponentCode, Query(examples=["F2"])],
    seat: Annotated[Seat, Query(examples=["first"])],
) -> SuggestionList:
    """Rank assessors for a seat with what speaks for and against each; nobody is assigned by it."""
    return caller.read(service.suggest, case_id, component, seat, answer=SuggestionList)


@router.get("/marking/forecast", responses=problems(401, 403))
def marking_forecast(
    caller: CallerDep,
    held_from: Annotated[Day, Query(examples=["2026-03-01"])],
    held_until: Annotated[Day, Query(examples=["2026-03-31"])],
) -> ForecastRead:
    """Tell whether all open seats of a period can be filled, and what is missing where they cannot."""
    return caller.read(service.forecast, held_from, held_until, answer=ForecastRead)
