"""The use case by which a mentor takes her practice along to another body."""

import base64
import hashlib
from uuid import UUID

from app.access.permissions import Permission
from app.audit.canonical import canonical
from app.audit.events import Event
from app.bodies import service as bodies
from app.bodies import trusting
from app.people import service as people
from app.practice import queries
from app.practice.rules.questions import Audience
from app.practice.schemas.exchange import (
    Transcript,
    TranscriptEngagement,
    TranscriptRecord,
    TranscriptSession,
)
from app.practice.tables import EngagementRow, PracticeRecordRow, SessionRow
from app.work import Work


def export(work: Work) -> dict[str, object]:
    """Give a mentor all of her practice with what others said about it, signed by the body."""
    work.require(Permission.PRACTICE_LOG_OWN)
    person, body = people.known(work, work.person_id), bodies.own(work)
    transcript = Transcript(
        format="mentorcert-practice/1",
        body_slug=body.slug,
        body_name=body.legal_name,
        printed_name=person.printed_name,
        left_on=work.today,
        engagements=_engagements(work),
        records=_records(work),
    )
    content = canonical(transcript.model_dump(mode="json"))
    kid, signature = trusting.signed(work, content)
    work.record(
        Event.PRACTICE_LEFT,
        person,
        sha256=hashlib.sha256(content).hexdigest(),
        engagements=len(transcript.engagements),
        sessions=transcript.session_count,
    )
    return {
        "transcript": transcript,
        "kid": kid,
        "signature": base64.urlsafe_b64encode(signature).decode().rstrip("="),
    }


def _engagements(work: Work) -> list[TranscriptEngagement]:
    rows = queries.engagements(work, work.person_id)
    attesters = queries.attesters(work, [row.id for row in rows])
    held: dict[UUID, list[SessionRow]] = {}
    for session in queries.sessions(work, work.person_id):
        held.setdefault(session.stream, []).append(session)
    return [_engagement(row, held.get(row.id, []), attesters.get(row.id, [])) for row in rows]


def _engagement(row: EngagementRow, sessions: list[SessionRow], attesters: list[str]) -> TranscriptEngagement:
    plain = row.model_dump(include=set(TranscriptEngagement.model_fields) - {"id", "sessions", "attested_by"})
    return TranscriptEngagement(
        id=_lasting_id(row),
        **plain,
        attested_by=attesters,
        sessions=[TranscriptSession.model_validate(session) for session in sessions],
    )


def _records(work: Work) -> list[TranscriptRecord]:
    ids = {row.id: _lasting_id(row) for row in queries.engagements(work, work.person_id)}
    return [
        _record(row, None if row.engagement_id is None else ids[row.engagement_id])
        for row in queries.records(work, work.person_id)
    ]


def _record(row: PracticeRecordRow, engagement_id: UUID | None) -> TranscriptRecord:
    plain = row.model_dump(include=set(TranscriptRecord.model_fields) - {"id", "engagement_id", "is_backed"})
    if row.audience is Audience.ASSESSORS:
        plain["note"] = None  # the mentor holds the file in her hands
    is_backed = row.engagement_id is not None or row.attested_by is not None or row.backed_there
    return TranscriptRecord(id=_lasting_id(row), engagement_id=engagement_id, **plain, is_backed=is_backed)


def _lasting_id(row: EngagementRow | PracticeRecordRow) -> UUID:
    """Return the id that it bore where it began: so it is known again wherever it goes, and back at home."""
    return row.origin or row.id
