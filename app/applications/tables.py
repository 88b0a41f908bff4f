"""Cases, their reviews, and what was asked for special needs."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa

from app.applications.rules import AccommodationState, CaseState, Outcome
from app.core.table import Audited, Guard, Part, enum_type, health, keys, restricted

_MOVED = (
    "EXISTS (SELECT 1 FROM version_moves m WHERE m.body_id = NEW.body_id AND m.stream = NEW.id"
    " AND m.from_version_id = OLD.scheme_version_id AND m.to_version_id = NEW.scheme_version_id)"
)
_OPEN_CASE = (
    "EXISTS (SELECT 1 FROM cases c WHERE c.body_id = NEW.body_id AND c.id = NEW.stream AND NOT c.is_pilot"
    " AND c.scheme_version_id = NEW.from_version_id AND c.state IN ('submitted', 'admitted', 'examined'))"
)
_TO_PUBLISHED = (
    "EXISTS (SELECT 1 FROM scheme_versions o JOIN scheme_versions n ON n.body_id = o.body_id"
    " AND n.scheme_id = o.scheme_id AND n.id <> o.id WHERE o.body_id = NEW.body_id"
    " AND o.id = NEW.from_version_id AND n.id = NEW.to_version_id AND n.state = 'published')"
)


class CaseRow(Audited, table=True):
    """One person's way to one certification, under one frozen scheme version at a time (GEN-2)."""

    __tablename__ = "cases"
    __table_args__ = keys(
        sa.Index(None, "body_id", "person_id"),
        sa.UniqueConstraint("body_id", "id", "person_id"),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name="level"),
        person_id="people",
        scheme_version_id="scheme_versions",
        audited=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard(
            "one_version",
            "GEN-2",
            "UPDATE",
            f"NEW.scheme_version_id <> OLD.scheme_version_id AND NOT {_MOVED}"
            " OR NEW.person_id <> OLD.person_id"
            " OR NEW.level <> OLD.level OR NEW.submitted_at <> OLD.submitted_at"
            " OR NEW.is_pilot <> OLD.is_pilot",
        ),
        Guard(
            "pilot_is_pilot",
            "SCH-5",
            "INSERT",
            "NOT NEW.is_pilot AND EXISTS (SELECT 1 FROM scheme_versions v WHERE v.body_id = NEW.body_id"
            " AND v.id = NEW.scheme_version_id AND v.state = 'pilot')",
        ),
    )

    person_id: UUID = restricted()
    scheme_version_id: UUID = restricted()
    level: int = restricted()
    phases: list[str] = restricted(sa_type=sa.JSON)
    endorsements: list[str] = restricted(sa_type=sa.JSON)
    language: str = restricted(max_length=2)
    state: CaseState = restricted(CaseState.SUBMITTED, sa_type=enum_type(CaseState))
    submitted_at: datetime = restricted()
    submitted_on: date = restricted()
    is_pilot: bool = restricted(False)
    """Begun while the version was in pilot: examined like any other, and never certified."""
    agreement_version: int = restricted()
    """The version of the agreement that the person accepted when applying (APP-2)."""
    overview_version: int = restricted()
    """The version of the overview that the person had before her (APP-1)."""
    needs_confirmed: list[str] | None = restricted(None, sa_type=sa.JSON)
    """The stated needs (time, equipment, languages) that she said she can meet; None before it was asked."""


class VersionMoveRow(Part, table=True):
    """That a case (`stream`) came under a newer version of its scheme, and what it takes on top (SCH-5)."""

    __tablename__ = "version_moves"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "stream", "from_version_id"),
        sa.CheckConstraint("from_version_id <> to_version_id", name="versions"),
        part=True,
        stream="cases",
        from_version_id="scheme_versions",
        to_version_id="scheme_versions",
        moved_by="people",
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard("as_moved", "SCH-5", "UPDATE", "1 = 1"),
        Guard("of_an_open_case", "SCH-5", "INSERT", f"NOT {_OPEN_CASE} OR NOT {_TO_PUBLISHED}"),
    )

    from_version_id: UUID = restricted()
    to_version_id: UUID = restricted()
    extra_assessment: list[str] = restricted(sa_type=sa.JSON)
    moved_by: UUID = restricted()
    moved_at: datetime = restricted()
    moved_on: date = restricted()


class ReviewRow(Audited, table=True):
    """The entry assessment: what was found for each prerequisite, and what the reviewer concluded (APP-3)."""

    __tablename__ = "application_reviews"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "case_id"),
        sa.ForeignKeyConstraint(
            ["body_id", "involvement_id", "reviewer_id", "case_id", "act"],
            [
                "involvements.body_id",
                "involvements.id",
                "involvements.person_id",
                "involvements.case_id",
                "involvements.act",
            ],
        ),
        sa.CheckConstraint("act = 'reviewed'", name="act"),
        case_id="cases",
        reviewer_id="people",
        audited=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (Guard("as_concluded", "APP-3", "UPDATE", "1 = 1"),)

    case_id: UUID = restricted()
    reviewer_id: UUID = restricted()
    involvement_id: UUID = restricted()
    act: str = restricted("reviewed", max_length=40)
    outcome: Outcome = restricted(sa_type=enum_type(Outcome))
    answers: list[dict[str, Any]] = restricted(sa_type=sa.JSON)
    unmet: list[str] = restricted(sa_type=sa.JSON)
    close_by: date | None = restricted(None)
    reviewed_at: datetime = restricted()


class AccommodationRow(Part, table=True):
    """A request for special arrangements: the reason is for the accommodation officer alone (ASM-2)."""

    __tablename__ = "accommodations"
    __table_args__ = keys(sa.UniqueConstraint("body_id", "stream"), part=True, stream="cases")

    state: AccommodationState = restricted(sa_type=enum_type(AccommodationState))
    reason: str | None = health(None)
    extra_time_percent: int = restricted(0)
    """What assessors and timers see: the adjustment, never the reason."""
    other_adjustment: str | None = restricted(None)
