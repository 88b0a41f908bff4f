"""What the API accepts and tells about attendance lists."""

from uuid import UUID

from pydantic import Field

from app.core.schema import Day, Line, Schema
from app.practice.rules import Capacity, RowOutcome
from app.practice.schemas.activities import TypeCode
from app.practice.schemas.values import Hours


class ActivityHeld(Schema):
    """The activity that a list is of."""

    type: TypeCode = Field(examples=["workshop"])
    title: Line = Field(examples=["Reading a cash-flow plan"])
    held_on: Day = Field(examples=["2026-02-20"])
    hours: Hours = Field(examples=["3"])
    given_by: Line = Field(examples=["Chamber of Commerce"])
    capacity: Capacity = Field(examples=["programme"])


class AttendedRow(Schema):
    """What became of one row, or would; `message` says why it is not loaded."""

    row: int = Field(description="The heading is row 1.")
    outcome: RowOutcome
    person_id: UUID | None
    is_ok: bool
    column: str | None
    code: str | None
    message: str | None


class AttendanceRead(Schema):
    """What a list brought, or would bring if it is a dry run."""

    is_dry_run: bool
    loaded: int = Field(description="Records that were entered; none in a dry run.")
    rows: list[AttendedRow]
