"""Use cases of engagements: open, complete, end."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from app.access.permissions import Permission
from app.audit.events import Event
from app.core.errors import Conflict, Invalid
from app.core.paging import Slice, Window
from app.practice import queries, rules
from app.practice.rules import COUNTING, EndReason, EngagementAction, SessionState
from app.practice.rules.rhythm import Meeting
from app.practice.rules.rhythm import rhythm as rhythm_of
from app.practice.schemas.engagements import EngagementCreate
from app.practice.service.measuring import as_engagement
from app.practice.service.reviewing import Reviewing
from app.practice.tables import EngagementRow
from app.work import Work


def open_engagement(work: Work, wanted: EngagementCreate) -> EngagementRow:
    """Open an engagement; its growth phase is fixed here (7.0, amendment 20)."""
    work.require(Permission.PRACTICE_LOG_OWN)
    return enter(work, wanted.model_dump())


def enter(work: Work, told: Mapping[str, Any]) -> EngagementRow:
    """Enter an engagement of the acting mentor; callers have asked their own permission."""
    queries.lock_mentor(work, work.person_id)
    if queries.engagement_by_code(work, work.person_id, told["code"]) is not None:
        raise Conflict("engagement_code_taken", engagement=told["code"])
    if told["started_on"] > work.today:
        raise Invalid("day_not_come", pointer="/started_on")
    row = EngagementRow(
        body_id=work.body_id,
        person_id=work.person_id,
        sme_key=rules.sme_key(work.person_id, told["sme_name"]),
        milestones=[],
        **told,
    )
    work.session.add(row)
    work.record(
        Event.ENGAGEMENT_OPENED,
        row,
        modality=row.modality,
        phase=row.phase,
        planned_months=row.planned_months,
        own_interest=row.own_interest,
        is_paid=row.is_paid,
        touch=row.touch,
        continues=row.continues_id,
    )
    return row


def search(work: Work, wanted: Window) -> Slice[EngagementRow]:
    """Return one page of the mentor's own engagements."""
    work.require(Permission.PRACTICE_LOG_OWN)
    return queries.engagements_page(work, work.person_id, wanted)


def read(work: Work, engagement_id: UUID) -> EngagementRow:
    """Return one of the mentor's own engagements."""
    work.require(Permission.PRACTICE_LOG_OWN)
    return queries.engagement_of(work, work.person_id, engagement_id)


def rhythm(work: Work, engagement_id: UUID) -> dict[str, object]:
    """Show how one of the mentor's own engagements goes: meetings that nobody disputes, reviews to come."""
    row = read(work, engagement_id)
    meetings = [
        Meeting(
            session.held_on,
            int((session.ends_at - session.starts_at).total_seconds()) // 60,
            session.type,
        )
        for session in queries.sessions_in(work, row.id)
        if session.state is not SessionState.DISPUTED
    ]
    has_ended, until = row.ended_on is not None, row.ended_on or work.today
    found = rhythm_of(row.started_on, row.planned_months, until, meetings, has_ended=has_ended)
    return vars(found) | {"reviews": Reviewing.of(work, row).told()}


def complete(work: Work, engagement_id: UUID, ended_on: date) -> EngagementRow:
    """Complete an engagement that was long enough and reached its milestones (7.3)."""
    work.require(Permission.PRACTICE_LOG_OWN)
    queries.lock_mentor(work, work.person_id)  # no import may add a later session meanwhile
    row = queries.engagement_for_update(work, engagement_id, person_id=work.person_id)
    work.expect(row)
    state = rules.after_engagement(row.state, EngagementAction.COMPLETE)
    as_engagement(row).ensure_complete(ended_on, COUNTING)
    _close(work, row, ended_on)
    row.state = state
    work.record(Event.ENGAGEMENT_COMPLETED, row, ended_on=ended_on)
    return row


def end(work: Work, engagement_id: UUID, ended_on: date, reason: EndReason) -> EngagementRow:
    """End an engagement before its aims were reached; its sessions still count."""
    work.require(Permission.PRACTICE_LOG_OWN)
    queries.lock_mentor(work, work.person_id)  # no import may add a later session meanwhile
    row = queries.engagement_for_update(work, engagement_id, person_id=work.person_id)
    return end_locked(work, row, ended_on, reason)


def end_locked(work: Work, row: EngagementRow, ended_on: date, reason: EndReason) -> EngagementRow:
    """End an engagement whose mentor is locked; callers have asked their own permission."""
    work.expect(row)
    state = rules.after_engagement(row.state, EngagementAction.END)
    _close(work, row, ended_on)
    row.state, row.end_reason = state, reason
    work.record(Event.ENGAGEMENT_ENDED, row, ended_on=ended_on, reason=reason)
    return row


def _close(work: Work, row: EngagementRow, ended_on: date) -> None:
    if ended_on < row.started_on:
        raise Invalid("dates_reversed", pointer="/ended_on")
    if ended_on > work.today:
        raise Invalid("day_not_come", pointer="/ended_on")
    if any(session.held_on > ended_on for session in queries.sessions_in(work, row.id)):
        raise Conflict("session_after_end")
    row.ended_on = ended_on
    work.session.add(row)
