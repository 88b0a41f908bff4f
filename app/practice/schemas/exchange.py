"""The portfolio in which practice leaves one body and enters another, and what becomes of it."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from app.core.schema import Code, Line, Prose, Schema
from app.practice.rules import (
    EngagementState,
    Milestone,
    Modality,
    Phase,
    RecordKind,
    SessionKind,
    SessionState,
)
from app.practice.rules.calendar import MOST_SESSIONS
from app.practice.rules.exchange import EntryState
from app.practice.schemas.values import Country, Day, Instant, Sector


class PortfolioSession(Schema):
    """One session, with what others said about it."""

    held_on: Day
    starts_at: Instant
    ends_at: Instant
    kind: SessionKind
    note: Prose | None
    state: SessionState


class PortfolioEngagement(Schema):
    """One engagement with its sessions; `attested_by` names those who gave their own word for some."""

    id: UUID
    code: Code
    sme_name: Line
    country: Country | None
    sector: Sector
    own_interest: bool
    modality: Modality
    planned_months: Annotated[int, Field(ge=1, le=120)]
    phase: Phase
    started_on: Day
    ended_on: Day | None
    milestones: list[Milestone] = Field(max_length=len(Milestone))
    state: EngagementState
    attested_by: list[Line] = Field(max_length=50)
    sessions: list[PortfolioSession] = Field(max_length=MOST_SESSIONS)

    @model_validator(mode="after")
    def _sound(self) -> "PortfolioEngagement":
        if (self.state is EngagementState.OPEN) != (self.ended_on is None):
            raise ValueError("an engagement is open or has an end")
        if self.ended_on is not None and self.ended_on < self.started_on:
            raise ValueError("the end lies before the start")
        return self


class PortfolioRecord(Schema):
    """One record; `is_backed` tells that a mentee gave it or somebody attested it."""

    id: UUID
    kind: RecordKind
    started_on: Day
    ended_on: Day | None
    hours: Annotated[Decimal, Field(gt=0, le=9999, decimal_places=2, allow_inf_nan=False)] | None
    given_by: Line | None
    note: Prose | None
    engagement_id: UUID | None
    is_backed: bool

    @model_validator(mode="after")
    def _sound(self) -> "PortfolioRecord":
        if self.ended_on is not None and self.ended_on < self.started_on:
            raise ValueError("the end lies before the start")
        if self.engagement_id is not None and self.kind is not RecordKind.FEEDBACK:
            raise ValueError("only feedback belongs to an engagement")
        return self


class Portfolio(Schema):
    """All that one mentor has shown at one body, up to a day."""

    format: Literal["mentorcert-practice/1"]
    body_slug: str = Field(max_length=40)
    body_name: Line
    printed_name: Line
    left_on: Day
    engagements: list[PortfolioEngagement] = Field(max_length=2000)
    records: list[PortfolioRecord] = Field(max_length=5000)

    @property
    def session_count(self) -> int:
        """How many sessions there are in all engagements."""
        return sum(len(engagement.sessions) for engagement in self.engagements)


class PortfolioSigned(Schema):
    """A portfolio with the body's signature over its canonical form (RFC 8785)."""

    portfolio: Portfolio
    kid: Annotated[str, StringConstraints(max_length=80)]
    signature: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{86}$")]


class EntryRead(Schema):
    """A portfolio that came in, and what became of it; the last three count its sessions once admitted."""

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


class EntryView(EntryRead):
    """A portfolio as whoever judges it sees it: both names, and who vouched for what."""

    from_body: str
    name_there: str
    name_here: str
    attested_by: list[str]


class EntryTurnDown(Schema):
    """Why a portfolio is not taken over."""

    reason: Prose = Field(examples=["The name there is not the name here; please prove the change."])
