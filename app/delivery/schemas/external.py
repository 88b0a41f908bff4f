"""What the API accepts and tells about examinations that others hold."""

from datetime import date
from uuid import UUID

from pydantic import Field

from app.core.schema import Day, Line, Prose, Schema
from app.delivery.rules.external import ExternalOutcome
from app.delivery.schemas.sat import ComponentCode

_ID = "01890000-0000-7000-8000-000000000006"


class ExternalExamCreate(Schema):
    """That a provider's examination stands for a component, and why (ASM-3)."""

    provider: Line = Field(examples=["Chamber of Commerce of Málaga"])
    exam: Line = Field(max_length=64, examples=["SME-KNOWLEDGE-2"])
    scheme_id: UUID = Field(examples=[_ID])
    component: ComponentCode = Field(examples=["F1"])
    reasons: Prose = Field(
        examples=["Blueprint and cut compared; report of the scheme committee of 3 February."]
    )
    valid_from: Day = Field(examples=["2026-01-01"])
    valid_until: Day = Field(examples=["2027-12-31"])


class ExternalExamEnd(Schema):
    """From when on a provider's examination stands for the component no more."""

    valid_until: Day = Field(examples=["2026-12-31"])


class ExternalExamRead(Schema):
    """An accepted examination of a provider."""

    id: UUID
    rev: int
    provider: str
    exam: str
    scheme_id: UUID
    component: str
    reasons: str
    valid_from: date
    valid_until: date
    accepted_by: UUID


class ExternalExamList(Schema):
    """All accepted examinations, oldest first."""

    items: list[ExternalExamRead]


class ExternalResultCreate(Schema):
    """What a provider says of one candidate."""

    exam_id: UUID = Field(examples=[_ID])
    case_id: UUID = Field(examples=["01890000-0000-7000-8000-000000000001"])
    reference: Line = Field(max_length=64, examples=["CCM-2026-00123"])
    taken_on: Day = Field(examples=["2026-02-20"])
    outcome: ExternalOutcome = Field(examples=["pass"])


class ExternalResultRead(Schema):
    """A reported result; it counts once it is released."""

    id: UUID
    rev: int
    exam_id: UUID
    case_id: UUID
    component: str
    attempt_no: int | None
    reference: str
    taken_on: date
    outcome: ExternalOutcome
    passed: bool | None
