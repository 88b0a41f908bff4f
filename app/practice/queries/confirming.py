"""What is asked about mentees and the links that they are sent."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlmodel import col, func, select

from app.core.errors import NotFound
from app.practice.rules import SessionState
from app.practice.tables import ConfirmationLinkRow, EngagementRow, MenteeRow, SessionRow
from app.work import Work


def mentees_in(work: Work, engagement_id: UUID) -> Sequence[MenteeRow]:
    """Return the mentees of an engagement, in the order in which they were added."""
    return work.session.exec(
        select(MenteeRow)
        .where(col(MenteeRow.body_id) == work.body_id, col(MenteeRow.stream) == engagement_id)
        .order_by(col(MenteeRow.id))
    ).all()


def present_mentee(work: Work, engagement_id: UUID) -> MenteeRow | None:
    """Return who is asked on behalf of the firm: the mentee who was added first and has not left."""
    return next((one for one in mentees_in(work, engagement_id) if one.left_on is None), None)


def mentee(work: Work, engagement_id: UUID, mentee_id: UUID) -> MenteeRow:
    """Return a mentee of an engagement."""
    found = work.session.get(MenteeRow, (work.body_id, mentee_id))
    if found is None or found.stream != engagement_id:
        raise NotFound("mentee")
    return found


def engagements_to_confirm(work: Work, since: date, before: date) -> Sequence[UUID]:
    """Return the engagements with a mentee to ask, and a session of those days that nobody spoke about."""
    return work.session.exec(
        select(EngagementRow.id)
        .where(
            col(EngagementRow.body_id) == work.body_id,
            select(MenteeRow.id)
            .where(
                col(MenteeRow.body_id) == work.body_id,
                col(MenteeRow.stream) == col(EngagementRow.id),
                col(MenteeRow.left_on).is_(None),
            )
            .exists(),
            select(SessionRow.id)
            .where(
                col(SessionRow.body_id) == work.body_id,
                col(SessionRow.stream) == col(EngagementRow.id),
                col(SessionRow.state) == SessionState.LOGGED,
                col(SessionRow.held_on) >= since,
                col(SessionRow.held_on) < before,
            )
            .exists(),
        )
        .order_by(col(EngagementRow.id))
    ).all()


def is_asked(work: Work, engagement_id: UUID, month: date, *, live_after: datetime) -> bool:
    """Tell whether the clock has sent this month's link, or an unused one is on its way that ends later."""
    is_on_its_way = col(ConfirmationLinkRow.used_at).is_(None) & (
        col(ConfirmationLinkRow.expires_at) > live_after
    )
    return (
        work.session.exec(
            select(ConfirmationLinkRow.id)
            .where(
                col(ConfirmationLinkRow.body_id) == work.body_id,
                col(ConfirmationLinkRow.stream) == engagement_id,
                (col(ConfirmationLinkRow.for_month) == month) | is_on_its_way,
            )
            .limit(1)
        ).first()
        is not None
    )


def asks_on_their_way(work: Work, mentee_id: UUID, *, live_after: datetime) -> int:
    """Return how many unused links a mentee has that end later than an instant."""
    return work.session.exec(
        select(func.count(col(ConfirmationLinkRow.id))).where(
            col(ConfirmationLinkRow.body_id) == work.body_id,
            col(ConfirmationLinkRow.mentee_id) == mentee_id,
            col(ConfirmationLinkRow.used_at).is_(None),
            col(ConfirmationLinkRow.expires_at) > live_after,
        )
    ).one()


def link(work: Work, secret_hash: str) -> ConfirmationLinkRow:
    """Return the link of a secret, locked so that it works once."""
    found = work.session.exec(
        select(ConfirmationLinkRow)
        .where(
            col(ConfirmationLinkRow.body_id) == work.body_id,
            col(ConfirmationLinkRow.secret_hash) == secret_hash,
        )
        .with_for_update()
    ).first()
    if found is None:
        raise NotFound("confirmation_link")
    return found


def link_to_read(work: Work, secret_hash: str) -> ConfirmationLinkRow:
    """Return the link of a secret."""
    found = work.session.exec(
        select(ConfirmationLinkRow).where(
            col(ConfirmationLinkRow.body_id) == work.body_id,
            col(ConfirmationLinkRow.secret_hash) == secret_hash,
        )
    ).first()
    if found is None:
        raise NotFound("confirmation_link")
    return found
