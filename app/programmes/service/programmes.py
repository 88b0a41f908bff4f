"""Use cases of programmes: plan, revise, start, close, list, and tell anyone of those that run."""

from uuid import UUID

from app.access.permissions import Permission
from app.audit.events import Event
from app.core.errors import Conflict
from app.core.paging import Slice, Window
from app.programmes import queries
from app.programmes.rules.dates import (
    Term,
    ensure_may_close,
    ensure_may_start,
    ensure_open,
    ensure_start_kept,
    ensure_term,
)
from app.programmes.rules.states import ProgrammeAction, ProgrammeState, after_programme
from app.programmes.schemas.programmes import ProgrammeCreate, ProgrammeUpdate
from app.programmes.tables import ProgrammeRow, WindowRow
from app.work import Work


def plan(work: Work, wanted: ProgrammeCreate) -> ProgrammeRow:
    """Plan a programme under a code of its own."""
    work.require(Permission.PROGRAMMES_MANAGE)
    ensure_term(Term(wanted.starts_on, wanted.ends_on), pointer="/ends_on")
    if queries.by_code(work, wanted.code) is not None:
        raise Conflict("programme_code_taken", programme=wanted.code)
    row = ProgrammeRow(body_id=work.body_id, **wanted.model_dump())
    work.session.add(row)
    work.record(Event.PROGRAMME_PLANNED, row, code=row.code, starts_on=row.starts_on, ends_on=row.ends_on)
    return row


def revise(work: Work, programme_id: UUID, wanted: ProgrammeUpdate) -> ProgrammeRow:
    """Write a programme anew until it is closed; once begun, it keeps its first day (PRG-1)."""
    work.require(Permission.PROGRAMMES_MANAGE)
    row = queries.for_update(work, programme_id)
    work.expect(row)
    ensure_open(row.state)
    ensure_start_kept(row.state, row.starts_on, wanted.starts_on)
    ensure_term(Term(wanted.starts_on, wanted.ends_on), pointer="/ends_on")
    _ensure_windows_within(work, row, wanted)
    for name, value in wanted.model_dump().items():
        setattr(row, name, value)
    work.session.add(row)
    work.record(Event.PROGRAMME_REVISED, row, starts_on=row.starts_on, ends_on=row.ends_on)
    return row


def start(work: Work, programme_id: UUID) -> ProgrammeRow:
    """Start a programme, within its dates (PRG-1)."""
    work.require(Permission.PROGRAMMES_MANAGE)
    row = queries.for_update(work, programme_id)
    work.expect(row)
    state = after_programme(row.state, ProgrammeAction.START)
    ensure_may_start(Term(row.starts_on, row.ends_on), work.today)
    row.state = state
    work.session.add(row)
    work.record(Event.PROGRAMME_STARTED, row, code=row.code)
    return row


def close(work: Work, programme_id: UUID, reason: str | None) -> ProgrammeRow:
    """Close a programme for good; what was certified meanwhile is not touched (PRG-1)."""
    work.require(Permission.PROGRAMMES_MANAGE)
    row = queries.for_update(work, programme_id)
    work.expect(row)
    state = after_programme(row.state, ProgrammeAction.CLOSE)
    ensure_may_close(Term(row.starts_on, row.ends_on), work.today, reason)
    row.state, row.closed_on, row.closing_reason = state, work.today, reason
    work.session.add(row)
    work.record(Event.PROGRAMME_CLOSED, row, code=row.code, closed_on=row.closed_on)
    return row


def search(work: Work, wanted: Window) -> Slice[ProgrammeRow]:
    """Return one page of the body's programmes."""
    work.require(Permission.PROGRAMMES_READ)
    return queries.listed(work, wanted)


def read(work: Work, programme_id: UUID) -> ProgrammeRow:
    """Return a programme."""
    work.require(Permission.PROGRAMMES_READ)
    return queries.by_id(work, programme_id)


def told(work: Work) -> dict[str, object]:
    """Tell anyone of the programmes that run, and of those to come that have said when they take requests."""
    work.open_to_all()
    programmes = queries.not_closed(work)
    intakes: dict[UUID, WindowRow] = {}
    for window in queries.windows(work, [row.id for row in programmes]):
        if window.closes_on >= work.today:
            intakes.setdefault(window.programme_id, window)
    return {
        "items": [
            row.model_dump(exclude=_NOT_TOLD) | {"intake": intakes.get(row.id)}
            for row in programmes
            if row.state is ProgrammeState.RUNNING or row.id in intakes
        ]
    }


_NOT_TOLD = {"body_id", "id", "rev", "salt", "closed_on", "closing_reason"}


def _ensure_windows_within(work: Work, row: ProgrammeRow, wanted: ProgrammeUpdate) -> None:
    """Refuse a last day that would leave a window or an induction behind it."""
    for window in queries.windows(work, [row.id]):
        last = max(window.closes_on.isoformat(), *window.induction_days)
        if last > wanted.ends_on.isoformat():
            raise Conflict("programme_ends_before_intake", last=last)
