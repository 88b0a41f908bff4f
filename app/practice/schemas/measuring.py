"""What a person's practice amounts to."""

from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

from pydantic import Field

from app.core.schema import Schema
from app.practice.rules import EndReason, EngagementState, Measure, Milestone, Phase, Touch
from app.practice.schemas.milestones import MilestoneShown


class MeasureRead(Schema):
    """One measure of practice, its window and what it rests on."""

    measure: Measure | Literal["phases_evidenced"]
    window_months: int | None
    value: Decimal
    sources: list[str]


class EngagementSummary(Schema):
    """One engagement without names, and how far its sessions are confirmed."""

    id: UUID
    firm: int = Field(description="A number in place of the firm's name; the same firm has the same number.")
    country: str | None
    sector: str
    own_interest: bool
    is_paid: bool
    touch: Touch | None
    phase: Phase
    started_on: date
    ended_on: date | None
    milestones: list[Milestone]
    milestones_shown: list[MilestoneShown]
    state: EngagementState
    end_reason: EndReason | None
    continues_id: UUID | None
    logged: int
    confirmed: int
    attested: int
    disputed: int
    no_shows: int = Field(description="Sessions to which the mentee did not come: context, never a count.")


class PracticeSummary(Schema):
    """A person's practice on a day: measures with values and sources, engagements without names."""

    person_id: UUID
    on: date
    measures: list[MeasureRead]
    engagements: list[EngagementSummary]
