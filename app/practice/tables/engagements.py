"""Engagements and their sessions."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa

from app.core.table import Audited, Guard, Part, enum_type, keys, personal, restricted
from app.practice.rules import (
    Channel,
    EndReason,
    EngagementState,
    Modality,
    Phase,
    SessionKind,
    SessionState,
    Touch,
)

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


_NOT_ACCEPTED = (
    "NEW.continues_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM practice_hand_overs h"
    " WHERE h.body_id = NEW.body_id AND h.engagement_id = NEW.continues_id"
    " AND h.to_person_id = NEW.person_id AND h.state = 'accepted')"
)


class EngagementRow(Audited, table=True):
    """One mentor's work with one SME; phase and interest are told at the start and stay."""

    __tablename__ = "practice_engagements"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "person_id", "code"),
        sa.UniqueConstraint("body_id", "origin"),
        sa.CheckConstraint("ended_on IS NULL OR ended_on >= started_on", name="dates"),
        sa.CheckConstraint("(state = 'open') = (ended_on IS NULL)", name="ended"),
        sa.CheckConstraint("end_reason IS NULL OR state = 'ended'", name="reason"),
        sa.UniqueConstraint("body_id", "continues_id"),
        person_id="people",
        continues_id="practice_engagements",
        entry_id="practice_entries",
        audited=True,
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard(
            "fixed_at_start",
            "7.3",
            "UPDATE",
            "NEW.person_id <> OLD.person_id OR NEW.phase <> OLD.phase OR NEW.started_on <> OLD.started_on"
            " OR NEW.own_interest <> OLD.own_interest OR NEW.is_paid <> OLD.is_paid"
            " OR (NEW.continues_id IS NULL) <> (OLD.continues_id IS NULL)"
            " OR NEW.continues_id <> OLD.continues_id",
        ),
        Guard("continues_what_was_accepted", "7.3", "INSERT", _NOT_ACCEPTED),
        Guard(
            "closed_for_good",
            "7.3",
            "UPDATE",
            "OLD.state <> 'open' AND (NEW.state <> OLD.state OR NEW.ended_on <> OLD.ended_on"
            " OR COALESCE(NEW.end_reason, '') <> COALESCE(OLD.end_reason, ''))",
        ),
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
    is_paid: bool = restricted(default=False)
    """Paid and free work count alike; who looks at it may know which it was."""
    touch: Touch | None = restricted(None, sa_type=enum_type(Touch))
    modality: Modality = restricted(sa_type=enum_type(Modality))
    planned_months: int = restricted()
    phase: Phase = restricted(sa_type=enum_type(Phase))
    started_on: date = restricted()
    ended_on: date | None = restricted(None)
    milestones: list[str] = restricted(sa_type=sa.JSON)
    state: EngagementState = restricted(EngagementState.OPEN, sa_type=enum_type(EngagementState))
    end_reason: EndReason | None = restricted(None, sa_type=enum_type(EndReason))
    continues_id: UUID | None = restricted(None)
    """The engagement of another mentor that was handed over to this one."""
    entry_id: UUID | None = restricted(None)
    """The portfolio from another body that it came with."""
    origin: UUID | None = restricted(None)
    """Its id there, so that it does not come in twice."""


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
            " OR COALESCE(NEW.channel, '') <> COALESCE(OLD.channel, '')"
            " OR COALESCE(NEW.type, '') <> COALESCE(OLD.type, '')"
            " OR COALESCE(CAST(NEW.co_mentors AS TEXT), '') <> COALESCE(CAST(OLD.co_mentors AS TEXT), '')"
            " OR (NEW.state = 'logged' AND OLD.state <> 'logged')",
        ),
    )

    person_id: UUID = restricted()
    held_on: date = restricted()
    """The day it began on in the body's time zone."""
    starts_at: datetime = restricted()
    ends_at: datetime = restricted()
    kind: SessionKind = restricted(sa_type=enum_type(SessionKind))
    channel: Channel | None = restricted(None, sa_type=enum_type(Channel))
    type: str | None = restricted(None, max_length=40)
    """Code of a type of activity of the body; None is a plain session."""
    co_mentors: list[str] | None = personal(None, sa_type=sa.JSON(none_as_null=True))
    """Names of those who mentored beside her; each logs the session herself."""
    present: list[str] | None = personal(None, sa_type=sa.JSON(none_as_null=True))
    """Whom of them all the mentee named as present; None where there was one mentor, or no answer yet."""
    note: str | None = personal(None, max_length=4000)
    state: SessionState = restricted(SessionState.LOGGED, sa_type=enum_type(SessionState))
