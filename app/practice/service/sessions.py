"""Use cases of sessions: log one, list."""

from datetime import UTC
from typing import Any
from uuid import UUID

from app.access.permissions import Permission
from app.audit.events import Event
from app.bodies import service as bodies
from app.core.dates import day_in
from app.people import service as people
from app.practice import queries
from app.practice.rules import Calendar, Draft, Frame, Refused, SessionState
from app.practice.rules.activities import ensure_may_name
from app.practice.rules.presence import ensure_others
from app.practice.schemas.sessions import SessionCreate
from app.practice.service.activities import types_of
from app.practice.tables import EngagementRow, SessionRow
from app.work import Work

_FIELDS = {"/date": "/starts_at", "/start": "/starts_at", "/end": "/ends_at"}
"""Where a caller wrote what the calendar, which reads files too, names by its column."""


def log_session(work: Work, engagement_id: UUID, wanted: SessionCreate) -> SessionRow:
    """Log one session; it counts when somebody else vouches for it (7.3)."""
    work.require(Permission.PRACTICE_LOG_OWN)
    queries.lock_mentor(work, work.person_id)
    engagement = queries.engagement_for_update(work, engagement_id, person_id=work.person_id)
    draft = Draft(
        held_on=day_in(bodies.own(work).time_zone, wanted.starts_at),
        starts_at=wanted.starts_at.astimezone(UTC),
        ends_at=wanted.ends_at.astimezone(UTC),
        kind=wanted.kind,
        note=wanted.note,
        channel=wanted.channel,
        type=wanted.type,
        co_mentors=tuple(wanted.co_mentors),
    )
    ensure_others(people.known(work, work.person_id).printed_name, draft.co_mentors)
    if draft.type is not None:
        ensure_may_name(types_of(work), draft.type, None, draft.held_on)
    try:
        Calendar(work.now).known(logged_by(work)).enter(frame_of(engagement), draft)
    except Refused as refusal:
        raise Refused(refusal.code, pointer=_FIELDS.get(refusal.pointer or ""), **refusal.facts) from None
    row = SessionRow(**columns_of(work, engagement.id, draft))
    work.session.add(row)
    work.record(Event.SESSION_LOGGED, engagement, session=row.id, held_on=row.held_on, minutes=draft.minutes)
    return row


def sessions(work: Work, engagement_id: UUID) -> dict[str, object]:
    """Return all sessions of one of the mentor's own engagements."""
    work.require(Permission.PRACTICE_LOG_OWN)
    queries.engagement_of(work, work.person_id, engagement_id)
    return {"items": queries.sessions_in(work, engagement_id)}


def logged_by(work: Work) -> list[tuple[UUID, Draft]]:
    """Return all sessions that the mentor has logged, by engagement."""
    return [
        (row.stream, Draft(row.held_on, row.starts_at, row.ends_at, row.kind))
        for row in queries.sessions(work, work.person_id)
    ]


def frame_of(row: EngagementRow) -> Frame:
    """Return an engagement as far as its dates matter."""
    return Frame(row.id, row.started_on, row.ended_on)


def columns_of(work: Work, engagement_id: UUID, draft: Draft) -> dict[str, Any]:
    """Return the columns of a new session of the acting mentor."""
    return {
        "body_id": work.body_id,
        "stream": engagement_id,
        "person_id": work.person_id,
        "held_on": draft.held_on,
        "starts_at": draft.starts_at,
        "ends_at": draft.ends_at,
        "kind": draft.kind,
        "note": draft.note,
        "channel": draft.channel,
        "type": draft.type,
        "co_mentors": list(draft.co_mentors) or None,
        "state": SessionState.LOGGED,
    }
