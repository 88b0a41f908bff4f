"""Writing an admitted transcript into the log, engagement by engagement, beside what is there."""

from collections.abc import Mapping
from uuid import UUID

from app.audit.events import Event
from app.core.errors import Conflict
from app.core.ids import new_id
from app.practice import queries, rules
from app.practice.rules import Calendar, Draft, Entry, Intake, RowOutcome
from app.practice.rules.activities import Types, spoken_here
from app.practice.rules.exchange import free_code
from app.practice.schemas.exchange import (
    Transcript,
    TranscriptEngagement,
    TranscriptRecord,
    TranscriptSession,
)
from app.practice.service.activities import types_of
from app.practice.service.sessions import frame_of
from app.practice.tables import EngagementRow, EntryRow, PracticeRecordRow, SessionRow
from app.work import Work


def take_over(work: Work, entry: EntryRow, transcript: Transcript) -> tuple[int, int, int]:
    """Write all that is new; return how many sessions were loaded, there already, and refused.

    A type that this body has not, or has for something else, is left out: under its rules it says nothing.
    Sessions are judged like imported ones: one that overlaps another of the mentor's is refused, whoever
    confirmed it. Callers have asked their own permission.
    """
    queries.lock_mentor(work, entry.person_id)
    ids = {one.id for one in transcript.engagements} | {one.id for one in transcript.records}
    if queries.is_held_by_another(work, entry.person_id, ids):
        raise Conflict("practice_of_another")
    queries.plan_each_row(work)
    here = _engagements(work, entry, transcript)
    frames = {str(row.id): frame_of(row) for row in here.values()}
    types = types_of(work)
    intake = Intake(Calendar(work.now), frames, _logged(work, entry.person_id), types)
    counts = dict.fromkeys(RowOutcome, 0)
    for told in sorted(transcript.engagements, key=lambda one: one.id):
        row = here[told.id]
        loaded = _sessions(intake, row, told, counts)
        if loaded or row.entry_id == entry.id:
            work.recorder.insert(SessionRow, loaded)
            work.record(Event.ENGAGEMENT_ENTERED, row, entry=entry.id, sessions=len(loaded))
    _records(work, entry, transcript.records, {origin: row.id for origin, row in here.items()}, types)
    return counts[RowOutcome.LOADED], counts[RowOutcome.ALREADY_THERE], counts[RowOutcome.REFUSED]


def _engagements(work: Work, entry: EntryRow, transcript: Transcript) -> dict[UUID, EngagementRow]:
    """Return the rows of all engagements by their ids there; what began or came in here is not doubled."""
    rows = queries.engagements(work, entry.person_id)
    known = {row.id: row for row in rows} | {row.origin: row for row in rows if row.origin is not None}
    codes = {row.code for row in rows}
    here: dict[UUID, EngagementRow] = {}
    for told in transcript.engagements:
        here[told.id] = known.get(told.id) or _engagement(work, entry, told, codes)
        codes.add(here[told.id].code)
    return here


def _engagement(work: Work, entry: EntryRow, told: TranscriptEngagement, codes: set[str]) -> EngagementRow:
    plain = told.model_dump(exclude={"id", "code", "attested_by", "sessions", "milestones"})
    row = EngagementRow(
        body_id=work.body_id,
        id=new_id(),
        person_id=entry.person_id,
        code=free_code(told.code, codes),
        sme_key=rules.sme_key(entry.person_id, told.sme_name),
        milestones=[str(kind) for kind in told.milestones],
        entry_id=entry.id,
        origin=told.id,
        **plain,
    )
    work.session.add(row)
    work.session.flush()  # the sessions, written as plain rows, refer to it
    return row


def _sessions(
    intake: Intake, row: EngagementRow, told: TranscriptEngagement, counts: dict[RowOutcome, int]
) -> list[dict[str, object]]:
    """Judge the sessions of one engagement beside all others; return those to be written."""
    loaded: list[dict[str, object]] = []
    for number, session in enumerate(told.sessions, 1):
        judged = intake.judge(Entry(number, str(row.id), _draft(session)))
        counts[judged.outcome] += 1
        if judged.outcome is RowOutcome.LOADED:
            owner = {"body_id": row.body_id, "stream": row.id, "person_id": row.person_id}
            kind = {"type": spoken_here(intake.types, session.type, None)}
            loaded.append(session.model_dump() | kind | owner)
    return loaded


def _records(
    work: Work, entry: EntryRow, records: list[TranscriptRecord], here: Mapping[UUID, UUID], types: Types
) -> None:
    known = {one for row in queries.records(work, entry.person_id) for one in (row.id, row.origin)}
    for told in records:
        if told.id in known:
            continue
        row = PracticeRecordRow(
            body_id=work.body_id,
            person_id=entry.person_id,
            engagement_id=here.get(told.engagement_id) if told.engagement_id else None,
            entry_id=entry.id,
            origin=told.id,
            backed_there=told.is_backed,
            type=spoken_here(types, told.type, told.kind),
            **told.model_dump(exclude={"id", "engagement_id", "is_backed", "type"}),
        )
        work.session.add(row)
        work.record(Event.RECORD_LOGGED, row, kind=row.kind, entry=entry.id)


def _logged(work: Work, person_id: UUID) -> list[tuple[UUID, Draft]]:
    return [(row.stream, _draft(row)) for row in queries.sessions(work, person_id)]


def _draft(session: SessionRow | TranscriptSession) -> Draft:
    return Draft(session.held_on, session.starts_at, session.ends_at, session.kind, session.note)
