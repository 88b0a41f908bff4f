"""What is asked about forms, items and studies."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, select

from app.core.errors import NotFound
from app.core.paging import Slice, Window, page
from app.itembank.rules import FormState
from app.itembank.tables import FormItemRow, FormRow, StudyRow
from app.work import Work


def form(work: Work, form_id: UUID) -> FormRow:
    """Return a form of this body."""
    found = work.session.get(FormRow, (work.body_id, form_id))
    if found is None:
        raise NotFound("form")
    return found


def form_for_update(work: Work, form_id: UUID) -> FormRow:
    """Return a form, locked for change."""
    found = work.session.exec(
        select(FormRow)
        .where(col(FormRow.body_id) == work.body_id, col(FormRow.id) == form_id)
        .with_for_update()
    ).first()
    if found is None:
        raise NotFound("form")
    return found


def forms(work: Work, wanted: Window) -> Slice[FormRow]:
    """Return one page of the body's forms."""
    query = select(FormRow).where(col(FormRow.body_id) == work.body_id).order_by(col(FormRow.id))
    if wanted.after is not None:
        query = query.where(col(FormRow.id) > wanted.after)
    return page(work.session.exec(query.limit(wanted.limit + 1)).all(), wanted)


def is_taken(work: Work, version_id: UUID, code: str, version: int) -> bool:
    """Tell whether a scheme version has this form already."""
    found = work.session.exec(
        select(FormRow.id).where(
            col(FormRow.body_id) == work.body_id,
            col(FormRow.scheme_version_id) == version_id,
            col(FormRow.code) == code,
            col(FormRow.version) == version,
        )
    ).first()
    return found is not None


def approved(work: Work, version_id: UUID, component: str, language: str) -> Sequence[FormRow]:
    """Return the approved forms of a component in a language, oldest first."""
    return work.session.exec(
        select(FormRow)
        .where(
            col(FormRow.body_id) == work.body_id,
            col(FormRow.scheme_version_id) == version_id,
            col(FormRow.component) == component,
            col(FormRow.language) == language,
            col(FormRow.state) == FormState.APPROVED,
        )
        .order_by(col(FormRow.id))
    ).all()


def items_of(work: Work, form_id: UUID) -> Sequence[FormItemRow]:
    """Return the items of a form in its order."""
    return work.session.exec(
        select(FormItemRow)
        .where(col(FormItemRow.body_id) == work.body_id, col(FormItemRow.stream) == form_id)
        .order_by(col(FormItemRow.place))
    ).all()


def study_if_any(work: Work, form_id: UUID) -> StudyRow | None:
    """Return the study of a form; one that was put together from the bank gets it later."""
    return work.session.exec(
        select(StudyRow).where(col(StudyRow.body_id) == work.body_id, col(StudyRow.stream) == form_id)
    ).first()
