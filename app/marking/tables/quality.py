"""Moderations of a period's sheets, and reviews of how assessors agree (ISO/IEC 17024, 6.2.2.2)."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa

from app.core.table import Audited, Guard, Part, ScaledDecimal, enum_type, exam_secret, keys, restricted
from app.marking.rules.moderation import ModerationVerdict
from assessments.examiners import ExaminerState, Reason


class ModerationRow(Audited, table=True):
    """A sample of a period's sheets of one component, drawn once their ratings stood."""

    __tablename__ = "moderations"
    __table_args__ = keys(
        sa.Index(None, "body_id", "scheme_id", "component"),
        sa.CheckConstraint("held_until >= held_from", name="period"),
        scheme_id="schemes",
        drawn_by="people",
        audited=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard("as_drawn", "EXM-6", "UPDATE", "NEW.seed <> OLD.seed OR NEW.sheets <> OLD.sheets"),
    )

    scheme_id: UUID = restricted()
    component: str = restricted(max_length=20)
    held_from: date = restricted()
    held_until: date = restricted()
    seed: str = restricted(max_length=64)
    """Made after the ratings were given; who knows it can draw the sample again."""
    percent: int = restricted()
    least: int = restricted()
    margin: Decimal = restricted(sa_type=ScaledDecimal(2))
    sheets: int = restricted()
    version: str = restricted(max_length=40)
    drawn_by: UUID = restricted()
    drawn_at: datetime = restricted()


class ModerationSheetRow(Part, table=True):
    """One sheet of the population; those drawn bear a reason and wait for a verdict."""

    __tablename__ = "moderation_sheets"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "assignment_id"),
        sa.CheckConstraint("reason IS NOT NULL OR moderator_id IS NULL", name="drawn"),
        sa.CheckConstraint(
            "(verdict IS NULL) = (judged_at IS NULL) AND (verdict IS NULL OR moderator_id IS NOT NULL)",
            name="verdict",
        ),
        part=True,
        stream="moderations",
        assignment_id="assignments",
        moderator_id="people",
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard(
            "judged",
            "EXM-6",
            "UPDATE",
            "OLD.verdict IS NOT NULL OR NEW.assignment_id <> OLD.assignment_id OR NEW.digest <> OLD.digest"
            " OR (NEW.reason IS NULL) <> (OLD.reason IS NULL)",
        ),
        Guard(
            "moderator_marked",
            "EXM-6",
            "UPDATE",
            "EXISTS (SELECT 1 FROM assignments a JOIN assignments o ON o.body_id = a.body_id"
            " AND o.case_id = a.case_id AND o.component = a.component WHERE a.body_id = NEW.body_id"
            " AND a.id = NEW.assignment_id AND o.assessor_id = NEW.moderator_id)",
        ),
    )

    assignment_id: UUID = restricted()
    distance: Decimal = exam_secret(sa_type=ScaledDecimal(6))
    """Of its ratings from their line, in levels, when the sample was drawn."""
    digest: str = restricted(max_length=64)
    reason: Reason | None = restricted(None, sa_type=enum_type(Reason))
    moderator_id: UUID | None = restricted(None)
    verdict: ModerationVerdict | None = restricted(None, sa_type=enum_type(ModerationVerdict))
    note: str | None = exam_secret(None)
    judged_at: datetime | None = restricted(None)


class AssessorReviewRow(Audited, table=True):
    """How the assessors of a scheme agreed in a period, as it was found and acted upon (PER-5)."""

    __tablename__ = "assessor_reviews"
    __table_args__ = keys(
        sa.Index(None, "body_id", "scheme_id", "id"),
        sa.CheckConstraint("held_until >= held_from", name="period"),
        scheme_id="schemes",
        reviewed_by="people",
        audited=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (Guard("as_found", "PER-5", "UPDATE", "1 = 1"),)

    scheme_id: UUID = restricted()
    held_from: date = restricted()
    held_until: date = restricted()
    gate: Decimal = restricted(sa_type=ScaledDecimal(2))
    least: int = restricted()
    provenance: dict[str, Any] = restricted(sa_type=sa.JSON)
    reviewed_by: UUID = restricted()
    reviewed_at: datetime = restricted()


class AssessorFindingRow(Part, table=True):
    """One assessor in a review, with her figures and what PER-5 makes of them."""

    __tablename__ = "assessor_findings"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "stream", "assessor_id"),
        sa.Index(None, "body_id", "assessor_id"),
        part=True,
        stream="assessor_reviews",
        assessor_id="people",
    )
    guards: ClassVar[tuple[Guard, ...]] = (Guard("as_found", "PER-5", "UPDATE", "1 = 1"),)

    assessor_id: UUID = restricted()
    state: ExaminerState = restricted(sa_type=enum_type(ExaminerState))
    n_double_marked: int = restricted()
    figures: dict[str, Any] = restricted(sa_type=sa.JSON)
    """Severity, agreement, spread and their intervals; what moved since the period before."""
