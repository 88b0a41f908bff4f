"""What the API accepts and tells about practice."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, Field, StringConstraints, model_validator

from app.core.schema import Code, Line, Prose, Schema
from app.practice.rules import (
    Capacity,
    EngagementState,
    Measure,
    Milestone,
    Modality,
    Phase,
    RecordKind,
    RowOutcome,
    SessionKind,
    SessionState,
)
from app.practice.rules.calendar import MOST_SESSIONS
from app.practice.rules.goals import GoalState, Horizon
from app.practice.rules.rhythm import Cadence, ReviewKind

Day = Annotated[date, Field(ge=date(1950, 1, 1), le=date(2200, 12, 31))]
Instant = Annotated[
    AwareDatetime, Field(ge=datetime(1950, 1, 2, tzinfo=UTC), le=datetime(2200, 12, 30, tzinfo=UTC))
]
Hours = Annotated[Decimal, Field(gt=0, le=9999, decimal_places=2, allow_inf_nan=False)]
Sector = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]


class EngagementCreate(Schema):
    """The start of mentoring one SME."""

    code: Code = Field(examples=["oliva-2025"], description="Your own short name for it, used in imports.")
    sme_name: Line = Field(examples=["Olivar del Alba S.L."])
    country: Country | None = Field(default=None, examples=["ES"])
    sector: Sector = Field(examples=["agro_food"])
    own_interest: bool = Field(
        default=False, description="Your own, your family's or your employer's firm: it never counts."
    )
    modality: Modality = Field(examples=["one_to_one"])
    planned_months: Literal[3, 6, 12] = Field(examples=[6])
    phase: Phase = Field(examples=["growth"])
    started_on: Day = Field(examples=["2025-02-03"])


class EngagementRead(Schema):
    """An engagement with an SME."""

    id: UUID
    rev: int
    code: str
    sme_name: str
    country: str | None
    sector: str
    own_interest: bool
    modality: Modality
    planned_months: int
    phase: Phase
    started_on: date
    ended_on: date | None
    milestones: list[Milestone]
    state: EngagementState


class MonthRead(Schema):
    """A month of an engagement, and whether it had two hours."""

    starts_on: date
    hours: Decimal
    is_over: bool
    is_enough: bool


class ReviewDue(Schema):
    """When a review is due."""

    kind: ReviewKind
    opens_on: date
    due_on: date


class RhythmRead(Schema):
    """How an engagement goes; shown, and never a reason to fail anybody."""

    months: list[MonthRead]
    cadence: Cadence
    usual_gap_days: int | None
    longest_gap_days: int | None
    reviews: list[ReviewDue]
    two_thirds_on: date
    planned_end_on: date


class MilestoneCreate(Schema):
    """A milestone that was reached."""

    kind: Milestone = Field(examples=["initial_goals"])


Amount = Annotated[
    Decimal,
    Field(ge=-(10**12), le=10**12, decimal_places=2, allow_inf_nan=False),
    AfterValidator(lambda amount: amount.quantize(Decimal("0.01"))),  # told as it is kept
]
Reason = Annotated[Prose, Field(max_length=1000)]


class PlanCreate(Schema):
    """The plan of an engagement in its five parts."""

    outcomes: Prose = Field(examples=["A second sales channel, and a price list that covers its costs."])
    months: Literal[3, 6, 12] = Field(examples=[6])
    modality: Modality = Field(examples=["one_to_one"])
    implementation: Prose = Field(examples=["Every second Tuesday, with figures sent two days ahead."])
    follow_up: Prose = Field(examples=["Review at mid-point and end; one call three months later."])


class PlanRead(PlanCreate):
    """The plan of an engagement as it stands."""

    id: UUID
    rev: int
    written_on: date


class GoalCreate(Schema):
    """A goal with a field for each letter of SMART; time-bound by its day, measurable by three fields."""

    specific: Reason = Field(examples=["Sell the olive oil through two shops abroad."])
    measure: Line = Field(examples=["shops abroad"], description="What is counted, with its unit.")
    baseline: Amount = Field(examples=["0"], description="Where the firm stands today.")
    target: Amount = Field(examples=["2"], description="Where it wants to stand.")
    achievable: Reason = Field(examples=["Two importers asked for samples this spring."])
    relevant: Reason = Field(examples=["Half of the harvest has no buyer at home."])
    due_on: Day = Field(examples=["2027-06-30"])


class GoalRead(GoalCreate):
    """A goal, how far away it was set, and how it ended."""

    id: UUID
    rev: int
    set_on: date
    horizon: Horizon
    state: GoalState
    found: Decimal | None
    closed_on: date | None


class GoalList(Schema):
    """The goals of an engagement."""

    items: list[GoalRead]


class GoalClose(Schema):
    """What was found when the goal was measured once more; null gives it up unmeasured."""

    found: Amount | None = Field(examples=["2"])


class EngagementClose(Schema):
    """The last day of an engagement."""

    ended_on: Day = Field(examples=["2025-08-04"])


class SessionCreate(Schema):
    """One session as it was held."""

    starts_at: Instant = Field(examples=["2025-02-10T09:00:00+01:00"])
    ends_at: Instant = Field(examples=["2025-02-10T10:30:00+01:00"])
    kind: SessionKind = SessionKind.SESSION
    note: Prose | None = Field(default=None, examples=["Cash-flow table for the harvest months."])


class SessionRead(Schema):
    """One session."""

    id: UUID
    held_on: date
    starts_at: datetime
    ends_at: datetime
    kind: SessionKind
    note: str | None
    state: SessionState


class SessionList(Schema):
    """All sessions of an engagement, oldest first."""

    items: list[SessionRead]


class ImportedRow(Schema):
    """What became of one row, or would: `is_ok` unless refused; `message` says why it is not loaded."""

    row: int = Field(description="The heading is row 1; in a calendar file, events are counted from 1.")
    outcome: RowOutcome
    engagement_id: UUID | None
    held_on: date | None
    minutes: int | None
    is_ok: bool
    column: str | None
    code: str | None
    message: str | None


class ImportTotals(Schema):
    """The sums of an import, or what they would be if it is a dry run."""

    rows: int
    loaded: int
    already_there: int
    refused: int
    held_back: int
    hours: Decimal = Field(description="Of loaded sessions; a group that met counts once, not once per SME.")


class ImportRead(Schema):
    """What an import did, or would do if it is a dry run."""

    is_dry_run: bool
    loaded: int = Field(description="Sessions that were stored; none in a dry run.")
    totals: ImportTotals
    rows: list[ImportedRow]


class LinkCreate(Schema):
    """Whom the link is for."""

    mentee_name: Line = Field(examples=["Κατερίνα Παπαδοπούλου"])


class LinkIssued(Schema):
    """A new link; the secret is shown this one time."""

    id: UUID
    secret: str
    path: str
    mentee_name: str
    sessions: int
    expires_at: datetime


class MenteeSession(Schema):
    """One session as the mentee sees it."""

    id: UUID
    held_on: date
    starts_at: datetime
    ends_at: datetime


class MenteeView(Schema):
    """What a mentee is asked to confirm."""

    mentee_name: str
    mentor_name: str
    sme_name: str
    phase: Phase
    expires_at: datetime
    sessions: list[MenteeSession]


class MenteeAnswer(Schema):
    """The mentee's answer: all sessions are confirmed but those disputed here."""

    disputed: list[UUID] = Field(default_factory=list, max_length=MOST_SESSIONS, examples=[[]])
    feedback: Prose | None = Field(default=None, examples=["She asked the question nobody here had asked."])


class MenteeAnswered(Schema):
    """What was taken down."""

    confirmed: int
    disputed: int
    has_feedback: bool


class AttestationCreate(Schema):
    """A named person's word that sessions took place; without ids it covers all still open ones."""

    capacity: Capacity = Field(examples=["programme"])
    basis: Prose = Field(examples=["Attendance lists of the programme, checked on site."])
    session_ids: list[UUID] | None = Field(default=None, min_length=1, max_length=MOST_SESSIONS)


class AttestationRead(Schema):
    """An attestation; whoever gave it can hold no duty in the mentor's certification."""

    id: UUID
    attester_id: UUID
    capacity: Capacity
    attested_on: date
    sessions: int


class RecordAttest(Schema):
    """As what a record is attested."""

    capacity: Capacity = Field(examples=["referee"])


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


class MeasureRead(Schema):
    """One measure of practice, its window and what it rests on."""

    measure: Measure | Literal["phases_evidenced"]
    window_months: int | None
    value: Decimal
    sources: list[str]


class EngagementSummary(Schema):
    """One engagement without names, and how far its sessions are confirmed."""

    id: UUID
    firm: int = Field(description="A number in place of the firm's name; the same firm has the same number.")
    country: str | None
    sector: str
    own_interest: bool
    phase: Phase
    started_on: date
    ended_on: date | None
    milestones: list[Milestone]
    state: EngagementState
    logged: int
    confirmed: int
    attested: int
    disputed: int


class PracticeSummary(Schema):
    """A person's practice on a day: measures with values and sources, engagements without names."""

    person_id: UUID
    on: date
    measures: list[MeasureRead]
    engagements: list[EngagementSummary]
