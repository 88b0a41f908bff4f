"""What is asked about points for written answers."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlmodel import col, select

from app.marking.tables import WrittenPointsRow
from app.work import Work


def written_points_of(work: Work, assignment_ids: Iterable[UUID]) -> Sequence[WrittenPointsRow]:
    """Return the points on some sheets, by sheet, item and criterion."""
    return work.session.exec(
        select(WrittenPointsRow)
        .where(
            col(WrittenPointsRow.body_id) == work.body_id,
            col(WrittenPointsRow.stream).in_(list(assignment_ids)),
        )
        .order_by(col(WrittenPointsRow.stream), col(WrittenPointsRow.item), col(WrittenPointsRow.criterion))
    ).all()
