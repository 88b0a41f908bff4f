"""Use cases of records: what a mentor shows besides sessions."""

from app.access.permissions import Permission
from app.audit.events import Event
from app.core.errors import Invalid
from app.core.paging import Slice, Window
from app.practice import queries
from app.practice.rules.activities import ensure_may_name
from app.practice.rules.records import ensure_whole
from app.practice.schemas.records import RecordCreate
from app.practice.service.activities import types_of
from app.practice.tables import PracticeRecordRow
from app.work import Work


def log_record(work: Work, wanted: RecordCreate) -> PracticeRecordRow:
    """Enter a record of the mentor's own; the review checks the evidence behind it."""
    work.require(Permission.PRACTICE_LOG_OWN)
    for place, day in (("/started_on", wanted.started_on), ("/ended_on", wanted.ended_on)):
        if day is not None and day > work.today:
            raise Invalid("day_not_come", pointer=place)
    if wanted.type is not None:
        ensure_may_name(types_of(work), wanted.type, wanted.kind, wanted.started_on)
    ensure_whole(wanted.kind, wanted.model_dump(exclude_none=True))
    row = PracticeRecordRow(body_id=work.body_id, person_id=work.person_id, **wanted.model_dump())
    work.session.add(row)
    work.record(Event.RECORD_LOGGED, row, kind=row.kind, type=row.type)
    return row


def records(work: Work, wanted: Window) -> Slice[PracticeRecordRow]:
    """Return one page of the mentor's own records."""
    work.require(Permission.PRACTICE_LOG_OWN)
    return queries.records_page(work, work.person_id, wanted)
