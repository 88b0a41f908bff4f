"""What the API accepts and tells about programmes."""

from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.core.schema import Line, Schema, Slug
from app.practice.rules import Phase
from app.programmes.rules.states import ProgrammeState
from app.programmes.schemas.values import Day, Hours, Languages, Lines, Reason, Texts, Word, Words


class ProgrammeUpdate(Schema):
    """All of a programme that may be written anew."""

    names: Texts = Field(examples=[{"en": "Business Ready"}])
    kind: Word = Field(
        examples=["growth_support"], description="A word of the body's own; nothing depends on it."
    )
    funders: Annotated[Lines, Field(min_length=1)] = Field(examples=[["County Council", "European Union"]])
    region: Line = Field(examples=["Coventry and Warwickshire"])
    sectors: Words = Field(examples=[["technology"]], description="None named: open to all.")
    phases: list[Phase] = Field(min_length=1, max_length=10, examples=[["early_startup", "growth"]])
    planned_firms: int = Field(ge=1, le=100_000, examples=[100])
    is_free: bool = Field(examples=[True], description="Whether firms take part free of charge.")
    starts_on: Day = Field(examples=["2026-05-01"])
    ends_on: Day = Field(examples=["2028-12-31"])
    hours_a_month: Hours = Field(examples=["6.00"], description="How much of a mentor's time it takes.")
    digital_needs: Lines = Field(
        examples=[["Internet access at home", "Video calls"]], description="What a mentor must have and use."
    )
    languages: Languages = Field(examples=[["en"]], description="Those that mentors need.")


class ProgrammeCreate(ProgrammeUpdate):
    """A programme to be planned; its code stays."""

    code: Slug = Field(examples=["business-ready"])


class ProgrammeClose(Schema):
    """Why a programme is closed; needed before its last day."""

    reason: Reason | None = Field(default=None, examples=["The funding has ended."])


class _Told(Schema):
    code: str
    names: dict[str, str]
    kind: str
    funders: list[str]
    region: str
    sectors: list[str]
    phases: list[Phase]
    planned_firms: int
    is_free: bool
    starts_on: date
    ends_on: date
    hours_a_month: Decimal
    digital_needs: list[str]
    languages: list[str]
    state: ProgrammeState


class ProgrammeRead(_Told):
    """A programme as staff see it."""

    id: UUID
    rev: int
    closed_on: date | None


class IntakeTold(Schema):
    """When a programme takes requests, and what it has to offer."""

    opens_on: date
    closes_on: date
    places: int
    induction_days: list[date]


class ProgrammePublic(_Told):
    """What a mentor needs to know of a programme before she asks to join; `intake` is the one now or next."""

    intake: IntakeTold | None


class ProgrammePublicList(Schema):
    """The programmes of a body that run, or that are going to and have said when they take requests."""

    items: list[ProgrammePublic]
