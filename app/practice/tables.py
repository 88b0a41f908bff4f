"""Engagements with their sessions, links and attestations; records of everything else a mentor shows."""

from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa

from app.core.table import Audited, Guard, Part, ScaledDecimal, enum_type, keys, personal, restricted
from app.practice.rules import (
    Capacity,
    EngagementState,
    Modality,
    Phase,
    RecordKind,
    SessionKind,
    SessionState,
)
from app.practice.rules.goals import GoalState, Horizon

_OVERLAP = (
    "EXISTS (SELECT 1 FROM practice_sessions o WHERE o.body_id = NEW.body_id AND o.person_id = NEW.person_id"
    " AND o.id <> NEW.id AND o.starts_at = (SELECT max(p.starts_at) FROM practice_sessions p"
    " WHERE p.body_id = NEW.body_id AND p.person_id = NEW.person_id AND p.id <> NEW.id"
    " AND p.starts_at < NEW.ends_at) AND o.ends_at > NEW.starts_at"
    " AND NOT (o.kind = 'group' AND NEW.kind = 'group' AND o.starts_at = NEW.starts_at"
    " AND o.ends_at = NEW.ends_at AND o.stream <> NEW.stream))"
)
"""Sessions that stand are apart or the same group, so the last to begin before the new one ends is the only
one that can be in its way: one look into the index, however many there are."""


class EngagementRow(Audited, table=True):
    """One mentor's work with one SME; phase and interest are told at the start and stay."""

    __tablename__ = "practice_engagements"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "person_id", "code"),
        sa.CheckConstraint("ended_on IS NULL OR ended_on >= started_on", name="dates"),
        sa.CheckConstraint("(state = 'open') = (ended_on IS NULL)", name="ended"),
        person_id="people",
        audited=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard(
            "fixed_at_start",
            "7.3",
            "UPDATE",
            "NEW.person_id <> OLD.person_id OR NEW.phase <> OLD.phase OR NEW.started_on <> OLD.started_on"
            " OR NEW.own_interest <> OLD.own_interest",
        ),
        Guard("closed_for_good", "7.3", "UPDATE", "OLD.state <> 'open' AND NEW.state <> OLD.state"),
    )

    person_id: UUID = restricted()
    code: str = personal(max_length=64)
    """The mentor's own short name for it, used in imports."""
    sme_name: str = personal(max_length=200)
    sme_key: str = personal(max_length=64)
    """Personal although hashed: whoever guesses the name can recompute it, so it stays out of the log."""
    country: str | None = restricted(None, max_length=2)
    sector: str = restricted(max_length=40)
    own_interest: bool = restricted()
    """Own, family's or employer's firm: it may be logged and never counts."""
    modality: Modality = restricted(sa_type=enum_type(Modality))
    planned_months: int = restricted()
    phase: Phase = restricted(sa_type=enum_type(Phase))
    started_on: date = restricted()
    ended_on: date | None = restricted(None)
    milestones: list[str] = restricted(sa_type=sa.JSON)
    state: EngagementState = restricted(EngagementState.OPEN, sa_type=enum_type(EngagementState))


class SessionRow(Part, table=True):
    """One session, as the mentor logged it; only what others say about it changes."""

    __tablename__ = "practice_sessions"
    __table_args__ = keys(
        sa.Index(None, "body_id", "person_id", "starts_at"),
        sa.Index(None, "body_id", "stream"),
        sa.CheckConstraint("starts_at < ends_at", name="times"),
        stream="practice_engagements",
        person_id="people",
        part=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard("no_two_at_once", "7.3", "INSERT", _OVERLAP),
        Guard(
            "kept_as_logged",
            "7.3",
            "UPDATE",
            "NEW.stream <> OLD.stream OR NEW.person_id <> OLD.person_id OR NEW.held_on <> OLD.held_on"
            " OR NEW.starts_at <> OLD.starts_at OR NEW.ends_at <> OLD.ends_at OR NEW.kind <> OLD.kind"
            " OR (NEW.state = 'logged' AND OLD.state <> 'logged')",
        ),
    )

    person_id: UUID = restricted()
    held_on: date = restricted()
    """The day it began on in the body's time zone."""
    starts_at: datetime = restricted()
    ends_at: datetime = restricted()
    kind: SessionKind = restricted(sa_type=enum_type(SessionKind))
    note: str | None = personal(None, max_length=4000)
    state: SessionState = restricted(SessionState.LOGGED, sa_type=enum_type(SessionState))


class PlanRow(Part, table=True):
    """The mentorship plan of an engagement in its five parts; a plan written anew is a row of its own."""

    __tablename__ = "practice_plans"
    __table_args__ = keys(sa.Index(None, "body_id", "stream"), stream="practice_engagements", part=True)
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard(
            "as_written",
            "7.3",
            "UPDATE",
            "NEW.rev <> OLD.rev OR NEW.stream <> OLD.stream OR NEW.outcomes <> OLD.outcomes"
            " OR NEW.months <> OLD.months OR NEW.modality <> OLD.modality"
            " OR NEW.implementation <> OLD.implementation OR NEW.follow_up <> OLD.follow_up"
            " OR NEW.written_on <> OLD.written_on",
        ),
    )

    outcomes: str = personal(max_length=4000)
    months: int = restricted()
    modality: Modality = restricted(sa_type=enum_type(Modality))
    implementation: str = personal(max_length=4000)
    follow_up: str = personal(max_length=4000)
    written_on: date = restricted()


class GoalRow(Part, table=True):
    """One goal of an engagement, each letter of SMART a column; only how it ended is added later."""

    __tablename__ = "practice_goals"
    __table_args__ = keys(
        sa.Index(None, "body_id", "stream"),
        sa.CheckConstraint("target <> baseline", name="measurable"),
        sa.CheckConstraint("due_on > set_on", name="time_bound"),
        sa.CheckConstraint("(state = 'open') = (closed_on IS NULL)", name="closed"),
        sa.CheckConstraint("(state IN ('reached', 'missed')) = (found IS NOT NULL)", name="found"),
        stream="practice_engagements",
        part=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard(
            "kept_as_set",
            "7.3",
            "UPDATE",
            "OLD.state <> 'open' OR NEW.stream <> OLD.stream OR NEW.specific <> OLD.specific"
            " OR NEW.measure <> OLD.measure OR NEW.baseline <> OLD.baseline OR NEW.target <> OLD.target"
            " OR NEW.achievable <> OLD.achievable OR NEW.relevant <> OLD.relevant"
            " OR NEW.due_on <> OLD.due_on OR NEW.set_on <> OLD.set_on OR NEW.horizon <> OLD.horizon",
        ),
    )

    specific: str = personal(max_length=1000)
    measure: str = personal(max_length=200)
    """What is counted, with its unit."""
    baseline: Decimal = personal(sa_type=ScaledDecimal(2))
    target: Decimal = personal(sa_type=ScaledDecimal(2))
    achievable: str = personal(max_length=1000)
    relevant: str = personal(max_length=1000)
    due_on: date = restricted()
    set_on: date = restricted()
    horizon: Horizon = restricted(sa_type=enum_type(Horizon))
    state: GoalState = restricted(GoalState.OPEN, sa_type=enum_type(GoalState))
    found: Decimal | None = personal(None, sa_type=ScaledDecimal(2))
    closed_on: date | None = restricted(None)


class ConfirmationLinkRow(Part, table=True):
    """A one-time link by which one named mentee confirms the sessions that it was made for."""

    __tablename__ = "practice_confirmation_links"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "secret_hash"), stream="practice_engagements", part=True
    )

    secret_hash: str = restricted(max_length=64)
    mentee_name: str = personal(max_length=200)
    session_ids: list[str] = restricted(sa_type=sa.JSON)
    """Sessions logged later are not covered: the mentee confirms what she saw."""
    expires_at: datetime = restricted()
    used_at: datetime | None = restricted(None)


class AttestationRow(Part, table=True):
    """A named person's word that sessions of an engagement took place; it bars her from the mentor's case."""

    __tablename__ = "practice_attestations"
    __table_args__ = keys(
        stream="practice_engagements", attester_id="people", involvement_id="involvements", part=True
    )

    attester_id: UUID = restricted()
    involvement_id: UUID = restricted()
    capacity: Capacity = restricted(sa_type=enum_type(Capacity))
    basis: str = personal(max_length=4000)
    attested_on: date = restricted()
    sessions: int = restricted()


class PracticeRecordRow(Audited, table=True):
    """Experience, training, feedback, reflection, supervision or CPD of one mentor."""

    __tablename__ = "practice_records"
    __table_args__ = keys(
        sa.Index(None, "body_id", "person_id"),
        sa.CheckConstraint("ended_on IS NULL OR ended_on >= started_on", name="dates"),
        sa.CheckConstraint("engagement_id IS NULL OR kind = 'feedback'", name="from_mentee"),
        person_id="people",
        engagement_id="practice_engagements",
        attested_by="people",
        audited=True,
    )

    person_id: UUID = restricted()
    kind: RecordKind = restricted(sa_type=enum_type(RecordKind))
    started_on: date = restricted()
    ended_on: date | None = restricted(None)
    hours: Decimal | None = restricted(None, sa_type=ScaledDecimal(2))
    given_by: str | None = personal(None, max_length=200)
    note: str | None = personal(None, max_length=4000)
    engagement_id: UUID | None = restricted(None)
    """Set where the mentee of this engagement gave the feedback through her link."""
    attested_by: UUID | None = restricted(None)
