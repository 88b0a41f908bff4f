"""HTTP of evidence reports."""

from uuid import UUID

from fastapi import APIRouter, Response

from app.certificates.service import Download
from app.core.schema import Page
from app.edge import PDF_ANSWER, CallerDep, PdfResponse, WindowDep, problems
from app.reports import service
from app.reports.schemas import ReportCreate, ReportFigures, ReportRead

router = APIRouter(prefix="/v1/reports", tags=["reports"])


@router.post("", status_code=201, responses=problems(401, 403, 404, 409))
def reports_ask(body: ReportCreate, caller: CallerDep) -> ReportRead:
    """Ask for the evidence report of a form or a judged component over a period; a job makes it."""
    return caller.write(service.ask, body, answer=ReportRead)


@router.get("", responses=problems(401, 403))
def reports_search(caller: CallerDep, window: WindowDep) -> Page[ReportRead]:
    """List the evidence reports, newest first."""
    return caller.read(service.search, window, answer=Page[ReportRead])


@router.get("/{report_id}", responses=problems(401, 403, 404))
def reports_read(report_id: UUID, caller: CallerDep) -> ReportRead:
    """Read what a report is about and whether it is ready."""
    return caller.read(service.read, report_id, answer=ReportRead)


@router.get("/{report_id}/figures", responses=problems(401, 403, 404, 409))
def reports_figures(report_id: UUID, caller: CallerDep) -> ReportFigures:
    """Read all figures of a report with their lines, sources and verdicts; the access is recorded."""
    return caller.disclose(service.figures, report_id, answer=ReportFigures)


@router.get(
    "/{report_id}/document", response_class=PdfResponse, responses=PDF_ANSWER | problems(401, 403, 404, 409)
)
def reports_download(report_id: UUID, caller: CallerDep) -> Response:
    """Download a report as a PDF with plots; the access is recorded."""
    found: Download = caller.disclose(service.download, report_id)
    return PdfResponse.of(found.content, sha256=found.sha256, name=found.number)
