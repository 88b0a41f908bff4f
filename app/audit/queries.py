"""What the recorder asks of the event table."""

from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from app.audit.tables import EventRow


def head(session: Session, body_id: UUID, stream: UUID) -> tuple[int, str] | None:
    """Return number and leaf of a stream's newest event."""
    found = (
        session.connection()
        .execute(
            sa.select(EventRow.sseq, EventRow.leaf)  # type: ignore[call-overload] # SQLModel types columns as values
            .where(col(EventRow.body_id) == body_id, col(EventRow.stream) == stream)
            .order_by(col(EventRow.sseq).desc())
            .limit(1)
        )
        .first()
    )
    return (found.sseq, found.leaf) if found else None
