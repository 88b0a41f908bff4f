"""What marking asks of the events: when a sheet was worked on, and who opened a recording."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import col, select

from app.audit.events import Event
from app.audit.tables import EventRow
from app.work import Work

_SIGNS = (Event.SHEET_OPENED, Event.MARKS_SAVED, Event.MARK_CONFIRMED)


def signs_of_life(work: Work, assignment_id: UUID, until: datetime) -> Sequence[datetime]:
    """Return when a sheet was opened, saved or confirmed in a line, up to its submission."""
    return work.session.exec(
        select(EventRow.at)
        .where(
            col(EventRow.body_id) == work.body_id,
            col(EventRow.stream) == assignment_id,
            col(EventRow.event).in_(_SIGNS),
            col(EventRow.at) <= until,
        )
        .order_by(col(EventRow.sseq))
    ).all()


def viewers(work: Work, recording_ids: Collection[UUID]) -> set[UUID]:
    """Return the assignments under which any of some recordings was opened, as the log tells it."""
    found = work.session.exec(
        select(EventRow.body).where(
            col(EventRow.body_id) == work.body_id,
            col(EventRow.stream).in_(recording_ids),
            col(EventRow.event) == Event.RECORD_DISCLOSED,
        )
    ).all()
    return {UUID(json.loads(body)["facts"]["assignment"]) for body in found}
