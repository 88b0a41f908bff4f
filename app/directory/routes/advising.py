"""HTTP for advisers: needs and what came of them, the pool's gaps, the pool as a table."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from app.core.schema import Page
from app.core.spreadsheet import csv_of
from app.directory import service
from app.directory.schemas.advising import (
    CoverageQuery,
    CoverageRead,
    MentorChange,
    MentorProposalCreate,
    NeedCreate,
    NeedRead,
)
from app.directory.service.showing import Mentor
from app.directory.spreadsheet import mentor_table
from app.edge import CallerDep, WindowDep, problems

router = APIRouter(prefix="/v1/directory", tags=["directory"])

Wanted = Annotated[CoverageQuery, Query()]
_CHANGES = problems(401, 403, 404, 409)
_CSV: dict[int | str, dict[str, object]] = {
    200: {"description": "The table.", "content": {"text/csv": {"schema": {"type": "string"}}}}
}


class CsvResponse(Response):
    """A table to be saved, kept by no cache between."""

    media_type = "text/csv; charset=utf-8"

    @classmethod
    def of(cls, content: bytes, name: str) -> "CsvResponse":
        """Return a table with a file name for saving."""
        headers = {
            "Content-Disposition": f'attachment; filename="{name}.csv"',
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        }
        return cls(content, headers=headers)


@router.post("/needs", status_code=201, responses=problems(401, 403))
def directory_note_need(body: NeedCreate, caller: CallerDep) -> NeedRead:
    """Note what a firm needs."""
    return caller.write(service.note_need, body, answer=NeedRead)


@router.get("/needs", responses=problems(401, 403))
def directory_search_needs(caller: CallerDep, window: WindowDep) -> Page[NeedRead]:
    """List the needs that advisers of the body have noted."""
    return caller.read(service.search_needs, window, answer=Page[NeedRead])


@router.get("/needs/{need_id}", responses=problems(401, 403, 404))
def directory_read_need(need_id: UUID, caller: CallerDep) -> NeedRead:
    """Read a need with who was proposed and chosen, and how mentors were changed."""
    return caller.read(service.read_need, need_id, answer=NeedRead)


@router.post("/needs/{need_id}/proposals", status_code=201, responses=_CHANGES)
def directory_propose(need_id: UUID, body: MentorProposalCreate, caller: CallerDep) -> NeedRead:
    """Note that a mentor was proposed to the firm."""
    return caller.write(service.propose, need_id, body.listing_id, answer=NeedRead)


@router.post("/needs/{need_id}/choice", status_code=201, responses=_CHANGES)
def directory_choose(need_id: UUID, body: MentorProposalCreate, caller: CallerDep) -> NeedRead:
    """Note whom the firm chose among those proposed."""
    return caller.write(service.choose, need_id, body.listing_id, answer=NeedRead)


@router.post("/needs/{need_id}/mentor-changes", status_code=201, responses=_CHANGES)
def directory_change_mentor(need_id: UUID, body: MentorChange, caller: CallerDep) -> NeedRead:
    """Note that the firm's mentor was changed, and why."""
    return caller.write(service.change_mentor, need_id, body, answer=NeedRead)


@router.get("/coverage", responses=problems(401, 403))
def directory_coverage(wanted: Wanted, caller: CallerDep) -> CoverageRead:
    """Count certified persons by sector, phase and language, against the numbers wanted."""
    return caller.read(service.coverage, wanted, answer=CoverageRead)


@router.get("/coverage.csv", response_class=CsvResponse, responses=_CSV | problems(401, 403))
def directory_coverage_table(wanted: Wanted, caller: CallerDep) -> CsvResponse:
    """Download the same report as a table."""
    report = caller.read(service.coverage, wanted, answer=CoverageRead)
    heading = ("sector", "phase", "language", "certified", "wanted", "gap")
    rows = ([getattr(cell, name) for name in heading] for cell in report.cells)
    return CsvResponse.of(csv_of(heading, rows), f"coverage-{report.on}")


@router.get("/mentors.csv", response_class=CsvResponse, responses=_CSV | problems(401, 403, 409))
def directory_table(caller: CallerDep) -> CsvResponse:
    """Download all listed mentors, a line for each certificate in force; that it was taken is on record."""
    found: list[Mentor] = caller.disclose(service.table)
    return CsvResponse.of(mentor_table(found), "mentors")
