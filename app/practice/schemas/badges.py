"""What the API accepts and tells about badges."""

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import Field

from app.core.schema import Schema
from app.practice.rules import BadgeState, Milestone


class BadgeCreate(Schema):
    """The mentor's wish for a badge, and whether her printed name stands on it."""

    kind: Milestone = Field(examples=["first_advice"])
    with_name: bool = Field(examples=[True], description="Show your printed name; without it nothing does.")


class BadgeRead(Schema):
    """A badge as its mentor sees it; whoever has the code can see it until she revokes it."""

    id: UUID
    rev: int
    code: str
    path: str
    kind: Milestone
    with_name: bool
    awarded_on: date
    state: BadgeState
    revoked_on: date | None


class BadgeList(Schema):
    """A mentor's badges."""

    items: list[BadgeRead]


class BadgePublic(Schema):
    """A badge as anybody sees it: thanks for a milestone, and no certificate."""

    what: Literal["milestone_badge"]
    is_certificate: Literal[False]
    statement: dict[str, str]
    code: str
    milestone: Milestone
    title: dict[str, str]
    mentor_name: str | None
    body_name: str
    confirmed_by: Literal["mentee"]
    awarded_on: date
    picture: str
