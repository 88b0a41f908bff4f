"""What is asked about attempts, sittings and formative completions."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, select

from app.core.errors import NotFound
from app.delivery.rules import AttemptState
from app.delivery.tables import AttemptRow, FormativeRow, SittingRow
from app.practice.tables import EngagementRow
from app.work import Work


def attempt(work: Work, attempt_id: UUID) -> AttemptRow:
    """Return an attempt of this body."""
    found = work.session.get(AttemptRow, (work.body_id, attempt_id))
    if found is None:
        raise NotFound("attempt")
    return found


def attempt_for_update(work: Work, attempt_id: UUID) -> AttemptRow:
    """Return an attempt, locked for change."""
    found = work.session.exec(
        select(AttemptRow)
        .where(col(AttemptRow.body_id) == work.body_id, col(AttemptRow.id) == attempt_id)
        .with_for_update()
    ).first()
    if found is None:
        raise NotFound("attempt")
    return found


def attempts_of(work: Work, case_id: UUID, component: str) -> Sequence[AttemptRow]:
    """Return the attempts at a component, first to last."""
    return work.session.exec(
        select(AttemptRow)
        .where(
            col(AttemptRow.body_id) == work.body_id,
            col(AttemptRow.case_id) == case_id,
            col(AttemptRow.component) == component,
        )
        .order_by(col(AttemptRow.attempt_no))
    ).all()


def open_attempts(work: Work, case_id: UUID) -> Sequence[AttemptRow]:
    """Return the attempts of a case that are not submitted yet."""
    return work.session.exec(
        select(AttemptRow)
        .where(
            col(AttemptRow.body_id) == work.body_id,
            col(AttemptRow.case_id) == case_id,
            col(AttemptRow.state) == AttemptState.OPEN,
        )
        .order_by(col(AttemptRow.id))
    ).all()


def sittings_of(work: Work, case_id: UUID, component: str) -> Sequence[SittingRow]:
    """Return the sittings of a component, first to last."""
    return work.session.exec(
        select(SittingRow)
        .where(
            col(SittingRow.body_id) == work.body_id,
            col(SittingRow.case_id) == case_id,
            col(SittingRow.component) == component,
        )
        .order_by(col(SittingRow.attempt_no))
    ).all()


def formative_of(work: Work, person_id: UUID) -> Sequence[FormativeRow]:
    """Return all formative completions of a person, oldest first."""
    return work.session.exec(
        select(FormativeRow)
        .where(col(FormativeRow.body_id) == work.body_id, col(FormativeRow.person_id) == person_id)
        .order_by(col(FormativeRow.id))
    ).all()


def is_engagement_of(work: Work, person_id: UUID, engagement_id: UUID) -> bool:
    """Tell whether an engagement is this person's."""
    found = work.session.get(EngagementRow, (work.body_id, engagement_id))
    return found is not None and found.person_id == person_id
