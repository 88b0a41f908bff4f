"""What the API accepts and tells about records of everything besides sessions."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from pydantic import Field, model_validator

from app.core.schema import Line, Prose, Schema
from app.practice.rules import RecordKind
from app.practice.schemas.values import Day, Hours


class RecordCreate(Schema):
    """Experience, training, feedback, reflection, supervision, CPD, or what was done before mentoring."""

    kind: RecordKind = Field(examples=["training"])
    started_on: Day = Field(examples=["2024-10-01"])
    ended_on: Day | None = Field(default=None, examples=["2024-11-15"])
    hours: Hours | None = Field(default=None, examples=["40"])
    given_by: Line | None = Field(default=None, examples=["Chamber of Commerce"])
    note: Prose | None = Field(default=None, examples=["Mentoring skills, five weekends."])

    @model_validator(mode="after")
    def _whole(self) -> "RecordCreate":
        if self.kind in {RecordKind.TRAINING, RecordKind.SUPERVISION, RecordKind.CPD} and self.hours is None:
            raise ValueError(f"{self.kind} needs hours")
        if self.kind in {RecordKind.REFLECTION, RecordKind.FEEDBACK} and self.note is None:
            raise ValueError(f"{self.kind} needs its text in note")
        if self.ended_on is not None and self.ended_on < self.started_on:
            raise ValueError("the end lies before the start")
        return self


class RecordRead(Schema):
    """A record; feedback counts when the mentee gave it by link or somebody attested it."""

    id: UUID
    rev: int
    kind: RecordKind
    started_on: date
    ended_on: date | None
    hours: Decimal | None
    given_by: str | None
    note: str | None
    engagement_id: UUID | None
    attested_by: UUID | None
