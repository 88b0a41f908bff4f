"""The life of a programme, and of a request to join one."""

from collections.abc import Iterable
from enum import StrEnum

from app.core.errors import Conflict, MoveRefused


class ProgrammeState(StrEnum):
    """Where a programme stands."""

    PLANNED = "planned"
    RUNNING = "running"
    CLOSED = "closed"


class ProgrammeAction(StrEnum):
    """What moves a programme on."""

    START = "start"
    CLOSE = "close"


PROGRAMME_MOVES: dict[tuple[ProgrammeState, ProgrammeAction], ProgrammeState] = {
    (ProgrammeState.PLANNED, ProgrammeAction.START): ProgrammeState.RUNNING,
    (ProgrammeState.RUNNING, ProgrammeAction.CLOSE): ProgrammeState.CLOSED,
}


class RequestState(StrEnum):
    """Where a mentor's request stands."""

    ASKED = "asked"
    OFFERED = "offered"
    WAITING = "waiting"
    MEMBER = "member"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LEFT = "left"


HOLDING = frozenset({RequestState.OFFERED, RequestState.MEMBER})
"""The states that hold a place."""
LIVE = HOLDING | {RequestState.ASKED, RequestState.WAITING}
"""The states of which a person has one in a programme at most."""
REPLIED = frozenset({RequestState.OFFERED, RequestState.WAITING, RequestState.DECLINED})
"""The states that a reply leads to."""
JOINED = frozenset({RequestState.MEMBER, RequestState.LEFT})
"""The states of those who are or were members."""


class RequestAction(StrEnum):
    """What moves a request on."""

    OFFER = "offer"
    WAIT = "wait"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    INDUCT = "induct"
    LEAVE = "leave"


REQUEST_MOVES: dict[tuple[RequestState, RequestAction], RequestState] = {
    (RequestState.ASKED, RequestAction.OFFER): RequestState.OFFERED,
    (RequestState.ASKED, RequestAction.WAIT): RequestState.WAITING,
    (RequestState.ASKED, RequestAction.DECLINE): RequestState.DECLINED,
    (RequestState.ASKED, RequestAction.WITHDRAW): RequestState.WITHDRAWN,
    (RequestState.WAITING, RequestAction.OFFER): RequestState.OFFERED,
    (RequestState.WAITING, RequestAction.DECLINE): RequestState.DECLINED,
    (RequestState.WAITING, RequestAction.WITHDRAW): RequestState.WITHDRAWN,
    (RequestState.OFFERED, RequestAction.INDUCT): RequestState.MEMBER,
    (RequestState.OFFERED, RequestAction.DECLINE): RequestState.DECLINED,
    (RequestState.OFFERED, RequestAction.WITHDRAW): RequestState.WITHDRAWN,
    (RequestState.MEMBER, RequestAction.LEAVE): RequestState.LEFT,
}


class Reply(StrEnum):
    """What the programme manager tells who asked."""

    OFFERED = "offered"
    WAITING = "waiting"
    DECLINED = "declined"


REPLIES = {
    Reply.OFFERED: RequestAction.OFFER,
    Reply.WAITING: RequestAction.WAIT,
    Reply.DECLINED: RequestAction.DECLINE,
}


def after_programme(state: ProgrammeState, action: ProgrammeAction) -> ProgrammeState:
    """Return the state after an action; refuse what the life of a programme does not know (PRG-1)."""
    if (state, action) not in PROGRAMME_MOVES:
        raise MoveRefused("programme_move_refused", rule="PRG-1", state=state, action=action)
    return PROGRAMME_MOVES[(state, action)]


def after_request(state: RequestState, action: RequestAction) -> RequestState:
    """Return the state after an action; refuse what the life of a request does not know."""
    if (state, action) not in REQUEST_MOVES:
        raise MoveRefused("programme_request_move_refused", state=state, action=action)
    return REQUEST_MOVES[(state, action)]


def parting(state: RequestState) -> RequestAction:
    """Return how a person goes of her own accord: a member leaves, anybody else withdraws."""
    return RequestAction.LEAVE if state is RequestState.MEMBER else RequestAction.WITHDRAW


def ensure_may_ask(*, in_programme: Iterable[RequestState], in_window: Iterable[RequestState]) -> None:
    """Refuse a second request beside one that lives, and asking again in a window that declined."""
    if any(state in LIVE for state in in_programme):
        raise Conflict("programme_request_there_already")
    if RequestState.DECLINED in in_window:
        raise Conflict("programme_request_declined_already")


def ensure_may_rank(state: RequestState) -> None:
    """Refuse to rank what nobody chooses from any more."""
    if state not in {RequestState.ASKED, RequestState.WAITING}:
        raise Conflict("programme_request_replied_already", state=state)
