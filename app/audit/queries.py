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


def heads(session: Session, body_id: UUID, streams: list[UUID]) -> dict[UUID, tuple[int, str]]:
    """Return number and leaf of the newest event of each of these streams."""
    newest = (
        sa.select(EventRow.stream, sa.func.max(EventRow.sseq).label("sseq"))  # type: ignore[call-overload] # as above
        .where(col(EventRow.body_id) == body_id, col(EventRow.stream).in_(streams))
        .group_by(col(EventRow.stream))
        .subquery()
    )
    rows = session.execute(
        sa.select(EventRow.stream, EventRow.sseq, EventRow.leaf)  # type: ignore[call-overload] # as above
        .join(newest, (col(EventRow.stream) == newest.c.stream) & (col(EventRow.sseq) == newest.c.sseq))
        .where(col(EventRow.body_id) == body_id)
    )
    return {row.stream: (row.sseq, row.leaf) for row in rows}
