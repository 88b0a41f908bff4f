"""What is asked about engagements; a mentor's own questions filter by person, so that others' are 404."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, select

from app.core.errors import NotFound
from app.core.paging import Slice, Window, page
from app.people.tables import PersonRow
from app.practice.tables import EngagementRow
from app.work import Work


def lock_mentor(work: Work, person_id: UUID) -> None:
    """Lock the mentor, so that two imports cannot slip overlapping sessions past each other."""
    work.session.exec(
        select(PersonRow.id)
        .where(col(PersonRow.body_id) == work.body_id, col(PersonRow.id) == person_id)
        .with_for_update()
    ).first()


def engagement(work: Work, engagement_id: UUID) -> EngagementRow:
    """Return an engagement of any mentor of this body."""
    found = work.session.get(EngagementRow, (work.body_id, engagement_id))
    if found is None:
        raise NotFound("engagement")
    return found


def engagement_of(work: Work, person_id: UUID, engagement_id: UUID) -> EngagementRow:
    """Return an engagement of this mentor."""
    found = work.session.get(EngagementRow, (work.body_id, engagement_id))
    if found is None or found.person_id != person_id:
        raise NotFound("engagement")
    return found


def engagement_for_update(work: Work, engagement_id: UUID, *, person_id: UUID | None = None) -> EngagementRow:
    """Return an engagement, of this mentor if one is named, locked for change."""
    found = work.session.exec(
        select(EngagementRow)
        .where(col(EngagementRow.body_id) == work.body_id, col(EngagementRow.id) == engagement_id)
        .with_for_update()
    ).first()
    if found is None or (person_id is not None and found.person_id != person_id):
        raise NotFound("engagement")
    return found


def engagement_by_code(work: Work, person_id: UUID, code: str) -> EngagementRow | None:
    """Return the mentor's engagement with this code."""
    return work.session.exec(
        select(EngagementRow).where(
            col(EngagementRow.body_id) == work.body_id,
            col(EngagementRow.person_id) == person_id,
            col(EngagementRow.code) == code,
        )
    ).first()


def engagements(work: Work, person_id: UUID) -> Sequence[EngagementRow]:
    """Return all engagements of a mentor, in the order in which they were entered."""
    return work.session.exec(
        select(EngagementRow)
        .where(col(EngagementRow.body_id) == work.body_id, col(EngagementRow.person_id) == person_id)
        .order_by(col(EngagementRow.id))
    ).all()


def engagements_page(work: Work, person_id: UUID, wanted: Window) -> Slice[EngagementRow]:
    """Return one page of a mentor's engagements."""
    query = (
        select(EngagementRow)
        .where(col(EngagementRow.body_id) == work.body_id, col(EngagementRow.person_id) == person_id)
        .order_by(col(EngagementRow.id))
    )
    if wanted.after is not None:
        query = query.where(col(EngagementRow.id) > wanted.after)
    return page(work.session.exec(query.limit(wanted.limit + 1)).all(), wanted)


def firms(work: Work, person_id: UUID) -> Sequence[str]:
    """Return the names of all firms of a mentor."""
    return work.session.exec(
        select(EngagementRow.sme_name)
        .where(col(EngagementRow.body_id) == work.body_id, col(EngagementRow.person_id) == person_id)
        .distinct()
    ).all()
