"""What is asked about cases and reviews."""

from collections.abc import Iterable
from uuid import UUID

from sqlmodel import col, select

from app.applications.tables import AccommodationRow, CaseRow, ReviewRow
from app.core.errors import NotFound
from app.core.paging import Slice, Window, page
from app.work import Work


def by_id(work: Work, case_id: UUID) -> CaseRow:
    """Return a case of this body."""
    found = work.session.get(CaseRow, (work.body_id, case_id))
    if found is None:
        raise NotFound("case")
    return found


def for_update(work: Work, case_id: UUID) -> CaseRow:
    """Return a case, locked for change."""
    found = work.session.exec(
        select(CaseRow)
        .where(col(CaseRow.body_id) == work.body_id, col(CaseRow.id) == case_id)
        .with_for_update()
    ).first()
    if found is None:
        raise NotFound("case")
    return found


def listed(work: Work, wanted: Window, *, person_id: UUID | None = None) -> Slice[CaseRow]:
    """Return one page of cases, of one person if named."""
    query = select(CaseRow).where(col(CaseRow.body_id) == work.body_id).order_by(col(CaseRow.id))
    if person_id is not None:
        query = query.where(col(CaseRow.person_id) == person_id)
    if wanted.after is not None:
        query = query.where(col(CaseRow.id) > wanted.after)
    return page(work.session.exec(query.limit(wanted.limit + 1)).all(), wanted)


def levels(work: Work, case_ids: Iterable[UUID]) -> dict[UUID, int]:
    """Return the level of each of some cases."""
    query = select(CaseRow.id, CaseRow.level).where(
        col(CaseRow.body_id) == work.body_id, col(CaseRow.id).in_(list(case_ids))
    )
    return dict(work.session.exec(query).all())


def review_of(work: Work, case_id: UUID) -> ReviewRow | None:
    """Return the review of a case."""
    return work.session.exec(
        select(ReviewRow).where(col(ReviewRow.body_id) == work.body_id, col(ReviewRow.case_id) == case_id)
    ).first()


def accommodation_of(work: Work, case_id: UUID) -> AccommodationRow:
    """Return what was asked and granted for special needs in a case."""
    return work.session.exec(
        select(AccommodationRow).where(
            col(AccommodationRow.body_id) == work.body_id, col(AccommodationRow.stream) == case_id
        )
    ).one()
