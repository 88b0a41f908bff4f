"""The life of a change request: filed, commented on, answered once; and what may be said in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from app.core.errors import Conflict, Invalid, MoveRefused
from app.schemes.packaging.finding import leads_to


class RequestKind(StrEnum):
    """What is said about a scheme version."""

    COMMENT = "comment"
    CHANGE_REQUEST = "change_request"
    ERROR = "error"


class ChangeRequestState(StrEnum):
    """Where a request stands; once answered it stays so."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    NOTED = "noted"


class RequestAction(StrEnum):
    """What may be done with a request."""

    COMMENT = "comment"
    ACCEPT = "accept"
    DECLINE = "decline"
    NOTE = "note"


MOVES: dict[tuple[ChangeRequestState, RequestAction], ChangeRequestState] = {
    (ChangeRequestState.OPEN, RequestAction.COMMENT): ChangeRequestState.OPEN,
    (ChangeRequestState.OPEN, RequestAction.ACCEPT): ChangeRequestState.ACCEPTED,
    (ChangeRequestState.OPEN, RequestAction.DECLINE): ChangeRequestState.DECLINED,
    (ChangeRequestState.OPEN, RequestAction.NOTE): ChangeRequestState.NOTED,
}


@dataclass(frozen=True)
class Chosen:
    """Which requests are wanted; what is None is not asked."""

    state: ChangeRequestState | None = None
    kind: RequestKind | None = None
    version_id: UUID | None = None
    interest: str | None = None


def after(state: ChangeRequestState, action: RequestAction) -> ChangeRequestState:
    """Return the state after an action; refuse to comment on, or to answer, what has been answered."""
    if (state, action) not in MOVES:
        raise MoveRefused("request_move_refused", state=state, action=action)
    return MOVES[(state, action)]


def interests(package: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the categories of interested parties that a version declares (8.4 b)."""
    try:
        return tuple(package["studies"]["experts"]["interest_categories"])
    except (KeyError, TypeError):  # a draft may still have faults
        raise Conflict("no_interest_categories", rule="SCH-4") from None


def ensure_interest(package: Mapping[str, Any], interest: str) -> None:
    """Refuse a category that the version does not declare: the balance could not be told (8.4 b)."""
    known = interests(package)
    if interest not in known:
        raise Invalid("interest_unknown", pointer="/interest", known=list(known))


def ensure_place(package: Mapping[str, Any], place: str | None) -> None:
    """Refuse a place that the version does not have; without one, the version as a whole is meant."""
    if place is not None and not leads_to(package, place):
        raise Invalid("place_unknown", pointer="/place")


def ensure_done_elsewhere(*, is_same: bool, is_frozen: bool) -> None:
    """Refuse to name, as the version in which a change is done, the frozen one that it was asked of."""
    if is_same and is_frozen:
        raise Invalid("done_in_frozen_version", pointer="/done_in", rule="SCH-5")
