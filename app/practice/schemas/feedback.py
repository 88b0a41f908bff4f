"""What the API accepts and tells about feedback between mentor and mentee."""

from datetime import date

from pydantic import Field

from app.core.schema import Prose, Schema
from app.practice.rules.feedback import Speaker
from app.practice.rules.questions import Audience


class FeedbackCreate(Schema):
    """A mentor's feedback to her mentee."""

    text: Prose = Field(examples=["You tried the new price list within a week: that is how it works."])
    audience: Audience = Field(
        examples=["shared"],
        description="shared: the mentee reads it at her next link. assessors: only who judges the practice.",
    )


class FeedbackRead(Schema):
    """What one side said to the other on a day."""

    side: Speaker
    given_on: date
    audience: Audience | None = Field(
        description="null: she was not asked whom it is for, and it was shared."
    )
    text: str | None


class FeedbackList(Schema):
    """The feedback of an engagement that a mentor may read, oldest first."""

    items: list[FeedbackRead]


class SharedFeedback(Schema):
    """What a mentor shared with her mentee."""

    given_on: date
    text: str


class TrendRead(Schema):
    """How often one side spoke, and how steadily; shown, and judged by nobody but a person."""

    side: Speaker
    count: int
    first_on: date | None
    last_on: date | None
    usual_gap_days: int | None


class FeedbackDisclosed(Schema):
    """All feedback of an engagement, for those who judge the mentor's practice."""

    trends: list[TrendRead]
    items: list[FeedbackRead]
