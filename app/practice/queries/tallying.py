"""What is asked about practice seen from a programme: given engagements, whoever's they are."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlmodel import col, select

from app.practice.tables import EngagementRow, SessionRow
from app.work import Work


def engagements_of_ids(work: Work, engagement_ids: Sequence[UUID]) -> Sequence[EngagementRow]:
    """Return these engagements, in the order in which they were entered."""
    return work.session.exec(
        select(EngagementRow)
        .where(col(EngagementRow.body_id) == work.body_id, col(EngagementRow.id).in_(engagement_ids))
        .order_by(col(EngagementRow.id))
    ).all()


def sessions_held(
    work: Work, engagement_ids: Sequence[UUID], first: date, last: date
) -> Sequence[SessionRow]:
    """Return the sessions of these engagements that were held on these days of the body's calendar."""
    return work.session.exec(
        select(SessionRow)
        .where(
            col(SessionRow.body_id) == work.body_id,
            col(SessionRow.stream).in_(engagement_ids),
            col(SessionRow.held_on) >= first,
            col(SessionRow.held_on) <= last,
        )
        .order_by(col(SessionRow.starts_at), col(SessionRow.id))
    ).all()
