"""What the API accepts and tells about engagements handed over from one mentor to another."""

from datetime import date
from uuid import UUID

from pydantic import Field

from app.core.schema import Prose, Schema
from app.practice.rules import EndReason, EngagementState, Phase
from app.practice.rules.handing_over import HandOverState


class EngagementOutline(Schema):
    """An engagement as an adviser sees it who thinks of another mentor."""

    id: UUID
    rev: int
    person_id: UUID
    sme_name: str
    country: str | None
    sector: str
    phase: Phase
    started_on: date
    ended_on: date | None
    state: EngagementState
    end_reason: EndReason | None
    continues_id: UUID | None


class EngagementOutlines(Schema):
    """The engagements of one mentor, in the order in which they were entered."""

    items: list[EngagementOutline]


class HandOverCreate(Schema):
    """To whom an engagement that has ended is offered, what the firm needs now, and why."""

    to_person_id: UUID = Field(examples=["01890000-0000-7000-8000-000000000001"])
    need: Prose = Field(examples=["Money for a second mill; a bank wants three years of plans."])
    why: Prose = Field(examples=["Raising money is beyond what I have done myself."])


class HandOverRead(HandOverCreate):
    """A hand-over as the mentor who gives and the adviser see it."""

    id: UUID
    rev: int
    engagement_id: UUID
    from_person_id: UUID
    offered_by: UUID
    offered_on: date
    state: HandOverState
    settled_on: date | None


class HandOverList(Schema):
    """All hand-overs of an engagement, oldest first."""

    items: list[HandOverRead]


class HandOverOffer(Schema):
    """A hand-over as the mentor sees it who may accept it; the firm's name tells her of conflicts."""

    id: UUID
    from_mentor: str
    sme_name: str
    country: str | None
    sector: str
    phase: Phase
    started_on: date
    ended_on: date | None
    end_reason: EndReason | None
    need: str
    why: str
    offered_on: date
    state: HandOverState
