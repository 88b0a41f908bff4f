"""What the API tells about the log."""

from typing import Any
from uuid import UUID

from app.core.schema import Schema


class EntryRead(Schema):
    """One event at its place in the log."""

    id: UUID
    position: int
    leaf: str
    """SHA-256 over a zero byte and the event's exact bytes, in hex."""
    event: dict[str, Any]
    """The event as it was recorded; personal values appear as commitments only."""
