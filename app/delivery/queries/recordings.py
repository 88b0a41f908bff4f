"""What is asked about recordings of sittings."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlmodel import col, select

from app.core.errors import NotFound
from app.delivery.tables import RecordingRow, SittingRow
from app.work import Work


def sitting_by_id(work: Work, sitting_id: UUID) -> SittingRow:
    """Return a sitting of this body."""
    found = work.session.get(SittingRow, (work.body_id, sitting_id))
    if found is None:
        raise NotFound("sitting")
    return found


def recording_for_update(work: Work, recording_id: UUID) -> RecordingRow:
    """Return a recording, locked for change."""
    found = work.session.exec(
        select(RecordingRow)
        .where(col(RecordingRow.body_id) == work.body_id, col(RecordingRow.id) == recording_id)
        .with_for_update()
    ).first()
    if found is None:
        raise NotFound("recording")
    return found


def recordings_of(work: Work, sitting_id: UUID) -> Sequence[RecordingRow]:
    """Return the recordings of a sitting, oldest first."""
    return work.session.exec(
        select(RecordingRow)
        .where(col(RecordingRow.body_id) == work.body_id, col(RecordingRow.sitting_id) == sitting_id)
        .order_by(col(RecordingRow.id))
    ).all()


def recordings_over(work: Work, today: date) -> Sequence[UUID]:
    """Return the recordings that were to be kept until a day that is over."""
    return work.session.exec(
        select(RecordingRow.id)
        .where(
            col(RecordingRow.body_id) == work.body_id,
            col(RecordingRow.ended_on).is_(None),
            col(RecordingRow.retain_until) < today,
        )
        .order_by(col(RecordingRow.id))
    ).all()
