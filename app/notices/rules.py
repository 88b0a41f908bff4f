"""What notices there are, whom they may go to, and their life."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from app.core.errors import MoveRefused


class NoticeKind(StrEnum):
    """What a notice tells, in alphabetical order; each has subject and text in `app/locales/*/notices`."""

    CONFIRMATION_ASKED = "confirmation_asked"
    """A mentee is asked to confirm sessions."""


class NoticeState(StrEnum):
    """Whether a notice has left."""

    WRITTEN = "written"
    SENT = "sent"
    GIVEN_UP = "given_up"


class NoticeAction(StrEnum):
    """What becomes of a notice."""

    SEND = "send"
    GIVE_UP = "give_up"


MOVES: dict[tuple[NoticeState, NoticeAction], NoticeState] = {
    (NoticeState.WRITTEN, NoticeAction.SEND): NoticeState.SENT,
    (NoticeState.WRITTEN, NoticeAction.GIVE_UP): NoticeState.GIVEN_UP,
}


def after(state: NoticeState, action: NoticeAction) -> NoticeState:
    """Return the state after an action; a notice leaves once."""
    if (state, action) not in MOVES:
        raise MoveRefused("notice_move_refused", state=state, action=action)
    return MOVES[(state, action)]


@dataclass(frozen=True)
class Recipient:
    """Whom a notice goes to: a person of the body, or somebody without an account, such as a mentee."""

    email: str = field(repr=False)
    name: str
    language: str
    person_id: UUID | None = None
