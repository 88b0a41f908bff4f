"""What the API accepts and tells about milestones and their indicators."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.core.schema import Code, Day, Prose, Schema
from app.practice.rules import Milestone, MilestoneState

Note = Annotated[Prose, Field(max_length=500)]


class IndicatorSeen(Schema):
    """An indicator that was seen. The mentee and those who assess read the note: it may name no firm."""

    code: Code = Field(examples=["clear_goals"])
    note: Note = Field(examples=["Three goals, each with a figure; signed by both on paper."])
    evidence_id: UUID | None = Field(default=None, description="Your own evidence for this engagement.")


class MilestoneCreate(Schema):
    """A milestone that was reached, and what showed it."""

    kind: Milestone = Field(examples=["initial_goals"])
    reached_on: Day | None = Field(default=None, description="Today, if nothing is said.")
    indicators: list[IndicatorSeen] = Field(
        max_length=10,
        examples=[[{"code": "clear_goals", "note": "Three goals, each with a figure."}]],
        description="At least one; the milestone itself says which it has.",
    )


class MilestoneShown(Schema):
    """A milestone with what showed it; one noted before indicators were asked for has none and no day."""

    kind: Milestone
    state: MilestoneState
    reached_on: date | None
    settled_on: date | None
    indicators: list[IndicatorSeen]


class MilestoneList(Schema):
    """The milestones of an engagement."""

    items: list[MilestoneShown]


class IndicatorText(Schema):
    """An indicator in words."""

    code: str
    text: dict[str, str]


class MilestoneInWords(Schema):
    """A milestone in words, with all its indicators."""

    kind: Milestone
    title: dict[str, str]
    indicators: list[IndicatorText]


class MilestoneInWordsList(Schema):
    """All milestones in words, in the order in which an engagement reaches them."""

    items: list[MilestoneInWords]


class IndicatorToConfirm(IndicatorText):
    """An indicator as the mentee is shown it."""

    note: str


class MilestoneToConfirm(Schema):
    """A milestone as the mentee is shown it, with what the mentor saw."""

    kind: Milestone
    title: dict[str, str]
    reached_on: date
    indicators: list[IndicatorToConfirm]
