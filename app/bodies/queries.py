"""What is asked about bodies and their keys."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from app.bodies.rules import DocumentKind
from app.bodies.tables import BodyDocumentRow, BodyKeyRow, BodyRow, ContactPointRow, KeyState, TrustedBodyRow
from app.core.errors import NotFound
from app.core.secrets import Purpose
from app.work import Work


def own(work: Work) -> BodyRow:
    """Return the body that the caller belongs to or named."""
    found = work.session.get(BodyRow, work.body_id)
    if found is None:
        raise NotFound("body")
    return found


def lock_own(work: Work) -> None:
    """Let one work at a time number what the body publishes; rows that refer to the body are not held up."""
    work.session.exec(
        select(BodyRow.id).where(col(BodyRow.id) == work.body_id).with_for_update(key_share=True)
    ).one()


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


def trusted(work: Work) -> Sequence[TrustedBodyRow]:
    """Return all bodies that this one trusts or has trusted."""
    return work.session.exec(
        select(TrustedBodyRow)
        .where(col(TrustedBodyRow.body_id) == work.body_id)
        .order_by(col(TrustedBodyRow.id))
    ).all()


def trusted_by_kid(work: Work, kid: str) -> TrustedBodyRow | None:
    """Return what is known of the body with this key."""
    return work.session.exec(
        select(TrustedBodyRow).where(
            col(TrustedBodyRow.body_id) == work.body_id, col(TrustedBodyRow.kid) == kid
        )
    ).first()


def trusted_by_id(work: Work, trusted_id: UUID) -> TrustedBodyRow:
    """Return a body that is or was trusted."""
    found = work.session.get(TrustedBodyRow, (work.body_id, trusted_id))
    if found is None:
        raise NotFound("trusted_body")
    return found


def trusted_for_update(work: Work, trusted_id: UUID) -> TrustedBodyRow:
    """Return a trusted body, locked for change."""
    found = work.session.exec(
        select(TrustedBodyRow)
        .where(col(TrustedBodyRow.body_id) == work.body_id, col(TrustedBodyRow.id) == trusted_id)
        .with_for_update()
    ).first()
    if found is None:
        raise NotFound("trusted_body")
    return found


def documents(work: Work, kind: DocumentKind | None = None) -> Sequence[BodyDocumentRow]:
    """Return all versions of all public documents, or of one kind, oldest first."""
    query = select(BodyDocumentRow).where(col(BodyDocumentRow.body_id) == work.body_id)
    if kind is not None:
        query = query.where(col(BodyDocumentRow.kind) == kind)
    return work.session.exec(query.order_by(col(BodyDocumentRow.version), col(BodyDocumentRow.id))).all()


def document_kinds(work: Work) -> frozenset[DocumentKind]:
    """Return which kinds of documents the body has made public."""
    query = select(BodyDocumentRow.kind).where(col(BodyDocumentRow.body_id) == work.body_id).distinct()
    return frozenset(DocumentKind(kind) for kind in work.session.exec(query))


def contact_points(work: Work) -> Sequence[ContactPointRow]:
    """Return the contact points that are open, by country, region and age."""
    return work.session.exec(
        select(ContactPointRow)
        .where(col(ContactPointRow.body_id) == work.body_id, col(ContactPointRow.closed_on).is_(None))
        .order_by(col(ContactPointRow.country), col(ContactPointRow.region), col(ContactPointRow.id))
    ).all()


def contact_point_for_update(work: Work, contact_point_id: UUID) -> ContactPointRow:
    """Return a contact point, locked for change."""
    found = work.session.exec(
        select(ContactPointRow)
        .where(col(ContactPointRow.body_id) == work.body_id, col(ContactPointRow.id) == contact_point_id)
        .with_for_update()
    ).first()
    if found is None:
        raise NotFound("contact_point")
    return found


def slugs(work: Work, slug: str) -> bool:
    """Tell whether a slug is taken."""
    return work.session.exec(select(BodyRow.id).where(col(BodyRow.slug) == slug)).first() is not None
