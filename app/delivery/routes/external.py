"""HTTP of examinations that others hold."""

from uuid import UUID

from fastapi import APIRouter

from app.delivery import service
from app.delivery.schemas.external import (
    ExternalExamCreate,
    ExternalExamEnd,
    ExternalExamList,
    ExternalExamRead,
    ExternalResultCreate,
    ExternalResultRead,
)
from app.edge import CallerDep, problems

router = APIRouter(tags=["delivery"])


@router.post("/v1/external-exams", status_code=201, responses=problems(401, 403, 404, 409))
def delivery_accept_exam(body: ExternalExamCreate, caller: CallerDep) -> ExternalExamRead:
    """Decide that a provider's examination stands for a component, with reasons."""
    return caller.write(service.accept_exam, body, answer=ExternalExamRead)


@router.get("/v1/external-exams", responses=problems(401, 403))
def delivery_list_exams(caller: CallerDep) -> ExternalExamList:
    """List the examinations of providers that stand, or stood, for a component."""
    return caller.read(service.exams, answer=ExternalExamList)


@router.post("/v1/external-exams/{exam_id}/end", responses=problems(401, 403, 404, 409, 412, 428))
def delivery_end_exam(exam_id: UUID, body: ExternalExamEnd, caller: CallerDep) -> ExternalExamRead:
    """Let a provider's examination stand no longer than to a day; send the version you saw in If-Match."""
    return caller.write(service.end_exam, exam_id, body.valid_until, answer=ExternalExamRead)


@router.post("/v1/external-results", status_code=201, responses=problems(401, 403, 404, 409))
def delivery_report(body: ExternalResultCreate, caller: CallerDep) -> ExternalResultRead:
    """Report what a provider says of a candidate: pass, fail or no-show; it counts once it is released."""
    return caller.write(service.report, body, answer=ExternalResultRead)
