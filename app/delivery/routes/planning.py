"""HTTP of a candidate's plan."""

from uuid import UUID

from fastapi import APIRouter

from app.delivery import service
from app.delivery.schemas.booking import CasePlanRead
from app.edge import CallerDep, problems

router = APIRouter(tags=["delivery"])


@router.get("/v1/me/cases/{case_id}/plan", responses=problems(401, 403, 404))
def delivery_own_plan(case_id: UUID, caller: CallerDep) -> CasePlanRead:
    """See what one still has to take, what stands before it, and from when a retake is allowed."""
    return caller.read(service.own_plan, case_id, answer=CasePlanRead)


@router.get("/v1/cases/{case_id}/plan", responses=problems(401, 403, 404))
def delivery_plan(case_id: UUID, caller: CallerDep) -> CasePlanRead:
    """See what a candidate still has to take, what stands before it, and from when a retake is allowed."""
    return caller.read(service.plan, case_id, answer=CasePlanRead)
