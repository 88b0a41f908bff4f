"""The use case of importing sessions from a CSV or a calendar file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from app.access.permissions import Permission
from app.audit.events import Event
from app.bodies import service as bodies
from app.core.errors import Findings
from app.core.messages import sentence
from app.people import service as people
from app.practice import calendar_file, importing, queries
from app.practice.rules import BadRows, Calendar, Draft, Intake, Judged, RowOutcome, Totals, settled, totals
from app.practice.service.activities import types_of
from app.practice.service.sessions import columns_of, frame_of, logged_by
from app.practice.tables import SessionRow
from app.work import Work


@dataclass(frozen=True)
class RowResult:
    """What became of one row of an import."""

    row: int
    outcome: RowOutcome
    engagement_id: UUID | None
    held_on: date | None
    minutes: int | None
    is_ok: bool
    column: str | None
    code: str | None
    message: str | None

    @property
    def finding(self) -> tuple[str, str, str]:
        """The refusal of this row, for a problem document."""
        pointer = f"/rows/{self.row}" + (f"/{self.column}" if self.column else "")
        return pointer, self.code or "", self.message or ""


@dataclass(frozen=True)
class Imported:
    """What an import did, or would do."""

    is_dry_run: bool
    loaded: int
    totals: Totals
    rows: list[RowResult]


def import_sessions(
    work: Work, content: bytes, *, dry_run: bool, language: str, bad_rows: BadRows = BadRows.REFUSE
) -> Imported:
    """Load all sessions of a file or, with one bad row, none, unless bad rows are to be skipped (7.3)."""
    work.require(Permission.PRACTICE_LOG_OWN)
    read = calendar_file if calendar_file.is_calendar(content) else importing
    entries = read.entries_of(content, ZoneInfo(bodies.own(work).time_zone))
    queries.lock_mentor(work, work.person_id)
    intake = _intake(work)
    judged = settled([intake.judge(entry) for entry in entries], bad_rows)
    results = [_told(one, language) for one in judged]
    sums = totals(judged)
    if dry_run:
        return Imported(is_dry_run=True, loaded=0, totals=sums, rows=results)
    if sums.refused and bad_rows is BadRows.REFUSE:
        faults = tuple(result.finding for result in results if not result.is_ok)
        raise Findings("import_refused", faults, rows=sums.refused)
    _load(work, judged)
    return Imported(is_dry_run=False, loaded=sums.loaded, totals=sums, rows=results)


def _intake(work: Work) -> Intake:
    engagements = queries.engagements(work, work.person_id)
    frames = {str(found.id): frame_of(found) for found in engagements}
    frames |= {found.code: frame_of(found) for found in engagements}
    mentor = people.known(work, work.person_id).printed_name
    return Intake(Calendar(work.now), frames, logged_by(work), types_of(work), mentor)


def _told(one: Judged, language: str) -> RowResult:
    remark, draft = one.remark, one.draft
    return RowResult(
        row=one.number,
        outcome=one.outcome,
        engagement_id=one.engagement_id,
        held_on=draft.held_on if draft else None,
        minutes=draft.minutes if draft else None,
        is_ok=one.outcome is not RowOutcome.REFUSED,
        column=remark.pointer.lstrip("/") if remark and remark.pointer else None,
        code=remark.code if remark else None,
        message=sentence(remark.code, remark.facts, language) if remark else None,
    )


def _load(work: Work, judged: Sequence[Judged]) -> None:
    """Write engagement by engagement in one order, so that two imports cannot deadlock."""
    queries.plan_each_row(work)
    for engagement_id, drafts in sorted(_by_engagement(judged).items()):
        engagement = queries.engagement_for_update(work, engagement_id)
        work.recorder.insert(SessionRow, [columns_of(work, engagement_id, draft) for draft in drafts])
        work.record(Event.SESSIONS_IMPORTED, engagement, rows=len(drafts))


def _by_engagement(judged: Sequence[Judged]) -> Mapping[UUID, list[Draft]]:
    accepted: dict[UUID, list[Draft]] = {}
    for one in judged:
        if one.outcome is RowOutcome.LOADED and one.engagement_id is not None and one.draft is not None:
            accepted.setdefault(one.engagement_id, []).append(one.draft)
    return accepted
