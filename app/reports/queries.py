"""What is asked about reports."""

from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from app.core.errors import NotFound
from app.core.paging import Slice, Window, page
from app.reports.tables import ReportRow
from app.work import Work


def report(work: Work, report_id: UUID) -> ReportRow:
    """Return a report of this body."""
    found = work.session.get(ReportRow, (work.body_id, report_id))
    if found is None:
        raise NotFound("report")
    return found


def for_update(work: Work, report_id: UUID) -> ReportRow:
    """Return a report, locked for change."""
    found = work.session.exec(
        select(ReportRow)
        .where(col(ReportRow.body_id) == work.body_id, col(ReportRow.id) == report_id)
        .with_for_update()
    ).first()
    if found is None:
        raise NotFound("report")
    return found


def reports(work: Work, wanted: Window) -> Slice[ReportRow]:
    """Return one page of the body's reports, newest first."""
    query = select(ReportRow).where(col(ReportRow.body_id) == work.body_id)
    if wanted.after is not None:
        query = query.where(col(ReportRow.id) < wanted.after)
    newest_first = query.order_by(sa.desc(col(ReportRow.id))).limit(wanted.limit + 1)
    return page(work.session.exec(newest_first).all(), wanted)
