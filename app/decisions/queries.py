"""What is asked about decisions and snapshots."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, select

from app.core.errors import NotFound
from app.decisions.tables import DecisionRow, SnapshotRow
from app.work import Work


def by_id(work: Work, decision_id: UUID) -> DecisionRow:
    """Return a decision of this body."""
    found = work.session.get(DecisionRow, (work.body_id, decision_id))
    if found is None:
        raise NotFound("decision")
    return found


def of_case(work: Work, case_id: UUID) -> Sequence[DecisionRow]:
    """Return all decisions of a case, oldest first."""
    return work.session.exec(
        select(DecisionRow)
        .where(col(DecisionRow.body_id) == work.body_id, col(DecisionRow.case_id) == case_id)
        .order_by(col(DecisionRow.id))
    ).all()


def snapshot(work: Work, snapshot_id: UUID) -> SnapshotRow:
    """Return the evidence that a decision was taken on."""
    found = work.session.get(SnapshotRow, (work.body_id, snapshot_id))
    if found is None:
        raise NotFound("snapshot")
    return found
