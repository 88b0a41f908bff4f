"""What is asked about sessions."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from app.practice.tables import SessionRow
from app.work import Work


def plan_each_row(work: Work) -> None:
    """Let PostgreSQL plan the guards for each row of this transaction.

    It would keep the plan of the first rows, made while the table may be empty, and walk through all rows of
    the mentor for each further one: 10,000 rows took four times as long.
    """
    if work.session.get_bind().dialect.name == "postgresql":
        work.session.execute(sa.text("SET LOCAL plan_cache_mode = force_custom_plan"))


def sessions(work: Work, person_id: UUID) -> Sequence[SessionRow]:
    """Return all sessions of a mentor, oldest first."""
    return work.session.exec(
        select(SessionRow)
        .where(col(SessionRow.body_id) == work.body_id, col(SessionRow.person_id) == person_id)
        .order_by(col(SessionRow.starts_at), col(SessionRow.id))
    ).all()


def sessions_in(work: Work, engagement_id: UUID) -> Sequence[SessionRow]:
    """Return all sessions of an engagement, oldest first."""
    return work.session.exec(
        select(SessionRow)
        .where(col(SessionRow.body_id) == work.body_id, col(SessionRow.stream) == engagement_id)
        .order_by(col(SessionRow.starts_at), col(SessionRow.id))
    ).all()
