"""Use cases of reviewing assessors: how they agree in a period, and what PER-5 makes of it (6.2.2.2)."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from app.access.permissions import Permission
from app.audit.events import Event
from app.core.errors import Conflict, Invalid
from app.core.ids import new_id
from app.core.paging import Window
from app.marking import queries
from app.marking.queries import quality
from app.marking.rules import PAIR, Policy
from app.marking.schemas.reviewing import AssessorReviewCreate
from app.marking.service.policies import policy_of
from app.marking.tables import AssessorFindingRow, AssessorReviewRow, AssignmentRow
from app.people import service as people
from app.schemes import service as schemes
from app.work import Work
from assessments.errors import NotEstimable
from assessments.examiners import (
    DriftTable,
    ExaminerRow,
    ExaminerState,
    ExaminerTable,
    Rating,
    examiner_drift,
    examiner_table,
)
from assessments.results import document

RATINGS = tuple(range(6))
"""What a mark may be, 0 to 5."""


def review_assessors(work: Work, scheme_id: UUID, wanted: AssessorReviewCreate) -> dict[str, Any]:
    """Compare the assessors of a period and record what PER-5 makes of each; the newest review counts.

    Only independent ratings of both first seats are compared: an adjudicator has seen that the two differ.
    """
    work.require(Permission.MARKING_CONFIGURE)
    schemes.known(work, scheme_id)
    if not wanted.held_from <= wanted.held_until <= work.today:
        raise Invalid("period_not_over", pointer="/held_until")
    policy = policy_of(work, scheme_id)
    ratings = _ratings(work, scheme_id, wanted.held_from, wanted.held_until)
    table, drift = _table(ratings, policy), _drift(work, scheme_id, wanted, ratings)
    row = AssessorReviewRow(
        body_id=work.body_id,
        id=new_id(),
        scheme_id=scheme_id,
        **wanted.model_dump(),
        gate=policy.agreement_gate,
        least=policy.agreement_least,
        provenance=_provenance(table, drift),
        reviewed_by=work.person_id,
        reviewed_at=work.now,
    )
    work.session.add(row)
    work.session.flush()  # its findings, written as plain rows, refer to it
    work.recorder.insert(AssessorFindingRow, [{"stream": row.id, **line} for line in _lines(table, drift)])
    states = {one.examiner: one.state.value for one in table.rows}
    work.record(
        Event.ASSESSORS_REVIEWED,
        row,
        scheme=scheme_id,
        held_from=row.held_from,
        held_until=row.held_until,
        states=states,
    )
    return _told(work, row)


def search_reviews(work: Work, scheme_id: UUID, wanted: Window) -> dict[str, Any]:
    """Return one page of a scheme's reviews of assessors."""
    work.require(Permission.MARKING_MONITOR)
    schemes.known(work, scheme_id)
    found = quality.reviews(work, scheme_id, wanted)
    return {"items": [_told(work, row) for row in found.items], "next": found.next}


def read_review(work: Work, review_id: UUID) -> dict[str, Any]:
    """Return a review with each assessor's figures."""
    work.require(Permission.MARKING_MONITOR)
    return _told(work, quality.review(work, review_id))


def own_findings(work: Work) -> dict[str, Any]:
    """Show the acting assessor what reviews found of her, never of others."""
    work.require(Permission.MARKING_MARK)
    found = quality.findings_of(work, [work.person_id])
    return {
        "items": [
            {
                "review_id": review.id,
                "scheme_id": review.scheme_id,
                "held_from": review.held_from,
                "held_until": review.held_until,
                **_line(row),
            }
            for row, review in found
        ]
    }


def states(
    work: Work, scheme_id: UUID, component: str, whom: Collection[UUID]
) -> Mapping[UUID, ExaminerState]:
    """Return what the newest review made of each; who was calibrated again since is only watched (PER-5)."""
    latest = {row.assessor_id: (row, review) for row, review in quality.findings_of(work, whom, scheme_id)}
    again = {
        row.assessor_id: row.submitted_at for row in queries.passed_tries(work, scheme_id, component, whom)
    }
    found: dict[UUID, ExaminerState] = {}
    for one, (row, review) in latest.items():
        passed_at = again.get(one)
        is_back = passed_at is not None and passed_at > review.reviewed_at
        is_blocked = row.state is ExaminerState.BLOCKED
        found[one] = ExaminerState.WATCH if is_blocked and is_back else row.state
    return found


def _ratings(work: Work, scheme_id: UUID, held_from: date, held_until: date) -> list[Rating]:
    """Return every independent rating of the double-marked work of a period."""
    rows = [row for row in quality.sheets_in(work, scheme_id, held_from, held_until) if row.seat in PAIR]
    marks: dict[UUID, list[tuple[str, int]]] = {}
    for mark in queries.marks_of(work, [row.id for row in rows]):
        if mark.rating is not None:
            marks.setdefault(mark.stream, []).append((mark.element, mark.rating))
    return list(_each(rows, marks))


def _each(rows: Sequence[AssignmentRow], marks: Mapping[UUID, Sequence[tuple[str, int]]]) -> Iterator[Rating]:
    pairs: dict[tuple[UUID, str, int], int] = {}
    for row in rows:
        key = (row.case_id, row.component, row.attempt_no)
        pairs[key] = pairs.get(key, 0) + 1
    for row in rows:
        if pairs[(row.case_id, row.component, row.attempt_no)] == len(PAIR):
            for element, rating in marks.get(row.id, ()):
                work = f"{row.component}/{row.attempt_no}/{element}"
                yield Rating(str(row.case_id), str(row.assessor_id), work, float(rating))


def _table(ratings: Sequence[Rating], policy: Policy) -> ExaminerTable:
    try:
        return examiner_table(
            ratings, categories=RATINGS, gate=float(policy.agreement_gate), least=policy.agreement_least
        )
    except NotEstimable as lacking:
        raise Conflict("agreement_not_estimable", rule="PER-5", reason=lacking.code) from None


def _lines(table: ExaminerTable, drift: DriftTable | None) -> Iterator[dict[str, Any]]:
    moved = {} if drift is None else {one.examiner: one for one in drift.rows}
    for row in table.rows:
        yield {
            "assessor_id": UUID(row.examiner),
            "state": row.state,
            "n_double_marked": row.n_double_marked,
            "figures": _figures(row, moved),
        }


def _drift(
    work: Work, scheme_id: UUID, wanted: AssessorReviewCreate, after: Sequence[Rating]
) -> DriftTable | None:
    """Compare with the period of the same length just before; None where that cannot be told."""
    length = wanted.held_until - wanted.held_from
    until = wanted.held_from - timedelta(days=1)
    before = _ratings(work, scheme_id, until - length, until)
    try:
        return examiner_drift(before, after, categories=RATINGS)
    except NotEstimable:
        return None


def _provenance(table: ExaminerTable, drift: DriftTable | None) -> dict[str, Any]:
    return {
        "agreement": document(table.provenance),
        "drift": None if drift is None else document(drift.provenance),
    }


def _figures(row: ExaminerRow, moved: Mapping[str, Any]) -> dict[str, Any]:
    names = ("severity", "raw_severity", "kappa", "exact", "adjacent", "spread", "findings", "n_pairs")
    told = {name: document(getattr(row, name)) for name in names}
    return {**told, "drift": document(moved[row.examiner]) if row.examiner in moved else None}


def _told(work: Work, row: AssessorReviewRow) -> dict[str, Any]:
    return {
        **row.model_dump(exclude={"body_id", "salt"}),
        "assessors": [
            {"printed_name": people.known(work, found.assessor_id).printed_name, **_line(found)}
            for found in quality.findings(work, row.id)
        ],
    }


def _line(row: AssessorFindingRow) -> dict[str, Any]:
    return {
        "assessor_id": row.assessor_id,
        "state": row.state,
        "n_double_marked": row.n_double_marked,
        **row.figures,
    }
