"""What the API accepts and tells about conflicts and involvements."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from app.core.schema import Schema
from app.impartiality.rules import Act, Answer

Day = Annotated[date, Field(ge=date(1950, 1, 1), le=date(2200, 12, 31))]
_PERSON = "01890000-0000-7000-8000-000000000001"


class InvolvementCreate(Schema):
    """A fact from outside the certification process: training, mentoring, a reference, a relation."""

    person_id: UUID = Field(examples=[_PERSON])
    candidate_id: UUID = Field(examples=["01890000-0000-7000-8000-000000000002"])
    act: Literal[Act.TRAINED, Act.MENTORED, Act.REFEREED, Act.RELATED] = Field(examples=["trained"])
    started_on: Day = Field(examples=["2024-01-15"])
    ended_on: Day | None = Field(default=None, examples=["2024-06-30"])


class InvolvementRead(Schema):
    """One act in the ledger."""

    id: UUID
    person_id: UUID
    candidate_id: UUID
    act: Act
    case_id: UUID | None
    component: str | None
    started_on: date
    ended_on: date | None


class InvolvementList(Schema):
    """All acts with a candidate."""

    items: list[InvolvementRead]


class DeclarationRead(Schema):
    """A declaration about conflicts with a candidate."""

    id: UUID
    case_id: UUID
    answer: Answer
    declared_at: datetime
