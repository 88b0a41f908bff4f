"""What is asked about figures of mentored firms."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from app.core.errors import NotFound
from app.practice.rules.impact import LinkPurpose
from app.practice.tables import ConsentRow, EngagementRow, FigureRow, ImpactLinkRow, IndicatorRow
from app.work import Work


def own_indicators(work: Work) -> Sequence[IndicatorRow]:
    """Return what the body has defined itself, in the order in which it did."""
    return work.session.exec(
        select(IndicatorRow).where(col(IndicatorRow.body_id) == work.body_id).order_by(col(IndicatorRow.id))
    ).all()


def indicator_for_update(work: Work, indicator_id: UUID) -> IndicatorRow:
    """Return an indicator of this body, locked for change."""
    found = work.session.exec(
        select(IndicatorRow)
        .where(col(IndicatorRow.body_id) == work.body_id, col(IndicatorRow.id) == indicator_id)
        .with_for_update()
    ).first()
    if found is None:
        raise NotFound("indicator")
    return found


def consents(work: Work, engagement_ids: Sequence[UUID]) -> Sequence[ConsentRow]:
    """Return what was allowed or refused in some engagements, in the order in which it was."""
    return work.session.exec(
        select(ConsentRow)
        .where(col(ConsentRow.body_id) == work.body_id, col(ConsentRow.stream).in_(engagement_ids))
        .order_by(col(ConsentRow.number))
    ).all()


def figures(work: Work, engagement_ids: Sequence[UUID]) -> Sequence[FigureRow]:
    """Return the figures that are kept of some engagements, in the order in which they were first told."""
    return work.session.exec(
        select(FigureRow)
        .where(col(FigureRow.body_id) == work.body_id, col(FigureRow.stream).in_(engagement_ids))
        .order_by(col(FigureRow.id))
    ).all()


def consents_of_ended(work: Work, since: date, before: date) -> Sequence[ConsentRow]:
    """Return what was allowed or refused in engagements that ended in some time, the newest last."""
    return work.session.exec(
        select(ConsentRow)
        .join(EngagementRow, _of(ConsentRow))
        .where(*_ended(work, since, before))
        .order_by(col(ConsentRow.number))
    ).all()


def figures_of_ended(work: Work, since: date, before: date) -> Sequence[FigureRow]:
    """Return the figures that are kept of engagements that ended in some time."""
    return work.session.exec(
        select(FigureRow)
        .join(EngagementRow, _of(FigureRow))
        .where(*_ended(work, since, before), col(FigureRow.amount).is_not(None))
    ).all()


def impact_link(work: Work, secret_hash: str, purpose: LinkPurpose) -> ImpactLinkRow:
    """Return the link of a secret; who uses it locks the engagement first, so that it works once."""
    found = work.session.exec(
        select(ImpactLinkRow).where(
            col(ImpactLinkRow.body_id) == work.body_id,
            col(ImpactLinkRow.secret_hash) == secret_hash,
            col(ImpactLinkRow.purpose) == purpose,
        )
    ).first()
    if found is None:
        raise NotFound("impact_link")
    return found


def is_asked_for_figures(work: Work, engagement_id: UUID, live_after: datetime) -> bool:
    """Tell whether an unused link is on its way that ends later than an instant."""
    query = select(ImpactLinkRow.id).where(
        col(ImpactLinkRow.body_id) == work.body_id,
        col(ImpactLinkRow.stream) == engagement_id,
        col(ImpactLinkRow.used_at).is_(None),
        col(ImpactLinkRow.expires_at) > live_after,
    )
    return work.session.exec(query.limit(1)).first() is not None


def ended_between(work: Work, since: date, before: date) -> Sequence[EngagementRow]:
    """Return the engagements that ended in some time and count."""
    return work.session.exec(
        select(EngagementRow).where(*_ended(work, since, before)).order_by(col(EngagementRow.id))
    ).all()


def _ended(work: Work, since: date, before: date) -> tuple[ColumnElement[bool], ...]:
    """Engagements with a firm that the mentor has an interest in never count."""
    return (
        col(EngagementRow.body_id) == work.body_id,
        col(EngagementRow.ended_on) >= since,
        col(EngagementRow.ended_on) < before,
        col(EngagementRow.own_interest).is_(False),
    )


def _of(part: type[ConsentRow] | type[FigureRow]) -> ColumnElement[bool]:
    return (col(part.body_id) == col(EngagementRow.body_id)) & (col(part.stream) == col(EngagementRow.id))
