"""What is asked of the ledger and of the declarations."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, select

from app.impartiality.rules import Answer
from app.impartiality.tables import DeclarationRow, InvolvementRow
from app.people.tables import PersonRow
from app.work import Work


def lock_candidate(work: Work, candidate_id: UUID) -> None:
    """Lock the candidate, so that two works about the same one follow each other."""
    work.session.exec(
        select(PersonRow.id)
        .where(col(PersonRow.body_id) == work.body_id, col(PersonRow.id) == candidate_id)
        .with_for_update()
    ).first()


def between(work: Work, person_id: UUID, candidate_id: UUID) -> Sequence[InvolvementRow]:
    """Return all acts of a person with a candidate, oldest first."""
    return work.session.exec(
        select(InvolvementRow)
        .where(
            col(InvolvementRow.body_id) == work.body_id,
            col(InvolvementRow.person_id) == person_id,
            col(InvolvementRow.candidate_id) == candidate_id,
        )
        .order_by(col(InvolvementRow.id))
    ).all()


def of_candidate(work: Work, candidate_id: UUID) -> Sequence[InvolvementRow]:
    """Return all acts of anybody with a candidate, oldest first."""
    return work.session.exec(
        select(InvolvementRow)
        .where(col(InvolvementRow.body_id) == work.body_id, col(InvolvementRow.candidate_id) == candidate_id)
        .order_by(col(InvolvementRow.id))
    ).all()


def declarations(work: Work, person_id: UUID, case_id: UUID) -> Sequence[DeclarationRow]:
    """Return all that the person declared for this case, oldest first."""
    return work.session.exec(
        select(DeclarationRow)
        .where(
            col(DeclarationRow.body_id) == work.body_id,
            col(DeclarationRow.person_id) == person_id,
            col(DeclarationRow.case_id) == case_id,
        )
        .order_by(col(DeclarationRow.id))
    ).all()


def who_declared(work: Work, case_id: UUID) -> frozenset[UUID]:
    """Return who declared a conflict in a case."""
    found = work.session.exec(
        select(DeclarationRow.person_id).where(
            col(DeclarationRow.body_id) == work.body_id,
            col(DeclarationRow.case_id) == case_id,
            col(DeclarationRow.answer) == Answer.DECLARED,
        )
    ).all()
    return frozenset(found)
