"""HTTP of items that travel as QTI 3."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, File, Query, Response

from app.core.schema import Language, Prose
from app.edge import BYTES_ANSWER, BytesResponse, CallerDep, problems
from app.itembank import service
from app.itembank.schemas.items import ElementOfScheme
from app.itembank.schemas.qti import CodePrefix, QtiImportRead
from app.itembank.service import Given, Package

router = APIRouter(prefix="/v1/schemes/{scheme_id}/items", tags=["itembank"])


@router.post("/import", responses=problems(401, 403, 404, 409, 413))
def itembank_import_items(
    scheme_id: UUID,
    caller: CallerDep,
    file: Annotated[
        bytes, File(description="A QTI 3 content package: a zip with imsmanifest.xml, up to 500 items.")
    ],
    dry_run: Annotated[bool, Query(description="Judge every item and draft none.")] = False,
    prefix: Annotated[
        CodePrefix | None,
        Query(description="Names items that carry no code of a bank: PREFIX-001 and so on, by their place."),
    ] = None,
    element: Annotated[ElementOfScheme | None, Query(description="Of items that name none.")] = None,
    language: Annotated[Language | None, Query(description="Of items that name none.")] = None,
    rationale: Annotated[
        Prose | None, Query(description="Of items that bring none; their reviewers ask for a better one.")
    ] = None,
) -> QtiImportRead:
    """Draft all items of a QTI package as one's own, or none; each is told what is not understood of it."""
    given = Given(prefix, element, language, rationale)
    return caller.write(service.import_items, scheme_id, file, given, dry_run=dry_run, answer=QtiImportRead)


@router.get("/export", response_class=BytesResponse, responses=BYTES_ANSWER | problems(401, 403, 404, 409))
def itembank_export_items(
    scheme_id: UUID,
    caller: CallerDep,
    unit: Annotated[str | None, Query(max_length=20)] = None,
) -> Response:
    """Download the approved items of a scheme with their keys as a QTI package; each access is recorded."""
    found: Package = caller.disclose(service.export_items, scheme_id, unit)
    return BytesResponse.of(found.content, sha256=found.sha256, name=found.name)
