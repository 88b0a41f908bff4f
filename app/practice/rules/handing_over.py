"""Handing an engagement over: the firm's need has changed, and another mentor of the body goes on."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from app.core.errors import Invalid, MoveRefused


class HandOverState(StrEnum):
    """Where a hand-over stands."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class HandOverAction(StrEnum):
    """What may be done with a hand-over that was offered."""

    ACCEPT = "accept"
    DECLINE = "decline"
    WITHDRAW = "withdraw"


MOVES: dict[tuple[HandOverState, HandOverAction], HandOverState] = {
    (HandOverState.OFFERED, HandOverAction.ACCEPT): HandOverState.ACCEPTED,
    (HandOverState.OFFERED, HandOverAction.DECLINE): HandOverState.DECLINED,
    (HandOverState.OFFERED, HandOverAction.WITHDRAW): HandOverState.WITHDRAWN,
}


def after_hand_over(state: HandOverState, action: HandOverAction) -> HandOverState:
    """Return the state after an action; what was settled stays so."""
    if (state, action) not in MOVES:
        raise MoveRefused("hand_over_move_refused", state=state, action=action)
    return MOVES[(state, action)]


def ensure_another(mentor_id: UUID, to_person_id: UUID) -> None:
    """Refuse to hand an engagement over to the mentor who has it."""
    if mentor_id == to_person_id:
        raise Invalid("hand_over_to_oneself", pointer="/to_person_id")


def ensure_continues(ended_on: date | None, started_on: date) -> None:
    """Refuse an engagement that begins before the one that it continues has ended."""
    if ended_on is not None and started_on < ended_on:
        raise Invalid("continues_too_early", pointer="/started_on", ended_on=ended_on)
