"""Badges: thanks for a milestone, public as long as the mentor wants, and no certificate."""

from datetime import date
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa

from app.core.table import Audited, Guard, enum_type, keys, public, restricted
from app.practice.rules import BadgeState, Milestone

_STANDING = "state = 'awarded'"
_UNEARNED = (
    "NOT EXISTS (SELECT 1 FROM practice_milestones m, practice_engagements e WHERE m.body_id = NEW.body_id"
    " AND m.id = NEW.milestone_id AND m.kind = NEW.kind AND m.state = 'confirmed'"
    " AND e.body_id = NEW.body_id AND e.id = m.stream AND e.person_id = NEW.person_id)"
)


class BadgeRow(Audited, table=True):
    """A badge; it holds no name: the mentor's is read when the badge is looked at, if she wants it shown."""

    __tablename__ = "practice_badges"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "code"),
        sa.Index(None, "body_id", "person_id"),
        sa.Index(
            "uq_practice_badges_standing",
            "body_id",
            "milestone_id",
            unique=True,
            sqlite_where=sa.text(_STANDING),
            postgresql_where=sa.text(_STANDING),
        ),
        sa.CheckConstraint("(state = 'revoked') = (revoked_on IS NOT NULL)", name="revoked"),
        person_id="people",
        milestone_id="practice_milestones",
        audited=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard("unearned", "BDG-1", "INSERT", _UNEARNED),
        Guard(
            "as_awarded",
            "BDG-1",
            "UPDATE",
            "OLD.state = 'revoked' OR NEW.code <> OLD.code OR NEW.person_id <> OLD.person_id"
            " OR NEW.milestone_id <> OLD.milestone_id OR NEW.kind <> OLD.kind"
            " OR NEW.with_name <> OLD.with_name OR NEW.awarded_on <> OLD.awarded_on",
        ),
    )

    code: str = public(max_length=20)
    person_id: UUID = restricted()
    milestone_id: UUID = restricted()
    kind: Milestone = public(sa_type=enum_type(Milestone))
    with_name: bool = restricted()
    awarded_on: date = public()
    state: BadgeState = public(BadgeState.AWARDED, sa_type=enum_type(BadgeState))
    revoked_on: date | None = restricted(None)
