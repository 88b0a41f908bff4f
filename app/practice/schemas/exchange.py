"""The transcript in which practice leaves one body and enters another, and what becomes of it."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from app.core.schema import Code, Day, Instant, Line, Prose, Schema
from app.practice.rules import (
    Channel,
    EndReason,
    EngagementState,
    Milestone,
    Modality,
    Phase,
    RecordKind,
    SessionKind,
    SessionState,
    Touch,
)
from app.practice.rules.calendar import MOST_SESSIONS
from app.practice.rules.exchange import EntryState
from app.practice.schemas.activities import TypeCode
from app.practice.schemas.values import Country, Sector


class TranscriptSession(Schema):
    """One session, with what others said about it."""

    held_on: Day
    starts_at: Instant
    ends_at: Instant
    kind: SessionKind
    note: Prose | None
    channel: Channel | None = None
    type: TypeCode | None = None
    state: SessionState


class TranscriptEngagement(Schema):
    """One engagement with its sessions; `attested_by` names those who gave their own word for some."""

    id: UUID
    code: Code
    sme_name: Line
    country: Country | None
    sector: Sector
    own_interest: bool
    is_paid: bool = False
    touch: Touch | None = None
    modality: Modality
    planned_months: Annotated[int, Field(ge=1, le=120)]
    phase: Phase
    started_on: Day
    ended_on: Day | None
    milestones: list[Milestone] = Field(max_length=len(Milestone))
    state: EngagementState
    end_reason: EndReason | None = None
    attested_by: list[Line] = Field(max_length=50)
    sessions: list[TranscriptSession] = Field(max_length=MOST_SESSIONS)

    @model_validator(mode="after")
    def _sound(self) -> "TranscriptEngagement":
        if (self.state is EngagementState.OPEN) != (self.ended_on is None):
            raise ValueError("an engagement is open or has an end")
        if self.ended_on is not None and self.ended_on < self.started_on:
            raise ValueError("the end lies before the start")
        if self.end_reason is not None and self.state is not EngagementState.ENDED:
            raise ValueError("only what ended early has a reason")
        return self


class TranscriptRecord(Schema):
    """One record; `is_backed` tells that a mentee gave it or somebody attested it."""

    id: UUID
    kind: RecordKind
    started_on: Day
    ended_on: Day | None
    hours: Annotated[Decimal, Field(gt=0, le=9999, decimal_places=2, allow_inf_nan=False)] | None
    given_by: Line | None
    note: Prose | None
    type: TypeCode | None = None
    to_whom: Line | None = None
    element: Code | None = None
    engagement_id: UUID | None
    is_backed: bool

    @model_validator(mode="after")
    def _sound(self) -> "TranscriptRecord":
        if self.ended_on is not None and self.ended_on < self.started_on:
            raise ValueError("the end lies before the start")
        if self.engagement_id is not None and self.kind is not RecordKind.FEEDBACK:
            raise ValueError("only feedback belongs to an engagement")
        if self.kind is RecordKind.REFERRAL and self.element is None:
            raise ValueError("a referral names its element")
        return self


class Transcript(Schema):
    """All that one mentor has shown at one body, up to a day."""

    format: Literal["mentorcert-practice/1"]
    body_slug: str = Field(max_length=40)
    body_name: Line
    printed_name: Line
    left_on: Day
    engagements: list[TranscriptEngagement] = Field(max_length=2000)
    records: list[TranscriptRecord] = Field(max_length=5000)

    @property
    def session_count(self) -> int:
        """How many sessions there are in all engagements."""
        return sum(len(engagement.sessions) for engagement in self.engagements)


class TranscriptSigned(Schema):
    """A transcript with the body's signature over its canonical form (RFC 8785)."""

    transcript: Transcript
    kid: Annotated[str, StringConstraints(max_length=80)]
    signature: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{86}$")]


class TranscriptEntryRead(Schema):
    """A transcript that came in, and what became of it; the last three count its sessions once admitted."""

    id: UUID
    rev: int
    person_id: UUID
    trusted_id: UUID
    left_on: date
    handed_in_on: date
    engagements: int
    sessions: int
    records: int
    state: EntryState
    judged_on: date | None
    reason: str | None
    loaded: int | None
    already_there: int | None
    refused: int | None


class TranscriptEntryView(TranscriptEntryRead):
    """A transcript as whoever judges it sees it: both names, and who vouched for what."""

    from_body: str
    name_there: str
    name_here: str
    attested_by: list[str]


class EntryTurnDown(Schema):
    """Why a transcript is not taken over."""

    reason: Prose = Field(examples=["The name there is not the name here; please prove the change."])
