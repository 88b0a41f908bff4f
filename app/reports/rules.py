"""What a report may be about, and the one row that each candidate is in it."""

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar
from uuid import UUID

from app.core.errors import Conflict, Invalid


class ReportKind(StrEnum):
    """What a report is about."""

    FORM = "form"
    COMPONENT = "component"


class ReportState(StrEnum):
    """A ready report never changes again."""

    PENDING = "pending"
    READY = "ready"


class OfCandidate(Protocol):
    """Something that a candidate did."""

    @property
    def candidate_id(self) -> UUID:
        """Who did it."""


Done = TypeVar("Done", bound=OfCandidate)


def ensure_period(starts_on: date, ends_on: date, today: date) -> None:
    """Refuse a period that runs backwards, or is not over: only what is over stays the same (EXM-4)."""
    if ends_on < starts_on:
        raise Invalid("report_period_refused", pointer="/ends_on")
    if ends_on >= today:
        raise Conflict("report_period_running", rule="EXM-4", ends_on=ends_on.isoformat())


def first_of_each(rows: Iterable[Done]) -> Iterator[Done]:
    """Yield what each candidate did first: who comes again has seen it, and would count twice."""
    seen: set[UUID] = set()
    for row in rows:
        if row.candidate_id not in seen:
            seen.add(row.candidate_id)
            yield row
