"""What the API accepts and tells about marking."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from app.core.schema import Line, Prose, Schema
from app.delivery.schemas.sat import ComponentCode
from app.impartiality.rules import Answer
from app.marking.rules import AsideCause, AssignmentState, ProposalState, Seat, Seen, Stage
from app.practice.schemas.evidence import PortfolioRead
from app.practice.schemas.impact import AssessedEngagement
from assessments.marking import Cause

_PERSON = "01890000-0000-7000-8000-000000000001"
ElementCode = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9-]+/U[0-9]+\.[0-9]+$", max_length=40)]
Rating = Annotated[int, Field(ge=0, le=5, strict=True)]


class ProposalCreate(Schema):
    """An assessor for a seat."""

    component: ComponentCode = Field(examples=["F2"])
    seat: Seat = Field(examples=["first"])
    assessor_id: UUID = Field(examples=[_PERSON])


class ProposalRead(Schema):
    """A proposal as allocation sees it."""

    id: UUID
    rev: int
    case_id: UUID
    component: str
    attempt_no: int
    seat: Seat
    assessor_id: UUID
    state: ProposalState


class ProposalView(Schema):
    """What an assessor must know to declare conflicts: the names, before she sees anything else."""

    id: UUID
    case_id: UUID
    component: str
    seat: Seat
    level: int
    candidate_name: str
    sme_names: list[str]


class ProposalViewList(Schema):
    """All proposals that wait for the assessor's declaration."""

    items: list[ProposalView]


class DeclarationCreate(Schema):
    """Whether there is any conflict with the candidate of this case."""

    answer: Answer = Field(examples=["none"])


class DeclarationResult(Schema):
    """What the declaration led to: assignments where there is no conflict."""

    case_id: UUID
    answer: Answer
    assignments: list[UUID]
    set_aside: list[UUID]
    """Sheets of hers that a declared conflict closed: they are kept and never count."""


class RemarkingCreate(Schema):
    """A seat that another is to mark anew, and why."""

    component: ComponentCode = Field(examples=["F2"])
    seat: Seat = Field(examples=["first"])
    reasons: Prose = Field(examples=["Seven comments speak of another candidate."])


class SheetAside(Schema):
    """A sheet set aside, as whoever ordered it sees it: without a mark."""

    id: UUID
    rev: int
    case_id: UUID
    component: str
    attempt_no: int
    seat: Seat
    assessor_id: UUID
    state: AssignmentState
    aside_cause: AsideCause | None
    aside_reasons: str | None


class SeatRead(Schema):
    """Who sits where; nothing about sheets."""

    seat: Seat
    assessor_id: UUID
    state: ProposalState


class ComponentProgress(Schema):
    """How far the marking of a component is, without marks."""

    component: str
    attempt_no: int
    stage: Stage
    reasons: list[Cause]
    seats: list[SeatRead]


class ProgressRead(Schema):
    """How far the marking of a case is."""

    case_id: UUID
    items: list[ComponentProgress]


class AssignmentEntry(Schema):
    """An assignment in the assessor's queue."""

    id: UUID
    rev: int
    case_id: UUID
    component: str
    attempt_no: int
    seat: Seat
    candidate: str
    state: AssignmentState


class SheetElement(Schema):
    """One element to be rated, with what the target level looks like and what was saved."""

    code: str
    unit: str
    title: dict[str, str]
    descriptor: dict[str, str]
    is_critical: bool
    rating: int | None
    comment: str | None
    ai_system: str | None
    """The machine that took part in this line, if any."""
    ai_version: str | None
    confirmed_at: datetime | None
    """When its marker took the line over; a line with a machine counts for nothing before."""


class TimingRead(Schema):
    """How long a sheet took, by its openings, saves and submission; what lasts longer is a pause."""

    minutes: Decimal
    minutes_per_mark: Decimal
    marks: int
    pauses: int
    pause_minutes: int
    """From how many minutes on a gap was taken for a pause."""
    version: str


class AssignmentRead(Schema):
    """One's own rating sheet; the candidate stands under a pseudonym."""

    id: UUID
    rev: int
    component: str
    attempt_no: int
    seat: Seat
    candidate: str
    level: int
    state: AssignmentState
    submitted_at: datetime | None
    seen: Seen | None
    timing: TimingRead | None
    """Once submitted."""
    elements: list[SheetElement]


class MarkSave(Schema):
    """A rating with its comment; either may still be open in a draft."""

    element: ElementCode = Field(examples=["SME-BM/U1.1"])
    rating: Rating | None = Field(default=None, examples=[3])
    comment: Prose | None = Field(default=None, examples=["Declared both ties in time."])

    ai_system: Line | None = Field(
        default=None, description="The machine that took part in this line, with its version."
    )
    ai_version: Line | None = None

    @model_validator(mode="after")
    def _named_whole(self) -> Self:
        if (self.ai_system is None) != (self.ai_version is None):
            raise ValueError("a machine is named with its version")
        return self


class MarkConfirm(Schema):
    """A line that its marker takes over as her own judgement, with the rating as she saved it."""

    element: ElementCode = Field(examples=["SME-BM/U1.1"])
    rating: Rating = Field(examples=[3])


class SubmissionCreate(Schema):
    """How the marker saw the sitting: live, or from a recording that she opened beside her sheet."""

    seen: Literal[Seen.LIVE, Seen.RECORDING] = Field(examples=["live"])


class MarksSave(Schema):
    """The marks to be saved; elements left out keep what they have."""

    marks: Annotated[
        list[MarkSave],
        Field(
            min_length=1,
            max_length=200,
            examples=[[{"element": "SME-BM/U1.1", "rating": 3, "comment": "Declared both ties in time."}]],
        ),
    ]


class CoMark(Schema):
    """Another marker's rating of one element."""

    element: str
    rating: int
    comment: str | None
    ai_system: str | None
    ai_version: str | None


class CoSheet(Schema):
    """Another marker's sheet."""

    seat: Seat
    seen: Seen | None
    marks: list[CoMark]


class CoMarksRead(Schema):
    """The other sheets, once own and pair are in."""

    sheets: list[CoSheet]


class SheetEntry(Schema):
    """How a submitted sheet came about, without a mark."""

    id: UUID
    component: str
    attempt_no: int
    seat: Seat
    assessor_id: UUID
    submitted_at: datetime
    seen: Seen | None
    assisted: int
    """In how many lines a machine took part."""
    timing: TimingRead | None


class SheetEntryList(Schema):
    """The submitted sheets of a case whose pair is in."""

    items: list[SheetEntry]


class ResultCreate(Schema):
    """The component whose result is to be computed and released."""

    component: ComponentCode = Field(examples=["F1"])


class UnitScoreRead(Schema):
    """Whole points out of those of a unit, and the exact fraction where the form is scored in points."""

    unit: str
    raw: int
    exact: str | None
    maximum: int

    @model_validator(mode="before")
    @classmethod
    def _as_before(cls, value: Any) -> Any:
        """Read units that were stored before scores could be fractions."""
        return {"exact": None, **value} if isinstance(value, dict) else value


class ElementValueRead(Schema):
    """An element's reconciled value and the rule it came about by."""

    element: str
    value: str
    how: str


class ShortfallRead(Schema):
    """A line that was missed; `element` is null for the component's mean."""

    line: str
    element: str | None
    required: str
    found: str


class OwnResultRead(Schema):
    """A released result as its candidate sees it: by unit, never by item."""

    component: str
    attempt_no: int
    passed: bool
    score_raw: int | None
    score_exact: str | None
    score_maximum: int | None
    cut: int | None
    units: list[UnitScoreRead]
    values: list[ElementValueRead]
    failing: list[ShortfallRead]
    released_on: date


class OwnResultList(Schema):
    """The released results of one's own case, the latest of each component."""

    items: list[OwnResultRead]


class ResultRead(Schema):
    """A released result with the versions it was computed by."""

    id: UUID
    rev: int
    case_id: UUID
    component: str
    attempt_no: int
    passed: bool
    rule: str
    version: str
    form_id: UUID | None
    key_version: str | None
    study_id: UUID | None
    score_raw: int | None
    score_exact: str | None
    score_maximum: int | None
    cut: int | None
    units: list[UnitScoreRead]
    values: list[ElementValueRead]
    failing: list[ShortfallRead]
    reasons: list[dict[str, Any]]
    released_by: UUID
    released_at: datetime
    released_on: date


class ResultList(Schema):
    """The released results of a case, the latest of each component."""

    items: list[ResultRead]


class PracticeBeside(Schema):
    """What stands beside a sheet: the candidate's engagements with reviews and figures, no firm named."""

    items: list[AssessedEngagement]


class CandidatePortfolio(PortfolioRead):
    """What one's candidate shows, under the pseudonym of her sheets."""

    candidate: str
