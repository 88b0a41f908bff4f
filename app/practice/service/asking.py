"""Use cases of asking mentees: who they are, and the link by which one confirms; she alone receives it."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from app.access.permissions import Permission
from app.audit.events import Event
from app.bodies import service as bodies
from app.core.dates import day_in
from app.core.errors import Conflict, Invalid
from app.core.ids import new_id, new_secret, secret_hash
from app.core.post import mailbox_of
from app.notices import service as notices
from app.notices.rules import NoticeKind
from app.practice import queries, rules
from app.practice.rules import SessionAction, SessionState
from app.practice.rules.links import (
    ASK_WINDOW,
    ASKED_LATELY,
    ASKS,
    LINK_LIFE,
    MENTEES,
    asked_about,
)
from app.practice.schemas.confirming import MenteeCreate
from app.practice.service import milestones
from app.practice.service.mailing import write_to_mentee
from app.practice.tables import ConfirmationLinkRow, EngagementRow, MenteeRow, SessionRow
from app.work import Work


def add_mentee(work: Work, engagement_id: UUID, wanted: MenteeCreate) -> MenteeRow:
    """Name a mentee of one's own engagement; a mentor's own address would let her confirm herself (7.3)."""
    work.require(Permission.PRACTICE_LOG_OWN)
    engagement = queries.engagement_for_update(work, engagement_id, person_id=work.person_id)
    if mailbox_of(wanted.email) in notices.mailboxes(work, work.person_id):
        raise Invalid("mentee_is_mentor", pointer="/email")
    if len(queries.mentees_in(work, engagement.id)) >= MENTEES:
        raise Conflict("mentees_too_many", most=MENTEES)
    row = MenteeRow(
        body_id=work.body_id, id=new_id(), stream=engagement.id, added_on=work.today, **wanted.model_dump()
    )
    work.session.add(row)
    work.record(Event.MENTEE_ADDED, engagement, mentee=row.id)
    return row


def mentees(work: Work, engagement_id: UUID) -> dict[str, object]:
    """Return the mentees of one of the mentor's own engagements."""
    work.require(Permission.PRACTICE_LOG_OWN)
    return {"items": queries.mentees_in(work, queries.engagement_of(work, work.person_id, engagement_id).id)}


def part_with_mentee(work: Work, engagement_id: UUID, mentee_id: UUID) -> MenteeRow:
    """Note that a mentee has left; she is asked no more, what she said stands."""
    work.require(Permission.PRACTICE_LOG_OWN)
    engagement = queries.engagement_for_update(work, engagement_id, person_id=work.person_id)
    row = queries.mentee(work, engagement.id, mentee_id)
    if row.left_on is not None:
        raise Conflict("mentee_left_already")
    row.left_on = work.today
    work.session.add(row)
    work.record(Event.MENTEE_LEFT, engagement, mentee=row.id)
    return row


def ask(work: Work, engagement_id: UUID, mentee_id: UUID) -> dict[str, object]:
    """Send one mentee a one-time link over the sessions logged so far; the mentor never sees it."""
    work.require(Permission.PRACTICE_LOG_OWN)
    engagement = queries.engagement_for_update(work, engagement_id, person_id=work.person_id)
    mentee = queries.mentee(work, engagement.id, mentee_id)
    if mentee.left_on is not None:
        raise Conflict("mentee_left_already")
    if queries.asks_on_their_way(work, mentee.id, live_after=work.now + LINK_LIFE - ASK_WINDOW) >= ASKS:
        raise Conflict("mentee_asked_enough", most=ASKS)
    found = _to_confirm(work, engagement.id)
    if not found and not milestones.left_to_confirm(work, engagement.id):
        raise Conflict("nothing_to_confirm")
    return _sent(work, engagement, mentee, found)


def due_to_be_asked(work: Work) -> Sequence[UUID]:
    """Return the engagements whose mentee may be due for the link of this month."""
    work.require_system()
    return queries.engagements_to_confirm(work, *asked_about(work.today))


def ask_for_month(work: Work, engagement_id: UUID) -> None:
    """Ask the mentee of an engagement, once a month and not if she was asked lately."""
    work.require_system()
    engagement = queries.engagement_for_update(work, engagement_id)
    month = work.today.replace(day=1)
    if queries.is_asked(work, engagement.id, month, live_after=work.now + LINK_LIFE - ASKED_LATELY):
        return
    since, before = asked_about(work.today)
    found = [
        session
        for session in queries.sessions_in(work, engagement.id)
        if session.state is SessionState.LOGGED and since <= session.held_on < before
    ]
    mentee = next((one for one in queries.mentees_in(work, engagement.id) if one.left_on is None), None)
    if found and mentee is not None:
        _sent(work, engagement, mentee, found, month=month)


def _to_confirm(work: Work, engagement_id: UUID) -> list[SessionRow]:
    return [
        session
        for session in queries.sessions_in(work, engagement_id)
        if rules.may_settle(session.state, SessionAction.CONFIRM)
    ]


def _sent(
    work: Work,
    engagement: EngagementRow,
    mentee: MenteeRow,
    sessions: Sequence[SessionRow],
    month: date | None = None,
) -> dict[str, object]:
    secret = new_secret()
    row = ConfirmationLinkRow(
        body_id=work.body_id,
        id=new_id(),
        stream=engagement.id,
        secret_hash=secret_hash(secret),
        mentee_id=mentee.id,
        mentee_name=mentee.name,
        for_month=month,
        session_ids=[str(session.id) for session in sessions],
        expires_at=work.now + LINK_LIFE,
    )
    work.session.add(row)
    body = bodies.own(work)
    write_to_mentee(
        work,
        engagement,
        mentee,
        NoticeKind.CONFIRMATION_ASKED,
        key=f"confirmation:{row.id}",
        until=day_in(body.time_zone, row.expires_at),
        link=f"/confirm/{body.slug}/{secret}",
        sessions=len(sessions),
    )
    work.record(
        Event.CONFIRMATION_ASKED, engagement, link=row.id, sessions=len(sessions), expires_at=row.expires_at
    )
    return row.model_dump(include={"id", "mentee_id", "mentee_name", "expires_at"}) | {
        "sessions": len(sessions)
    }
