"""HTTP of decisions."""

from collections.abc import Callable
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body

from app.decisions import service
from app.decisions.rules import DecisionKind
from app.decisions.schemas import (
    DecisionList,
    DecisionRead,
    ExplanationRead,
    GrantCreate,
    ReadinessRead,
    RefuseCreate,
    SuspendCreate,
)
from app.edge import CallerDep, problems

router = APIRouter(prefix="/v1", tags=["decisions"])

Verdict = Annotated[GrantCreate | RefuseCreate, Body(discriminator="kind", examples=[{"kind": "grant"}])]
_VERDICTS: dict[DecisionKind, Callable[..., object]] = {
    DecisionKind.GRANT: service.grant,
    DecisionKind.REFUSE: service.refuse,
}


@router.get("/cases/{case_id}/readiness", responses=problems(401, 403, 404, 409))
def decisions_readiness(case_id: UUID, caller: CallerDep) -> ReadinessRead:
    """See what a decision would be taken on now; the access is recorded."""
    return caller.disclose(service.readiness, case_id, answer=ReadinessRead)


@router.post("/cases/{case_id}/decisions", status_code=201, responses=problems(401, 403, 404, 409))
def decisions_decide(case_id: UUID, body: Verdict, caller: CallerDep) -> DecisionRead:
    """Grant the certification applied for, or refuse it naming the unmet requirements."""
    return caller.write(_VERDICTS[body.kind], case_id, body, answer=DecisionRead)


@router.post("/cases/{case_id}/suspensions", status_code=201, responses=problems(401, 403, 404, 409))
def decisions_suspend(case_id: UUID, body: SuspendCreate, caller: CallerDep) -> DecisionRead:
    """Suspend a certification until its reasons are resolved."""
    return caller.write(service.suspend, case_id, body, answer=DecisionRead)


@router.post("/cases/{case_id}/reinstatements", status_code=201, responses=problems(401, 403, 404, 409))
def decisions_reinstate(case_id: UUID, caller: CallerDep) -> DecisionRead:
    """Lift a suspension whose reasons are resolved."""
    return caller.write(service.reinstate, case_id, answer=DecisionRead)


@router.get("/cases/{case_id}/decisions", responses=problems(401, 403, 404))
def decisions_search(case_id: UUID, caller: CallerDep) -> DecisionList:
    """List the decisions of a case."""
    return caller.read(service.search, case_id, answer=DecisionList)


@router.get("/decisions/{decision_id}/explanation", responses=problems(401, 403, 404))
def decisions_explain(decision_id: UUID, caller: CallerDep) -> ExplanationRead:
    """Recompute a decision from its snapshot alone."""
    return caller.read(service.explain, decision_id, answer=ExplanationRead)
