"""What the API accepts and tells about policies, scopes, loads, suggestions and the forecast."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from app.core.schema import Code, Day, Language, Prose, Schema
from app.delivery.schemas.sat import ComponentCode
from app.marking.rules import Basis, Cefr, Seat

_UNTIL = "2027-12-31"
LevelNumber = Annotated[int, Field(ge=1, le=5)]
Load = Annotated[int, Field(ge=0, le=100)]


class MarkingPolicyCreate(Schema):
    """What the body decides about marking in a scheme; each decision replaces the last."""

    language_level: Cefr = Field(examples=["C1"])
    most_open: int = Field(ge=1, le=100, examples=[10])
    agreement_gate: Decimal = Field(gt=0, lt=1, max_digits=3, decimal_places=2, examples=["0.60"])
    agreement_least: int = Field(ge=2, le=500, examples=[20])
    is_moderated: bool = Field(examples=[True])
    moderation_percent: int = Field(ge=0, le=100, examples=[10])
    moderation_least: int = Field(ge=0, le=100, examples=[1])
    moderation_margin: Decimal = Field(ge=0, le=5, max_digits=3, decimal_places=2, examples=["0.25"])


class MarkingPolicyRead(Schema):
    """The figures in force in a scheme; number 0 stands for those that hold until the body decides."""

    scheme_id: UUID
    number: int
    language_level: Cefr
    most_open: int
    agreement_gate: Decimal
    agreement_least: int
    is_moderated: bool
    moderation_percent: int
    moderation_least: int
    moderation_margin: Decimal
    set_by: UUID | None
    set_on: date | None


class ScopeCreate(Schema):
    """What an assessor may judge in a scheme, and what shows it; no phase or endorsement named means all."""

    scheme_id: UUID = Field(examples=["01890000-0000-7000-8000-000000000001"])
    components: Annotated[list[ComponentCode], Field(min_length=1, max_length=20, examples=[["F2", "F3"]])]
    level: LevelNumber = Field(examples=[4])
    own_level: LevelNumber | None = Field(default=None, examples=[5])
    phases: list[Code] = Field(default_factory=list, max_length=20)
    endorsements: list[Code] = Field(default_factory=list, max_length=20)
    languages: Annotated[dict[Language, Cefr], Field(min_length=1, max_length=30, examples=[{"es": "C2"}])]
    basis: Basis = Field(examples=["own_level"])
    evidence: Prose = Field(examples=["Certificate M-0007; committee minutes of 3 February."])
    valid_from: Day = Field(examples=["2026-01-01"])
    valid_until: Day = Field(examples=[_UNTIL])


class ScopeEnd(Schema):
    """The last day on which a scope holds."""

    valid_until: Day = Field(examples=["2026-06-30"])


class ScopeRead(Schema):
    """A recorded scope."""

    id: UUID
    rev: int
    person_id: UUID
    scheme_id: UUID
    components: list[str]
    level: int
    own_level: int | None
    phases: list[str]
    endorsements: list[str]
    languages: dict[str, Cefr]
    basis: Basis
    evidence: str
    valid_from: date
    valid_until: date
    recorded_by: UUID
    recorded_at: datetime


class ScopeList(Schema):
    """All scopes of an assessor, oldest first."""

    items: list[ScopeRead]


class LoadSet(Schema):
    """How many assignments one takes at once; 0 for none at present."""

    most_open: Load = Field(examples=[4])


class LoadRead(Schema):
    """What was last said about an assessor's load."""

    id: UUID
    rev: int
    person_id: UUID
    most_open: int
    told_by: UUID
    told_on: date


class ObjectionRead(Schema):
    """One reason against an assessor: the code and sentence of the refusal that a proposal would meet."""

    code: str
    facts: dict[str, Any]
    told: str


class SuggestionRead(Schema):
    """An appointed assessor for a seat, with what speaks for and against her; nobody is assigned by it."""

    assessor_id: UUID
    printed_name: str
    is_free: bool
    against: list[ObjectionRead]
    open_assignments: int
    most_open: int
    calibrated_until: date | None
    scope_until: date | None


class SuggestionList(Schema):
    """All appointed assessors, the free ones first: least loaded, then most lately calibrated."""

    case_id: UUID
    component: str
    seat: Seat
    items: list[SuggestionRead]


class BottleneckRead(Schema):
    """Seats of one kind for which too few are free, in figures and in words."""

    component: str
    level: int
    language: str
    seats: int
    free: int
    missing: dict[str, int]
    told: str


class ForecastRead(Schema):
    """Whether the open seats of a period can all be filled at once."""

    held_from: date
    held_until: date
    seats: int
    can_be_filled: int
    bottlenecks: list[BottleneckRead]
