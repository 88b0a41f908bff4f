"""Engagements handed over from one mentor to another."""

from datetime import date
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa

from app.core.table import Audited, Guard, enum_type, keys, personal, restricted
from app.practice.rules.handing_over import HandOverState

_LIVE = "state IN ('offered', 'accepted')"
_KEPT = "engagement_id", "from_person_id", "to_person_id", "offered_by", "offered_on"


class HandOverRow(Audited, table=True):
    """An ended engagement offered to another mentor; who accepts opens an engagement that continues it."""

    __tablename__ = "practice_hand_overs"
    __table_args__ = keys(
        sa.Index(
            "uq_practice_hand_overs_live",
            "body_id",
            "engagement_id",
            unique=True,
            sqlite_where=sa.text(_LIVE),
            postgresql_where=sa.text(_LIVE),
        ),
        sa.Index(None, "body_id", "to_person_id"),
        sa.CheckConstraint("from_person_id <> to_person_id", name="another"),
        sa.CheckConstraint("(state = 'offered') = (settled_on IS NULL)", name="settled"),
        engagement_id="practice_engagements",
        from_person_id="people",
        to_person_id="people",
        offered_by="people",
        audited=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard(
            "of_what_has_ended",
            "7.3",
            "INSERT",
            "NOT EXISTS (SELECT 1 FROM practice_engagements e WHERE e.body_id = NEW.body_id"
            " AND e.id = NEW.engagement_id AND e.person_id = NEW.from_person_id AND e.state = 'ended')",
        ),
        Guard(
            "settled_once",
            "7.3",
            "UPDATE",
            "OLD.state <> 'offered' OR " + " OR ".join(f"NEW.{name} <> OLD.{name}" for name in _KEPT),
        ),
    )

    engagement_id: UUID = restricted()
    from_person_id: UUID = restricted()
    to_person_id: UUID = restricted()
    need: str = personal(max_length=4000)
    """What the firm needs now."""
    why: str = personal(max_length=4000)
    """Why another mentor serves it better."""
    offered_by: UUID = restricted()
    """The mentor herself, or an adviser."""
    offered_on: date = restricted()
    state: HandOverState = restricted(HandOverState.OFFERED, sa_type=enum_type(HandOverState))
    settled_on: date | None = restricted(None)
