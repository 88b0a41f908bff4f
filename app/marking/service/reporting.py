"""The raw sheets behind the results of a period, for reports on assessors and components."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.marking import queries
from app.marking.rules import PAIR
from app.marking.tables import ResultRow
from app.work import Work


@dataclass(frozen=True)
class Judged:
    """A released result with who was judged at which level, and the two sheets given independently."""

    result: ResultRow
    level: int
    candidate_id: UUID
    sheets: dict[UUID, dict[str, int]]
    """Assessor → element → rating, first seat first."""


def judged(work: Work, version_id: UUID, component: str, first: date, last: date) -> Sequence[Judged]:
    """Return the judged results released in a period; callers have asked their own permission."""
    found = queries.judged_in(work, version_id, component, first, last)
    seats = queries.assignments_in(work, {result.case_id for result, _, _ in found}, component)
    ratings: dict[UUID, dict[str, int]] = {}
    for mark in queries.marks_of(work, [row.id for row in seats]):
        if mark.rating is not None:
            ratings.setdefault(mark.stream, {})[mark.element] = mark.rating
    pairs: dict[tuple[UUID, int], dict[UUID, dict[str, int]]] = {}
    for row in sorted(seats, key=lambda one: one.seat.value):
        if row.seat in PAIR:
            pairs.setdefault((row.case_id, row.attempt_no), {})[row.assessor_id] = ratings.get(row.id, {})
    return [
        Judged(result, level, candidate, pairs.get((result.case_id, result.attempt_no), {}))
        for result, level, candidate in found
    ]
