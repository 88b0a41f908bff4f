"""What is asked about reviews."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from app.core.errors import NotFound
from app.practice.rules import EngagementState
from app.practice.tables import EngagementRow, PromptRow, ReviewAnswerRow, ReviewLinkRow, SessionRow
from app.work import Work


def review_answers(work: Work, engagement_ids: Sequence[UUID]) -> Sequence[ReviewAnswerRow]:
    """Return what was answered at the reviews of some engagements, in the order in which it came."""
    return work.session.exec(
        select(ReviewAnswerRow)
        .where(col(ReviewAnswerRow.body_id) == work.body_id, col(ReviewAnswerRow.stream).in_(engagement_ids))
        .order_by(col(ReviewAnswerRow.id))
    ).all()


def prompts(work: Work, engagement_ids: Sequence[UUID]) -> Sequence[PromptRow]:
    """Return what the clock has told in some engagements, oldest first."""
    return work.session.exec(
        select(PromptRow)
        .where(col(PromptRow.body_id) == work.body_id, col(PromptRow.stream).in_(engagement_ids))
        .order_by(col(PromptRow.told_on))
    ).all()


def last_held(work: Work, engagement_ids: Sequence[UUID], *, type: str) -> dict[UUID, date]:  # noqa: A002 - the column's name
    """Return when a session of a type was held last, by engagement."""
    query = (
        select(SessionRow.stream, sa.func.max(col(SessionRow.held_on)))
        .where(
            col(SessionRow.body_id) == work.body_id,
            col(SessionRow.stream).in_(engagement_ids),
            col(SessionRow.type) == type,
        )
        .group_by(col(SessionRow.stream))
    )
    return dict(work.session.exec(query).all())


def under_review(work: Work, *, ended_since: date, after: UUID | None, limit: int) -> Sequence[EngagementRow]:
    """Return engagements that go on or ended lately, some at a time, in the order of their ids."""
    query = (
        select(EngagementRow)
        .where(
            col(EngagementRow.body_id) == work.body_id,
            sa.or_(
                col(EngagementRow.state) == EngagementState.OPEN,
                col(EngagementRow.ended_on) >= ended_since,
            ),
        )
        .order_by(col(EngagementRow.id))
    )
    if after is not None:
        query = query.where(col(EngagementRow.id) > after)
    return work.session.exec(query.limit(limit)).all()


def review_link(work: Work, secret_hash: str, *, lock: bool = False) -> ReviewLinkRow:
    """Return the link of a secret, locked so that it works once if it is to be used."""
    query = select(ReviewLinkRow).where(
        col(ReviewLinkRow.body_id) == work.body_id, col(ReviewLinkRow.secret_hash) == secret_hash
    )
    found = work.session.exec(query.with_for_update() if lock else query).first()
    if found is None:
        raise NotFound("review_link")
    return found
