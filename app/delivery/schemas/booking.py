"""What the API accepts and tells about slots, bookings and a candidate's plan."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from app.core.schema import Instant, Language, Line, Prose, Schema
from app.delivery.rules import Mode
from app.delivery.rules.booking import BookingState, SlotState
from app.delivery.rules.plan import Standing
from app.delivery.schemas.sat import ComponentCode

_ID = "01890000-0000-7000-8000-000000000005"


class SlotCreate(Schema):
    """A time at which candidates may take one component."""

    scheme_id: UUID = Field(examples=[_ID])
    component: ComponentCode = Field(examples=["F2"])
    language: Language | None = Field(default=None, examples=["en"], description="None is any language.")
    starts_at: Instant = Field(examples=["2026-04-10T09:00:00+02:00"])
    ends_at: Instant = Field(examples=["2026-04-10T11:00:00+02:00"])
    closes_at: Instant = Field(
        examples=["2026-04-08T09:00:00+02:00"], description="Until when candidates book, move and cancel."
    )
    mode: Mode = Field(examples=["on_site"])
    site: Line = Field(examples=["Málaga, Calle Mayor 1, room 2"])
    places: Annotated[int, Field(ge=1, le=500, strict=True, examples=[1])]


class SlotRead(Schema):
    """A slot."""

    id: UUID
    rev: int
    scheme_id: UUID
    component: str
    language: str | None
    starts_at: datetime
    ends_at: datetime
    closes_at: datetime
    mode: Mode
    site: str
    places: int
    state: SlotState


class SlotToBook(Schema):
    """A slot as candidates see it."""

    id: UUID
    component: str
    starts_at: datetime
    ends_at: datetime
    closes_at: datetime
    mode: Mode
    site: str
    places_left: int


class SlotList(Schema):
    """The slots that a case may book, the soonest first."""

    items: list[SlotToBook]


class BookingCreate(Schema):
    """The slot that a candidate takes; a standing booking of the same component moves there."""

    slot_id: UUID = Field(examples=[_ID])


class BookingRead(Schema):
    """A booking."""

    id: UUID
    rev: int
    slot_id: UUID
    case_id: UUID
    component: str
    state: BookingState
    booked_at: datetime
    checked_in_at: datetime | None


class BookingSeat(BookingRead):
    """A booking as staff see it in its slot, with the name on the identity document to be shown."""

    candidate_name: str
    extra_time_percent: int
    excuse: str | None


class BookingList(Schema):
    """All bookings of a slot, oldest first."""

    items: list[BookingSeat]


class CheckIn(Schema):
    """What was seen before the candidate begins (SEC-2)."""

    identity_confirmed: bool = Field(examples=[True])
    agreement_signed: bool = Field(examples=[True])
    aids_checked: bool = Field(examples=[True])


class NoShowNote(Schema):
    """That a candidate did not come, and why, where she said so."""

    excuse: Prose | None = Field(default=None, examples=["Train strike; told us the evening before."])


class Gate(Schema):
    """What has to happen before a component may be taken."""

    code: str
    message: str
    facts: dict[str, Any]


class CasePlanLine(Schema):
    """One component of a plan."""

    component: str
    title: dict[str, str]
    kind: str
    scoring: str
    standing: Standing
    attempts_left: int
    earliest: date | None = Field(description="From when a retake is allowed.")
    latest: date | None = Field(description="Until when a retake is allowed.")
    gates: list[Gate]
    booking: BookingRead | None
    repeat_with: str = Field(description="What a retake is taken with, such as another form or case.")


class CasePlanRead(Schema):
    """What a candidate still has to do, component by component (ASM-1)."""

    case_id: UUID
    items: list[CasePlanLine]
