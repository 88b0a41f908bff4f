"""Attempts, sittings and formative completions."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa

from app.core.table import Audited, Guard, enum_type, exam_secret, keys, restricted
from app.delivery.rules import AttemptState, Mode

_ATTEMPT_KEPT = " OR ".join(
    f"NEW.{column} <> OLD.{column}"
    for column in ("state", "case_id", "component", "attempt_no", "form_id", "submitted_at", "saves")
)
_SITTING_KEPT = " OR ".join(
    f"NEW.{column} <> OLD.{column}"
    for column in ("case_id", "component", "attempt_no", "held_on", "site", "mode")
)

_CANDIDATE_RATED = (
    "EXISTS (SELECT 1 FROM panel_studies s JOIN panel_judges j ON j.body_id = s.body_id AND j.stream = s.id"
    " WHERE s.body_id = NEW.body_id AND NEW.form_id IN (s.form_id, s.training_form_id)"
    " AND j.person_id = NEW.candidate_id)"
)


class AttemptRow(Audited, table=True):
    """One candidate's work on one form; the raw responses stay as they were submitted (EXM-5)."""

    __tablename__ = "attempts"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "case_id", "component", "attempt_no"),
        sa.CheckConstraint("saved_at IS NULL OR saved_at <= closes_at", name="saved_in_time"),
        sa.CheckConstraint("(state = 'submitted') = (submitted_at IS NOT NULL)", name="submitted_at"),
        sa.CheckConstraint("(passed IS NULL) = (concluded_on IS NULL)", name="concluded_on"),
        sa.CheckConstraint("passed IS NULL OR state = 'submitted'", name="concluded"),
        case_id="cases",
        candidate_id="people",
        form_id="forms",
        booking_id="bookings",
        audited=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard(
            "frozen",
            "EXM-5",
            "UPDATE",
            f"OLD.state = 'submitted' AND (OLD.passed IS NOT NULL OR {_ATTEMPT_KEPT}"
            " OR CAST(NEW.responses AS TEXT) <> CAST(OLD.responses AS TEXT))",
        ),
        Guard("judge_sits", "SEC-1", "INSERT", _CANDIDATE_RATED),
    )

    case_id: UUID = restricted()
    candidate_id: UUID = restricted()
    component: str = restricted(max_length=20)
    attempt_no: int = restricted()
    form_id: UUID = restricted()
    state: AttemptState = restricted(AttemptState.OPEN, sa_type=enum_type(AttemptState))
    opened_at: datetime = restricted()
    opened_on: date = restricted()
    closes_at: datetime = restricted()
    saves: int = restricted(0)
    saved_at: datetime | None = restricted(None)
    submitted_at: datetime | None = restricted(None)
    responses: dict[str, Any] = exam_secret(sa_type=sa.JSON)
    """Item → options marked or in order, best and worst, or what was written, as its kind has it."""
    passed: bool | None = restricted(None)
    concluded_on: date | None = restricted(None)
    booking_id: UUID | None = restricted(None)
    """The check-in under which it was opened; None for attempts from before slots were booked."""


class SittingRow(Audited, table=True):
    """The occasion on which assessors saw a candidate, held under the conditions of SEC-2."""

    __tablename__ = "sittings"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "case_id", "component", "attempt_no"),
        sa.CheckConstraint("identity_confirmed AND agreement_signed AND aids_checked", name="conditions"),
        sa.CheckConstraint("(passed IS NULL) = (concluded_on IS NULL)", name="concluded_on"),
        case_id="cases",
        invigilator_id="people",
        involvement_id="involvements",
        booking_id="bookings",
        audited=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard("as_held", "EXM-5", "UPDATE", f"OLD.passed IS NOT NULL OR {_SITTING_KEPT}"),
    )

    case_id: UUID = restricted()
    component: str = restricted(max_length=20)
    attempt_no: int = restricted()
    held_on: date = restricted()
    site: str = restricted(max_length=200)
    mode: Mode = restricted(sa_type=enum_type(Mode))
    identity_confirmed: bool = restricted()
    agreement_signed: bool = restricted()
    aids_checked: bool = restricted()
    invigilator_id: UUID | None = restricted(None)
    involvement_id: UUID | None = restricted(None)
    passed: bool | None = restricted(None)
    concluded_on: date | None = restricted(None)
    booking_id: UUID | None = restricted(None)
    """The booking whose check-in its conditions were taken from, where there was one."""


class FormativeRow(Audited, table=True):
    """That a continuing assessment was completed; it bars its author from examining (IMP-1)."""

    __tablename__ = "formative_completions"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "person_id", "engagement_id", "component"),
        person_id="people",
        engagement_id="practice_engagements",
        attested_by="people",
        involvement_id="involvements",
        audited=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (Guard("as_attested", "IMP-1", "UPDATE", "1 = 1"),)

    person_id: UUID = restricted()
    engagement_id: UUID = restricted()
    component: str = restricted(max_length=20)
    completed_on: date = restricted()
    attested_by: UUID = restricted()
    involvement_id: UUID = restricted()
