"""Calibration exercises with their reference ratings, and assessors' tries."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa

from app.core.table import Audited, Guard, Part, ScaledDecimal, enum_type, exam_secret, keys, restricted
from app.marking.rules.calibration import Closeness, ExerciseState

_DRAFT = (
    "EXISTS (SELECT 1 FROM calibration_exercises e WHERE e.body_id = NEW.body_id AND e.id = NEW.stream"
    " AND e.state = 'draft')"
)
_OPEN_EXERCISE = (
    "EXISTS (SELECT 1 FROM calibration_exercises e WHERE e.body_id = NEW.body_id AND e.id = NEW.exercise_id"
    " AND e.state = 'published')"
)


class CalibrationExerciseRow(Audited, table=True):
    """Performances that experts have rated, and how close an assessor must come to them (PER-1)."""

    __tablename__ = "calibration_exercises"
    __table_args__ = keys(
        sa.Index(None, "body_id", "scheme_version_id", "component"),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name="level"),
        sa.CheckConstraint("least BETWEEN 1 AND 100", name="least"),
        sa.CheckConstraint("valid_months BETWEEN 1 AND 60", name="valid_months"),
        scheme_version_id="scheme_versions",
        drafted_by="people",
        audited=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard(
            "as_published",
            "PER-1",
            "UPDATE",
            "NEW.component <> OLD.component OR NEW.level <> OLD.level OR NEW.closeness <> OLD.closeness"
            " OR NEW.least <> OLD.least OR NEW.valid_months <> OLD.valid_months"
            " OR NEW.scheme_version_id <> OLD.scheme_version_id OR NEW.is_example <> OLD.is_example"
            " OR OLD.state = 'retired' OR OLD.state = 'published' AND NEW.state = 'draft'"
            " OR CAST(NEW.experts AS TEXT) <> CAST(OLD.experts AS TEXT)",
        ),
    )

    scheme_version_id: UUID = restricted()
    component: str = restricted(max_length=20)
    level: int = restricted()
    title: str = restricted(max_length=200)
    closeness: Closeness = restricted(sa_type=enum_type(Closeness))
    least: Decimal = restricted(sa_type=ScaledDecimal(2))
    valid_months: int = restricted()
    experts: list[str] = restricted(sa_type=sa.JSON)
    """Who agreed on the reference ratings."""
    is_example: bool = restricted()
    state: ExerciseState = restricted(ExerciseState.DRAFT, sa_type=enum_type(ExerciseState))
    drafted_by: UUID = restricted()


class CalibrationPerformanceRow(Part, table=True):
    """One performance of an exercise (`stream`): text or recording, with the experts' ratings and reasons."""

    __tablename__ = "calibration_performances"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "stream", "number"),
        sa.CheckConstraint("(text IS NULL) <> (recording_url IS NULL)", name="one_kind"),
        sa.CheckConstraint("(recording_url IS NULL) = (recording_sha256 IS NULL)", name="recording"),
        part=True,
        stream="calibration_exercises",
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard("as_agreed", "PER-1", "UPDATE", "1 = 1"),
        Guard("in_draft", "PER-1", "INSERT", f"NOT {_DRAFT}"),
    )

    number: int = restricted()
    text: str | None = exam_secret(None)
    recording_url: str | None = exam_secret(None, max_length=2000)
    recording_sha256: str | None = restricted(None, max_length=64)
    references: dict[str, Any] = exam_secret(sa_type=sa.JSON)
    """Element → rating and reason."""


class CalibrationTryRow(Audited, table=True):
    """An assessor's one blind try at an exercise; whoever has seen the differences is blind no more."""

    __tablename__ = "calibration_tries"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "exercise_id", "assessor_id"),
        sa.Index(None, "body_id", "assessor_id"),
        sa.CheckConstraint("(submitted_at IS NULL) = (passed IS NULL)", name="submitted"),
        sa.CheckConstraint(
            "passed IS NULL AND valid_until IS NULL OR passed = (valid_until IS NOT NULL)", name="valid_until"
        ),
        exercise_id="calibration_exercises",
        assessor_id="people",
        audited=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard(
            "frozen",
            "PER-1",
            "UPDATE",
            "OLD.submitted_at IS NOT NULL OR NEW.exercise_id <> OLD.exercise_id"
            " OR NEW.assessor_id <> OLD.assessor_id OR NEW.opened_at <> OLD.opened_at",
        ),
        Guard("of_an_open_exercise", "PER-1", "INSERT", f"NOT {_OPEN_EXERCISE}"),
        Guard("opened_first", "PER-1", "INSERT", "NEW.submitted_at IS NOT NULL"),
    )

    exercise_id: UUID = restricted()
    assessor_id: UUID = restricted()
    opened_at: datetime = restricted()
    submitted_at: datetime | None = restricted(None)
    ratings: dict[str, dict[str, int]] = exam_secret(sa_type=sa.JSON)
    figure: Decimal | None = restricted(None, sa_type=ScaledDecimal(4))
    passed: bool | None = restricted(None)
    valid_until: date | None = restricted(None)
