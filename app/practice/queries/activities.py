"""What is asked about a body's own types of activity."""

from collections.abc import Sequence

from sqlmodel import col, select

from app.practice.tables import ActivityTypeRow
from app.work import Work


def activity_types(work: Work) -> Sequence[ActivityTypeRow]:
    """Return the types that the body itself has spoken of."""
    return work.session.exec(
        select(ActivityTypeRow)
        .where(col(ActivityTypeRow.body_id) == work.body_id)
        .order_by(col(ActivityTypeRow.code))
    ).all()


def activity_type_for_update(work: Work, code: str) -> ActivityTypeRow | None:
    """Return the body's own type of a code, locked for change."""
    return work.session.exec(
        select(ActivityTypeRow)
        .where(col(ActivityTypeRow.body_id) == work.body_id, col(ActivityTypeRow.code) == code)
        .with_for_update()
    ).first()
