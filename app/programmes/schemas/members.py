"""What the API accepts and tells about members, their engagements and statements of work."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from pydantic import Field

from app.core.schema import Schema
from app.practice.rules import EngagementState, Modality, Phase
from app.programmes.rules.states import RequestState


class ProgrammeMemberRead(Schema):
    """A mentor who is or was a member."""

    request_id: UUID
    person_id: UUID
    mentor_name: str
    state: RequestState
    inducted_on: date
    left_on: date | None


class ProgrammeMemberList(Schema):
    """All who are or were members of a programme, by day of induction."""

    items: list[ProgrammeMemberRead]


class EngagementLinkCreate(Schema):
    """One of one's own engagements that runs in the programme."""

    engagement_id: UUID = Field(examples=["01890000-0000-7000-8000-00000000dead"])


class EngagementLinkRead(Schema):
    """An engagement that runs in a programme."""

    engagement_id: UUID
    linked_on: date
    unlinked_on: date | None


class EngagementLinkList(Schema):
    """The engagements that one has linked to a programme."""

    items: list[EngagementLinkRead]


class ProgrammeEngagementRead(Schema):
    """An engagement in the programme; the SME's name is not told."""

    engagement_id: UUID
    person_id: UUID
    sector: str
    phase: Phase
    modality: Modality
    planned_months: int
    state: EngagementState
    started_on: date
    ended_on: date | None
    sessions: int
    hours: Decimal


class ProgrammeWorkRead(Schema):
    """The engagements of a programme and their sums, disputed sessions left out; a group counts once."""

    planned_firms: int
    firms: int = Field(description="A firm with two mentors counts for each: their keys cannot be compared.")
    engagements: int
    sessions: int
    hours: Decimal
    items: list[ProgrammeEngagementRead]


class WorkAmountRead(Schema):
    """Sessions, and their time in minutes and, to the nearest hundredth, in hours."""

    sessions: int
    minutes: int
    hours: Decimal


class WorkStatementLine(Schema):
    """One mentor's month in one programme, by what others say about her sessions."""

    programme: str
    person_id: UUID
    mentor_name: str
    confirmed: WorkAmountRead
    attested: WorkAmountRead
    logged: WorkAmountRead
    disputed: WorkAmountRead


class WorkStatementRead(Schema):
    """A month's work as it stood on the day on which this was drawn; this service pays nobody."""

    month: str = Field(examples=["2026-02"])
    drawn_on: date
    is_month_over: bool
    items: list[WorkStatementLine]
