"""What is asked about profiles."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, select

from app.people.tables import PersonRow
from app.profiles.tables import ProfileRow, RatingRow
from app.work import Work


def lock_person(work: Work, person_id: UUID) -> None:
    """Lock the person, so that two first ratings do not open two profiles."""
    work.session.exec(
        select(PersonRow.id)
        .where(col(PersonRow.body_id) == work.body_id, col(PersonRow.id) == person_id)
        .with_for_update()
    ).first()


def profile(work: Work, person_id: UUID, version_id: UUID) -> ProfileRow | None:
    """Return a person's profile on a scheme version, if she has one."""
    return work.session.exec(
        select(ProfileRow).where(
            col(ProfileRow.body_id) == work.body_id,
            col(ProfileRow.person_id) == person_id,
            col(ProfileRow.scheme_version_id) == version_id,
        )
    ).first()


def ratings(work: Work, person_id: UUID, version_id: UUID) -> Sequence[RatingRow]:
    """Return all ratings of a person on a scheme version, in the order in which they were given."""
    return work.session.exec(
        select(RatingRow)
        .join(
            ProfileRow,
            (col(ProfileRow.body_id) == col(RatingRow.body_id))
            & (col(ProfileRow.id) == col(RatingRow.stream)),
        )
        .where(
            col(ProfileRow.body_id) == work.body_id,
            col(ProfileRow.person_id) == person_id,
            col(ProfileRow.scheme_version_id) == version_id,
        )
        .order_by(col(RatingRow.rev), col(RatingRow.element))
    ).all()
