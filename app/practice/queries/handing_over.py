"""What is asked about hand-overs."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, select

from app.core.errors import NotFound
from app.core.paging import Slice, Window, page
from app.practice.rules.handing_over import HandOverState
from app.practice.tables import HandOverRow
from app.work import Work


def hand_over_for_update(work: Work, hand_over_id: UUID) -> HandOverRow:
    """Return a hand-over, locked for change."""
    found = work.session.exec(
        select(HandOverRow)
        .where(col(HandOverRow.body_id) == work.body_id, col(HandOverRow.id) == hand_over_id)
        .with_for_update()
    ).first()
    if found is None:
        raise NotFound("hand_over")
    return found


def hand_overs_of(work: Work, engagement_id: UUID) -> Sequence[HandOverRow]:
    """Return all hand-overs of an engagement, oldest first."""
    return work.session.exec(
        select(HandOverRow)
        .where(col(HandOverRow.body_id) == work.body_id, col(HandOverRow.engagement_id) == engagement_id)
        .order_by(col(HandOverRow.id))
    ).all()


def hand_overs_to(work: Work, person_id: UUID, wanted: Window) -> Slice[HandOverRow]:
    """Return one page of what is offered to a mentor or was accepted by her."""
    query = (
        select(HandOverRow)
        .where(
            col(HandOverRow.body_id) == work.body_id,
            col(HandOverRow.to_person_id) == person_id,
            col(HandOverRow.state).in_([HandOverState.OFFERED, HandOverState.ACCEPTED]),
        )
        .order_by(col(HandOverRow.id))
    )
    if wanted.after is not None:
        query = query.where(col(HandOverRow.id) > wanted.after)
    return page(work.session.exec(query.limit(wanted.limit + 1)).all(), wanted)
