"""Use cases of intake windows: announce, revise, list, and who waits in which order."""

from uuid import UUID

from app.access.permissions import Permission
from app.audit.events import Event
from app.people import service as people
from app.programmes import queries
from app.programmes.rules.dates import Term, ensure_open, ensure_window
from app.programmes.schemas.intake import IntakeWindowCreate
from app.programmes.service.boards import board_of, settle
from app.programmes.tables import ProgrammeRow, WindowRow
from app.work import Work


def announce(work: Work, programme_id: UUID, wanted: IntakeWindowCreate) -> WindowRow:
    """Announce when a programme takes requests; its windows do not overlap."""
    work.require(Permission.PROGRAMMES_MANAGE)
    programme = queries.for_update(work, programme_id)
    row = WindowRow(body_id=work.body_id, programme_id=programme_id)
    _ensure_fits(work, programme, row.id, wanted)
    _write(row, wanted)
    work.session.add(row)
    work.record(
        Event.INTAKE_ANNOUNCED,
        row,
        programme=programme_id,
        opens_on=row.opens_on,
        closes_on=row.closes_on,
        places=row.places,
    )
    return row


def revise(work: Work, window_id: UUID, wanted: IntakeWindowCreate) -> WindowRow:
    """Write a window anew; places that are added go to the first in line (PRG-2)."""
    work.require(Permission.PROGRAMMES_MANAGE)
    programme = queries.for_update(work, queries.window(work, window_id).programme_id)
    row = queries.window_for_update(work, window_id)
    work.expect(row)
    _ensure_fits(work, programme, row.id, wanted)
    board = board_of(work, row)
    board.set_places(wanted.places)
    board.move_up()
    _write(row, wanted)
    work.session.add(row)
    work.session.flush()  # the database gives a place only once the window has it
    settle(work, board, how="places added")
    work.record(
        Event.INTAKE_REVISED,
        row,
        opens_on=row.opens_on,
        closes_on=row.closes_on,
        places=row.places,
        moved_up=len(board.moved_up),
    )
    return row


def listed(work: Work, programme_id: UUID) -> dict[str, object]:
    """Return the intake windows of a programme."""
    work.require(Permission.PROGRAMMES_READ)
    queries.by_id(work, programme_id)
    return {"items": queries.windows(work, [programme_id])}


def waiting_list(work: Work, window_id: UUID) -> dict[str, object]:
    """Return who waits, in the order in which the line moves up."""
    work.require(Permission.PROGRAMMES_READ_PEOPLE)
    row = queries.window(work, window_id)
    requests = {request.id: request for request in queries.requests_in(work, window_id)}
    board = board_of(work, row)
    return {
        "places": row.places,
        "free": board.free,
        "items": [
            requests[one.id].model_dump(include={"person_id", "rank", "asked_on"})
            | {
                "request_id": one.id,
                "mentor_name": people.known(work, requests[one.id].person_id).printed_name,
            }
            for one in board.line()
        ],
    }


def _ensure_fits(work: Work, programme: ProgrammeRow, window_id: UUID, wanted: IntakeWindowCreate) -> None:
    ensure_open(programme.state)
    others = [
        Term(row.opens_on, row.closes_on)
        for row in queries.windows(work, [programme.id])
        if row.id != window_id
    ]
    term = Term(wanted.opens_on, wanted.closes_on)
    ensure_window(term, wanted.induction_days, ends_on=programme.ends_on, others=others)


def _write(row: WindowRow, wanted: IntakeWindowCreate) -> None:
    row.opens_on, row.closes_on, row.places = wanted.opens_on, wanted.closes_on, wanted.places
    row.induction_days = sorted({day.isoformat() for day in wanted.induction_days})
