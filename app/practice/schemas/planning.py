"""What the API accepts and tells about plans and goals."""

from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

from pydantic import Field

from app.core.schema import Day, Line, Prose, Schema
from app.practice.rules import Modality
from app.practice.rules.goals import GoalState, Horizon
from app.practice.schemas.values import Amount, Reason


class PlanCreate(Schema):
    """The plan of an engagement in its five parts."""

    outcomes: Prose = Field(examples=["A second sales channel, and a price list that covers its costs."])
    months: Literal[3, 6, 12] = Field(examples=[6])
    modality: Modality = Field(examples=["one_to_one"])
    implementation: Prose = Field(examples=["Every second Tuesday, with figures sent two days ahead."])
    follow_up: Prose = Field(examples=["Review at mid-point and end; one call three months later."])


class PlanRead(PlanCreate):
    """The plan of an engagement as it stands."""

    id: UUID
    rev: int
    written_on: date


class GoalCreate(Schema):
    """A goal with a field for each letter of SMART; time-bound by its day, measurable by three fields."""

    specific: Reason = Field(examples=["Sell the olive oil through two shops abroad."])
    measure: Line = Field(examples=["shops abroad"], description="What is counted, with its unit.")
    baseline: Amount = Field(examples=["0"], description="Where the firm stands today.")
    target: Amount = Field(examples=["2"], description="Where it wants to stand.")
    achievable: Reason = Field(examples=["Two importers asked for samples this spring."])
    relevant: Reason = Field(examples=["Half of the harvest has no buyer at home."])
    due_on: Day = Field(examples=["2027-06-30"])


class GoalRead(GoalCreate):
    """A goal, how far away it was set, and how it ended."""

    id: UUID
    rev: int
    set_on: date
    horizon: Horizon
    state: GoalState
    found: Decimal | None
    closed_on: date | None


class GoalList(Schema):
    """The goals of an engagement."""

    items: list[GoalRead]


class GoalClose(Schema):
    """What was found when the goal was measured once more; null gives it up unmeasured."""

    found: Amount | None = Field(examples=["2"])
