"""What is asked about needs, and what came of them."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, select

from app.core.errors import NotFound
from app.core.paging import Slice, Window, page
from app.directory.tables import MentorChangeRow, NeedRow, ProposalRow
from app.work import Work


def need(work: Work, need_id: UUID) -> NeedRow:
    """Return a need that an adviser of this body noted."""
    found = work.session.get(NeedRow, (work.body_id, need_id))
    if found is None:
        raise NotFound("need")
    return found


def need_for_update(work: Work, need_id: UUID) -> NeedRow:
    """Return a need, locked for change."""
    found = work.session.exec(
        select(NeedRow)
        .where(col(NeedRow.body_id) == work.body_id, col(NeedRow.id) == need_id)
        .with_for_update()
    ).first()
    if found is None:
        raise NotFound("need")
    return found


def needs(work: Work, wanted: Window) -> Slice[NeedRow]:
    """Return one page of the body's needs."""
    query = select(NeedRow).where(col(NeedRow.body_id) == work.body_id).order_by(col(NeedRow.id))
    if wanted.after is not None:
        query = query.where(col(NeedRow.id) > wanted.after)
    return page(work.session.exec(query.limit(wanted.limit + 1)).all(), wanted)


def proposals(work: Work, need_ids: Sequence[UUID]) -> Sequence[ProposalRow]:
    """Return who was proposed for needs, in the order of proposing."""
    return work.session.exec(
        select(ProposalRow)
        .where(col(ProposalRow.body_id) == work.body_id, col(ProposalRow.stream).in_(need_ids))
        .order_by(col(ProposalRow.id))
    ).all()


def changes(work: Work, need_ids: Sequence[UUID]) -> Sequence[MentorChangeRow]:
    """Return how mentors were changed for needs, in order."""
    return work.session.exec(
        select(MentorChangeRow)
        .where(col(MentorChangeRow.body_id) == work.body_id, col(MentorChangeRow.stream).in_(need_ids))
        .order_by(col(MentorChangeRow.id))
    ).all()
