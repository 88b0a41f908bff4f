"""What the API accepts and tells about attempts, sittings and formative completions."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from app.core.schema import Line, Schema, salvaged
from app.delivery.rules import AttemptState, Mode

ComponentCode = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]{0,9}$")]
ItemCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]+-[0-9]{3,}$", max_length=40)]
Option = Annotated[str, StringConstraints(pattern=r"^[a-z]$")]
Written = Annotated[str, StringConstraints(max_length=20_000), AfterValidator(salvaged)]
"""What a candidate wrote; a character that is no text, as pasted lists have them, costs her no save."""


class AttemptCreate(Schema):
    """The keyed component that the candidate sits down to."""

    component: ComponentCode = Field(examples=["F1"])


class AttemptRead(Schema):
    """An attempt without its paper."""

    id: UUID
    rev: int
    case_id: UUID
    component: str
    attempt_no: int
    state: AttemptState
    opened_at: datetime
    closes_at: datetime
    saved_at: datetime | None
    submitted_at: datetime | None


class BestWorstGiven(Schema):
    """The options named best and worst in a situational judgement; null where none was named."""

    best: Option | None = None
    worst: Option | None = None


Given = Annotated[list[Option], Field(max_length=12)] | BestWorstGiven | Written
"""Options marked (choice) or put in order, best and worst, or a written answer, by the item's kind."""


class CriterionTold(Schema):
    """What a written answer is judged by."""

    points: int
    text: str


class Question(Schema):
    """An item as the candidate sees it: never its key, never its rationale."""

    code: str
    kind: str
    stem: str
    options: dict[str, str]
    points: int
    criteria: list[CriterionTold]


class AttemptPaper(Schema):
    """An attempt with its questions and what was saved; after submission neither is shown again."""

    id: UUID
    rev: int
    component: str
    state: AttemptState
    closes_at: datetime
    answered: int
    questions: list[Question]
    responses: dict[str, Given]


class ResponsesSave(Schema):
    """All responses so far, item by item; what is left out is unanswered."""

    responses: Annotated[dict[ItemCode, Given], Field(max_length=500)] = Field(
        examples=[{"K-001": ["b"], "K-003": ["b", "c"], "K-004": {"best": "a", "worst": "d"}}]
    )

    def kept(self) -> dict[str, Any]:
        """Return the responses as an attempt keeps them."""
        found: dict[str, Any] = self.model_dump(mode="json")["responses"]
        return found


class SittingCreate(Schema):
    """A sitting that was held, with the conditions it was held under (SEC-2)."""

    component: ComponentCode = Field(examples=["F2"])
    held_on: date = Field(examples=["2026-03-02"])
    site: Line = Field(examples=["Málaga, Calle Mayor 1, room 2"])
    mode: Mode = Field(examples=["on_site"])
    identity_confirmed: bool = Field(examples=[True])
    agreement_signed: bool = Field(examples=[True])
    aids_checked: bool = Field(examples=[True])
    invigilator_id: UUID | None = None
    booking_id: UUID | None = Field(
        default=None, description="The booking by which the candidate was checked in, where there was one."
    )


class SittingRead(Schema):
    """A sitting."""

    id: UUID
    rev: int
    case_id: UUID
    component: str
    attempt_no: int
    held_on: date
    site: str
    mode: Mode
    invigilator_id: UUID | None
    booking_id: UUID | None


class FormativeCreate(Schema):
    """That a continuing assessment of an engagement took place."""

    component: ComponentCode = Field(examples=["C1"])
    engagement: UUID = Field(examples=["01890000-0000-7000-8000-000000000004"])
    completed_on: date = Field(examples=["2026-02-02"])


class FormativeRead(Schema):
    """A formative completion."""

    id: UUID
    person_id: UUID
    engagement_id: UUID
    component: str
    completed_on: date
    attested_by: UUID
