"""Use cases of feedback both ways: give it as mentor, read what one may, read all of it to judge.

The mentee speaks by her link; what she says lies among the mentor's records, since it counts there.
"""

from uuid import UUID

from app.access.permissions import Permission
from app.audit.events import Event
from app.core.errors import NotFound
from app.people import service as people
from app.practice import queries
from app.practice.rules.feedback import Said, Speaker, ensure_room, may_hear, trend
from app.practice.rules.questions import Audience
from app.practice.schemas.feedback import FeedbackCreate
from app.practice.tables import EngagementRow, FeedbackRow
from app.work import Work


def give_feedback(work: Work, engagement_id: UUID, wanted: FeedbackCreate) -> Said:
    """Give the mentee of one's own engagement feedback; the mentor's own counts nowhere."""
    work.require(Permission.PRACTICE_LOG_OWN)
    engagement = queries.engagement_for_update(work, engagement_id, person_id=work.person_id)
    ensure_room(len(queries.feedback_by_mentor(work, engagement.id)))
    row = FeedbackRow(body_id=work.body_id, stream=engagement.id, given_on=work.today, **wanted.model_dump())
    work.session.add(row)
    work.record(Event.FEEDBACK_GIVEN, engagement, feedback=row.id, audience=row.audience)
    return _of_mentor(row)


def feedback(work: Work, engagement_id: UUID) -> dict[str, object]:
    """Return what the mentor said and, of what the mentee said, what was for her too."""
    work.require(Permission.PRACTICE_LOG_OWN)
    engagement = queries.engagement_of(work, work.person_id, engagement_id)
    return {"items": [one for one in _said(work, engagement) if may_hear(one, Speaker.MENTOR)]}


def disclosed_feedback(work: Work, engagement_id: UUID) -> dict[str, object]:
    """Tell those who judge a mentor's practice all that was said; the access is recorded."""
    work.require(Permission.PRACTICE_READ)
    engagement = queries.engagement(work, engagement_id)
    if engagement.person_id == work.person_id:
        raise NotFound("engagement")  # some of it was said for others than her
    work.record(Event.RECORD_DISCLOSED, people.known(work, engagement.person_id), what="feedback")
    said = _said(work, engagement)
    return {"trends": [trend(side, said) for side in Speaker], "items": said}


def shared_with_mentee(work: Work, engagement_id: UUID) -> list[dict[str, object]]:
    """Return what a mentor shared with her mentee; callers have asked their own permission."""
    return [
        {"given_on": row.given_on, "text": row.text}
        for row in queries.feedback_by_mentor(work, engagement_id)
        if may_hear(_of_mentor(row), Speaker.MENTEE)
    ]


def _said(work: Work, engagement: EngagementRow) -> list[Said]:
    said = [_of_mentor(row) for row in queries.feedback_by_mentor(work, engagement.id)]
    said += [
        Said(Speaker.MENTEE, row.started_on, row.audience, row.note)
        for row in queries.feedback_by_mentee(work, engagement.person_id, engagement.id)
    ]
    return sorted(said, key=lambda one: one.given_on)


def _of_mentor(row: FeedbackRow) -> Said:
    return Said(Speaker.MENTOR, row.given_on, Audience(row.audience), row.text)
