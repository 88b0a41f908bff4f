"""A person's profile on one scheme version, and the ratings in it; ratings are added, never changed."""

from datetime import date
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa

from app.core.table import Audited, Guard, Part, ScaledDecimal, enum_type, keys, personal, restricted
from skillcard.profile import Source


class ProfileRow(Audited, table=True):
    """The skill card of one person on one scheme version."""

    __tablename__ = "profiles"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "person_id", "scheme_version_id"),
        person_id="people",
        scheme_version_id="scheme_versions",
        audited=True,
    )

    person_id: UUID = restricted()
    scheme_version_id: UUID = restricted()


class RatingRow(Part, table=True):
    """One rating of one element by one source on one day; of one day the later `rev` stands."""

    __tablename__ = "skill_ratings"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "stream", "rev", "source", "element"),
        sa.CheckConstraint("level BETWEEN 0 AND 500", name="level"),
        stream="profiles",
        part=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (Guard("kept_as_given", "7.2", "UPDATE", "NEW.rev <> OLD.rev"),)

    element: str = restricted(max_length=64)
    level: Decimal = personal(sa_type=ScaledDecimal(2))
    source: Source = restricted(sa_type=enum_type(Source))
    rated_on: date = restricted()
