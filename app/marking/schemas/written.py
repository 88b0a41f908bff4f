"""What the API accepts and tells about the marking of written answers."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from app.core.schema import Schema
from app.marking.rules import AssignmentState, Seat

_Code = Annotated[str, StringConstraints(min_length=1, max_length=40)]


class CriterionPoints(Schema):
    """The points that a written answer gets on one criterion of its rubric."""

    item: _Code = Field(examples=["K-01"])
    criterion: _Code = Field(examples=["risk"])
    points: Annotated[int, Field(ge=0, le=100, strict=True)] = Field(examples=[2])


class WrittenPointsSave(Schema):
    """The points to be saved; criteria left out keep what they have."""

    points: Annotated[
        list[CriterionPoints],
        Field(min_length=1, max_length=400, examples=[[{"item": "K-01", "criterion": "risk", "points": 2}]]),
    ]


class CriterionRead(Schema):
    """One criterion of a rubric, with the points saved so far."""

    criterion: str
    text: str
    most: int
    points: int | None


class WrittenAnswerRead(Schema):
    """A written answer as its assessor sees it."""

    item: str
    stem: str
    answer: str
    criteria: list[CriterionRead]


class WrittenSheetRead(Schema):
    """One's own sheet on the written answers of an attempt, under a pseudonym."""

    id: UUID
    rev: int
    component: str
    attempt_no: int
    seat: Seat
    candidate: str
    state: AssignmentState
    submitted_at: datetime | None
    answers: list[WrittenAnswerRead]
