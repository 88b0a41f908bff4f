"""The holder's statements on her page: having one made, and fetching it."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse
from pydantic import ValidationError
from starlette.responses import Response

from app.certificates.service import Download
from app.core.errors import Malformed
from app.edge import PageCallerDep, PdfResponse
from app.statements.labels import LANGUAGES
from app.statements.schemas import StatementCreate
from app.web import session, views
from app.web.languages import reader_of

router = APIRouter(include_in_schema=False, tags=["pages"])

Choice = Annotated[str, Form(max_length=100)]


@router.post("/me/{slug}/statements")
def web_issue_statement(
    request: Request,
    slug: str,
    version_id: Annotated[UUID, Form()],
    kind: Choice,
    source: Choice,
    token: Choice,
    caller: PageCallerDep,
) -> Response:
    """Have one's skill card stated as a sealed PDF, in the language of the page where there is wording."""
    session.ensure_form(session.secret_of(request), token)
    reader = reader_of(request)
    language = reader.language if reader.language in LANGUAGES else "en"
    chosen = {"scheme_version_id": version_id, "kind": kind, "source": source, "language": language}
    try:
        wanted = StatementCreate.model_validate(chosen)
    except ValidationError:
        raise Malformed("request_refused") from None
    caller.write(views.issue_statement, slug, wanted)
    return RedirectResponse(reader.link(f"/me/{slug}#statements"), 303)


@router.get("/me/{slug}/statements/{statement_id}.pdf")
def web_download_statement(slug: str, statement_id: UUID, caller: PageCallerDep) -> Response:
    """Hand out a sealed statement about the holder."""
    found: Download = caller.read(views.download_statement, slug, statement_id)
    return PdfResponse.of(found.content, sha256=found.sha256, name=found.number)
