"""HTTP of applications."""

from uuid import UUID

from fastapi import APIRouter, Response

from app.applications import moves, portfolio, service
from app.applications.schemas import (
    AccommodationDecide,
    AccommodationRead,
    AgreementAccept,
    AnswerList,
    ApplicationCreate,
    CaseRead,
    CaseTransition,
    ConflictDeclare,
    ReviewCreate,
    ReviewRead,
    VersionMoveCreate,
)
from app.core.schema import Page
from app.edge import BYTES_ANSWER, BytesResponse, CallerDep, WindowDep, problems
from app.impartiality.schemas import DeclarationRead
from app.practice.schemas.evidence import PortfolioRead
from app.practice.service import Download

router = APIRouter(prefix="/v1", tags=["applications"])


@router.post("/me/cases", status_code=201, responses=problems(401, 403, 404, 409))
def applications_submit(body: ApplicationCreate, caller: CallerDep) -> CaseRead:
    """Apply for a level, growth phases and endorsements under a published scheme version."""
    return caller.write(service.submit, body, answer=CaseRead)


@router.get("/me/cases", responses=problems(401, 403))
def applications_search_own(caller: CallerDep, window: WindowDep) -> Page[CaseRead]:
    """List one's own cases."""
    return caller.read(service.search_own, window, answer=Page[CaseRead])


@router.get("/me/cases/{case_id}", responses=problems(401, 403, 404))
def applications_read_own(case_id: UUID, caller: CallerDep) -> CaseRead:
    """Read one of one's own cases."""
    return caller.read(service.read_own, case_id, answer=CaseRead)


@router.get("/me/cases/{case_id}/answers", responses=problems(401, 403, 404))
def applications_own_answers(case_id: UUID, caller: CallerDep) -> AnswerList:
    """See what is found for each prerequisite of one's own case."""
    return caller.read(service.own_answers, case_id, answer=AnswerList)


@router.get("/cases", responses=problems(401, 403))
def applications_search(caller: CallerDep, window: WindowDep) -> Page[CaseRead]:
    """List the body's cases."""
    return caller.read(service.search, window, answer=Page[CaseRead])


@router.get("/cases/{case_id}", responses=problems(401, 403, 404))
def applications_read(case_id: UUID, caller: CallerDep) -> CaseRead:
    """Read a case."""
    return caller.read(service.read, case_id, answer=CaseRead)


@router.post("/cases/{case_id}/conflict-declarations", status_code=201, responses=problems(401, 403, 404))
def applications_declare(case_id: UUID, body: ConflictDeclare, caller: CallerDep) -> DeclarationRead:
    """Declare whether there is a conflict with the candidate, before seeing the file."""
    return caller.write(service.declare, case_id, body.answer, answer=DeclarationRead)


@router.get("/cases/{case_id}/answers", responses=problems(401, 403, 404, 409))
def applications_answers(case_id: UUID, caller: CallerDep) -> AnswerList:
    """See what is found for each prerequisite, with value, threshold and sources; the access is recorded."""
    return caller.disclose(service.answers, case_id, answer=AnswerList)


@router.get("/cases/{case_id}/portfolio", responses=problems(401, 403, 404, 409))
def applications_portfolio(case_id: UUID, caller: CallerDep) -> PortfolioRead:
    """See what a candidate shows, with numbers in place of firms, after declaring; it is recorded."""
    return caller.disclose(portfolio.portfolio, case_id, answer=PortfolioRead)


@router.get(
    "/cases/{case_id}/evidence/{evidence_id}/content",
    response_class=BytesResponse,
    responses=BYTES_ANSWER | problems(401, 403, 404, 409),
)
def applications_evidence(case_id: UUID, evidence_id: UUID, caller: CallerDep) -> Response:
    """Download the version that may be seen, byte for byte; the mentor is told by role and day."""
    found: Download = caller.disclose(portfolio.evidence, case_id, evidence_id)
    return BytesResponse.of(found.content, sha256=found.sha256, name=found.name)


@router.post("/cases/{case_id}/review", status_code=201, responses=problems(401, 403, 404, 409))
def applications_review(case_id: UUID, body: ReviewCreate, caller: CallerDep) -> ReviewRead:
    """Conclude the entry assessment of a case."""
    return caller.write(service.review, case_id, body, answer=ReviewRead)


@router.get("/cases/{case_id}/accommodation", responses=problems(401, 403, 404))
def applications_accommodation(case_id: UUID, caller: CallerDep) -> AccommodationRead:
    """Read a request for special arrangements; for the accommodation officer alone, recorded."""
    return caller.disclose(service.accommodation, case_id, answer=AccommodationRead)


@router.post("/cases/{case_id}/accommodation", responses=problems(401, 403, 404, 409))
def applications_decide_accommodation(
    case_id: UUID, body: AccommodationDecide, caller: CallerDep
) -> AccommodationRead:
    """Grant or decline special arrangements."""
    return caller.write(service.decide_accommodation, case_id, body, answer=AccommodationRead)


@router.get("/cases/{case_id}/transition", responses=problems(401, 403, 404))
def applications_transition(case_id: UUID, caller: CallerDep) -> CaseTransition:
    """Read which scheme version governs a case, what a newer one asks on top, and by when."""
    return caller.read(moves.explain, case_id, answer=CaseTransition)


@router.post("/cases/{case_id}/version-moves", status_code=201, responses=problems(401, 403, 404, 409))
def applications_move(case_id: UUID, body: VersionMoveCreate, caller: CallerDep) -> CaseRead:
    """Bring a case under the newer scheme version that governs it by now."""
    return caller.write(moves.move, case_id, body.scheme_version_id, answer=CaseRead)


@router.post("/me/cases/{case_id}/agreements", status_code=201, responses=problems(401, 403, 404, 409))
def applications_accept_agreement(case_id: UUID, body: AgreementAccept, caller: CallerDep) -> CaseRead:
    """Accept the agreement of the version that one's own case stands under."""
    return caller.write(moves.accept_agreement, case_id, body.agreement_version, answer=CaseRead)
