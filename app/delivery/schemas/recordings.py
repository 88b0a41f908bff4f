"""What the API accepts and tells about recordings of sittings."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.core.schema import Day, Schema
from app.delivery.rules.recordings import RecordingEnd
from app.practice.schemas.evidence import Address, Sha256

Size = Annotated[int, Field(ge=1, le=2**40)]


class RecordingCreate(Schema):
    """A recording of a sitting: a file, or an address with the hash and size of what lies there."""

    candidate_consent_on: Day | None = Field(
        default=None, description="When the candidate agreed to be recorded: by the day of the sitting."
    )
    others: Annotated[int, Field(ge=0, le=100)] = Field(
        default=0, description="How many people besides candidate and assessors are in it."
    )
    others_consent_on: Day | None = Field(
        default=None, description="By when all of them had agreed: by the day of the sitting."
    )
    retain_until: Day = Field(
        examples=["2026-12-31"],
        description="The last day on which it is kept; at most one cycle of the scheme after the sitting.",
    )
    url: Address | None = Field(
        default=None,
        description="Where it lies, if not here. The service never fetches it, and forgets it at the end;"
        " what lies there is for its keeper to delete.",
    )
    sha256: Sha256 | None = Field(default=None, description="Of the file, or of what lies at the address.")
    size: Size | None = Field(default=None, description="In bytes; needed with an address.")


class RecordingRead(Schema):
    """A recording as whoever plans sees it: neither its bytes nor its address."""

    id: UUID
    rev: int
    sitting_id: UUID
    sha256: str
    size: int
    media_type: str | None
    is_file: bool
    candidate_consent_on: date
    others: int
    others_consent_on: date | None
    retain_until: date
    entered_on: date
    ended_on: date | None
    ended_cause: RecordingEnd | None


class RecordingList(Schema):
    """All recordings of a sitting, those that were ended too."""

    items: list[RecordingRead]
