"""What the API accepts and tells about types of activity."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from app.core.schema import Day, Language, Line, Schema
from app.practice.rules import RecordKind
from app.practice.schemas.values import Hours

TypeCode = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,39}$")]


class ActivityTypeCreate(Schema):
    """A type of activity that the body adds, or puts in the place of a shipped one of the same code."""

    code: TypeCode = Field(examples=["harvest_visit"])
    record_kind: RecordKind | None = Field(
        default=None, examples=["cpd"], description="The kind of record it is a type of; null: of session."
    )
    titles: dict[Language, Line] = Field(
        min_length=1, max_length=20, examples=[{"en": "Visit at harvest", "es": "Visita en la cosecha"}]
    )
    hours_per_year_max: Hours | None = Field(
        default=None, examples=["8"], description="Most hours that count in a calendar year; null: no bound."
    )
    is_attested: bool = Field(default=False, description="Counts only once somebody else attested it.")

    @model_validator(mode="after")
    def _bounded(self) -> "ActivityTypeCreate":
        if self.record_kind is None and (self.hours_per_year_max is not None or self.is_attested):
            raise ValueError("a session counts once others vouch for it, and has no bound by type")
        return self


class ActivityTypeRead(Schema):
    """A type of activity as it stands."""

    code: str
    record_kind: RecordKind | None
    titles: dict[str, str]
    hours_per_year_max: Decimal | None
    is_attested: bool
    retired_on: date | None = Field(description="The first day on which it is out of use.")
    is_shipped: bool = Field(description="Whether it comes with the service and the body left it as it is.")


class ActivityTypeList(Schema):
    """All types of activity of the body, in use or retired, by code."""

    items: list[ActivityTypeRead]


class ActivityTypeRetire(Schema):
    """From when on a type is out of use."""

    retired_on: Day = Field(examples=["2027-01-01"])
