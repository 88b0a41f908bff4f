"""Use cases by which others vouch for practice: the mentee by link, a named person by attestation."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from app.access.permissions import Permission
from app.audit.events import Event
from app.core.errors import Conflict, Invalid
from app.core.ids import secret_hash
from app.impartiality import service as impartiality
from app.impartiality.rules import Act
from app.people import service as people
from app.practice import queries, rules
from app.practice.rules import Capacity, RecordKind, SessionAction, SessionState, presence
from app.practice.schemas.confirming import AttestationCreate, MenteeAnswer
from app.practice.service import milestones
from app.practice.service.feedback import shared_with_mentee
from app.practice.service.mailing import ensure_answerable
from app.practice.tables import (
    AttestationRow,
    ConfirmationLinkRow,
    EngagementRow,
    PracticeRecordRow,
    SessionRow,
)
from app.work import Work


def asked(work: Work, secret: str) -> dict[str, object]:
    """Show a mentee what she is asked to confirm; the secret in her hand is the permission."""
    work.open_to_all()
    link = queries.link_to_read(work, secret_hash(secret))
    ensure_answerable(work, link)
    engagement = queries.engagement(work, link.stream)
    mentor = people.known(work, engagement.person_id).printed_name
    return {
        "mentee_name": link.mentee_name,
        "mentor_name": mentor,
        "sme_name": engagement.sme_name,
        "phase": engagement.phase,
        "expires_at": link.expires_at,
        "sessions": [
            session.model_dump(include={"id", "held_on", "starts_at", "ends_at"})
            | {"mentors": _mentors_of(session, mentor)}
            for session in _sessions_of(work, link)
        ],
        "milestones": milestones.to_confirm(work, link),
        "feedback": shared_with_mentee(work, engagement.id),
    }


def answer(work: Work, secret: str, told: MenteeAnswer) -> dict[str, object]:
    """Take down the mentee's answer, once: what she does not dispute is confirmed (7.3)."""
    work.open_to_all()
    link = queries.link(work, secret_hash(secret))
    ensure_answerable(work, link)
    engagement = locked(work, link.stream)
    sessions = _sessions_of(work, link)
    disputed = _settle_all(work, engagement, sessions, told)
    settled = milestones.settle(work, link, told.disputed_milestones)
    link.used_at = work.now
    work.session.add(link)
    work.record(
        Event.SESSIONS_CONFIRMED,
        engagement,
        confirmed=len(sessions) - disputed,
        disputed=disputed,
        how="mentee",
        link=link.id,
        milestones_confirmed=settled.confirmed,
        milestones_disputed=settled.disputed,
    )
    if told.feedback is not None:
        _enter_feedback(work, engagement, link, told)
    return {
        "confirmed": len(sessions) - disputed,
        "disputed": disputed,
        "milestones_confirmed": len(settled.confirmed),
        "milestones_disputed": len(settled.disputed),
        "has_feedback": told.feedback is not None,
    }


def attest(work: Work, engagement_id: UUID, told: AttestationCreate) -> AttestationRow:
    """Attest sessions in one's own name; it bars from every duty in the mentor's case (amendment 3)."""
    work.require(Permission.PRACTICE_ATTEST)
    engagement = locked(work, engagement_id)
    _ensure_not_own(work, engagement.person_id)
    sessions = _chosen(queries.sessions_in(work, engagement_id), told.session_ids)
    involvement_id = note_reference(work, engagement.person_id, engagement.started_on)
    for session in sessions:
        settle(work, session, SessionAction.ATTEST)
    row = AttestationRow(
        body_id=work.body_id,
        stream=engagement_id,
        attester_id=work.person_id,
        involvement_id=involvement_id,
        capacity=told.capacity,
        basis=told.basis,
        attested_on=work.today,
        sessions=len(sessions),
        session_ids=[str(session.id) for session in sessions],
    )
    work.session.add(row)
    work.record(
        Event.SESSIONS_CONFIRMED,
        engagement,
        confirmed=len(sessions),
        disputed=0,
        how=f"attested by {told.capacity}",
        attestation=row.id,
    )
    return row


def attest_record(work: Work, record_id: UUID, capacity: Capacity) -> PracticeRecordRow:
    """Attest a record in one's own name; it bars from every duty in the mentor's case (amendment 3)."""
    work.require(Permission.PRACTICE_ATTEST)
    row = queries.record_for_update(work, record_id)
    _ensure_not_own(work, row.person_id)
    if row.attested_by is not None:
        raise Conflict("record_attested_already")
    note_reference(work, row.person_id, row.started_on)
    row.attested_by = work.person_id
    work.session.add(row)
    work.record(Event.RECORD_ATTESTED, row, kind=row.kind, capacity=capacity)
    return row


def locked(work: Work, engagement_id: UUID) -> EngagementRow:
    """Lock mentor and engagement in the order in which everybody locks them; callers asked permission."""
    queries.lock_mentor(work, queries.engagement(work, engagement_id).person_id)
    return queries.engagement_for_update(work, engagement_id)


def _ensure_not_own(work: Work, mentor_id: UUID) -> None:
    if mentor_id == work.person_id:
        raise Conflict("own_practice_attested")


def _chosen(sessions: Sequence[SessionRow], ids: Sequence[UUID] | None) -> list[SessionRow]:
    if ids is None:
        found = [
            row
            for row in sessions
            if rules.may_settle(row.state, SessionAction.ATTEST) and not row.co_mentors
        ]
        if not found:
            raise Conflict("nothing_to_confirm")
        return found
    wanted = set(ids)
    found = [row for row in sessions if row.id in wanted]
    if len(found) < len(wanted):
        raise Invalid("session_not_in_engagement", pointer="/session_ids")
    if any(row.co_mentors for row in found):  # who of several was there, only the mentee can say (7.0 (14))
        raise Conflict("presence_by_mentee_alone")
    return found


def _settle_all(
    work: Work, engagement: EngagementRow, sessions: Sequence[SessionRow], told: MenteeAnswer
) -> int:
    """Settle each session by the mentee's word; return how many do not count: disputed, or held by others."""
    disputed = set(told.disputed)
    if disputed - {session.id for session in sessions}:
        raise Invalid("session_not_in_link", pointer="/disputed")
    mentor = people.known(work, engagement.person_id).printed_name
    present = {entry.session_id: entry.mentors for entry in told.present}
    standing = [session for session in sessions if session.id not in disputed]
    presence.ensure_told({one.id: names for one in standing if (names := _mentors_of(one, mentor))}, present)
    for session in sessions:
        session.present = present.get(session.id)
        is_disputed = session.id in disputed
        action = SessionAction.DISPUTE if is_disputed else presence.action_for(mentor, session.present)
        settle(work, session, action)
    return sum(session.state is SessionState.DISPUTED for session in sessions)


def _mentors_of(session: SessionRow, mentor: str) -> list[str]:
    """Return who is said to have mentored, where it was more than one; the mentor who logged it first."""
    return [mentor, *session.co_mentors] if session.co_mentors else []


def settle(work: Work, session: SessionRow, action: SessionAction) -> None:
    """Do with a session what others say of it; callers have asked their own permission."""
    session.state = rules.after_session(session.state, action)
    work.session.add(session)


def note_reference(work: Work, mentor_id: UUID, since: date) -> UUID:
    """Note that the acting person vouched for a mentor; callers have asked their own permission."""
    row = impartiality.note_fact(
        work,
        Act.REFEREED,
        person_id=work.person_id,
        candidate_id=mentor_id,
        started_on=min(since, work.today),
        ended_on=work.today,
    )
    return row.id


def _sessions_of(work: Work, link: ConfirmationLinkRow) -> list[SessionRow]:
    """Return the link's sessions that the mentee has not confirmed by another link since."""
    covered = set(link.session_ids)
    return [
        session
        for session in queries.sessions_in(work, link.stream)
        if str(session.id) in covered and rules.may_settle(session.state, SessionAction.CONFIRM)
    ]


def _enter_feedback(
    work: Work, engagement: EngagementRow, link: ConfirmationLinkRow, told: MenteeAnswer
) -> None:
    row = PracticeRecordRow(
        body_id=work.body_id,
        person_id=engagement.person_id,
        kind=RecordKind.FEEDBACK,
        started_on=work.today,
        given_by=link.mentee_name,
        note=told.feedback,
        engagement_id=engagement.id,
        audience=told.audience,
    )
    work.session.add(row)
    work.record(Event.RECORD_LOGGED, row, kind=row.kind, engagement=engagement.id, audience=row.audience)
