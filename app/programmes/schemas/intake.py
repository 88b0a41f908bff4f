"""What the API accepts and tells about intake windows, requests to join and replies."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.core.schema import Schema, Slug
from app.programmes.rules.states import Reply, RequestState
from app.programmes.schemas.values import Day, Reason

MOST_REPLIES = 200


class IntakeWindowCreate(Schema):
    """When a programme takes requests, how many places it has, and on which days it inducts."""

    opens_on: Day = Field(examples=["2026-03-01"])
    closes_on: Day = Field(examples=["2026-04-15"])
    places: int = Field(ge=1, le=10_000, examples=[20])
    induction_days: Annotated[list[Day], Field(min_length=1, max_length=30)] = Field(
        examples=[["2026-05-04"]]
    )


class IntakeWindowRead(Schema):
    """An intake window."""

    id: UUID
    rev: int
    programme_id: UUID
    opens_on: date
    closes_on: date
    places: int
    induction_days: list[date]


class IntakeWindowList(Schema):
    """The intake windows of a programme, oldest first."""

    items: list[IntakeWindowRead]


class ProgrammeRequestCreate(Schema):
    """A mentor's wish to join a programme."""

    programme: Slug = Field(examples=["business-ready"], description="The programme's code.")
    motivation: Reason = Field(examples=["I led a firm of this kind, and want to pass on what I learned."])


class OwnProgrammeRequestRead(Schema):
    """One's own request: where it stands and, where there are any, the reasons."""

    id: UUID
    rev: int
    programme: str
    names: dict[str, str]
    motivation: str
    asked_on: date
    state: RequestState
    reasons: str | None
    replied_on: date | None
    induction_days: list[date]
    inducted_on: date | None
    left_on: date | None


class OwnProgrammeRequestList(Schema):
    """One's own requests, newest first."""

    items: list[OwnProgrammeRequestRead]


class ProgrammeRequestRead(Schema):
    """A request as those who run the programme see it."""

    id: UUID
    rev: int
    window_id: UUID
    person_id: UUID
    mentor_name: str
    motivation: str
    asked_on: date
    state: RequestState
    rank: int | None
    rank_reasons: str | None
    reasons: str | None
    replied_on: date | None
    inducted_on: date | None
    left_on: date | None


class RankSet(Schema):
    """The rank of a request, 1 being the first, and why."""

    rank: int = Field(ge=1, le=100_000, examples=[3])
    reasons: Reason = Field(examples=["Has led two firms of the sector; little time until June."])


class ReplyCreate(Schema):
    """A reply to one request; declining needs reasons, and so does an offer past the waiting list."""

    request_id: UUID = Field(examples=["01890000-0000-7000-8000-00000000dead"])
    reply: Reply = Field(examples=["declined"])
    reasons: Reason | None = Field(
        default=None,
        examples=["The places went to mentors who know the sector."],
        description="The person is told.",
    )


class ReplyBatchCreate(Schema):
    """Replies to many requests; each good one is carried out, each bad one is named."""

    dry_run: bool = Field(default=False, description="Judge every row and change nothing.")
    replies: list[ReplyCreate] = Field(
        min_length=1,
        max_length=MOST_REPLIES,
        examples=[[{"request_id": "01890000-0000-7000-8000-00000000dead", "reply": "offered"}]],
    )


class ReplyResult(Schema):
    """What became of one row, counted from 1; `code` and `message` say why it was not carried out."""

    row: int
    request_id: UUID
    reply: Reply
    is_ok: bool
    code: str | None
    message: str | None


class ReplyBatchRead(Schema):
    """Replies given together; a dry run has no id, and nothing of it was carried out."""

    id: UUID | None
    is_dry_run: bool
    replied_at: datetime
    carried_out: int
    refused: int
    rows: list[ReplyResult]
    moved_up: list[UUID] = Field(
        description="Requests from the waiting list that got a place made free here."
    )


class WaitingRead(Schema):
    """One place in the line."""

    request_id: UUID
    person_id: UUID
    mentor_name: str
    rank: int
    asked_on: date


class WaitingListRead(Schema):
    """The waiting list in the order in which it moves up, and the places that are free."""

    places: int
    free: int
    items: list[WaitingRead]


class InductionCreate(Schema):
    """The day on which somebody was inducted."""

    inducted_on: Day = Field(examples=["2026-05-04"])


class MemberLeaveCreate(Schema):
    """Why a member is let go; she is told."""

    reasons: Reason = Field(examples=["Could not be reached for three months."])
