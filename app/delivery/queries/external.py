"""What is asked about examinations that others hold."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, select

from app.core.errors import NotFound
from app.delivery.tables import ExternalExamRow, ExternalResultRow
from app.work import Work


def external_exam(work: Work, exam_id: UUID) -> ExternalExamRow:
    """Return an accepted examination of a provider."""
    found = work.session.get(ExternalExamRow, (work.body_id, exam_id))
    if found is None:
        raise NotFound("external_exam")
    return found


def external_exams(work: Work) -> Sequence[ExternalExamRow]:
    """Return all accepted examinations, oldest first."""
    return work.session.exec(
        select(ExternalExamRow)
        .where(col(ExternalExamRow.body_id) == work.body_id)
        .order_by(col(ExternalExamRow.id))
    ).all()


def external_result(work: Work, result_id: UUID) -> ExternalResultRow:
    """Return what a provider reported."""
    found = work.session.get(ExternalResultRow, (work.body_id, result_id))
    if found is None:
        raise NotFound("external_result")
    return found


def external_results_of(work: Work, case_id: UUID, component: str) -> Sequence[ExternalResultRow]:
    """Return what providers said of a case's component, oldest first."""
    return work.session.exec(
        select(ExternalResultRow)
        .where(
            col(ExternalResultRow.body_id) == work.body_id,
            col(ExternalResultRow.case_id) == case_id,
            col(ExternalResultRow.component) == component,
        )
        .order_by(col(ExternalResultRow.id))
    ).all()


def reported(work: Work, exam_id: UUID, reference: str) -> ExternalResultRow | None:
    """Return the result that a provider reported under a reference."""
    return work.session.exec(
        select(ExternalResultRow).where(
            col(ExternalResultRow.body_id) == work.body_id,
            col(ExternalResultRow.exam_id) == exam_id,
            col(ExternalResultRow.reference) == reference,
        )
    ).first()
