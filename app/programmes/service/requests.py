"""Use cases of requests: ask to join, see and withdraw one's own; rank, and read them in the window."""

from uuid import UUID

from app.access.permissions import Permission
from app.audit.events import Event
from app.core.errors import Conflict, NotFound
from app.core.paging import Slice, Window
from app.programmes import queries
from app.programmes.queries.intake import OwnRequest, RequestSeen
from app.programmes.rules.dates import Term, ensure_open, ensure_taking_requests
from app.programmes.rules.states import (
    ProgrammeState,
    RequestAction,
    ensure_may_ask,
    ensure_may_rank,
    parting,
)
from app.programmes.schemas.intake import ProgrammeRequestCreate, RankSet
from app.programmes.service.boards import board_of, settle
from app.programmes.tables import RequestRow
from app.work import Work


def ask(work: Work, wanted: ProgrammeRequestCreate) -> dict[str, object]:
    """Ask to join a programme while a window of it is open (PRG-1)."""
    work.require(Permission.PROGRAMMES_ASK_OWN)
    programme = queries.by_code(work, wanted.programme)
    if programme is None:
        raise NotFound("programme")
    ensure_open(programme.state)
    windows = {Term(row.opens_on, row.closes_on): row for row in queries.windows(work, [programme.id])}
    window = windows[ensure_taking_requests(list(windows), work.today)]
    earlier = [one.request for one in queries.own_requests(work, work.person_id)]
    ensure_may_ask(
        in_programme=[row.state for row in earlier if row.programme_id == programme.id],
        in_window=[row.state for row in earlier if row.window_id == window.id],
    )
    row = RequestRow(
        body_id=work.body_id,
        programme_id=programme.id,
        window_id=window.id,
        person_id=work.person_id,
        motivation=wanted.motivation,
        asked_on=work.today,
    )
    work.session.add(row)
    work.record(Event.PROGRAMME_REQUESTED, row, programme=programme.id, window=window.id)
    work.session.flush()  # the answer tells its version
    return _told(OwnRequest(row, window, programme))


def own(work: Work) -> dict[str, object]:
    """Return one's own requests, with the reasons for what was replied."""
    work.require(Permission.PROGRAMMES_ASK_OWN)
    return {"items": [_told(one) for one in queries.own_requests(work, work.person_id)]}


def part(work: Work, request_id: UUID) -> dict[str, object]:
    """Withdraw one's own request, or leave as a member; a place that gets free goes to the first in line."""
    work.require(Permission.PROGRAMMES_ASK_OWN)
    row = queries.request_for_update(work, request_id, person_id=work.person_id)
    move_on(work, row, parting(row.state), how="parted")
    work.session.flush()  # the answer tells its version
    window = queries.window(work, row.window_id)
    return _told(OwnRequest(row, window, queries.by_id(work, row.programme_id)))


def rank(work: Work, request_id: UUID, wanted: RankSet) -> RequestSeen:
    """Rank a request that has no final reply yet, and say why; the waiting list goes by rank."""
    work.require(Permission.PROGRAMMES_MANAGE)
    row = queries.request_for_update(work, request_id)
    work.expect(queries.seen_request(work, row.id))  # who is behind is shown it as it stands
    ensure_not_own(work, row)
    ensure_open(queries.by_id(work, row.programme_id).state)
    ensure_may_rank(row.state)
    row.rank, row.rank_reasons = wanted.rank, wanted.reasons
    work.session.add(row)
    work.record(Event.PROGRAMME_REQUEST_RANKED, row, rank=row.rank)
    work.session.flush()  # the answer is read together with the mentor's name
    return queries.seen_request(work, row.id)


def in_window(work: Work, window_id: UUID, wanted: Window) -> Slice[RequestSeen]:
    """Return one page of a window's requests to those who run the programme; the access is recorded."""
    work.require(Permission.PROGRAMMES_READ_PEOPLE)
    window = queries.window(work, window_id)
    work.record(Event.RECORD_DISCLOSED, window, what="programme requests")
    return queries.requests_page(work, window_id, wanted)


def move_on(work: Work, row: RequestRow, action: RequestAction, *, how: str) -> None:
    """Move one request on; a place that gets free goes to the first in line. Callers hold the lock."""
    board = board_of(work, queries.window(work, row.window_id))
    board.move(row.id, action)
    if queries.by_id(work, row.programme_id).state is not ProgrammeState.CLOSED:
        board.move_up()
    if action is RequestAction.LEAVE:
        row.left_on = work.today
    settle(work, board, how=how)


def ensure_not_own(work: Work, row: RequestRow) -> None:
    """Refuse to have a say in one's own request."""
    if row.person_id == work.person_id:
        raise Conflict("own_programme_request")


def _told(one: OwnRequest) -> dict[str, object]:
    return one.request.model_dump(exclude=_NOT_TOLD) | {
        "programme": one.programme.code,
        "names": one.programme.names,
        "induction_days": one.window.induction_days,
    }


_NOT_TOLD = {"body_id", "salt", "programme_id", "window_id", "person_id", "rank", "rank_reasons", "place_no"}
