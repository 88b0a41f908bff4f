"""What is asked about practice; a mentor's own questions filter by person, so that others' things are 404."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from app.core.errors import NotFound
from app.core.paging import Slice, Window, page
from app.people.tables import PersonRow
from app.practice.tables import (
    ConfirmationLinkRow,
    EngagementRow,
    GoalRow,
    PlanRow,
    PracticeRecordRow,
    SessionRow,
)
from app.work import Work


def lock_mentor(work: Work, person_id: UUID) -> None:
    """Lock the mentor, so that two imports cannot slip overlapping sessions past each other."""
    work.session.exec(
        select(PersonRow.id)
        .where(col(PersonRow.body_id) == work.body_id, col(PersonRow.id) == person_id)
        .with_for_update()
    ).first()


def plan_each_row(work: Work) -> None:
    """Let PostgreSQL plan the guards for each row of this transaction.

    It would keep the plan of the first rows, made while the table may be empty, and walk through all rows of
    the mentor for each further one: 10,000 rows took four times as long.
    """
    if work.session.get_bind().dialect.name == "postgresql":
        work.session.execute(sa.text("SET LOCAL plan_cache_mode = force_custom_plan"))


def engagement(work: Work, engagement_id: UUID) -> EngagementRow:
    """Return an engagement of any mentor of this body."""
    found = work.session.get(EngagementRow, (work.body_id, engagement_id))
    if found is None:
        raise NotFound("engagement")
    return found


def engagement_of(work: Work, person_id: UUID, engagement_id: UUID) -> EngagementRow:
    """Return an engagement of this mentor."""
    found = work.session.get(EngagementRow, (work.body_id, engagement_id))
    if found is None or found.person_id != person_id:
        raise NotFound("engagement")
    return found


def engagement_for_update(work: Work, engagement_id: UUID, *, person_id: UUID | None = None) -> EngagementRow:
    """Return an engagement, of this mentor if one is named, locked for change."""
    found = work.session.exec(
        select(EngagementRow)
        .where(col(EngagementRow.body_id) == work.body_id, col(EngagementRow.id) == engagement_id)
        .with_for_update()
    ).first()
    if found is None or (person_id is not None and found.person_id != person_id):
        raise NotFound("engagement")
    return found


def engagement_by_code(work: Work, person_id: UUID, code: str) -> EngagementRow | None:
    """Return the mentor's engagement with this code."""
    return work.session.exec(
        select(EngagementRow).where(
            col(EngagementRow.body_id) == work.body_id,
            col(EngagementRow.person_id) == person_id,
            col(EngagementRow.code) == code,
        )
    ).first()


def engagements(work: Work, person_id: UUID) -> Sequence[EngagementRow]:
    """Return all engagements of a mentor, in the order in which they were entered."""
    return work.session.exec(
        select(EngagementRow)
        .where(col(EngagementRow.body_id) == work.body_id, col(EngagementRow.person_id) == person_id)
        .order_by(col(EngagementRow.id))
    ).all()


def engagements_page(work: Work, person_id: UUID, wanted: Window) -> Slice[EngagementRow]:
    """Return one page of a mentor's engagements."""
    query = (
        select(EngagementRow)
        .where(col(EngagementRow.body_id) == work.body_id, col(EngagementRow.person_id) == person_id)
        .order_by(col(EngagementRow.id))
    )
    if wanted.after is not None:
        query = query.where(col(EngagementRow.id) > wanted.after)
    return page(work.session.exec(query.limit(wanted.limit + 1)).all(), wanted)


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


def newest_plan(work: Work, engagement_id: UUID) -> PlanRow | None:
    """Return the plan of an engagement that was written last."""
    return work.session.exec(
        select(PlanRow)
        .where(col(PlanRow.body_id) == work.body_id, col(PlanRow.stream) == engagement_id)
        .order_by(col(PlanRow.rev).desc())
        .limit(1)
    ).first()


def goals_in(work: Work, engagement_id: UUID) -> Sequence[GoalRow]:
    """Return the goals of an engagement, in the order in which they were set."""
    return work.session.exec(
        select(GoalRow)
        .where(col(GoalRow.body_id) == work.body_id, col(GoalRow.stream) == engagement_id)
        .order_by(col(GoalRow.id))
    ).all()


def goal(work: Work, engagement_id: UUID, goal_id: UUID) -> GoalRow:
    """Return a goal of an engagement."""
    found = work.session.get(GoalRow, (work.body_id, goal_id))
    if found is None or found.stream != engagement_id:
        raise NotFound("goal")
    return found


def records(work: Work, person_id: UUID) -> Sequence[PracticeRecordRow]:
    """Return all records of a mentor, in the order in which they were entered."""
    return work.session.exec(
        select(PracticeRecordRow)
        .where(col(PracticeRecordRow.body_id) == work.body_id, col(PracticeRecordRow.person_id) == person_id)
        .order_by(col(PracticeRecordRow.id))
    ).all()


def records_page(work: Work, person_id: UUID, wanted: Window) -> Slice[PracticeRecordRow]:
    """Return one page of a mentor's records."""
    query = (
        select(PracticeRecordRow)
        .where(col(PracticeRecordRow.body_id) == work.body_id, col(PracticeRecordRow.person_id) == person_id)
        .order_by(col(PracticeRecordRow.id))
    )
    if wanted.after is not None:
        query = query.where(col(PracticeRecordRow.id) > wanted.after)
    return page(work.session.exec(query.limit(wanted.limit + 1)).all(), wanted)


def record_for_update(work: Work, record_id: UUID) -> PracticeRecordRow:
    """Return a record, locked for change."""
    found = work.session.exec(
        select(PracticeRecordRow)
        .where(col(PracticeRecordRow.body_id) == work.body_id, col(PracticeRecordRow.id) == record_id)
        .with_for_update()
    ).first()
    if found is None:
        raise NotFound("record")
    return found


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
