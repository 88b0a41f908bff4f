"""What is asked about profiles."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.sql.expression import Select

from app.people.tables import PersonRow
from app.profiles.tables import ProfileRow, RatingRow
from app.work import Work
from skillcard.profile import Profile, Rating, Source


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


def versions_of(work: Work, person_id: UUID) -> Sequence[UUID]:
    """Return the scheme versions on which a person has a profile, the newest profile first."""
    return work.session.exec(
        select(ProfileRow.scheme_version_id)
        .where(col(ProfileRow.body_id) == work.body_id, col(ProfileRow.person_id) == person_id)
        .order_by(sa.desc(col(ProfileRow.id)))
    ).all()


def profile_of(work: Work, person_id: UUID, version_id: UUID) -> Profile:
    """Return all ratings of a person on a scheme version, in the order in which they were given."""
    rows = work.session.exec(_ratings(work, version_id).where(col(ProfileRow.person_id) == person_id)).all()
    return Profile(tuple(_rating(row) for row, _ in rows))


def profiles(work: Work, version_id: UUID, source: Source) -> dict[UUID, Profile]:
    """Return what one source gave to everybody of the body on a scheme version, by person."""
    by_person: dict[UUID, list[Rating]] = {}
    for row, person_id in work.session.exec(
        _ratings(work, version_id).where(col(RatingRow.source) == source)
    ):
        by_person.setdefault(person_id, []).append(_rating(row))
    return {person_id: Profile(tuple(ratings)) for person_id, ratings in by_person.items()}


def _ratings(work: Work, version_id: UUID) -> Select[RatingRow, UUID]:
    return (
        select(RatingRow, ProfileRow.person_id)
        .join(
            ProfileRow,
            (col(ProfileRow.body_id) == col(RatingRow.body_id))
            & (col(ProfileRow.id) == col(RatingRow.stream)),
        )
        .where(col(ProfileRow.body_id) == work.body_id, col(ProfileRow.scheme_version_id) == version_id)
        .order_by(col(RatingRow.rev), col(RatingRow.element))
    )


def _rating(row: RatingRow) -> Rating:
    return Rating(row.element, row.level, row.source, row.rated_on)
