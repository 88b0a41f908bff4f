"""Use cases of examinations that others hold: accept one for a component, take in its results (ASM-3)."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from app.access.permissions import Permission
from app.applications import service as applications
from app.audit.events import Event
from app.core.errors import Conflict, Invalid
from app.delivery import queries, rules
from app.delivery.rules import external as law
from app.delivery.schemas.external import ExternalExamCreate, ExternalResultCreate
from app.delivery.service.readiness import ensure_ready, tries_of
from app.delivery.tables import ExternalExamRow, ExternalResultRow
from app.schemes import assessing
from app.schemes import service as schemes
from app.work import Work


def accept_exam(work: Work, wanted: ExternalExamCreate) -> ExternalExamRow:
    """Decide that a provider's examination stands for a component, with reasons (ASM-3)."""
    work.require(Permission.DELIVERY_ACCEPT)
    schemes.known(work, wanted.scheme_id)
    if wanted.valid_until < wanted.valid_from:
        raise Invalid("validity_reversed", pointer="/valid_until")
    row = ExternalExamRow(body_id=work.body_id, accepted_by=work.person_id, **wanted.model_dump())
    work.session.add(row)
    work.record(Event.EXAM_ACCEPTED, row, provider=row.provider, exam=row.exam, component=row.component)
    return row


def end_exam(work: Work, exam_id: UUID, valid_until: date) -> ExternalExamRow:
    """Let a provider's examination stand for its component no longer than to a day."""
    work.require(Permission.DELIVERY_ACCEPT)
    row = queries.external_exam(work, exam_id)
    work.expect(row)
    if not row.valid_from <= valid_until <= row.valid_until:
        raise Invalid("validity_extended", pointer="/valid_until")
    row.valid_until = valid_until
    work.session.add(row)
    work.record(Event.EXAM_ENDED, row, valid_until=valid_until)
    return row


def exams(work: Work) -> dict[str, object]:
    """Return all examinations of providers that were accepted."""
    work.require(Permission.DELIVERY_REPORT)
    return {"items": queries.external_exams(work)}


def report(work: Work, wanted: ExternalResultCreate) -> ExternalResultRow:
    """Take in what a provider says of a candidate; the same reference says it once (ASM-3)."""
    work.require(Permission.DELIVERY_REPORT)
    exam = queries.external_exam(work, wanted.exam_id)
    case = applications.case_for_update(work, wanted.case_id)
    applications.ensure_not_own(work, case, "report a result")
    if schemes.version_of(work, case.scheme_version_id).scheme_id != exam.scheme_id:
        raise Invalid("exam_of_other_scheme", pointer="/exam_id")
    if queries.reported(work, exam.id, wanted.reference) is not None:
        raise Conflict("reference_taken", reference=wanted.reference)
    law.ensure_counts(
        taken_on=wanted.taken_on, valid_from=exam.valid_from, valid_until=exam.valid_until, today=work.today
    )
    package = ensure_ready(work, case, exam.component)
    number = None
    if wanted.outcome.is_try:
        tries = tries_of(work, case.id, exam.component)
        number = rules.next_try(tries, assessing.retake(package), wanted.taken_on)
    row = ExternalResultRow(
        body_id=work.body_id, component=exam.component, attempt_no=number, **wanted.model_dump()
    )
    work.session.add(row)
    work.record(
        Event.EXTERNAL_REPORTED, row, exam=exam.id, case=case.id, component=row.component, outcome=row.outcome
    )
    return row


def external_to_release(work: Work, case_id: UUID, component: str) -> ExternalResultRow | None:
    """Return the reported result that waits for its release; callers have asked their own permission."""
    rows: Sequence[ExternalResultRow] = queries.external_results_of(work, case_id, component)
    return next((row for row in rows if row.outcome.is_try and row.passed is None), None)


def external_exam(work: Work, exam_id: UUID) -> ExternalExamRow:
    """Return an accepted examination; callers have asked their own permission."""
    return queries.external_exam(work, exam_id)


def external_result(work: Work, result_id: UUID) -> ExternalResultRow:
    """Return a reported result; callers have asked their own permission."""
    return queries.external_result(work, result_id)


def conclude_external(work: Work, row: ExternalResultRow) -> bool:
    """Let a reported result count, once; callers release it in the same work."""
    row.passed, row.concluded_on = row.outcome is law.ExternalOutcome.PASS, work.today
    work.session.add(row)
    work.record(Event.EXTERNAL_CONCLUDED, row, component=row.component, passed=row.passed)
    return row.passed
