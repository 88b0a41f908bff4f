"""What the API accepts and tells about sessions and their import."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from pydantic import Field

from app.core.schema import Instant, Line, Prose, Schema
from app.practice.rules import Channel, RowOutcome, SessionKind, SessionState
from app.practice.rules.presence import CO_MENTORS
from app.practice.schemas.activities import TypeCode


class SessionCreate(Schema):
    """One session as it was held."""

    starts_at: Instant = Field(examples=["2025-02-10T09:00:00+01:00"])
    ends_at: Instant = Field(examples=["2025-02-10T10:30:00+01:00"])
    kind: SessionKind = SessionKind.SESSION
    channel: Channel | None = Field(default=None, examples=["in_person"])
    type: TypeCode | None = Field(
        default=None, examples=["check_in"], description="A type of session, by code; without it a plain one."
    )
    co_mentors: list[Line] = Field(
        default_factory=list,
        max_length=CO_MENTORS,
        examples=[[]],
        description="Who mentored beside you; the mentee then says who was there, and only that counts.",
    )
    note: Prose | None = Field(default=None, examples=["Cash-flow table for the harvest months."])


class SessionRead(Schema):
    """One session."""

    id: UUID
    held_on: date
    starts_at: datetime
    ends_at: datetime
    kind: SessionKind
    channel: Channel | None
    type: str | None
    co_mentors: list[str] | None
    present: list[str] | None = Field(description="Whom the mentee named as present, of several mentors.")
    note: str | None
    state: SessionState


class SessionList(Schema):
    """All sessions of an engagement, oldest first."""

    items: list[SessionRead]


class ImportedRow(Schema):
    """What became of one row, or would: `is_ok` unless refused; `message` says why it is not loaded."""

    row: int = Field(description="The heading is row 1; in a calendar file, events are counted from 1.")
    outcome: RowOutcome
    engagement_id: UUID | None
    held_on: date | None
    minutes: int | None
    is_ok: bool
    column: str | None
    code: str | None
    message: str | None


class ImportTotals(Schema):
    """The sums of an import, or what they would be if it is a dry run."""

    rows: int
    loaded: int
    already_there: int
    refused: int
    held_back: int
    hours: Decimal = Field(description="Of loaded sessions; a group that met counts once, not once per SME.")


class ImportRead(Schema):
    """What an import did, or would do if it is a dry run."""

    is_dry_run: bool
    loaded: int = Field(description="Sessions that were stored; none in a dry run.")
    totals: ImportTotals
    rows: list[ImportedRow]
