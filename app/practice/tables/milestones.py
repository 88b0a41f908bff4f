"""Milestones as they were noted, and the indicators that were seen."""

from datetime import date
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa

from app.core.table import Guard, Part, enum_type, keys, personal, restricted
from app.practice.rules import Milestone, MilestoneState

_NOTHING_SEEN = (
    "NOT EXISTS (SELECT 1 FROM practice_milestone_indicators i WHERE i.body_id = NEW.body_id"
    " AND i.milestone_id = NEW.id)"
)
_SETTLED = (
    "EXISTS (SELECT 1 FROM practice_milestones m WHERE m.body_id = NEW.body_id AND m.id = NEW.milestone_id"
    " AND m.state <> 'noted')"
)


class MilestoneRow(Part, table=True):
    """A milestone of an engagement, as it was noted; only what the mentee says about it changes.

    The engagement's own list of milestones is what schemes count; one noted before indicators were asked for
    stands in that list alone.
    """

    __tablename__ = "practice_milestones"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "stream", "kind"), stream="practice_engagements", part=True
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard("noted_first", "7.3", "INSERT", "NEW.state <> 'noted'"),
        Guard(
            "kept_as_noted",
            "7.3",
            "UPDATE",
            "NEW.kind <> OLD.kind OR NEW.reached_on <> OLD.reached_on"
            " OR (NEW.state <> OLD.state AND (OLD.state = 'confirmed' OR NEW.state = 'noted'))",
        ),
        Guard("seen_by_nothing", "7.3", "UPDATE", f"NEW.state <> OLD.state AND {_NOTHING_SEEN}"),
    )

    kind: Milestone = restricted(sa_type=enum_type(Milestone))
    reached_on: date = restricted()
    state: MilestoneState = restricted(MilestoneState.NOTED, sa_type=enum_type(MilestoneState))
    settled_on: date | None = restricted(None)


class MilestoneIndicatorRow(Part, table=True):
    """One sign by which a milestone showed itself, with the mentor's note; it stays as it was noted."""

    __tablename__ = "practice_milestone_indicators"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "milestone_id", "code"),
        stream="practice_engagements",
        milestone_id="practice_milestones",
        evidence_id="practice_evidence",
        part=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard("added_later", "7.3", "INSERT", _SETTLED),
        Guard("as_noted", "7.3", "UPDATE", "1 = 1"),
    )

    milestone_id: UUID = restricted()
    code: str = restricted(max_length=64)
    note: str = personal(max_length=500)
    evidence_id: UUID | None = restricted(None)
