"""The life of an attempt: how long it lasts, which form it is on, and what a response may say."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from app.core.errors import Conflict, Invalid, MoveRefused
from assessments.errors import AssessmentError
from assessments.forms import AnyItem, read_response


class AttemptState(StrEnum):
    """Where an attempt stands; a submitted one is frozen."""

    OPEN = "open"
    SUBMITTED = "submitted"


class AttemptAction(StrEnum):
    """What may be done with an attempt."""

    SAVE = "save"
    SUBMIT = "submit"


MOVES: dict[tuple[AttemptState, AttemptAction], AttemptState] = {
    (AttemptState.OPEN, AttemptAction.SAVE): AttemptState.OPEN,
    (AttemptState.OPEN, AttemptAction.SUBMIT): AttemptState.SUBMITTED,
}


def after(state: AttemptState, action: AttemptAction) -> AttemptState:
    """Return the state after an action; refuse what the life of an attempt does not know."""
    if (state, action) not in MOVES:
        raise MoveRefused("attempt_move_refused", state=state, action=action)
    return MOVES[(state, action)]


def next_form(forms: Sequence[UUID], used: Collection[UUID]) -> UUID:
    """Choose the form of a try: one not sat before where there is one (7.0, amendment 10)."""
    return next((form for form in forms if form not in used), forms[0])


def closing_time(opened_at: datetime, minutes: int, extra_percent: int) -> datetime:
    """Return when the time is up: the form's minutes and what was granted on top, seconds rounded up."""
    return opened_at + timedelta(seconds=-(-minutes * 60 * (100 + extra_percent) // 100))


def ensure_in_time(now: datetime, closes_at: datetime) -> None:
    """Refuse responses after the time is up; what was saved before stands."""
    if now > closes_at:
        raise Conflict("time_is_up", closes_at=closes_at.isoformat())


def ensure_responses(items: Mapping[str, AnyItem], responses: Mapping[str, object]) -> None:
    """Refuse a response to an item that the form lacks, and one that the item cannot have been given."""
    for code, given in responses.items():
        pointer = f"/responses/{code}"
        if code not in items:
            raise Invalid("item_unknown", pointer=pointer, item=code)
        if isinstance(given, list) and len(set(given)) != len(given):
            raise Invalid("option_unknown", pointer=pointer, item=code)
        try:
            read_response(items[code], given)
        except AssessmentError as refusal:
            if refusal.code in _OF_OPTIONS:
                raise Invalid("option_unknown", pointer=pointer, item=code) from None
            raise Invalid("response_of_other_kind", pointer=pointer, item=code) from None


def is_answered(given: object) -> bool:
    """Tell whether a response as it is kept says anything: an option, a best or a worst one, some words."""
    if isinstance(given, Mapping):
        return any(option is not None for option in given.values())
    return bool(given.strip() if isinstance(given, str) else given)


_OF_OPTIONS = {"unknown_option", "option_repeated"}
