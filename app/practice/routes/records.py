"""HTTP of other records, and of what practice amounts to."""

from uuid import UUID

from fastapi import APIRouter

from app.core.schema import Page
from app.edge import CallerDep, WindowDep, problems
from app.practice import service
from app.practice.schemas.measuring import PracticeSummary
from app.practice.schemas.records import RecordCreate, RecordRead

router = APIRouter(tags=["practice"])
_OWN = "/v1/me/practice"


@router.get(_OWN, responses=problems(401, 403))
def practice_own_summary(caller: CallerDep) -> PracticeSummary:
    """Tell what one's own practice amounts to today, each value with its sources."""
    return caller.read(service.own_summary, answer=PracticeSummary)


@router.post(f"{_OWN}/records", status_code=201, responses=problems(401, 403))
def practice_log_record(body: RecordCreate, caller: CallerDep) -> RecordRead:
    """Enter what one shows beside sessions: training, reflection, an introduction, an award and more."""
    return caller.write(service.log_record, body, answer=RecordRead)


@router.get(f"{_OWN}/records", responses=problems(401, 403))
def practice_search_records(caller: CallerDep, window: WindowDep) -> Page[RecordRead]:
    """List one's own records."""
    return caller.read(service.records, window, answer=Page[RecordRead])


@router.get("/v1/people/{person_id}/practice", responses=problems(401, 403, 404))
def practice_summary(person_id: UUID, caller: CallerDep) -> PracticeSummary:
    """Read what a person's practice amounts to; the access is recorded."""
    return caller.disclose(service.summary, person_id, answer=PracticeSummary)
