"""Proposals, assignments with their marks, and results."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa

from app.core.table import Audited, Guard, Part, enum_type, exam_secret, keys, restricted
from app.marking.rules import AsideCause, AssignmentState, ProposalState, Seat, Seen

_OPEN = "state IN ('open', 'accepted')"
_PAIR_IN = (
    "(SELECT COUNT(*) FROM assignments a WHERE a.body_id = NEW.body_id AND a.case_id = NEW.case_id"
    " AND a.component = NEW.component AND a.attempt_no = NEW.attempt_no AND a.seat <> 'third'"
    " AND a.state = 'submitted') = 2"
)
SHEET_CLOSED = (
    "EXISTS (SELECT 1 FROM assignments a WHERE a.body_id = NEW.body_id AND a.id = NEW.stream"
    " AND a.state <> 'assigned')"
)
_RELEASED = (
    "EXISTS (SELECT 1 FROM results r WHERE r.body_id = NEW.body_id AND r.case_id = NEW.case_id"
    " AND r.component = NEW.component AND r.attempt_no = NEW.attempt_no)"
)
_UNMODERATED = (
    "EXISTS (SELECT 1 FROM assignments a JOIN moderation_sheets m ON m.body_id = a.body_id"
    " AND m.assignment_id = a.id WHERE a.body_id = NEW.body_id AND a.case_id = NEW.case_id"
    " AND a.component = NEW.component AND a.attempt_no = NEW.attempt_no AND a.state = 'submitted'"
    " AND m.reason IS NOT NULL AND m.verdict IS NULL)"
)
_STANDS = sa.text("state <> 'set_aside'")
_RELEASER_MARKED = (
    "EXISTS (SELECT 1 FROM assignments a WHERE a.body_id = NEW.body_id AND a.case_id = NEW.case_id"
    " AND a.component = NEW.component AND a.assessor_id = NEW.released_by)"
)
_UNCONFIRMED = (
    "EXISTS (SELECT 1 FROM marks m WHERE m.body_id = NEW.body_id AND m.stream = NEW.id"
    " AND m.ai_system IS NOT NULL AND m.confirmed_at IS NULL)"
)
_UNRECORDED = (
    "NOT EXISTS (SELECT 1 FROM recordings r, sittings s WHERE r.body_id = NEW.body_id"
    " AND s.body_id = NEW.body_id AND s.id = r.sitting_id AND s.case_id = NEW.case_id"
    " AND s.component = NEW.component AND s.attempt_no = NEW.attempt_no"
    " AND (r.ended_cause IS NULL OR r.ended_cause <> 'withdrawn'))"
)
_NOT_HER_SHEET = (
    "NOT EXISTS (SELECT 1 FROM assignments a WHERE a.body_id = NEW.body_id AND a.id = NEW.stream"
    " AND a.assessor_id = NEW.confirmed_by)"
)
_MOVED = " OR ".join(
    f"NEW.{column} <> OLD.{column}"
    for column in ("case_id", "component", "attempt_no", "seat", "assessor_id", "involvement_id")
)


class ProposalRow(Audited, table=True):
    """That an assessor may take a seat, if she declares no conflict."""

    __tablename__ = "assessor_proposals"
    __table_args__ = keys(
        sa.Index(
            "uq_assessor_proposals_seat",
            "body_id",
            "case_id",
            "component",
            "attempt_no",
            "seat",
            unique=True,
            sqlite_where=sa.text(_OPEN),
            postgresql_where=sa.text(_OPEN),
        ),
        sa.Index(None, "body_id", "assessor_id", "state"),
        case_id="cases",
        assessor_id="people",
        audited=True,
    )

    case_id: UUID = restricted()
    component: str = restricted(max_length=20)
    attempt_no: int = restricted()
    seat: Seat = restricted(sa_type=enum_type(Seat))
    assessor_id: UUID = restricted()
    state: ProposalState = restricted(ProposalState.OPEN, sa_type=enum_type(ProposalState))


class AssignmentRow(Audited, table=True):
    """An assessor's seat in one marking; it names the involvement that she took on (IMP-1, IMP-2)."""

    __tablename__ = "assignments"
    __table_args__ = keys(
        sa.Index(
            "uq_assignments_seat",
            "body_id",
            "case_id",
            "component",
            "attempt_no",
            "seat",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
        sa.UniqueConstraint("body_id", "case_id", "component", "assessor_id"),
        sa.Index(None, "body_id", "assessor_id", "id"),
        sa.ForeignKeyConstraint(
            ["body_id", "involvement_id", "assessor_id", "case_id", "act"],
            [
                "involvements.body_id",
                "involvements.id",
                "involvements.person_id",
                "involvements.case_id",
                "involvements.act",
            ],
        ),
        sa.CheckConstraint(
            "act = CASE WHEN seat = 'third' THEN 'adjudicated' ELSE 'examined' END", name="act"
        ),
        sa.CheckConstraint(
            "CASE state WHEN 'submitted' THEN submitted_at IS NOT NULL"
            " WHEN 'assigned' THEN submitted_at IS NULL ELSE 1 = 1 END",
            name="submitted_at",
        ),
        sa.CheckConstraint("(submitted_at IS NULL) = (seen IS NULL)", name="seen_at_submission"),
        sa.CheckConstraint(
            "(state = 'set_aside') = (aside_at IS NOT NULL) AND (aside_at IS NULL) = (aside_cause IS NULL)",
            name="aside",
        ),
        case_id="cases",
        assessor_id="people",
        audited=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard(
            "frozen",
            "EXM-6",
            "UPDATE",
            "OLD.state = 'set_aside' OR OLD.state = 'submitted' AND (NEW.state <> 'set_aside'"
            " OR NEW.submitted_at IS NULL OR NEW.submitted_at <> OLD.submitted_at OR NEW.seen <> OLD.seen)"
            f" OR {_MOVED}",
        ),
        Guard("unconfirmed", "AI-1", "UPDATE", f"NEW.state = 'submitted' AND {_UNCONFIRMED}"),
        Guard(
            "unrecorded",
            "SEC-2",
            "UPDATE",
            f"NEW.seen = 'recording' AND OLD.seen IS NULL AND {_UNRECORDED}",
        ),
        Guard("counted", "EXM-5", "UPDATE", f"NEW.state = 'set_aside' AND {_RELEASED}"),
        Guard("third_before_both", "EXM-6", "INSERT", f"NEW.seat = 'third' AND NOT {_PAIR_IN}"),
    )

    case_id: UUID = restricted()
    component: str = restricted(max_length=20)
    attempt_no: int = restricted()
    seat: Seat = restricted(sa_type=enum_type(Seat))
    assessor_id: UUID = restricted()
    involvement_id: UUID = restricted()
    act: str = restricted(max_length=40)
    state: AssignmentState = restricted(AssignmentState.ASSIGNED, sa_type=enum_type(AssignmentState))
    saves: int = restricted(0)
    submitted_at: datetime | None = restricted(None)
    seen: Seen | None = restricted(None, sa_type=enum_type(Seen))
    aside_at: datetime | None = restricted(None)
    aside_cause: AsideCause | None = restricted(None, sa_type=enum_type(AsideCause))
    aside_reasons: str | None = restricted(None, max_length=4000)
    """Why it is to be marked by another, as whoever ordered it says."""


class MarkRow(Part, table=True):
    """One element's rating on one sheet; salted, since six possible values are soon guessed."""

    __tablename__ = "marks"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "stream", "element"),
        sa.CheckConstraint("rating BETWEEN 0 AND 5", name="rating"),
        sa.CheckConstraint("(ai_system IS NULL) = (ai_version IS NULL)", name="assisted"),
        sa.CheckConstraint("(confirmed_at IS NULL) = (confirmed_by IS NULL)", name="confirmed"),
        sa.CheckConstraint("confirmed_at IS NULL OR ai_system IS NOT NULL", name="assisted_only"),
        part=True,
        stream="assignments",
        confirmed_by="people",
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard("frozen", "EXM-6", "UPDATE", SHEET_CLOSED),
        Guard("after_submission", "EXM-6", "INSERT", SHEET_CLOSED),
        Guard("born_confirmed", "AI-1", "INSERT", "NEW.confirmed_at IS NOT NULL"),
        Guard("confirmed_by_other", "AI-1", "UPDATE", f"NEW.confirmed_by IS NOT NULL AND {_NOT_HER_SHEET}"),
        Guard(
            "changed_confirmed",
            "AI-1",
            "UPDATE",
            "NEW.confirmed_at IS NOT NULL"
            " AND (NEW.rating IS NULL OR OLD.rating IS NULL OR NEW.rating <> OLD.rating)",
        ),
        Guard("help_denied", "AI-1", "UPDATE", "OLD.ai_system IS NOT NULL AND NEW.ai_system IS NULL"),
    )

    element: str = restricted(max_length=40)
    rating: int | None = exam_secret(None)
    comment: str | None = exam_secret(None)
    ai_system: str | None = restricted(None, max_length=200)
    """The machine that took part in this line; once named, it stays named."""
    ai_version: str | None = restricted(None, max_length=200)
    confirmed_by: UUID | None = restricted(None)
    """Who took the line over as her own judgement; before that it counts for nothing (AI-1)."""
    confirmed_at: datetime | None = restricted(None)

    @property
    def is_confirmed(self) -> bool:
        """Whether the line is a human's judgement."""
        return self.ai_system is None or self.confirmed_at is not None


class ResultRow(Audited, table=True):
    """What a component came to, computed when it was released; a re-score is a new row."""

    __tablename__ = "results"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "case_id", "component", "attempt_no"),
        sa.CheckConstraint("(rule = 'cut') = (score_raw IS NOT NULL)", name="score"),
        sa.CheckConstraint(
            "rule <> 'cut' OR (form_id IS NOT NULL AND study_id IS NOT NULL AND cut IS NOT NULL)",
            name="study",
        ),
        sa.CheckConstraint("rule <> 'cut' OR passed = (score_raw >= cut)", name="cut"),
        sa.CheckConstraint("score_exact IS NULL OR rule = 'cut'", name="score_exact"),
        sa.CheckConstraint("(rule = 'external') = (external_id IS NOT NULL)", name="external"),
        case_id="cases",
        form_id="forms",
        study_id="standard_setting_studies",
        external_id="external_results",
        released_by="people",
        audited=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard("as_released", "EXM-5", "UPDATE", "1 = 1"),
        Guard("released_by_marker", "EXM-6", "INSERT", _RELEASER_MARKED),
        Guard("without_both", "EXM-6", "INSERT", f"NEW.rule = 'offsets' AND NOT {_PAIR_IN}"),
        Guard("moderation_open", "EXM-6", "INSERT", f"NEW.rule = 'offsets' AND {_UNMODERATED}"),
    )

    case_id: UUID = restricted()
    component: str = restricted(max_length=20)
    attempt_no: int = restricted()
    passed: bool = restricted()
    rule: str = restricted(max_length=20)
    """`cut` for a keyed form, `offsets` for rating sheets, `external` for what a provider reported."""
    version: str = restricted(max_length=40)
    """Of the scoring or marking rules that computed it."""
    form_id: UUID | None = restricted(None)
    key_version: str | None = restricted(None, max_length=64)
    study_id: UUID | None = restricted(None)
    external_id: UUID | None = restricted(None)
    score_raw: int | None = restricted(None)
    """Whole points reached; a cut is whole, so a fraction above them decides nothing."""
    score_exact: str | None = restricted(None, max_length=40)
    """The score as a fraction ('61/3') where the form is scored in points."""
    score_maximum: int | None = restricted(None)
    cut: int | None = restricted(None)
    units: list[dict[str, Any]] = restricted(sa_type=sa.JSON)
    """Keyed: unit, raw, exact (where scored in points) and maximum."""
    values: list[dict[str, Any]] = restricted(sa_type=sa.JSON)
    """Judged: element, value (as text) and how it came about."""
    failing: list[dict[str, Any]] = restricted(sa_type=sa.JSON)
    reasons: list[dict[str, Any]] = restricted(sa_type=sa.JSON)
    """Why a third assessor was called."""
    released_by: UUID = restricted()
    released_at: datetime = restricted()
    released_on: date = restricted()
