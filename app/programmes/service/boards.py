"""Between the board of a window, which judges, and the rows, which are written."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from app.audit.events import Event
from app.programmes import queries
from app.programmes.rules.board import Board, Standing
from app.programmes.rules.states import REPLIED
from app.programmes.service.writing import write_of
from app.programmes.tables import WindowRow
from app.work import Work

_NOTHING: Mapping[UUID, str | None] = {}


def board_of(work: Work, window: WindowRow) -> Board:
    """Set up the board of a window; to change anything, the window must be locked before (PRG-2)."""
    rows = queries.requests_in(work, window.id)
    return Board.of(window.places, (Standing(row.id, row.state, row.rank, row.place_no) for row in rows))


def settle(work: Work, board: Board, *, how: str, reasons: Mapping[UUID, str | None] = _NOTHING) -> None:
    """Write down what the board changed, each request with its event; `how` says what brought it about.

    Places are given back before they are given away: no two hold one, not even for a moment.
    """
    changed = sorted(board.changed.values(), key=lambda one: one.id)
    given_back = [one for one in changed if one.place_no is None]
    given_away = [one for one in changed if one.place_no is not None]
    _write(work, given_back, reasons)
    if given_back and given_away:
        work.session.flush()  # the database lets nobody have a place that another still holds
    _write(work, given_away, reasons)
    for one in changed:
        row, told = queries.request(work, one.id), "moved up" if one.id in board.moved_up else how
        work.record(Event.PROGRAMME_REQUEST_MOVED, row, state=row.state, how=told)
        if row.state in REPLIED:
            write_of(work, row)


def _write(work: Work, changed: Iterable[Standing], reasons: Mapping[UUID, str | None]) -> None:
    for standing in changed:
        row = queries.request(work, standing.id)
        row.state, row.place_no = standing.state, standing.place_no
        if row.state in REPLIED:
            row.reasons, row.replied_on = reasons.get(row.id), work.today
        work.session.add(row)
