"""HTTP of the item bank."""

from uuid import UUID

from fastapi import APIRouter

from app.core.schema import Page
from app.edge import CallerDep, WindowDep, problems, without_key
from app.itembank import service
from app.itembank.schemas.forms import FormContent, FormCreate, FormRead, FormRetire, StudyCreate

router = APIRouter(prefix="/v1", tags=["itembank"])


@router.post("/forms", status_code=201, responses=problems(401, 403, 404, 409))
def itembank_draft(body: FormCreate, caller: CallerDep) -> FormRead:
    """Take in a form with its items and study as a draft; every fault is named with its place."""
    return caller.write(service.draft, body.scheme_version_id, body.document, answer=FormRead)


@router.get("/forms", responses=problems(401, 403))
def itembank_search(caller: CallerDep, window: WindowDep) -> Page[FormRead]:
    """List the body's forms, without items."""
    return caller.read(service.search, window, answer=Page[FormRead])


@router.get("/forms/{form_id}", responses=problems(401, 403, 404))
def itembank_read(form_id: UUID, caller: CallerDep) -> FormRead:
    """Read a form's head and blueprint, without items."""
    return caller.read(service.read, form_id, answer=FormRead)


@router.get("/forms/{form_id}/content", responses=problems(401, 403, 404))
def itembank_content(form_id: UUID, caller: CallerDep) -> FormContent:
    """Read a form's items, keys and ratings; the access is recorded."""
    return without_key(caller).disclose(service.content, form_id, answer=FormContent)


@router.post("/forms/{form_id}/approval", responses=problems(401, 403, 404, 409, 412, 428))
def itembank_approve(form_id: UUID, caller: CallerDep) -> FormRead:
    """Approve a form that another person drafted; send the version you saw in If-Match."""
    return caller.write(service.approve, form_id, answer=FormRead)


@router.post("/forms/{form_id}/study", status_code=201, responses=problems(401, 403, 404, 409, 412, 428))
def itembank_add_study(form_id: UUID, body: StudyCreate, caller: CallerDep) -> FormRead:
    """Give a draft form the study behind its cuts; send the version you saw in If-Match."""
    return caller.write(service.add_study, form_id, body.study, answer=FormRead)


@router.post("/forms/{form_id}/retirement", responses=problems(401, 403, 404, 409, 412, 428))
def itembank_retire_form(form_id: UUID, body: FormRetire, caller: CallerDep) -> FormRead:
    """Take an approved form out of use, with the reason; send the version you saw in If-Match."""
    return caller.write(service.retire_form, form_id, body.reason, body.note, answer=FormRead)
