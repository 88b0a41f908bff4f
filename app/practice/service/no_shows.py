"""Use cases of meetings that a mentee missed: note one, list."""

from datetime import UTC
from uuid import UUID

from app.access.permissions import Permission
from app.audit.events import Event
from app.bodies import service as bodies
from app.core.dates import day_in
from app.practice import queries
from app.practice.rules.no_shows import ensure_may_note, ensure_room
from app.practice.schemas.no_shows import NoShowCreate
from app.practice.service.sessions import frame_of
from app.practice.tables import NoShowRow
from app.work import Work


def note_no_show(work: Work, engagement_id: UUID, wanted: NoShowCreate) -> NoShowRow:
    """Note that the mentee did not come; no mentor is marked down for what her mentee left undone."""
    work.require(Permission.PRACTICE_LOG_OWN)
    engagement = queries.engagement_for_update(work, engagement_id, person_id=work.person_id)
    planned_at = wanted.planned_at.astimezone(UTC)
    planned_on = day_in(bodies.own(work).time_zone, planned_at)
    ensure_may_note(frame_of(engagement), planned_at, planned_on, work.now)
    ensure_room(
        {row.planned_at for row in queries.no_shows_in(work, engagement.id)},
        ((row.starts_at, row.ends_at) for row in queries.sessions_in(work, engagement.id)),
        planned_at,
    )
    row = NoShowRow(
        body_id=work.body_id,
        stream=engagement.id,
        planned_at=planned_at,
        planned_on=planned_on,
        note=wanted.note,
        noted_on=work.today,
    )
    work.session.add(row)
    work.record(Event.NO_SHOW_NOTED, engagement, no_show=row.id, planned_on=planned_on)
    return row


def no_shows(work: Work, engagement_id: UUID) -> dict[str, object]:
    """Return the missed meetings of one of the mentor's own engagements."""
    work.require(Permission.PRACTICE_LOG_OWN)
    return {"items": queries.no_shows_in(work, queries.engagement_of(work, work.person_id, engagement_id).id)}
