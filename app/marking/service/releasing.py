"""Compute and release results from the raw material, show them, and hand over the evidence behind them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from app.access.permissions import Permission
from app.applications import service as applications
from app.applications.rules import CaseAction, CaseState
from app.applications.tables import CaseRow
from app.audit.canonical import digest
from app.audit.events import Event
from app.core.errors import Conflict
from app.delivery import service as delivery
from app.delivery.tables import ExternalResultRow
from app.itembank import service as itembank
from app.marking import queries
from app.marking.service import computing, written
from app.marking.service.material import assignments_of, component_of, package_of, sheets_of
from app.marking.service.moderating import ensure_moderated
from app.marking.service.remarking import ensure_uninvolved
from app.marking.service.standings import scheme_of
from app.marking.tables import MarkRow, ResultRow
from app.profiles import service as profiles
from app.schemes import assessing
from app.work import Work
from assessments.results import document


def release(work: Work, case_id: UUID, component: str) -> ResultRow:
    """Compute a component's result from its raw material and release it (EXM-3, EXM-5, EXM-6)."""
    work.require(Permission.MARKING_RELEASE)
    case = applications.case_for_update(work, case_id)
    if case.state is not CaseState.ADMITTED:
        raise Conflict("case_not_admitted", rule="APP-3", state=case.state)
    package = package_of(work, case)
    plan = assessing.component(package, component)
    if component not in assessing.examined(package, case.level):
        raise Conflict("component_not_offered", rule="ASM-1", component=component)
    ensure_uninvolved(work, case.id, component, duty="release")
    applications.ensure_not_own(work, case, "release")
    row = _computed(work, case, component, plan["scoring"])
    work.session.add(row)
    work.record(
        Event.RESULT_RELEASED, row, case=case_id, component=component, passed=row.passed, rule=row.rule
    )
    if row.values and not case.is_pilot:  # a pilot tries out the scheme, not the person
        _enter_on_card(work, case, row)
    _move_on(work, case, package, row)
    return row


def read_results(work: Work, case_id: UUID) -> dict[str, object]:
    """Show the released results of a case; who looked is on record."""
    work.require(Permission.RESULTS_READ)
    case = applications.case(work, case_id)
    work.record(Event.RECORD_DISCLOSED, case, what="results")
    return {"items": results(work, case_id)}


def own_results(work: Work, case_id: UUID) -> dict[str, object]:
    """Show a candidate her released results by unit and element, never by item."""
    work.require(Permission.RESULTS_READ_OWN)
    applications.own_case(work, case_id)
    return {"items": results(work, case_id)}


def results(work: Work, case_id: UUID) -> Sequence[ResultRow]:
    """Return the latest released result of each component; callers have asked their own permission."""
    return list({row.component: row for row in queries.results_of(work, case_id)}.values())


def evidence(work: Work, case_id: UUID) -> list[dict[str, Any]]:
    """Return all that each result can be judged from again (DEC-3); callers asked their own permission."""
    case = applications.case(work, case_id)
    return [_EVIDENCE[row.rule](work, case, row) for row in results(work, case_id)]


def _computed(work: Work, case: CaseRow, component: str, scoring: str) -> ResultRow:
    """Compute what the latest try came to, wherever it was taken."""
    reported = delivery.external_to_release(work, case.id, component)
    if reported is not None:
        return _external(work, case, reported)
    return _keyed(work, case, component) if scoring == "key" else _judged(work, case, component)


def _external(work: Work, case: CaseRow, reported: ExternalResultRow) -> ResultRow:
    assert reported.attempt_no is not None, "only tries are released"
    delivery.conclude_external(work, reported)
    return _row(work, case, reported.component, reported.attempt_no, computing.external(reported))


def _keyed(work: Work, case: CaseRow, component: str) -> ResultRow:
    attempt = delivery.attempt_to_score(work, case.id, component)
    delivery.ensure_untouched(work, attempt)
    found = computing.keyed(work, case, attempt)
    delivery.conclude_attempt(work, attempt, passed=found["passed"])
    return _row(work, case, component, attempt.attempt_no, found)


def _judged(work: Work, case: CaseRow, code: str) -> ResultRow:
    component = component_of(work, case, code)
    number = delivery.present_sitting_no(work, case.id, code)
    sheets = [row.id for row in assignments_of(work, case.id, code, number)]
    ensure_moderated(work, scheme_of(work, case), sheets)
    sitting = delivery.sitting(work, case.id, code, number)
    found = computing.judged(work, component, number)
    delivery.conclude_sitting(work, sitting, passed=found["passed"])
    return _row(work, case, code, number, found)


def _row(work: Work, case: CaseRow, component: str, attempt_no: int, found: computing.Found) -> ResultRow:
    return ResultRow(
        body_id=work.body_id,
        case_id=case.id,
        component=component,
        attempt_no=attempt_no,
        released_by=work.person_id,
        released_at=work.now,
        released_on=work.today,
        **found,
    )


def _enter_on_card(work: Work, case: CaseRow, row: ResultRow) -> None:
    """Put what the assessors found on the candidate's skill card, under the day on which they saw it."""
    seen_on = delivery.sitting(work, case.id, row.component, row.attempt_no).held_on
    ratings = {entry["element"]: Decimal(entry["value"]) for entry in row.values}
    profiles.enter_assessed(work, case.person_id, case.scheme_version_id, ratings, seen_on)


def _move_on(work: Work, case: CaseRow, package: Mapping[str, Any], released: ResultRow) -> None:
    """Move the case on once every final component of its level is passed."""
    passed = {row.component for row in results(work, case.id) if row.passed}
    if released.passed:
        passed.add(released.component)
    if passed >= set(assessing.examined(package, case.level)):
        applications.advance(work, case, CaseAction.EXAMINE)


def _keyed_evidence(work: Work, case: CaseRow, row: ResultRow) -> dict[str, Any]:
    assert row.form_id is not None
    form = itembank.form(work, row.form_id)
    study, cut = itembank.cut(work, form, case.level)
    attempt = delivery.attempt(work, case.id, row.component, row.attempt_no)
    return {
        **_head(row),
        "attempt": str(attempt.id),
        "responses_sha256": digest(attempt.responses),
        "form": str(form.id),
        "form_code": form.code,
        "form_version": form.version,
        "form_sha256": form.document_sha256,
        "key_version": row.key_version,
        "scoring_version": row.version,
        "score": row.score_raw,
        "score_exact": row.score_exact,
        "maximum": row.score_maximum,
        "cut": cut,
        "rounding": study.rounding,
        "study": str(study.id),
        "units": row.units,
        "written": {seat.value: sheet for seat, sheet in written.sheets_of(work, attempt).items()},
    }


def _judged_evidence(work: Work, case: CaseRow, row: ResultRow) -> dict[str, Any]:
    component = component_of(work, case, row.component)
    standard = component.standard
    seats = assignments_of(work, case.id, row.component, row.attempt_no)
    ratings = {
        sheet.seat: sheet.ratings
        for sheet in sheets_of(work, component, row.attempt_no)
        if sheet.is_submitted
    }
    assisted = [mark for mark in queries.marks_of(work, [seat.id for seat in seats]) if mark.ai_system]
    return {
        **_head(row),
        "marking_version": row.version,
        "target": standard.target,
        "critical": sorted(standard.critical),
        "pass_rule": document(standard.pass_rule),
        "adjudication_rule": document(standard.adjudication),
        "seats": [
            {
                "seat": str(seat.seat),
                "assessor": str(seat.assessor_id),
                "seen": str(seat.seen),
                "ratings": dict(ratings[seat.seat]),
                "assisted": [_assistance(mark) for mark in assisted if mark.stream == seat.id],
            }
            for seat in seats
            if seat.seat in ratings
        ],
        "reasons": row.reasons,
        "values": row.values,
        "failing": row.failing,
    }


def _assistance(mark: MarkRow) -> dict[str, Any]:
    """Tell which machine took part in a line, and who took it over as her own judgement (AI-1)."""
    assert mark.confirmed_at is not None, "a sheet with an unconfirmed line is never submitted"
    return {
        "element": mark.element,
        "system": mark.ai_system,
        "version": mark.ai_version,
        "confirmed_by": str(mark.confirmed_by),
        "confirmed_at": mark.confirmed_at.isoformat(),
    }


def _external_evidence(work: Work, _case: CaseRow, row: ResultRow) -> dict[str, Any]:
    assert row.external_id is not None
    reported = delivery.external_result(work, row.external_id)
    exam = delivery.external_exam(work, reported.exam_id)
    return {
        **_head(row),
        "external_result": str(reported.id),
        "provider": exam.provider,
        "exam": exam.exam,
        "reference": reported.reference,
        "taken_on": reported.taken_on.isoformat(),
        "outcome": reported.outcome.value,
        "accepted_by": str(exam.accepted_by),
        "accepted_reasons": exam.reasons,
    }


_EVIDENCE = {"cut": _keyed_evidence, "offsets": _judged_evidence, "external": _external_evidence}
"""By the rule of a result, what it can be judged from again."""


def _head(row: ResultRow) -> dict[str, Any]:
    return {
        "result": str(row.id),
        "component": row.component,
        "attempt_no": row.attempt_no,
        "rule": row.rule,
        "passed": row.passed,
        "released_by": str(row.released_by),
        "released_on": row.released_on.isoformat(),
    }
