"""Use cases by which practice from another body enters: handed in by the mentor, judged by this body."""

import base64
import hashlib
import json
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from app.access.permissions import Permission
from app.audit.canonical import NotCanonical, canonical
from app.audit.events import Event
from app.bodies import trusting
from app.core.errors import Conflict, Findings, Invalid
from app.core.paging import Slice, Window
from app.files import service as files
from app.files.rules import FileKind
from app.people import service as people
from app.practice import queries
from app.practice.rules.exchange import EntryAction, EntryState, after_entry, ensure_not_own
from app.practice.schemas.exchange import TranscriptEntryRead, TranscriptSigned
from app.practice.service.taking_over import take_over
from app.practice.tables import EntryRow
from app.work import Work

_FAULTS_TOLD = 100


def hand_in(work: Work, content: bytes) -> EntryRow:
    """Take in a transcript that a trusted body has signed; it counts for nothing until it is admitted."""
    work.require(Permission.PRACTICE_LOG_OWN)
    read, signed = _opened(content)
    trusted = trusting.signer_of(work, signed, kid=read.kid, signature=_bytes(read.signature))
    if trusted.trusted_by == work.person_id:
        raise Conflict("own_trust_used")
    sha256 = hashlib.sha256(signed).hexdigest()
    if queries.has_entry(work, work.person_id, sha256):
        raise Conflict("transcript_known")
    file = files.store(work, content, kind=FileKind.EVIDENCE, is_public=False)
    transcript = read.transcript
    row = EntryRow(
        body_id=work.body_id,
        person_id=work.person_id,
        trusted_id=trusted.id,
        printed_name=transcript.printed_name,
        left_on=transcript.left_on,
        handed_in_on=work.today,
        sha256=sha256,
        file_id=file.id,
        engagements=len(transcript.engagements),
        sessions=transcript.session_count,
        records=len(transcript.records),
    )
    work.session.add(row)
    work.record(
        Event.PRACTICE_HANDED_IN,
        row,
        sha256=sha256,
        from_body=trusted.id,
        engagements=row.engagements,
        sessions=row.sessions,
    )
    return row


def own_entries(work: Work, wanted: Window) -> Slice[EntryRow]:
    """Return one page of the transcripts that the mentor has handed in."""
    work.require(Permission.PRACTICE_LOG_OWN)
    return queries.entries_page(work, wanted, person_id=work.person_id)


def entries(work: Work, wanted: Window) -> Slice[EntryRow]:
    """Return one page of all transcripts that came in."""
    work.require(Permission.PRACTICE_ADMIT)
    return queries.entries_page(work, wanted)


def view_entry(work: Work, entry_id: UUID) -> dict[str, object]:
    """Show who is to judge a transcript what she has to compare; the access is recorded."""
    work.require(Permission.PRACTICE_ADMIT)
    row = queries.entry(work, entry_id)
    person = people.known(work, row.person_id)
    work.record(Event.RECORD_DISCLOSED, person, what="practice_entry")
    read, _ = _opened(files.content(work, row.file_id))
    signer = trusting.known(work, row.trusted_id)
    attesters = {name for engagement in read.transcript.engagements for name in engagement.attested_by}
    return row.model_dump(include=set(TranscriptEntryRead.model_fields)) | {
        "from_body": signer.name,
        "name_there": row.printed_name,
        "name_here": person.printed_name,
        "attested_by": sorted(attesters),
    }


def admit(work: Work, entry_id: UUID) -> EntryRow:
    """Take a transcript over with its confirmations; what stands here already is not doubled (7.3)."""
    work.require(Permission.PRACTICE_ADMIT)
    row = queries.entry_for_update(work, entry_id)
    ensure_not_own(row.person_id, work.person_id)
    state = after_entry(row.state, EntryAction.ADMIT)
    signer = trusting.known(work, row.trusted_id)
    if signer.ended_on is not None:
        raise Conflict("body_not_trusted", kid=signer.kid)
    read, _ = _opened(files.content(work, row.file_id))
    totals = take_over(work, row, read.transcript)
    row.loaded, row.already_there, row.refused = totals
    _judge(work, row, state)
    work.record(
        Event.PRACTICE_ADMITTED,
        row,
        loaded=row.loaded,
        already_there=row.already_there,
        refused=row.refused,
    )
    return row


def turn_down(work: Work, entry_id: UUID, reason: str) -> EntryRow:
    """Do not take a transcript over, and say why."""
    work.require(Permission.PRACTICE_ADMIT)
    row = queries.entry_for_update(work, entry_id)
    ensure_not_own(row.person_id, work.person_id)
    row.reason = reason
    _judge(work, row, after_entry(row.state, EntryAction.TURN_DOWN))
    work.record(Event.PRACTICE_TURNED_DOWN, row)
    return row


def _judge(work: Work, row: EntryRow, state: EntryState) -> None:
    row.state, row.judged_by, row.judged_on = state, work.person_id, work.today
    work.session.add(row)


def _opened(content: bytes) -> tuple[TranscriptSigned, bytes]:
    """Return a transcript and the exact bytes that its signature covers; refuse what cannot be one."""
    document = _json(content)
    transcript: Any = document.get("transcript") if isinstance(document, dict) else None
    try:
        return TranscriptSigned.model_validate_json(json.dumps(document)), canonical(transcript)
    except ValidationError as fault:
        faults = tuple(
            ("/" + "/".join(map(str, found["loc"])), str(found["type"]), str(found["msg"]))
            for found in fault.errors(include_url=False, include_input=False)[:_FAULTS_TOLD]
        )
        raise Findings("transcript_refused", faults, faults=fault.error_count()) from None
    except NotCanonical as fault:
        raise Invalid("transcript_malformed", pointer=f"/transcript{fault.pointer}") from None


def _json(content: bytes) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        raise Invalid("transcript_malformed", pointer="/file") from None


def _bytes(signature: str) -> bytes:
    return base64.urlsafe_b64decode(signature + "==")
