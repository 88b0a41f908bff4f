"""What the API accepts and tells about calibration exercises and tries."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints, field_validator, model_validator

from app.core.schema import Line, Prose, Schema
from app.delivery.schemas.sat import ComponentCode
from app.marking.rules import Closeness, ExerciseState
from app.marking.schemas.sheets import ElementCode, Rating

_PERSON = "01890000-0000-7000-8000-000000000001"
_OTHER = "01890000-0000-7000-8000-000000000002"
_REFERENCES = {"SME-BM/U1.1": {"rating": 3, "reason": "Agrees in writing what may be shared."}}
_PERFORMANCE = {"text": "The mentor opens by asking what changed.", "references": _REFERENCES}
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Link = Annotated[str, StringConstraints(pattern=r"^https://[^\s]+$", max_length=2000)]
Story = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20000)]


class ReferenceCreate(Schema):
    """What the experts agreed on for one element, and why."""

    rating: Rating = Field(examples=[3])
    reason: Prose = Field(examples=["Agrees in writing what may be shared."])


class PerformanceCreate(Schema):
    """A performance told in text, or a recording at an address with its hash."""

    text: Story | None = Field(default=None, examples=["The mentor opens by asking what changed."])
    recording_url: Link | None = None
    recording_sha256: Sha256 | None = None
    references: Annotated[
        dict[ElementCode, ReferenceCreate],
        Field(
            min_length=1,
            max_length=200,
            examples=[_REFERENCES],
        ),
    ]

    @model_validator(mode="after")
    def _sound(self) -> "PerformanceCreate":
        if (self.text is None) == (self.recording_url is None):
            raise ValueError("a performance is either a text or a recording")
        if (self.recording_url is None) != (self.recording_sha256 is None):
            raise ValueError("a recording has an address and a hash")
        return self


class ExerciseCreate(Schema):
    """An exercise with all its performances; passed when `closeness` reaches `least`."""

    component: ComponentCode = Field(examples=["F2"])
    level: int = Field(ge=1, le=5, examples=[3])
    title: Line = Field(examples=["Two observed sessions, 2026"])
    closeness: Closeness = Field(examples=["within_one"])
    least: Decimal = Field(gt=0, le=1, max_digits=3, decimal_places=2, examples=["0.80"])
    valid_months: int = Field(ge=1, le=60, examples=[24])
    experts: Annotated[list[UUID], Field(min_length=2, max_length=20, examples=[[_PERSON, _OTHER]])]
    is_example: bool = False
    performances: Annotated[
        list[PerformanceCreate], Field(min_length=1, max_length=20, examples=[[_PERFORMANCE]])
    ]

    @field_validator("experts")
    @classmethod
    def _agreed(cls, experts: list[UUID]) -> list[UUID]:
        if len(set(experts)) < len(experts):
            raise ValueError("experts agree with each other, not with themselves")
        return experts


class ExerciseRead(Schema):
    """An exercise without its references."""

    id: UUID
    rev: int
    scheme_version_id: UUID
    component: str
    level: int
    title: str
    closeness: Closeness
    least: Decimal
    valid_months: int
    experts: list[UUID]
    is_example: bool
    state: ExerciseState


class ExerciseList(Schema):
    """Exercises, oldest first."""

    items: list[ExerciseRead]


class ReferenceRead(Schema):
    """The experts' rating of an element, and why."""

    element: str
    rating: int
    reason: str


class ReferencedPerformance(Schema):
    """A performance with its references."""

    number: int
    text: str | None
    recording_url: str | None
    recording_sha256: str | None
    references: list[ReferenceRead]


class ExerciseContent(Schema):
    """An exercise with its references, for who prepares it."""

    exercise_id: UUID
    performances: list[ReferencedPerformance]


class ShownPerformance(Schema):
    """A performance as an assessor sees it: without what others found."""

    number: int
    text: str | None
    recording_url: str | None
    recording_sha256: str | None
    elements: list[str]


class Difference(Schema):
    """One's own rating beside the experts', shown after submission."""

    performance: int
    element: str
    own: int
    reference: int
    reason: str


class TryRead(Schema):
    """One's try at an exercise: blind before it is submitted, compared afterwards."""

    id: UUID
    rev: int
    exercise_id: UUID
    title: str
    component: str
    level: int
    closeness: Closeness
    least: Decimal
    opened_at: datetime
    submitted_at: datetime | None
    figure: Decimal | None
    passed: bool | None
    valid_until: date | None
    performances: list[ShownPerformance]
    differences: list[Difference]


class TryEntry(Schema):
    """A try in a list."""

    id: UUID
    exercise_id: UUID
    assessor_id: UUID
    opened_at: datetime
    submitted_at: datetime | None
    figure: Decimal | None
    passed: bool | None
    valid_until: date | None


class CalibrationList(Schema):
    """The exercises that are open, and one's own tries."""

    open: list[ExerciseRead]
    tries: list[TryEntry]


class TrySubmit(Schema):
    """All ratings: number of the performance → element → rating."""

    ratings: Annotated[
        dict[str, dict[ElementCode, Rating]],
        Field(min_length=1, max_length=20, examples=[{"1": {"SME-BM/U1.1": 3}}]),
    ]
