"""What is asked about who took part in an activity."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from app.access.tables import AccountRow
from app.practice.tables import PracticeRecordRow
from app.work import Work


def people_by_address(work: Work, addresses: Sequence[str]) -> dict[str, UUID]:
    """Return the people whose open accounts bear some addresses, by address in small letters."""
    address = sa.func.lower(col(AccountRow.email))
    query = select(address, AccountRow.person_id).where(
        col(AccountRow.body_id) == work.body_id,
        col(AccountRow.is_closed).is_(False),
        address.in_(addresses),
    )
    return dict(work.session.exec(query).all())


def took_part(
    work: Work,
    person_ids: Collection[UUID],
    *,
    type: str,  # noqa: A002 - the column's name
    held_on: date,
    title: str,
) -> set[UUID]:
    """Return whose part in an activity somebody has attested already."""
    row = PracticeRecordRow
    return set(
        work.session.exec(
            select(row.person_id).where(
                col(row.body_id) == work.body_id,
                col(row.person_id).in_(person_ids),
                col(row.type) == type,
                col(row.started_on) == held_on,
                col(row.note) == title,
                col(row.attested_by).is_not(None),
            )
        )
    )
