"""What is asked about assemblies, and about the forms that they draw on."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlmodel import col, select

from app.core.errors import NotFound
from app.itembank.rules import FormState
from app.itembank.tables import AssemblyRow, FormRow, StudyRow
from app.work import Work


def assembly(work: Work, assembly_id: UUID, *, lock: bool = False) -> AssemblyRow:
    """Return an assembly of this body, locked for change if asked for."""
    query = select(AssemblyRow).where(
        col(AssemblyRow.body_id) == work.body_id, col(AssemblyRow.id) == assembly_id
    )
    found = work.session.exec(query.with_for_update() if lock else query).first()
    if found is None:
        raise NotFound("assembly")
    return found


def forms_of(work: Work, assembly_id: UUID) -> Sequence[FormRow]:
    """Return the forms that came of an assembly, by code."""
    return work.session.exec(
        select(FormRow)
        .where(col(FormRow.body_id) == work.body_id, col(FormRow.assembly_id) == assembly_id)
        .order_by(col(FormRow.code))
    ).all()


def forms_by_id(work: Work, ids: Collection[UUID]) -> Sequence[FormRow]:
    """Return forms of this body by id."""
    return work.session.exec(
        select(FormRow)
        .where(col(FormRow.body_id) == work.body_id, col(FormRow.id).in_(ids))
        .order_by(col(FormRow.id))
    ).all()


def studies(work: Work, version_id: UUID, component: str) -> Sequence[StudyRow]:
    """Return the studies of a component's forms that were ever approved, oldest first."""
    return work.session.exec(
        select(StudyRow)
        .join(
            FormRow,
            (col(FormRow.body_id) == col(StudyRow.body_id)) & (col(FormRow.id) == col(StudyRow.stream)),
        )
        .where(
            col(StudyRow.body_id) == work.body_id,
            col(FormRow.scheme_version_id) == version_id,
            col(FormRow.component) == component,
            col(FormRow.state) != FormState.DRAFT,
        )
        .order_by(col(StudyRow.id))
    ).all()
