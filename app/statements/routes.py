"""HTTP of statements: a person's own."""

from uuid import UUID

from fastapi import APIRouter, Response

from app.certificates.service import Download
from app.core.schema import Page
from app.edge import PDF_ANSWER, CallerDep, PdfResponse, WindowDep, problems
from app.statements import service
from app.statements.schemas import StatementCreate, StatementRead

router = APIRouter(prefix="/v1", tags=["statements"])


@router.post("/me/statements", status_code=201, responses=problems(401, 403, 404, 409))
def statements_issue_own(body: StatementCreate, caller: CallerDep) -> StatementRead:
    """Have one's own skill card, or a level that takes no certificate, stated as a sealed PDF."""
    return caller.write(service.issue_own, body, answer=StatementRead)


@router.get("/me/statements", responses=problems(401, 403))
def statements_search_own(caller: CallerDep, window: WindowDep) -> Page[StatementRead]:
    """List the statements about oneself, newest first."""
    return caller.read(service.search_own, window, answer=Page[StatementRead])


@router.get("/me/statements/{statement_id}", responses=problems(401, 403, 404))
def statements_read_own(statement_id: UUID, caller: CallerDep) -> StatementRead:
    """Read one of the statements about oneself."""
    return caller.read(service.read_own, statement_id, answer=StatementRead)


@router.get(
    "/me/statements/{statement_id}/document",
    response_class=PdfResponse,
    responses=PDF_ANSWER | problems(401, 403, 404, 409),
)
def statements_download_own(statement_id: UUID, caller: CallerDep) -> Response:
    """Download the sealed statement, byte for byte as it was issued."""
    found: Download = caller.read(service.download_own, statement_id)
    return PdfResponse.of(found.content, sha256=found.sha256, name=found.number)
