"""What the API accepts and tells about people and appointments."""

from datetime import date
from uuid import UUID

from pydantic import Field, model_validator

from app.access.permissions import APPOINTABLE, Role
from app.core.schema import Language, Line, Schema


class PersonCreate(Schema):
    """A person to be known to the body."""

    printed_name: Line = Field(examples=["Zoë Őrség"])
    given_name: Line | None = None
    family_name: Line | None = None
    language: Language = Field(examples=["en"])


class PersonRead(Schema):
    """A person of the body."""

    id: UUID
    rev: int
    printed_name: str
    given_name: str | None
    family_name: str | None
    language: str


class AppointmentCreate(Schema):
    """An appointment to a role, from a day on, open or until a day."""

    role: Role = Field(examples=["assessor"])
    starts_on: date = Field(examples=["2026-01-01"])
    ends_on: date | None = None

    @model_validator(mode="after")
    def _sound(self) -> "AppointmentCreate":
        if self.role not in APPOINTABLE:
            raise ValueError(f"{self.role} is not a role that people are appointed to")
        if self.ends_on is not None and self.ends_on < self.starts_on:
            raise ValueError("an appointment cannot end before it starts")
        return self


class AppointmentRead(Schema):
    """A dated appointment."""

    id: UUID
    rev: int
    person_id: UUID
    role: Role
    starts_on: date
    ends_on: date | None


class AppointmentList(Schema):
    """All appointments of a person."""

    items: list[AppointmentRead]


class AppointmentEnd(Schema):
    """The last day of an appointment."""

    ends_on: date = Field(examples=["2026-12-31"])
