"""What the API accepts and tells about the reviews of an engagement."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from app.core.schema import Schema
from app.practice.rules import Phase
from app.practice.rules.questions import HIGHEST, LOWEST, AnswerKind, Audience
from app.practice.rules.reviews import ReviewState, Side
from app.practice.rules.rhythm import ReviewKind
from app.practice.schemas.values import Reason

QuestionCode = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,39}$")]


class GivenAnswer(Schema):
    """The answer to one question, by the kind that it asks for, and for whom it is meant."""

    question: QuestionCode = Field(examples=["goals_agreed"])
    scale: int | None = Field(default=None, ge=LOWEST, le=HIGHEST, description="From not at all to fully.")
    yes: bool | None = Field(default=None, examples=[True])
    text: Reason | None = None
    audience: Audience = Field(
        default=Audience.ASSESSORS,
        description="shared: the other sides may read it once they have answered. assessors: never.",
    )


class ReviewAnswerCreate(Schema):
    """What one side answers at one review."""

    kind: ReviewKind = Field(examples=["first_weeks"])
    answers: list[GivenAnswer] = Field(max_length=20, examples=[[{"question": "goals_agreed", "yes": True}]])


class MenteeReviewAnswer(Schema):
    """What a mentee answers; her link says at which review."""

    answers: list[GivenAnswer] = Field(max_length=20, examples=[[{"question": "feels_heard", "scale": 4}]])


class QuestionRead(Schema):
    """A question, its text by language."""

    code: str
    kind: AnswerKind
    text: dict[str, str]
    is_optional: bool


class GivenAnswerRead(Schema):
    """The answer to one question."""

    question: str
    scale: int | None
    yes: bool | None
    text: str | None
    audience: Audience


class SideRead(Schema):
    """What one side answered, as far as whoever asks may see it."""

    side: Side
    answered_on: date
    answers: list[GivenAnswerRead]


class ReviewStanding(Schema):
    """When a review is open, where it stands, and who has answered."""

    kind: ReviewKind
    opens_on: date
    due_on: date
    state: ReviewState
    answered_by: list[Side]
    missing: list[Side] = Field(description="Shown, and held against nobody.")


class EngagementReviewRead(ReviewStanding):
    """A review with what one's own side is asked and what one may read."""

    questions: list[QuestionRead] = Field(description="Empty where one's own side has nothing to answer.")
    sides: list[SideRead]


class EngagementReviewList(Schema):
    """The three reviews of an engagement."""

    items: list[EngagementReviewRead]


class ReviewDueEntry(Schema):
    """An engagement whose reviews wait for the programme's answer; the firm is not named."""

    id: UUID
    mentor_name: str
    sector: str
    phase: Phase
    started_on: date
    reviews: list[ReviewStanding]


class ReviewLinkCreate(Schema):
    """Which review the mentee is asked about once more."""

    kind: ReviewKind = Field(examples=["first_weeks"])


class ReviewLinkSent(Schema):
    """A link that went to the mentee by mail, and to nobody else."""

    id: UUID
    kind: ReviewKind
    expires_at: datetime


class MenteeReviewView(Schema):
    """What a mentee is asked at a review."""

    mentee_name: str
    mentor_name: str
    sme_name: str
    kind: ReviewKind
    due_on: date
    questions: list[QuestionRead]


class MenteeReviewAnswered(Schema):
    """What was taken down, and what the others have shared so far."""

    kind: ReviewKind
    answers: int
    sides: list[SideRead]
