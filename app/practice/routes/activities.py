"""HTTP of the types of activity."""

from typing import Annotated

from fastapi import APIRouter, Path

from app.edge import CallerDep, problems
from app.practice import service
from app.practice.schemas.activities import (
    ActivityTypeCreate,
    ActivityTypeList,
    ActivityTypeRead,
    ActivityTypeRetire,
)

router = APIRouter(tags=["practice"])
_TYPES = "/v1/practice/activity-types"


@router.get(_TYPES, responses=problems(401, 403))
def practice_activity_types(caller: CallerDep) -> ActivityTypeList:
    """List what records and sessions may be called: the shipped types and the body's own."""
    return caller.read(service.activity_types, answer=ActivityTypeList)


@router.post(_TYPES, status_code=201, responses=problems(401, 403, 409))
def practice_add_activity_type(body: ActivityTypeCreate, caller: CallerDep) -> ActivityTypeRead:
    """Add a type of activity, or put one in the place of a shipped type."""
    return caller.write(service.add_activity_type, body, answer=ActivityTypeRead)


@router.post(f"{_TYPES}/{{type_code}}/retirement", responses=problems(401, 403, 404, 409))
def practice_retire_activity_type(
    type_code: Annotated[str, Path(max_length=64)], body: ActivityTypeRetire, caller: CallerDep
) -> ActivityTypeRead:
    """Take a type of activity out of use; records that name it stay."""
    return caller.write(service.retire_activity_type, type_code, body.retired_on, answer=ActivityTypeRead)
