"""What is asked about other records."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, select

from app.core.errors import NotFound
from app.core.paging import Slice, Window, page
from app.practice.tables import PracticeRecordRow
from app.work import Work


def records(work: Work, person_id: UUID) -> Sequence[PracticeRecordRow]:
    """Return all records of a mentor, in the order in which they were entered."""
    return work.session.exec(
        select(PracticeRecordRow)
        .where(col(PracticeRecordRow.body_id) == work.body_id, col(PracticeRecordRow.person_id) == person_id)
        .order_by(col(PracticeRecordRow.id))
    ).all()


def records_page(work: Work, person_id: UUID, wanted: Window) -> Slice[PracticeRecordRow]:
    """Return one page of a mentor's records."""
    query = (
        select(PracticeRecordRow)
        .where(col(PracticeRecordRow.body_id) == work.body_id, col(PracticeRecordRow.person_id) == person_id)
        .order_by(col(PracticeRecordRow.id))
    )
    if wanted.after is not None:
        query = query.where(col(PracticeRecordRow.id) > wanted.after)
    return page(work.session.exec(query.limit(wanted.limit + 1)).all(), wanted)


def record_for_update(work: Work, record_id: UUID) -> PracticeRecordRow:
    """Return a record, locked for change."""
    found = work.session.exec(
        select(PracticeRecordRow)
        .where(col(PracticeRecordRow.body_id) == work.body_id, col(PracticeRecordRow.id) == record_id)
        .with_for_update()
    ).first()
    if found is None:
        raise NotFound("record")
    return found
