"""What the API tells an assessor about the recordings of her sitting."""

from datetime import date
from uuid import UUID

from app.core.schema import Schema


class RecordingEntry(Schema):
    """A recording that stands; its bytes or its address are fetched apart, and that is recorded."""

    id: UUID
    is_file: bool
    media_type: str | None
    size: int
    sha256: str
    retain_until: date


class RecordingEntryList(Schema):
    """The recordings of one's sitting that stand."""

    items: list[RecordingEntry]


class RecordingAddress(Schema):
    """Where a recording lies that is kept elsewhere, with what its bytes must be."""

    id: UUID
    url: str
    sha256: str
    size: int
