"""What advisers note: a firm's need, who was proposed and chosen, and why a mentor was changed."""

from datetime import date
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa

from app.core.table import Audited, Guard, Part, keys, personal, restricted

_NEVER = "1 = 1"


class NeedRow(Audited, table=True):
    """What a firm needs, as an adviser found out; never changed, only followed by proposals and a choice."""

    __tablename__ = "directory_needs"
    __table_args__ = keys(
        sa.Index(None, "body_id", "adviser_id"),
        adviser_id="people",
        chosen_id="directory_listings",
        audited=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard(
            "as_found",
            "7.1",
            "UPDATE",
            "NEW.adviser_id <> OLD.adviser_id OR NEW.noted_on <> OLD.noted_on"
            " OR CAST(NEW.expertise AS TEXT) <> CAST(OLD.expertise AS TEXT)"
            " OR (NEW.chosen_id IS NULL AND OLD.chosen_id IS NOT NULL)",
        ),
    )

    adviser_id: UUID = restricted()
    firm: str = personal(max_length=200)
    asked_by: str = personal(max_length=200)
    """Who in the firm asked."""
    words: str = personal(max_length=4000)
    expertise: list[str] = restricted(sa_type=sa.JSON)
    phase: str | None = restricted(None, max_length=64)
    sector: str | None = restricted(None, max_length=64)
    language: str | None = restricted(None, max_length=2)
    noted_on: date = restricted()
    chosen_id: UUID | None = restricted(None)
    """The listing of the mentor who works with the firm now."""


class ProposalRow(Part, table=True):
    """One mentor proposed to the firm for a need."""

    __tablename__ = "directory_proposals"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "stream", "listing_id"),
        stream="directory_needs",
        listing_id="directory_listings",
        part=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (Guard("as_made", "7.1", "UPDATE", _NEVER),)

    listing_id: UUID = restricted()
    proposed_by: UUID = restricted()
    proposed_on: date = restricted()


class MentorChangeRow(Part, table=True):
    """That a firm's mentor was changed, and why; a change is no fault of either."""

    __tablename__ = "directory_mentor_changes"
    __table_args__ = keys(
        sa.Index(None, "body_id", "stream"),
        sa.CheckConstraint("from_id <> to_id", name="another"),
        stream="directory_needs",
        from_id="directory_listings",
        to_id="directory_listings",
        part=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (Guard("as_noted", "7.1", "UPDATE", _NEVER),)

    from_id: UUID = restricted()
    to_id: UUID = restricted()
    reason: str = personal(max_length=4000)
    changed_on: date = restricted()
    noted_by: UUID = restricted()
