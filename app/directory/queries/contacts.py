"""What is asked about first contacts."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select

from app.core.errors import NotFound
from app.core.ids import new_id
from app.core.paging import Slice, Window, page
from app.directory.rules.contact import ContactState
from app.directory.tables import ContactRow, ContactTallyRow
from app.work import Work


def count_on(work: Work, key: str, day: date) -> int:
    """Count one on for a sender or a mentor and a day; the count's row stays locked until the work ends."""
    insert = postgresql.insert if work.session.get_bind().dialect.name == "postgresql" else sqlite.insert
    first = insert(ContactTallyRow).values(body_id=work.body_id, id=new_id(), key=key, day=day, count=1)
    counted = first.on_conflict_do_update(
        index_elements=["body_id", "key", "day"], set_={"count": col(ContactTallyRow.count) + 1}
    ).returning(col(ContactTallyRow.count))
    return int(work.session.execute(counted).scalar_one())


def forget_counts(work: Work, before: date) -> None:
    """Forget the counts of days that are over."""
    work.session.execute(
        sa.delete(ContactTallyRow).where(
            col(ContactTallyRow.body_id) == work.body_id, col(ContactTallyRow.day) < before
        )
    )


def reporters(work: Work, email: str) -> Sequence[UUID]:
    """Return the mentors who have reported what came from an address, as long as it is kept."""
    return work.session.exec(
        select(ContactRow.person_id)
        .where(
            col(ContactRow.body_id) == work.body_id,
            col(ContactRow.sender_email) == email,
            col(ContactRow.state) == ContactState.REPORTED,
        )
        .distinct()
    ).all()


def by_sender_secret(work: Work, secret_hash: str, *, lock: bool = False) -> ContactRow:
    """Return the contact whose sender holds this secret."""
    return _by(work, col(ContactRow.sender_secret_hash) == secret_hash, lock=lock)


def by_mentor_secret(work: Work, secret_hash: str, *, lock: bool = False) -> ContactRow:
    """Return the contact whose mentor holds this secret."""
    return _by(work, col(ContactRow.mentor_secret_hash) == secret_hash, lock=lock)


def contact_for_update(work: Work, contact_id: UUID, person_id: UUID | None = None) -> ContactRow:
    """Return a contact, of this mentor if one is named, locked for change."""
    wanted = col(ContactRow.id) == contact_id
    if person_id is not None:
        wanted = wanted & (col(ContactRow.person_id) == person_id)
    return _by(work, wanted, lock=True)


def _by(work: Work, wanted: "sa.ColumnElement[bool]", *, lock: bool) -> ContactRow:
    query = select(ContactRow).where(col(ContactRow.body_id) == work.body_id, wanted)
    found = work.session.exec(query.with_for_update() if lock else query).first()
    if found is None:
        raise NotFound("contact")
    return found


def contacts_to(work: Work, person_id: UUID, wanted: Window) -> Slice[ContactRow]:
    """Return one page of what a mentor was sent; what was never confirmed is not hers to see."""
    query = (
        select(ContactRow)
        .where(
            col(ContactRow.body_id) == work.body_id,
            col(ContactRow.person_id) == person_id,
            col(ContactRow.state) != ContactState.ASKED,
        )
        .order_by(col(ContactRow.id))
    )
    if wanted.after is not None:
        query = query.where(col(ContactRow.id) > wanted.after)
    return page(work.session.exec(query.limit(wanted.limit + 1)).all(), wanted)


def to_be_emptied(work: Work, today: date) -> Sequence[UUID]:
    """Return the contacts whose texts have been kept long enough."""
    return work.session.exec(
        select(ContactRow.id)
        .where(
            col(ContactRow.body_id) == work.body_id,
            col(ContactRow.empty_on) <= today,
            col(ContactRow.emptied_at).is_(None),
        )
        .order_by(col(ContactRow.id))
    ).all()
