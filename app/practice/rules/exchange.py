"""The life of a transcript that came from another body, and the names its engagements get here."""

from collections.abc import Collection
from enum import StrEnum
from itertools import count

from app.core.errors import Conflict, MoveRefused

_LONGEST_CODE = 64


class EntryState(StrEnum):
    """Where a transcript stands; only an admitted one counts."""

    HANDED_IN = "handed_in"
    ADMITTED = "admitted"
    TURNED_DOWN = "turned_down"


class EntryAction(StrEnum):
    """What this body decides about a transcript."""

    ADMIT = "admit"
    TURN_DOWN = "turn_down"


ENTRY_MOVES: dict[tuple[EntryState, EntryAction], EntryState] = {
    (EntryState.HANDED_IN, EntryAction.ADMIT): EntryState.ADMITTED,
    (EntryState.HANDED_IN, EntryAction.TURN_DOWN): EntryState.TURNED_DOWN,
}


def after_entry(state: EntryState, action: EntryAction) -> EntryState:
    """Return the state after an action; a transcript is judged once."""
    if (state, action) not in ENTRY_MOVES:
        raise MoveRefused("entry_move_refused", state=state, action=action)
    return ENTRY_MOVES[(state, action)]


def ensure_not_own(mentor: object, actor: object) -> None:
    """Refuse a mentor who would admit her own practice."""
    if mentor == actor:
        raise Conflict("own_practice_admitted")


def free_code(code: str, taken: Collection[str]) -> str:
    """Return the code, or the first with a number behind it that the mentor does not use here already."""
    if code not in taken:
        return code
    numbered = (f"{code[: _LONGEST_CODE - len(str(n)) - 1]}-{n}" for n in count(2))
    return next(name for name in numbered if name not in taken)
