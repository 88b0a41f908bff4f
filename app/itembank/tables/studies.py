"""Panel studies: who rates a draft form, in which rounds, and each judge's own sheet (EXM-3)."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa

from app.core.table import Audited, Guard, Part, enum_type, exam_secret, keys, personal, restricted
from app.itembank.rules.studies import JudgeState, RoundState, SheetState, StudyState

_GOES_ON = "state <> 'abandoned'"
_OF_STUDY = "SELECT 1 FROM panel_studies s WHERE s.body_id = NEW.body_id AND s.id = NEW.stream"
_SIGNED = (
    "(SELECT COUNT(*) FROM panel_judges j WHERE j.body_id = NEW.body_id AND j.stream = NEW.stream"
    " AND j.state = 'signed')"
)
_CANDIDATE = (
    "EXISTS (SELECT 1 FROM panel_studies s JOIN forms f ON f.body_id = s.body_id AND f.id = s.form_id"
    " JOIN scheme_versions v ON v.body_id = f.body_id AND v.id = f.scheme_version_id"
    " JOIN scheme_versions o ON o.body_id = v.body_id AND o.scheme_id = v.scheme_id"
    " JOIN cases c ON c.body_id = o.body_id AND c.scheme_version_id = o.id"
    " WHERE s.body_id = NEW.body_id AND s.id = NEW.stream AND c.person_id = NEW.person_id"
    " AND c.state IN ('submitted', 'admitted', 'examined'))"
)
_SHEET_OUT = (
    "EXISTS (SELECT 1 FROM panel_judges j WHERE j.body_id = NEW.body_id AND j.stream = NEW.stream"
    " AND j.state = 'signed' AND NOT EXISTS (SELECT 1 FROM rating_sheets r WHERE r.body_id = j.body_id"
    " AND r.judge_id = j.id AND r.round_id = NEW.id AND r.state = 'submitted'))"
)
_TOO_FEW = f"EXISTS ({_OF_STUDY} AND s.least_panel > {_SIGNED})"
_OTHER_OPEN = (
    "EXISTS (SELECT 1 FROM panel_rounds r WHERE r.body_id = NEW.body_id AND r.stream = NEW.stream"
    " AND r.state = 'open')"
)
_ROUND_OPEN = (
    "EXISTS (SELECT 1 FROM panel_rounds r WHERE r.body_id = NEW.body_id AND r.id = NEW.round_id"
    " AND r.stream = NEW.study_id AND r.state = 'open')"
)
_JUDGE_SIGNED = (
    "EXISTS (SELECT 1 FROM panel_judges j WHERE j.body_id = NEW.body_id AND j.id = NEW.judge_id"
    " AND j.stream = NEW.study_id AND j.person_id = NEW.person_id AND j.state = 'signed')"
)


def _changed(*columns: str) -> str:
    """Return SQL that tells whether one of some columns would change."""
    return " OR ".join(f"NEW.{column} <> OLD.{column}" for column in columns)


class PanelStudyRow(Audited, table=True):
    """A panel's work on one draft form; what is declared here stands before the first rating."""

    __tablename__ = "panel_studies"
    __table_args__ = keys(
        sa.Index(
            "uq_panel_studies_form",
            "body_id",
            "form_id",
            unique=True,
            sqlite_where=sa.text(_GOES_ON),
            postgresql_where=sa.text(_GOES_ON),
        ),
        sa.CheckConstraint("rounds BETWEEN 1 AND 9 AND least_panel >= 5", name="size"),
        sa.CheckConstraint("rounding IN ('up', 'nearest', 'down')", name="rounding"),
        sa.CheckConstraint("(state = 'abandoned') = (abandoned_because IS NOT NULL)", name="abandoned"),
        sa.CheckConstraint("training_form_id <> form_id", name="training"),
        form_id="forms",
        training_form_id="forms",
        led_by="people",
        audited=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard("frozen", "EXM-3", "UPDATE", "OLD.state IN ('concluded', 'abandoned')"),
        Guard(
            "as_declared",
            "EXM-3",
            "UPDATE",
            _changed("form_id", "method", "rounds", "rounding", "least_panel", "led_by")
            + " OR CAST(NEW.levels AS TEXT) <> CAST(OLD.levels AS TEXT)"
            " OR CAST(NEW.training_items AS TEXT) <> CAST(OLD.training_items AS TEXT)",
        ),
        Guard(
            "of_draft",
            "EXM-3",
            "INSERT",
            "EXISTS (SELECT 1 FROM forms f WHERE f.body_id = NEW.body_id AND f.id = NEW.form_id"
            " AND f.state <> 'draft')",
        ),
        Guard(
            "rounds_held",
            "EXM-3",
            "UPDATE",
            "NEW.state = 'concluded' AND NEW.rounds > (SELECT COUNT(*) FROM panel_rounds r"
            " WHERE r.body_id = NEW.body_id AND r.stream = NEW.id AND r.state = 'closed' AND r.number > 0)",
        ),
    )

    form_id: UUID = restricted()
    method: str = restricted(max_length=40)
    rounds: int = restricted()
    rounding: str = restricted(max_length=20)
    rounding_reason: str = restricted()
    least_panel: int = restricted()
    levels: list[dict[str, Any]] = restricted(sa_type=sa.JSON)
    """Level, and who is minimally competent at it."""
    training_form_id: UUID | None = restricted(None)
    training_items: list[str] = restricted(sa_type=sa.JSON)
    """Items of that form on which the panel learns to rate, in round 0, which never counts."""
    state: StudyState = restricted(StudyState.PLANNED, sa_type=enum_type(StudyState))
    led_by: UUID = restricted()
    abandoned_because: str | None = personal(None)


class PanelJudgeRow(Part, table=True):
    """A person appointed to a panel; she sees no item before she has signed the undertaking (SEC-1)."""

    __tablename__ = "panel_judges"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "stream", "person_id"),
        sa.UniqueConstraint("body_id", "stream", "code"),
        sa.Index(None, "body_id", "person_id"),
        sa.CheckConstraint("state <> 'signed' OR signed_at IS NOT NULL", name="signed_at"),
        sa.CheckConstraint("(state = 'withdrawn') = (left_at IS NOT NULL)", name="left_at"),
        sa.CheckConstraint("(signed_at IS NULL) = (conflicts IS NULL)", name="conflicts"),
        part=True,
        stream="panel_studies",
        person_id="people",
        notice_id="notices",
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard("candidate", "SEC-1", "INSERT", _CANDIDATE),
        Guard("panel_set", "EXM-3", "INSERT", f"NOT EXISTS ({_OF_STUDY} AND s.state = 'planned')"),
        Guard(
            "moved",
            "EXM-3",
            "UPDATE",
            f"OLD.state = 'withdrawn' OR NEW.state = 'invited' OR {_changed('person_id', 'stream', 'code')}"
            f" OR EXISTS ({_OF_STUDY} AND (s.state IN ('concluded', 'abandoned')"
            " OR NEW.state = 'signed' AND s.state <> 'planned'))",
        ),
        Guard(
            "least_panel",
            "EXM-3",
            "UPDATE",
            "OLD.state = 'signed' AND NEW.state = 'withdrawn'"
            f" AND EXISTS ({_OF_STUDY} AND s.state <> 'planned' AND {_SIGNED} <= s.least_panel)",
        ),
    )

    person_id: UUID = restricted()
    code: str = restricted(max_length=10)
    """How the study's record names her: J1, J2, …"""
    role: str = restricted(max_length=200)
    """What she brings to the panel, as the record tells it."""
    qualifications: str = personal()
    state: JudgeState = restricted(JudgeState.INVITED, sa_type=enum_type(JudgeState))
    notice_id: UUID = restricted()
    """The invitation, whose wording holds the undertaking that she signs."""
    conflicts: str | None = personal(None)
    signed_at: datetime | None = restricted(None)
    left_at: datetime | None = restricted(None)
    left_because: str | None = personal(None)


class PanelRoundRow(Part, table=True):
    """One round of rating; it closes when the sheet of everybody who counts is in."""

    __tablename__ = "panel_rounds"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "stream", "number"),
        sa.CheckConstraint("number >= 0", name="number"),
        sa.CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed_at"),
        part=True,
        stream="panel_studies",
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard(
            "one_by_one",
            "EXM-3",
            "INSERT",
            f"NEW.state <> 'open' OR {_OTHER_OPEN} OR {_TOO_FEW}"
            f" OR EXISTS ({_OF_STUDY} AND NEW.number > s.rounds)",
        ),
        Guard("closed", "EXM-3", "UPDATE", f"OLD.state = 'closed' OR {_changed('stream', 'number')}"),
        Guard("all_in", "EXM-3", "UPDATE", f"NEW.state = 'closed' AND ({_SHEET_OUT} OR {_TOO_FEW})"),
    )

    number: int = restricted()
    """From 1; 0 is the training."""
    state: RoundState = restricted(RoundState.OPEN, sa_type=enum_type(RoundState))
    opened_at: datetime = restricted()
    closed_at: datetime | None = restricted(None)


class RatingSheetRow(Audited, table=True):
    """One judge's ratings of one round, hers alone while the round is open (EXM-3)."""

    __tablename__ = "rating_sheets"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "round_id", "judge_id"),
        sa.Index(None, "body_id", "person_id", "id"),
        sa.Index(None, "body_id", "study_id"),
        sa.CheckConstraint("(state = 'submitted') = (submitted_at IS NOT NULL)", name="submitted_at"),
        study_id="panel_studies",
        round_id="panel_rounds",
        judge_id="panel_judges",
        person_id="people",
        audited=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard("in_turn", "EXM-3", "INSERT", f"NOT ({_ROUND_OPEN} AND {_JUDGE_SIGNED})"),
        Guard(
            "frozen",
            "EXM-3",
            "UPDATE",
            f"OLD.state = 'submitted' OR NOT ({_ROUND_OPEN} AND {_JUDGE_SIGNED})"
            f" OR {_changed('study_id', 'round_id', 'judge_id', 'person_id')}",
        ),
    )

    study_id: UUID = restricted()
    round_id: UUID = restricted()
    judge_id: UUID = restricted()
    person_id: UUID = restricted()
    state: SheetState = restricted(SheetState.DRAFT, sa_type=enum_type(SheetState))
    saves: int = restricted(0)
    submitted_at: datetime | None = restricted(None)
    falls: int = restricted(0)
    """How many ratings fall from a level to the next, as she confirmed."""
    ratings: dict[str, dict[str, int]] = exam_secret(sa_type=sa.JSON)
    """Level (as text) → item → hundredths."""
