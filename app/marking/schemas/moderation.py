"""What the API accepts and tells about moderation."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from pydantic import Field

from app.core.schema import Day, Prose, Schema
from app.delivery.schemas.sat import ComponentCode
from app.impartiality.rules import Answer
from app.marking.rules import Seat
from app.marking.rules.moderation import ModerationVerdict

DrawnFor = Literal["near_line", "failed", "random"]


class ModerationCreate(Schema):
    """Of which component's sittings, held in which period, a sample is drawn."""

    component: ComponentCode = Field(examples=["F2"])
    held_from: Day = Field(examples=["2026-03-01"])
    held_until: Day = Field(examples=["2026-03-31"])


class DrawnSheetRead(Schema):
    """A sheet that was drawn; neither ratings nor marker are told, and to assessors not why it was drawn."""

    id: UUID
    case_id: UUID
    candidate_name: str
    component: str
    seat: Seat
    digest: str | None
    reason: DrawnFor | None
    moderator_id: UUID | None
    verdict: ModerationVerdict | None
    judged_at: datetime | None


class ModerationRead(Schema):
    """A sample with its seed and its rule, by which it can be drawn again."""

    id: UUID
    rev: int
    scheme_id: UUID
    component: str
    held_from: date
    held_until: date
    seed: str
    percent: int
    least: int
    margin: Decimal
    sheets: int
    version: str
    drawn_by: UUID
    drawn_at: datetime
    drawn: list[DrawnSheetRead]
    waiting: int


class ModerationTake(Schema):
    """What the moderator declares about conflicts with the candidate; with one, she gets no sheet."""

    answer: Answer = Field(examples=["none"])


class ModeratedMarkRead(Schema):
    """One rating of the sheet."""

    element: str
    rating: int | None
    comment: str | None


class ModeratedSheetRead(Schema):
    """A sheet as its moderator sees it, the candidate under a pseudonym."""

    id: UUID
    candidate: str
    component: str
    level: int
    seat: Seat
    distance: Decimal
    reason: DrawnFor
    marks: list[ModeratedMarkRead]
    verdict: ModerationVerdict | None
    note: str | None


class VerdictCreate(Schema):
    """What the moderator finds, and why."""

    verdict: ModerationVerdict = Field(examples=["upheld"])
    note: Prose = Field(examples=["The ratings follow from what was seen."])
