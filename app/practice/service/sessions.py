"""Use cases of sessions: log one, import many from a CSV file, list."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from app.access.permissions import Permission
from app.audit.events import Event
from app.bodies import service as bodies
from app.core.dates import day_in
from app.core.errors import Findings, Refusal
from app.core.messages import sentence
from app.practice import importing, queries
from app.practice.importing import Row
from app.practice.rules import Calendar, Draft, Frame, Refused, SessionState
from app.practice.schemas import SessionCreate
from app.practice.tables import EngagementRow, SessionRow
from app.work import Work


@dataclass(frozen=True)
class RowResult:
    """What became of one row of an import."""

    row: int
    engagement_id: UUID | None = None
    held_on: date | None = None
    minutes: int | None = None
    is_ok: bool = False
    column: str | None = None
    code: str | None = None
    message: str | None = None

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
    rows: list[RowResult]


@dataclass
class _Loading:
    """The sessions that will be loaded, by engagement."""

    calendar: Calendar
    by_name: Mapping[str, EngagementRow]
    zone: ZoneInfo
    accepted: dict[UUID, list[Draft]] = field(default_factory=dict)

    def take(self, row: Row) -> RowResult:
        """Judge one row after those before it."""
        draft = importing.draft_of(row, self.zone)
        engagement = self.by_name.get(row.engagement)
        if engagement is None:
            raise Refused("engagement_unknown", pointer="/engagement")
        self.calendar.enter(_frame(engagement), draft)
        self.accepted.setdefault(engagement.id, []).append(draft)
        return RowResult(row.number, engagement.id, draft.held_on, draft.minutes, is_ok=True)


def log_session(work: Work, engagement_id: UUID, wanted: SessionCreate) -> SessionRow:
    """Log one session; it counts when somebody else vouches for it (7.3)."""
    work.require(Permission.PRACTICE_LOG_OWN)
    queries.lock_mentor(work, work.person_id)
    engagement = queries.engagement_for_update(work, engagement_id, person_id=work.person_id)
    draft = Draft(
        held_on=day_in(bodies.own(work).time_zone, wanted.starts_at),
        starts_at=wanted.starts_at.astimezone(UTC),
        ends_at=wanted.ends_at.astimezone(UTC),
        kind=wanted.kind,
        note=wanted.note,
    )
    _calendar(work).enter(_frame(engagement), draft)
    row = SessionRow(**_columns(work, engagement.id, draft))
    work.session.add(row)
    work.record(Event.SESSION_LOGGED, engagement, session=row.id, held_on=row.held_on, minutes=draft.minutes)
    return row


def sessions(work: Work, engagement_id: UUID) -> dict[str, object]:
    """Return all sessions of one of the mentor's own engagements."""
    work.require(Permission.PRACTICE_LOG_OWN)
    queries.engagement_of(work, work.person_id, engagement_id)
    return {"items": queries.sessions_in(work, engagement_id)}


def import_sessions(work: Work, content: bytes, *, dry_run: bool, language: str) -> Imported:
    """Load all sessions of a CSV file or, with one bad row, none; every row is told its result (7.3)."""
    work.require(Permission.PRACTICE_LOG_OWN)
    rows = importing.rows_of(content)
    queries.lock_mentor(work, work.person_id)
    engagements = queries.engagements(work, work.person_id)
    by_name = {str(found.id): found for found in engagements} | {found.code: found for found in engagements}
    loading = _Loading(_calendar(work), by_name, ZoneInfo(bodies.own(work).time_zone))
    results = [_judged(loading, row, language) for row in rows]
    if dry_run:
        return Imported(is_dry_run=True, loaded=0, rows=results)
    if refused := tuple(result.finding for result in results if not result.is_ok):
        raise Findings("import_refused", refused, rows=len(refused))
    _load(work, loading.accepted)
    return Imported(is_dry_run=False, loaded=len(results), rows=results)


def _judged(loading: _Loading, row: Row, language: str) -> RowResult:
    try:
        return loading.take(row)
    except Refused as refusal:
        column = refusal.pointer.lstrip("/") if refusal.pointer else None
        return RowResult(row.number, column=column, code=refusal.code, message=_sentence(refusal, language))


def _sentence(refusal: Refusal, language: str) -> str:
    return sentence(refusal.code, refusal.facts, language)


def _load(work: Work, accepted: Mapping[UUID, list[Draft]]) -> None:
    for engagement_id, drafts in sorted(
        accepted.items()
    ):  # in one order, so that two imports cannot deadlock
        engagement = queries.engagement_for_update(work, engagement_id)
        work.recorder.insert(SessionRow, [_columns(work, engagement_id, draft) for draft in drafts])
        work.record(Event.SESSIONS_IMPORTED, engagement, rows=len(drafts))


def _calendar(work: Work) -> Calendar:
    logged = queries.sessions(work, work.person_id)
    return Calendar(work.now).known(
        (row.stream, Draft(row.held_on, row.starts_at, row.ends_at, row.kind)) for row in logged
    )


def _frame(row: EngagementRow) -> Frame:
    return Frame(row.id, row.started_on, row.ended_on)


def _columns(work: Work, engagement_id: UUID, draft: Draft) -> dict[str, Any]:
    return {
        "body_id": work.body_id,
        "stream": engagement_id,
        "person_id": work.person_id,
        "held_on": draft.held_on,
        "starts_at": draft.starts_at,
        "ends_at": draft.ends_at,
        "kind": draft.kind,
        "note": draft.note,
        "state": SessionState.LOGGED,
    }
