"""What the API accepts and tells about a programme's indicators."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from pydantic import Field

from app.core.schema import Line, Schema
from app.programmes.schemas.values import Amount, Day, Texts, Word


class ProgrammeIndicatorCreate(Schema):
    """A figure that the programme is measured by."""

    code: Word = Field(examples=["jobs_created"])
    titles: Texts = Field(examples=[{"en": "Jobs created in the firms supported"}])
    unit: Line = Field(examples=["full-time posts"])
    target: Amount = Field(examples=["60.00"])
    adds_up: bool = Field(
        examples=[True], description="Periods are added up; else the last period stands for the whole."
    )


class IndicatorValueCreate(Schema):
    """What an indicator came to in a period; the same period again is a correction."""

    starts_on: Day = Field(examples=["2026-07-01"])
    ends_on: Day = Field(examples=["2026-09-30"])
    value: Amount = Field(examples=["12.00"])


class IndicatorPeriodRead(Schema):
    """What stands for one period."""

    starts_on: date
    ends_on: date
    value: Decimal


class ProgrammeIndicatorRead(Schema):
    """An indicator with its target and what it has come to; null where nothing was entered."""

    id: UUID
    code: str
    titles: dict[str, str]
    unit: str
    target: Decimal
    adds_up: bool
    value: Decimal | None
    periods: list[IndicatorPeriodRead]


class ProgrammeIndicatorList(Schema):
    """The indicators of a programme."""

    items: list[ProgrammeIndicatorRead]
