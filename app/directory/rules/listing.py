"""Who lets herself be found, by whom, and until when what she said counts as fresh."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from app.core.dates import add_months
from app.core.errors import Conflict, MoveRefused, NotEligible

MOST_TURN = 0x7FFF_FFFF
"""Turns have 31 bits, so that both databases count them in a plain integer."""


class Visibility(StrEnum):
    """Who sees a listing."""

    EVERYONE = "everyone"
    ADVISERS = "advisers"


class Facet(StrEnum):
    """What a listing has several codes of; each is a row of the search index."""

    EXPERIENCE = "experience"
    EXPERTISE = "expertise"
    SECTOR = "sector"
    LANGUAGE = "language"
    STYLE = "style"


class ListingState(StrEnum):
    """Whether a listing is shown at all."""

    LISTED = "listed"
    WITHDRAWN = "withdrawn"


class ListingAction(StrEnum):
    """What its mentor does with a listing."""

    PUBLISH = "publish"
    CHANGE = "change"
    CONFIRM = "confirm"
    WITHDRAW = "withdraw"


MOVES: dict[tuple[ListingState, ListingAction], ListingState] = {
    (ListingState.WITHDRAWN, ListingAction.PUBLISH): ListingState.LISTED,
    (ListingState.LISTED, ListingAction.CHANGE): ListingState.LISTED,
    (ListingState.LISTED, ListingAction.CONFIRM): ListingState.LISTED,
    (ListingState.LISTED, ListingAction.WITHDRAW): ListingState.WITHDRAWN,
}


def after(state: ListingState, action: ListingAction) -> ListingState:
    """Return the state after an action; refuse one that does not exist."""
    if (state, action) not in MOVES:
        raise MoveRefused("listing_move_refused", state=state, action=action)
    return MOVES[state, action]


def ensure_certified(certificates: int) -> None:
    """Refuse a listing of a person without a certificate in force."""
    if not certificates:
        raise NotEligible("listing_needs_certificate")


def ensure_consent(given: int, current: int) -> None:
    """Refuse consent to another text than the present one."""
    if given != current:
        raise Conflict("consent_outdated", given=given, current=current)


def stale_before(today: date, months: int) -> date:
    """Return the day before which a confirmation is too old."""
    return add_months(today, -months)


def turn_of(listing_id: UUID) -> int:
    """Return a listing's fixed number among equals, as random as the end of its id."""
    return listing_id.int & MOST_TURN
