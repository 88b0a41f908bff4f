"""HTTP of attempts, sittings and formative completions."""

from uuid import UUID

from fastapi import APIRouter

from app.delivery import service
from app.delivery.schemas.sat import (
    AttemptCreate,
    AttemptPaper,
    AttemptRead,
    FormativeCreate,
    FormativeRead,
    ResponsesSave,
    SittingCreate,
    SittingRead,
)
from app.edge import CallerDep, problems, without_key

router = APIRouter(tags=["delivery"])


@router.post("/v1/cases/{case_id}/attempts", status_code=201, responses=problems(401, 403, 404, 409))
def delivery_open(case_id: UUID, body: AttemptCreate, caller: CallerDep) -> AttemptRead:
    """Open one's attempt at a keyed component; the time runs from now."""
    return caller.write(service.open_attempt, case_id, body.component, answer=AttemptRead)


@router.get("/v1/attempts/{attempt_id}", responses=problems(401, 403, 404))
def delivery_read(attempt_id: UUID, caller: CallerDep) -> AttemptPaper:
    """Read one's own questions and saved responses; each view is recorded."""
    return without_key(caller).disclose(service.paper, attempt_id, answer=AttemptPaper)


@router.put("/v1/attempts/{attempt_id}/responses", responses=problems(401, 403, 404, 409, 412, 428))
def delivery_save(attempt_id: UUID, body: ResponsesSave, caller: CallerDep) -> AttemptRead:
    """Save all responses so far; send the version you saw in If-Match."""
    return caller.write(service.save, attempt_id, body.kept(), answer=AttemptRead)


@router.post("/v1/attempts/{attempt_id}/submission", responses=problems(401, 403, 404, 409))
def delivery_submit(attempt_id: UUID, caller: CallerDep) -> AttemptRead:
    """Submit an attempt with what was saved in time; from then on it is frozen."""
    return caller.write(service.submit, attempt_id, answer=AttemptRead)


@router.post("/v1/cases/{case_id}/sittings", status_code=201, responses=problems(401, 403, 404, 409))
def delivery_hold(case_id: UUID, body: SittingCreate, caller: CallerDep) -> SittingRead:
    """Enter a sitting of a judged component with the conditions it was held under."""
    return caller.write(service.hold, case_id, body, answer=SittingRead)


@router.post(
    "/v1/people/{person_id}/formative-completions", status_code=201, responses=problems(401, 403, 404, 409)
)
def delivery_complete_formative(person_id: UUID, body: FormativeCreate, caller: CallerDep) -> FormativeRead:
    """Attest that a continuing assessment took place; it bars its author from examining this person."""
    return caller.write(service.complete_formative, person_id, body, answer=FormativeRead)
