"""What the API accepts and tells about applications."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from app.applications.rules import AccommodationState, CaseState, Need, Outcome
from app.core.schema import Code, Language, Line, Prose, Schema
from app.impartiality.rules import Answer
from app.schemes.rules.transition import OpenCases
from app.schemes.schemas import NamedComponent

_VERSION = "01890000-0000-7000-8000-000000000003"


class NoAccommodation(Schema):
    """Nothing special is needed."""

    asked: Literal["none"]


class AccommodationAsked(Schema):
    """Special arrangements are asked for; the reason reaches the accommodation officer alone."""

    asked: Literal["yes"]
    reason: Prose


class ApplicationCreate(Schema):
    """An application: scope, agreement by version, and accommodation asked or none (APP-1, APP-2)."""

    scheme_version_id: UUID = Field(examples=[_VERSION])
    level: Annotated[int, Field(ge=1, le=5, strict=True, examples=[3])]
    phases: Annotated[list[Code], Field(min_length=1, max_length=5, examples=[["early_startup"]])]
    endorsements: Annotated[list[Code], Field(max_length=10, examples=[[]])]
    language: Language = Field(examples=["en"])
    overview_version: Annotated[int, Field(ge=1, strict=True, examples=[1])]
    agreement_version: Annotated[int, Field(ge=1, strict=True, examples=[1])]
    needs_confirmed: Annotated[
        list[Need],
        Field(
            max_length=3,
            examples=[["time", "digital", "languages"]],
            description="Each need that the overview states: you have read it and can meet it.",
        ),
    ]
    accommodation: Annotated[
        NoAccommodation | AccommodationAsked, Field(discriminator="asked", examples=[{"asked": "none"}])
    ]
    is_pilot: bool = Field(
        default=False, description="You know that the version is in pilot: it leads to no certificate."
    )


class CaseRead(Schema):
    """A case as its candidate and the staff concerned see it."""

    id: UUID
    rev: int
    person_id: UUID
    scheme_version_id: UUID
    level: int
    phases: list[str]
    endorsements: list[str]
    language: str
    state: CaseState
    submitted_at: datetime
    is_pilot: bool
    agreement_version: int
    needs_confirmed: list[Need] | None = Field(description="None where the case began before it was asked.")


class AnswerRead(Schema):
    """What was found for one requirement."""

    requirement: str
    kind: str
    as_of: str
    title: dict[str, str]
    measure: str | None
    window_months: int | None
    engagements_per_phase: int | None
    component: str | None
    period_months: int | None
    record: str | None
    attested: bool | None
    threshold: str
    value: str
    met: bool
    sources: list[str]


class AnswerList(Schema):
    """What was found for each requirement that is judged at application."""

    case_id: UUID
    items: list[AnswerRead]


class ConflictDeclare(Schema):
    """Whether there is any conflict with the candidate."""

    answer: Answer = Field(examples=["none"])


class ReviewCreate(Schema):
    """The reviewer's conclusion; anything but a plain admission names the unmet requirements."""

    outcome: Outcome = Field(examples=["admit"])
    unmet: list[Code] = Field(default=[], examples=[[]])
    close_by: date | None = None


class ReviewRead(Schema):
    """A review."""

    id: UUID
    case_id: UUID
    reviewer_id: UUID
    outcome: Outcome
    answers: list[dict[str, Any]]
    unmet: list[str]
    close_by: date | None
    reviewed_at: datetime


class AccommodationRead(Schema):
    """A request for special arrangements, for the accommodation officer."""

    case_id: UUID
    state: AccommodationState
    reason: str | None
    extra_time_percent: int
    other_adjustment: str | None


class AccommodationDecide(Schema):
    """What is granted, or that nothing is."""

    state: Literal[AccommodationState.GRANTED, AccommodationState.DECLINED] = Field(examples=["granted"])
    extra_time_percent: Annotated[int, Field(ge=0, le=100, strict=True, examples=[25])]
    other_adjustment: Line | None = None


class VersionMoveCreate(Schema):
    """The version that the case is to come under, so that nobody moves it elsewhere than she thinks."""

    scheme_version_id: UUID = Field(examples=[_VERSION])


class AgreementAccept(Schema):
    """The agreement of the version that the case stands under, accepted anew."""

    agreement_version: Annotated[int, Field(ge=1, strict=True, examples=[1])]


class RequirementAsked(Schema):
    """A requirement that the newer version asks and the older did not, or asked otherwise."""

    requirement: str
    title: dict[str, str]
    threshold: str


class CasePassage(Schema):
    """What a newer version says about this case."""

    to_version: str
    to_version_id: UUID
    open_cases: OpenCases
    stays_until: date | None = Field(description="The last day on which the older version governs it.")
    due_on: date | None = Field(description="The day by which it has to have moved.")
    extra_assessment: list[NamedComponent] = Field(description="What is taken on top once it moves.")
    requirements: list[RequirementAsked]
    text: dict[str, str]


class CaseRecertification(Schema):
    """What recertification would ask of the holder under the version in force today."""

    version: str
    version_id: UUID
    components: list[NamedComponent]


class CaseTransition(Schema):
    """Which version governs a case today, and what follows from a newer one."""

    case_id: UUID
    version: str
    governed_by: str
    must_move: bool = Field(description="Nothing is reviewed or decided before it has moved.")
    passage: CasePassage | None = Field(description="None where no newer version speaks of the case.")
    recertification: CaseRecertification | None = Field(
        description="Of a granted case: the certificate keeps its version until then."
    )
