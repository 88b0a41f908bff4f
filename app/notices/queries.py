"""What is asked about notices."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, select

from app.access.tables import AccountRow
from app.core.errors import NotFound
from app.core.paging import Slice, Window, page
from app.notices.tables import NoticeRow
from app.work import Work


def by_key(work: Work, key: str) -> NoticeRow | None:
    """Return the notice that was written under a key."""
    return work.session.exec(
        select(NoticeRow).where(col(NoticeRow.body_id) == work.body_id, col(NoticeRow.key) == key)
    ).first()


def by_id(work: Work, notice_id: UUID) -> NoticeRow:
    """Return a notice of this body."""
    found = work.session.get(NoticeRow, (work.body_id, notice_id))
    if found is None:
        raise NotFound("notice")
    return found


def for_update(work: Work, notice_id: UUID) -> NoticeRow:
    """Return a notice, locked for change."""
    found = work.session.exec(
        select(NoticeRow)
        .where(col(NoticeRow.body_id) == work.body_id, col(NoticeRow.id) == notice_id)
        .with_for_update()
    ).first()
    if found is None:
        raise NotFound("notice")
    return found


def listed(work: Work, wanted: Window, *, person_id: UUID | None = None) -> Slice[NoticeRow]:
    """Return one page of the body's notices, or of those to one person."""
    query = select(NoticeRow).where(col(NoticeRow.body_id) == work.body_id).order_by(col(NoticeRow.id))
    if person_id is not None:
        query = query.where(col(NoticeRow.person_id) == person_id)
    if wanted.after is not None:
        query = query.where(col(NoticeRow.id) > wanted.after)
    return page(work.session.exec(query.limit(wanted.limit + 1)).all(), wanted)


def addresses_of(work: Work, person_id: UUID) -> Sequence[str]:
    """Return the addresses of a person's accounts that are open, oldest first."""
    return work.session.exec(
        select(AccountRow.email)
        .where(
            col(AccountRow.body_id) == work.body_id,
            col(AccountRow.person_id) == person_id,
            col(AccountRow.is_closed).is_(False),
        )
        .order_by(col(AccountRow.id))
    ).all()
