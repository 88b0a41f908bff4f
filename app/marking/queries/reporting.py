"""What reports ask about the results and sheets of a period."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from app.applications.tables import CaseRow
from app.marking.rules import AssignmentState
from app.marking.tables import AssignmentRow, ResultRow
from app.work import Work


def judged_in(
    work: Work, version_id: UUID, component: str, first: date, last: date
) -> Sequence[tuple[ResultRow, int, UUID]]:
    """Return the results of a judged component released in a period, with level and candidate of the case."""
    query = (
        select(ResultRow, CaseRow.level, CaseRow.person_id)
        .join(
            CaseRow,
            sa.and_(
                col(CaseRow.body_id) == col(ResultRow.body_id), col(CaseRow.id) == col(ResultRow.case_id)
            ),
        )
        .where(
            col(ResultRow.body_id) == work.body_id,
            col(CaseRow.scheme_version_id) == version_id,
            col(ResultRow.component) == component,
            col(ResultRow.rule) == "offsets",
            col(ResultRow.released_on) >= first,
            col(ResultRow.released_on) <= last,
        )
        .order_by(col(ResultRow.id))
    )
    return work.session.exec(query).all()


def assignments_in(work: Work, case_ids: Iterable[UUID], component: str) -> Sequence[AssignmentRow]:
    """Return the submitted sheets of a component in some cases; those set aside are none of them."""
    return work.session.exec(
        select(AssignmentRow)
        .where(
            col(AssignmentRow.body_id) == work.body_id,
            col(AssignmentRow.case_id).in_(list(case_ids)),
            col(AssignmentRow.component) == component,
            col(AssignmentRow.state) == AssignmentState.SUBMITTED,
        )
        .order_by(col(AssignmentRow.id))
    ).all()
