"""Use cases of recordings of sittings: enter one, take it back, end it, and what marking needs of them."""

from collections.abc import Sequence
from uuid import UUID

from app.access.permissions import Permission
from app.applications import service as applications
from app.audit.events import Event
from app.core.errors import Conflict, Invalid
from app.delivery import queries
from app.delivery.rules import recordings as law
from app.delivery.rules.recordings import RecordingEnd
from app.delivery.schemas.recordings import RecordingCreate
from app.delivery.tables import RecordingRow, SittingRow
from app.files import service as files
from app.files.rules import FileKind
from app.schemes import assessing
from app.schemes import service as schemes
from app.work import Work


def enter_recording(
    work: Work, sitting_id: UUID, wanted: RecordingCreate, content: bytes | None
) -> RecordingRow:
    """Enter a recording of a sitting: all in it agreed before, and it has an end (SEC-2, REC-3)."""
    work.require(Permission.DELIVERY_PLAN)
    sitting = queries.sitting_by_id(work, sitting_id)
    case = applications.case_for_update(work, sitting.case_id)
    applications.ensure_not_own(work, case, "enter a recording")
    package = schemes.version_of(work, case.scheme_version_id).package
    law.ensure_whole(has_bytes=content is not None, url=wanted.url, sha256=wanted.sha256, size=wanted.size)
    consents = law.Consents(wanted.candidate_consent_on, wanted.others, wanted.others_consent_on)
    law.ensure_consented(consents, assessing.component(package, sitting.component)["method"], sitting.held_on)
    law.ensure_retention(
        wanted.retain_until,
        held_on=sitting.held_on,
        today=work.today,
        cycle_months=package["parameters"]["cycle_months"],
    )
    row = RecordingRow(
        body_id=work.body_id,
        sitting_id=sitting.id,
        entered_on=work.today,
        **(wanted.model_dump(include=set(RecordingCreate.model_fields)) | _kept(work, wanted, content)),
    )
    work.session.add(row)
    work.record(
        Event.RECORDING_ENTERED,
        row,
        sitting=sitting.id,
        sha256=row.sha256,
        size=row.size,
        others=row.others,
        retain_until=row.retain_until,
    )
    return row


def recordings(work: Work, sitting_id: UUID) -> dict[str, object]:
    """List the recordings of a sitting, without what is in them."""
    work.require(Permission.DELIVERY_PLAN)
    return {"items": queries.recordings_of(work, queries.sitting_by_id(work, sitting_id).id)}


def withdraw_recording(work: Work, recording_id: UUID) -> RecordingRow:
    """End a recording at once because somebody in it took consent back (SEC-2)."""
    work.require(Permission.DELIVERY_PLAN)
    row = queries.recording_for_update(work, recording_id)
    law.ensure_stands(row.ended_cause)
    _end(work, row, RecordingEnd.WITHDRAWN)
    return row


def recordings_over(work: Work) -> Sequence[UUID]:
    """Return the recordings whose time is over."""
    work.require_system()
    return queries.recordings_over(work, work.today)


def end_recording(work: Work, recording_id: UUID) -> None:
    """Delete what was kept of a recording whose time is over; that it was there stays (REC-3)."""
    work.require_system()
    row = queries.recording_for_update(work, recording_id)
    if row.ended_on is None:
        _end(work, row, RecordingEnd.RETENTION)


def recordings_of(work: Work, sitting: SittingRow) -> Sequence[RecordingRow]:
    """Return the recordings of a sitting, ended ones too; callers have asked their own permission."""
    return queries.recordings_of(work, sitting.id)


def recorded_bytes(work: Work, row: RecordingRow) -> bytes:
    """Return the bytes of a recording; callers have asked their own permission and record the view."""
    law.ensure_stands(row.ended_cause)
    if row.file_id is None:
        raise Conflict("recording_elsewhere")
    try:
        return files.content(work, row.file_id)
    except files.FileDamagedError:
        raise Conflict("recording_damaged", rule="FIL-1") from None


def _kept(work: Work, wanted: RecordingCreate, content: bytes | None) -> dict[str, object]:
    """Keep the bytes, if they came along, and return what is then known of them."""
    if content is None:
        return {}
    file = files.store(work, content, kind=FileKind.RECORDING, is_public=False)
    if wanted.sha256 not in {None, file.sha256}:
        raise Invalid("hash_differs", pointer="/sha256", found=file.sha256)
    return {"file_id": file.id, "sha256": file.sha256, "size": file.size, "media_type": file.media_type}


def _end(work: Work, row: RecordingRow, cause: RecordingEnd) -> None:
    if row.file_id is not None:
        files.empty(work, row.file_id)
    row.url = row.salt = None
    row.ended_on, row.ended_cause = work.today, cause
    work.session.add(row)
    work.record(Event.RECORDING_ENDED, row, cause=cause)
