"""What others say about practice: links for mentees, attestations."""

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from app.core.schema import Email, Language, Line, Prose, Schema
from app.practice.rules import Capacity, Milestone, Phase
from app.practice.rules.calendar import MOST_SESSIONS
from app.practice.rules.presence import CO_MENTORS
from app.practice.rules.questions import Audience
from app.practice.schemas.feedback import SharedFeedback
from app.practice.schemas.milestones import MilestoneToConfirm


class MenteeCreate(Schema):
    """A person of the mentored firm; her address is used for nothing but asking her about this engagement."""

    name: Line = Field(examples=["Κατερίνα Παπαδοπούλου"])
    email: Email = Field(examples=["katerina@firm.example"])
    language: Language = Field(examples=["en"])


class MenteeRead(MenteeCreate):
    """A mentee of an engagement; one who has left is asked no more."""

    id: UUID
    added_on: date
    left_on: date | None


class MenteeList(Schema):
    """The mentees of an engagement, in the order in which they were added."""

    items: list[MenteeRead]


class LinkCreate(Schema):
    """Which mentee is asked."""

    mentee_id: UUID = Field(examples=["01890000-0000-7000-8000-000000000001"])


class LinkIssued(Schema):
    """That a link is on its way to the mentee; she alone receives it."""

    id: UUID
    mentee_id: UUID
    mentee_name: str
    sessions: int
    expires_at: datetime


class MenteeSession(Schema):
    """One session as the mentee sees it."""

    id: UUID
    held_on: date
    starts_at: datetime
    ends_at: datetime
    mentors: list[str] = Field(
        description="Who is said to have mentored, where it was more than one: say who was there."
    )


class MenteeView(Schema):
    """What a mentee is asked to confirm."""

    mentee_name: str
    mentor_name: str
    sme_name: str
    phase: Phase
    expires_at: datetime
    sessions: list[MenteeSession]
    milestones: list[MilestoneToConfirm]
    feedback: list[SharedFeedback] = Field(description="What the mentor shared with her, oldest first.")


class Presence(Schema):
    """Who was at a session that several mentors are said to have held."""

    session_id: UUID
    mentors: list[Line] = Field(min_length=1, max_length=CO_MENTORS + 1)


class MenteeAnswer(Schema):
    """The mentee's answer: all sessions and milestones are confirmed but those disputed here."""

    disputed: list[UUID] = Field(default_factory=list, max_length=MOST_SESSIONS, examples=[[]])
    present: list[Presence] = Field(
        default_factory=list,
        max_length=MOST_SESSIONS,
        examples=[[]],
        description="For each session with several mentors that is not disputed; none other is asked about.",
    )
    disputed_milestones: list[Milestone] = Field(default_factory=list, max_length=10, examples=[[]])
    feedback: Prose | None = Field(default=None, examples=["She asked the question nobody here had asked."])
    audience: Audience = Field(
        default=Audience.SHARED,
        examples=["assessors"],
        description="Whom the feedback is for: the mentor too, or only those who judge her practice.",
    )


class MenteeAnswered(Schema):
    """What was taken down."""

    confirmed: int
    disputed: int
    milestones_confirmed: int
    milestones_disputed: int
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
