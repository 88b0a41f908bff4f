"""What the API accepts and tells about records of everything besides sessions."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from pydantic import Field, ValidationInfo, field_validator, model_validator

from app.core.schema import Code, Day, Line, Prose, Schema
from app.practice.rules import RecordKind
from app.practice.rules.questions import Audience
from app.practice.schemas.activities import TypeCode
from app.practice.schemas.values import Hours


class RecordCreate(Schema):
    """What a mentor shows beside sessions; a missing part is named."""

    kind: RecordKind = Field(examples=["training"])
    type: TypeCode | None = Field(
        default=None, examples=["mentoring_basics"], description="A type of activity of this kind, by code."
    )
    started_on: Day = Field(examples=["2024-10-01"])
    ended_on: Day | None = Field(default=None, examples=["2024-11-15"])
    hours: Hours | None = Field(default=None, examples=["40"])
    given_by: Line | None = Field(
        default=None,
        examples=["Chamber of Commerce"],
        description="Who gave it: training, feedback, an award; or the colleague of a peer observation.",
    )
    to_whom: Line | None = Field(
        default=None,
        description="Whom the mentee was introduced to; in general terms, whom a need was referred to.",
    )
    element: Code | None = Field(
        default=None, description="The element of the skill card that it speaks of, such as SME-BM/U4.2."
    )
    note: Prose | None = Field(
        default=None,
        examples=["Mentoring skills, five weekends."],
        description="What it was: text of a reflection, name of an award, need behind a referral.",
    )

    @model_validator(mode="after")
    def _in_order(self) -> "RecordCreate":
        if self.ended_on is not None and self.ended_on < self.started_on:
            raise ValueError("the end lies before the start")
        return self


class RecordRead(Schema):
    """A record; feedback counts when the mentee gave it by link or somebody attested it."""

    id: UUID
    rev: int
    kind: RecordKind
    type: str | None
    started_on: date
    ended_on: date | None
    hours: Decimal | None
    given_by: str | None
    to_whom: str | None
    element: str | None
    audience: Audience | None
    note: str | None = Field(description="null too where a mentee spoke to assessors alone.")
    engagement_id: UUID | None
    attested_by: UUID | None

    @field_validator("note")
    @classmethod
    def _heard(cls, note: str | None, told: ValidationInfo) -> str | None:
        """Keep what a mentee told assessors alone out of every answer: mentor and attesters read this."""
        return None if told.data.get("audience") is Audience.ASSESSORS else note
