"""What the API accepts and tells about engagements and their rhythm."""

from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

from pydantic import Field

from app.core.schema import Code, Day, Line, Schema
from app.practice.rules import EndReason, EngagementState, Milestone, Modality, Phase, Touch
from app.practice.rules.rhythm import Cadence
from app.practice.schemas.reviews import ReviewStanding
from app.practice.schemas.values import Country, Sector


class EngagementTerms(Schema):
    """How one mentor means to work with one SME."""

    code: Code = Field(examples=["oliva-2025"], description="Your own short name for it, used in imports.")
    own_interest: bool = Field(
        default=False, description="Your own, your family's or your employer's firm: it never counts."
    )
    is_paid: bool = Field(default=False, description="Paid and voluntary work count alike.")
    touch: Touch | None = Field(
        default=None, examples=["high"], description="How much company the SME needs on its way."
    )
    modality: Modality = Field(examples=["one_to_one"])
    planned_months: Literal[3, 6, 12] = Field(examples=[6])
    phase: Phase = Field(examples=["growth"])
    started_on: Day = Field(examples=["2025-02-03"])


class EngagementCreate(EngagementTerms):
    """The start of mentoring one SME."""

    sme_name: Line = Field(examples=["Olivar del Alba S.L."])
    country: Country | None = Field(default=None, examples=["ES"])
    sector: Sector = Field(examples=["agro_food"])


class EngagementRead(Schema):
    """An engagement with an SME."""

    id: UUID
    rev: int
    code: str
    sme_name: str
    country: str | None
    sector: str
    own_interest: bool
    is_paid: bool
    touch: Touch | None
    modality: Modality
    planned_months: int
    phase: Phase
    started_on: date
    ended_on: date | None
    milestones: list[Milestone]
    state: EngagementState
    end_reason: EndReason | None
    continues_id: UUID | None = Field(description="The engagement that was handed over to this one.")


class MonthRead(Schema):
    """A month of an engagement, and whether it had two hours."""

    starts_on: date
    hours: Decimal
    is_over: bool
    is_enough: bool


class RhythmRead(Schema):
    """How an engagement goes; shown, and never a reason to fail anybody."""

    months: list[MonthRead]
    cadence: Cadence
    usual_gap_days: int | None
    longest_gap_days: int | None
    reviews: list[ReviewStanding]
    two_thirds_on: date
    planned_end_on: date
    next_skills_on: date | None = Field(description="When the next skills session is suggested: quarterly.")


class EngagementClose(Schema):
    """The last day of an engagement."""

    ended_on: Day = Field(examples=["2025-08-04"])


class EngagementEnd(EngagementClose):
    """The last day of an engagement that ends before its aims were reached, and why it does."""

    reason: EndReason = Field(default=EndReason.OTHER, examples=["need_changed"])
