"""What the API tells about results computed anew."""

from datetime import date
from uuid import UUID

from app.core.schema import Schema
from app.marking.rules import RecomputedOutcome


class RecomputedResult(Schema):
    """A released result against what its stored raw material comes to now; neither's values are told."""

    result_id: UUID
    case_id: UUID
    component: str
    attempt_no: int
    released_on: date
    outcome: RecomputedOutcome
    differs: list[str]
    """Which parts of the result differ."""
    fault: str | None
    """Code of what stood in the way, where it is impossible."""


class RecomputedList(Schema):
    """Every released result of a case, computed anew."""

    items: list[RecomputedResult]
