"""What is asked of the outbox; looking for due jobs goes across bodies, everything else stays within one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.core.errors import NotFound
from app.jobs.rules import MOST_TRIES
from app.jobs.tables import OutboxRow
from app.work import Work


def add(work: Work, row: dict[str, Any]) -> None:
    """Write a job down unless one of its kind and key stands there already."""
    insert = postgresql.insert if work.session.get_bind().dialect.name == "postgresql" else sqlite.insert
    work.session.execute(
        insert(OutboxRow).values(row).on_conflict_do_nothing(index_elements=["body_id", "kind", "key"])
    )


def due(session: Session, now: datetime, *, limit: int) -> Sequence[OutboxRow]:
    """Return the oldest jobs that wait, of all bodies, whether or not an engine has them."""
    return session.exec(_waiting(now).limit(limit)).all()


def unhanded(session: Session, now: datetime, *, limit: int) -> Sequence[OutboxRow]:
    """Return the oldest jobs that wait and that no engine has yet."""
    return session.exec(_waiting(now).where(col(OutboxRow.handed_at).is_(None)).limit(limit)).all()


def overdue(session: Session, now: datetime, *, handed_before: datetime, limit: int) -> Sequence[OutboxRow]:
    """Return jobs that an engine took long ago and never finished."""
    return session.exec(_waiting(now).where(col(OutboxRow.handed_at) < handed_before).limit(limit)).all()


def _waiting(now: datetime) -> SelectOfScalar[OutboxRow]:
    return (
        select(OutboxRow)
        .where(
            col(OutboxRow.done_at).is_(None), col(OutboxRow.tries) < MOST_TRIES, col(OutboxRow.due_at) <= now
        )
        .order_by(col(OutboxRow.due_at), col(OutboxRow.id))
    )


def mark_handed(work: Work, ids: Sequence[UUID]) -> None:
    """Note that an engine has these jobs now."""
    work.session.execute(
        sa.update(OutboxRow)
        .where(
            col(OutboxRow.body_id) == work.body_id,
            col(OutboxRow.id).in_(ids),
            col(OutboxRow.done_at).is_(None),
        )
        .values(handed_at=work.now)
    )


def by_id(work: Work, job_id: UUID) -> OutboxRow:
    """Return one job."""
    found = work.session.get(OutboxRow, (work.body_id, job_id))
    if found is None:
        raise NotFound("job")
    return found


def for_update(work: Work, job_id: UUID) -> OutboxRow:
    """Return one job, locked."""
    found = work.session.exec(
        select(OutboxRow)
        .where(col(OutboxRow.body_id) == work.body_id, col(OutboxRow.id) == job_id)
        .with_for_update()
    ).first()
    if found is None:
        raise NotFound("job")
    return found
