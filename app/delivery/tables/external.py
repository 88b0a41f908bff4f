"""Examinations that others hold, and what they say of candidates."""

from datetime import date
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa

from app.core.table import Audited, Guard, enum_type, keys, restricted
from app.delivery.rules.external import ExternalOutcome


class ExternalExamRow(Audited, table=True):
    """A decision that a provider's examination stands for a component, with its reasons (ASM-3)."""

    __tablename__ = "external_exams"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "provider", "exam", "scheme_id", "component", "valid_from"),
        sa.CheckConstraint("valid_from <= valid_until", name="validity"),
        scheme_id="schemes",
        accepted_by="people",
        audited=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard(
            "as_accepted",
            "ASM-3",
            "UPDATE",
            "NEW.provider <> OLD.provider OR NEW.exam <> OLD.exam OR NEW.scheme_id <> OLD.scheme_id"
            " OR NEW.component <> OLD.component OR NEW.valid_from <> OLD.valid_from"
            " OR NEW.valid_until > OLD.valid_until",
        ),
    )

    provider: str = restricted(max_length=200)
    exam: str = restricted(max_length=64)
    """The provider's own code of it."""
    scheme_id: UUID = restricted()
    component: str = restricted(max_length=20)
    reasons: str = restricted(max_length=4000)
    valid_from: date = restricted()
    valid_until: date = restricted()
    accepted_by: UUID = restricted()


class ExternalResultRow(Audited, table=True):
    """What a provider says of one candidate; it counts once it is released like any other result."""

    __tablename__ = "external_results"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "exam_id", "reference"),
        sa.UniqueConstraint("body_id", "case_id", "component", "attempt_no"),
        sa.CheckConstraint("(outcome = 'no_show') = (attempt_no IS NULL)", name="try"),
        sa.CheckConstraint("(passed IS NULL) = (concluded_on IS NULL)", name="concluded_on"),
        sa.CheckConstraint("passed IS NULL OR passed = (outcome = 'pass')", name="passed"),
        exam_id="external_exams",
        case_id="cases",
        audited=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard(
            "as_reported",
            "EXM-5",
            "UPDATE",
            "OLD.passed IS NOT NULL OR NEW.case_id <> OLD.case_id OR NEW.outcome <> OLD.outcome"
            " OR NEW.component <> OLD.component OR NEW.taken_on <> OLD.taken_on"
            " OR NEW.reference <> OLD.reference OR NEW.exam_id <> OLD.exam_id",
        ),
    )

    exam_id: UUID = restricted()
    case_id: UUID = restricted()
    component: str = restricted(max_length=20)
    attempt_no: int | None = restricted(None)
    reference: str = restricted(max_length=64)
    """The provider's own number of this examination of this candidate."""
    taken_on: date = restricted()
    outcome: ExternalOutcome = restricted(sa_type=enum_type(ExternalOutcome))
    passed: bool | None = restricted(None)
    concluded_on: date | None = restricted(None)
