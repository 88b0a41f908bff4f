"""HTTP of the log: its head for anyone, its events and its export for auditors."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import PlainTextResponse, StreamingResponse

from app.core.schema import Page
from app.edge import CallerDep, StrangerDep, WindowDep, problems
from app.log import releasing, service
from app.log.schemas import EntryRead

router = APIRouter(tags=["log"])

_ZIP: dict[int | str, dict[str, Any]] = {
    200: {"description": "The export as a zip file.", "content": {"application/zip": {}}}
}


@router.get(
    "/public/v1/bodies/{slug}/log/checkpoint", response_class=PlainTextResponse, responses=problems(404)
)
def log_checkpoint(slug: str, caller: StrangerDep) -> PlainTextResponse:
    """Read the newest signed head of a body's log (C2SP signed note)."""
    return PlainTextResponse(caller.of_body(slug).read(service.newest_checkpoint).note)


@router.get("/public/v1/bodies/{slug}/log/key", response_class=PlainTextResponse, responses=problems(404))
def log_key(slug: str, caller: StrangerDep) -> PlainTextResponse:
    """Read the public key of a body's log (C2SP verifier key)."""
    return PlainTextResponse(caller.of_body(slug).read(service.vkey) + "\n")


@router.get("/v1/log/events", responses=problems(401, 403))
def log_events(caller: CallerDep, window: WindowDep) -> Page[EntryRead]:
    """List the events of the log in log order; for auditors."""
    return caller.read(service.events, window, answer=Page[EntryRead])


@router.get("/v1/log/export", response_class=StreamingResponse, responses=_ZIP | problems(401, 403))
def log_export(caller: CallerDep) -> StreamingResponse:
    """Download log and rows of one instant with the verifier that checks them; recorded as a disclosure."""
    body_id = caller.disclose(service.note_export)
    headers = {"Content-Disposition": 'attachment; filename="mentorcert-log.zip"'}
    pieces = releasing.zipped(caller.runtime, body_id)
    return StreamingResponse(pieces, media_type="application/zip", headers=headers)
