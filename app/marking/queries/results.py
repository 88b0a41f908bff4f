"""What is asked about released results over many cases, and under which version they were released."""

from datetime import date, datetime
from uuid import UUID

from sqlmodel import col, select

from app.applications.tables import VersionMoveRow
from app.core.paging import Slice, Window, page
from app.marking.tables import ResultRow
from app.work import Work


def results_released(
    work: Work, released_from: date, released_until: date, wanted: Window
) -> Slice[ResultRow]:
    """Return one page of the results released from one day to another, both included."""
    query = (
        select(ResultRow)
        .where(
            col(ResultRow.body_id) == work.body_id,
            col(ResultRow.released_on) >= released_from,
            col(ResultRow.released_on) <= released_until,
        )
        .order_by(col(ResultRow.id))
    )
    if wanted.after is not None:
        query = query.where(col(ResultRow.id) > wanted.after)
    return page(work.session.exec(query.limit(wanted.limit + 1)).all(), wanted)


def version_before(work: Work, case_id: UUID, released_at: datetime) -> UUID | None:
    """Return the scheme version that a case was moved away from first after an instant."""
    return work.session.exec(
        select(VersionMoveRow.from_version_id)
        .where(
            col(VersionMoveRow.body_id) == work.body_id,
            col(VersionMoveRow.stream) == case_id,
            col(VersionMoveRow.moved_at) > released_at,
        )
        .order_by(col(VersionMoveRow.moved_at))
        .limit(1)
    ).first()
