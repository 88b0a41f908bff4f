"""Recordings of a sitting on the assessor's desk: after her declaration only, and each view is on record."""

from uuid import UUID

from app.access.permissions import Permission
from app.audit.events import Event
from app.core.errors import NotFound
from app.delivery import service as delivery
from app.delivery.rules.recordings import RecordingEnd, ensure_stands
from app.delivery.tables import RecordingRow, SittingRow
from app.files.rules import suffix_of
from app.marking import queries, rules
from app.marking.service.material import opened
from app.marking.tables import AssignmentRow
from app.practice.service import Download
from app.work import Work


def recordings(work: Work, assignment_id: UUID) -> dict[str, object]:
    """List to the acting assessor the recordings of her sitting that stand, not what is in them (IMP-2)."""
    _, sitting = _opened(work, assignment_id)
    return {"items": [row for row in delivery.recordings_of(work, sitting) if row.ended_on is None]}


def recording_file(work: Work, assignment_id: UUID, recording_id: UUID) -> Download:
    """Hand out the bytes of a recording, exactly as they were entered; the view is recorded."""
    row = _viewed(work, assignment_id, recording_id)
    content = delivery.recorded_bytes(work, row)
    name = f"recording-{str(row.id)[-12:]}.{suffix_of(row.media_type or '')}"
    return Download(content, row.sha256, name)


def recording_address(work: Work, assignment_id: UUID, recording_id: UUID) -> RecordingRow:
    """Tell where a recording lies that is kept elsewhere; the view is recorded."""
    row = _viewed(work, assignment_id, recording_id)
    if row.url is None:
        raise NotFound("address")
    return row


def ensure_recorded(work: Work, row: AssignmentRow, sitting: SittingRow) -> None:
    """Refuse a sheet marked from a recording that was not there for its marker (SEC-2)."""
    found = delivery.recordings_of(work, sitting)
    lasting = [one for one in found if one.ended_cause is not RecordingEnd.WITHDRAWN]
    rules.ensure_recorded(
        has_recording=bool(found),
        has_consented=bool(lasting),
        was_viewed=row.id in queries.viewers(work, [one.id for one in lasting]),
    )


def _viewed(work: Work, assignment_id: UUID, recording_id: UUID) -> RecordingRow:
    row, sitting = _opened(work, assignment_id)
    found = next((one for one in delivery.recordings_of(work, sitting) if one.id == recording_id), None)
    if found is None:
        raise NotFound("recording")
    ensure_stands(found.ended_cause)
    work.record(Event.RECORD_DISCLOSED, found, what="recording", assignment=row.id)
    return found


def _opened(work: Work, assignment_id: UUID) -> tuple[AssignmentRow, SittingRow]:
    work.require(Permission.MARKING_MARK)
    row = queries.own_assignment(work, assignment_id, work.person_id)
    opened(work, row)
    return row, delivery.sitting(work, row.case_id, row.component, row.attempt_no)
