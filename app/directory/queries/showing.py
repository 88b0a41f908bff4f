"""What is read to show the mentors of one page: rows, names, certificates in force, scheme versions, load."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from app.certificates.tables import CertificateRow
from app.directory.queries.searching import Reach, in_force, visible
from app.directory.tables import ListingRow
from app.people.tables import PersonRow
from app.practice.rules import EngagementState
from app.practice.tables import EngagementRow
from app.schemes.tables import SchemeVersionRow
from app.work import Work

Key = tuple[UUID, UUID]
"""Body and id."""


def listings(work: Work, ids: Sequence[UUID], reach: Reach) -> dict[UUID, ListingRow]:
    """Return listings that the asker may see."""
    rows = work.session.exec(select(ListingRow).where(col(ListingRow.id).in_(ids), *visible(reach))).all()
    return {row.id: row for row in rows}


def names(work: Work, rows: Sequence[ListingRow]) -> dict[Key, str]:
    """Return the printed name of each listing's person."""
    found = work.session.execute(
        select(PersonRow.body_id, PersonRow.id, PersonRow.printed_name).where(*_of(PersonRow, _people(rows)))
    )
    return {(body_id, person_id): name for body_id, person_id, name in found}


def certificates(work: Work, rows: Sequence[ListingRow], reach: Reach) -> dict[Key, list[CertificateRow]]:
    """Return the certificates in force of each listing's person, the highest level first."""
    found: dict[Key, list[CertificateRow]] = {}
    for row in work.session.exec(
        select(CertificateRow)
        .where(
            col(CertificateRow.body_id).in_({row.body_id for row in rows}),
            col(CertificateRow.person_id).in_({row.person_id for row in rows}),
            in_force(reach),
        )
        .order_by(sa.desc(col(CertificateRow.level)), sa.desc(col(CertificateRow.id)))
    ).all():
        found.setdefault((row.body_id, row.person_id), []).append(row)
    return found


def packages(work: Work, keys: Iterable[Key]) -> Mapping[Key, dict[str, Any]]:
    """Return the packages of scheme versions, to say what a level means."""
    found = work.session.execute(
        select(SchemeVersionRow.body_id, SchemeVersionRow.id, SchemeVersionRow.package).where(
            *_of(SchemeVersionRow, set(keys))
        )
    )
    return {(body_id, version_id): package for body_id, version_id, package in found}


def open_engagements(work: Work, rows: Sequence[ListingRow]) -> dict[UUID, int]:
    """Return how many engagements each mentor of this body has open: the number and nothing else."""
    found = work.session.execute(
        select(EngagementRow.person_id, sa.func.count())
        .where(
            col(EngagementRow.body_id) == work.body_id,
            col(EngagementRow.person_id).in_({row.person_id for row in rows}),
            col(EngagementRow.state) == EngagementState.OPEN,
        )
        .group_by(col(EngagementRow.person_id))
    )
    return {row[0]: row[1] for row in found}


def _people(rows: Sequence[ListingRow]) -> set[Key]:
    return {(row.body_id, row.person_id) for row in rows}


def _of(table: Any, keys: set[Key]) -> tuple[Any, Any]:
    return (
        col(table.body_id).in_({body_id for body_id, _ in keys}),
        col(table.id).in_({row_id for _, row_id in keys}),
    )
