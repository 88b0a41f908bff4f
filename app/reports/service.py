"""Use cases of reports: ask for one, list, read its figures, hand out its PDF."""

from typing import Any
from uuid import UUID

from app.access.permissions import Permission
from app.audit.events import Event
from app.certificates.service import Download
from app.core.errors import Conflict
from app.core.paging import Slice, Window
from app.files import service as files
from app.itembank import service as itembank
from app.itembank.rules import FormState
from app.jobs import service as jobs
from app.jobs.rules import Job
from app.reports import queries, rules
from app.reports.rules import ReportKind
from app.reports.schemas import ReportCreate
from app.reports.tables import ReportRow
from app.schemes import assessing
from app.schemes import service as schemes
from app.work import Work


def ask(work: Work, wanted: ReportCreate) -> ReportRow:
    """Ask for the report of a form or a judged component over a period that is over (EXM-4)."""
    work.require(Permission.REPORTS_MAKE)
    rules.ensure_period(wanted.starts_on, wanted.ends_on, work.today)
    row = ReportRow(
        body_id=work.body_id,
        starts_on=wanted.starts_on,
        ends_on=wanted.ends_on,
        language=wanted.language,
        asked_by=work.person_id,
        asked_at=work.now,
        **_about(work, wanted),
    )
    work.session.add(row)
    jobs.enqueue(work, Job.MAKE_REPORT, row.id, key=str(row.id))
    work.record(
        Event.REPORT_ASKED,
        row,
        kind=row.kind,
        component=row.component,
        form=row.form_id,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
    )
    return row


def search(work: Work, wanted: Window) -> Slice[ReportRow]:
    """Return one page of the body's reports, without their figures."""
    work.require(Permission.REPORTS_READ)
    return queries.reports(work, wanted)


def read(work: Work, report_id: UUID) -> ReportRow:
    """Return a report, without its figures."""
    work.require(Permission.REPORTS_READ)
    return queries.report(work, report_id)


def figures(work: Work, report_id: UUID) -> dict[str, object]:
    """Show the figures, which tell of items and keys; who looked is on record (SEC-1)."""
    row = _disclosed(work, report_id, "report figures")
    return {
        "report_id": row.id,
        "version": row.document_version,
        "sha256": row.document_sha256,
        "figures": row.document,
    }


def download(work: Work, report_id: UUID) -> Download:
    """Return the PDF as it was stored; who looked is on record (SEC-1)."""
    row = _disclosed(work, report_id, "report document")
    assert row.file_id is not None and row.sha256 is not None, "a ready report has its file"
    name = f"report-{row.component}-{row.starts_on}-{row.ends_on}"
    return Download(name, row.sha256, files.content(work, row.file_id))


def _about(work: Work, wanted: ReportCreate) -> dict[str, Any]:
    """Say what the report is about; refuse a form that was never sat and a component that nobody judges."""
    if wanted.form_id is not None:
        form = itembank.form(work, wanted.form_id)
        if form.state is not FormState.APPROVED:
            raise Conflict("report_form_not_approved", form=form.code)
        return {
            "kind": ReportKind.FORM,
            "form_id": form.id,
            "scheme_version_id": form.scheme_version_id,
            "component": form.component,
        }
    assert wanted.scheme_version_id is not None and wanted.component is not None, "the schema has seen to it"
    version = schemes.version_of(work, wanted.scheme_version_id)
    if assessing.component(version.package, wanted.component)["scoring"] != "rubric":
        raise Conflict("report_component_not_judged", component=wanted.component)
    return {
        "kind": ReportKind.COMPONENT,
        "scheme_version_id": version.id,
        "component": wanted.component,
    }


def _disclosed(work: Work, report_id: UUID, what: str) -> ReportRow:
    work.require(Permission.REPORTS_READ)
    row = queries.report(work, report_id)
    if row.document is None:
        raise Conflict("report_pending")
    work.record(Event.RECORD_DISCLOSED, row, what=what)
    return row
