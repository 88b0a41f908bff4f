"""What the API accepts and tells about skill cards."""

from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.core.schema import Code, Schema
from skillcard.framework import UnitKind
from skillcard.level import Why
from skillcard.profile import Source

SelfRating = Annotated[int, Field(ge=0, le=5, strict=True)]


class RatingsPut(Schema):
    """A person's own ratings, 0 (no evidence) to 5 (expert), of some or all elements."""

    ratings: dict[Code, SelfRating] = Field(
        min_length=1, max_length=200, examples=[{"SME-BM/U1.1": 3, "SME-BM/U4.1": 2}]
    )


class RatingRead(Schema):
    """The latest rating of an element by one source."""

    source: Source
    level: Decimal
    on: date


class ElementRead(Schema):
    """One element, what it looks like at the target level, and who rated it how."""

    code: str
    title: str
    is_critical: bool
    target_descriptor: str
    ratings: list[RatingRead]


class UnitRead(Schema):
    """One unit of the card."""

    code: str
    title: str
    kind: UnitKind
    elements: list[ElementRead]


class GapRead(Schema):
    """One element that is too low for the target."""

    element: str
    has: int
    needs: int
    why: Why


class StepRead(Schema):
    """One step of the pathway, with what can be seen once it is taken."""

    element: str
    title: str
    has: int
    needs: int
    why: Why
    descriptor: str


class SourceView(Schema):
    """The card as one source sees it."""

    source: Source
    rated: int
    level_reached: int | None
    unit_means: dict[str, Decimal]
    gap: list[GapRead]
    pathway: list[StepRead]


class DifferenceRead(Schema):
    """An element that the person and her assessors rate apart: above zero she rates herself higher."""

    element: str
    steps: Decimal


class QuartilesRead(Schema):
    """The levels below which a quarter, half and three quarters of the group lie, or on them."""

    lower: Decimal
    median: Decimal
    upper: Decimal


class SpreadRead(Schema):
    """One element in the cohort; `people` and `quartiles` are null where the group is too small to tell."""

    element: str
    title: str
    own: Decimal | None
    people: int | None
    quartiles: QuartilesRead | None


class CohortRead(Schema):
    """One's own card among those of all others rated on a scheme version; groups below ten are hidden."""

    scheme_version_id: UUID
    source: Source
    language: str
    elements: list[SpreadRead]


class ProfileRead(Schema):
    """A skill card with its distance to a target level."""

    person_id: UUID
    scheme_version_id: UUID
    target: int
    language: str
    units: list[UnitRead]
    sources: list[SourceView]
    differences: list[DifferenceRead]
