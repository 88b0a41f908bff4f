"""What is asked about bodies and their keys."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from app.bodies.tables import BodyKeyRow, BodyRow, KeyState
from app.core.errors import NotFound
from app.core.secrets import Purpose
from app.work import Work


def own(work: Work) -> BodyRow:
    """Return the body that the caller belongs to or named."""
    found = work.session.get(BodyRow, work.body_id)
    if found is None:
        raise NotFound("body")
    return found


def keys_of(work: Work) -> Sequence[BodyKeyRow]:
    """Return all keys of the body, oldest first."""
    return work.session.exec(
        select(BodyKeyRow).where(col(BodyKeyRow.body_id) == work.body_id).order_by(col(BodyKeyRow.id))
    ).all()


def active_key(work: Work, purpose: Purpose) -> BodyKeyRow:
    """Return the newest active key for a purpose."""
    found = work.session.exec(
        select(BodyKeyRow)
        .where(
            col(BodyKeyRow.body_id) == work.body_id,
            col(BodyKeyRow.purpose) == purpose,
            col(BodyKeyRow.state) == KeyState.ACTIVE,
        )
        .order_by(sa.desc(col(BodyKeyRow.id)))
        .limit(1)
    ).first()
    if found is None:
        raise NotFound("body_key")
    return found


def zones(session: Session) -> dict[UUID, str]:
    """Return the time zone of every body of the installation."""
    return dict(session.exec(select(BodyRow.id, BodyRow.time_zone)).all())


def slugs(work: Work, slug: str) -> bool:
    """Tell whether a slug is taken."""
    return work.session.exec(select(BodyRow.id).where(col(BodyRow.slug) == slug)).first() is not None
