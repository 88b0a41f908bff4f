"""The life of slots and bookings: who may book, move and cancel until when, what a check-in needs."""

from datetime import datetime, timedelta
from enum import StrEnum

from app.core.errors import Conflict, Invalid, MoveRefused

LEAD = timedelta(hours=1)
"""So long before a slot begins candidates may be checked in."""


class SlotState(StrEnum):
    """Whether a slot still takes place."""

    OPEN = "open"
    CANCELLED = "cancelled"


class BookingState(StrEnum):
    """Where a booking stands; all but the first two are its end."""

    BOOKED = "booked"
    CHECKED_IN = "checked_in"
    """Identity, agreement and aids are in order, and somebody answers for it (SEC-2)."""
    HELD = "held"
    """The attempt was opened, or the sitting entered."""
    MOVED = "moved"
    """To another slot, by a booking of its own."""
    CANCELLED = "cancelled"
    """By the candidate in time, or by the body together with the slot."""
    NO_SHOW = "no_show"


class BookingAction(StrEnum):
    """What may be done with a booking."""

    MOVE = "move"
    CANCEL = "cancel"
    CHECK_IN = "check_in"
    HOLD = "hold"
    MISS = "miss"


BOOKING_MOVES: dict[tuple[BookingState, BookingAction], BookingState] = {
    (BookingState.BOOKED, BookingAction.MOVE): BookingState.MOVED,
    (BookingState.BOOKED, BookingAction.CANCEL): BookingState.CANCELLED,
    (BookingState.BOOKED, BookingAction.CHECK_IN): BookingState.CHECKED_IN,
    (BookingState.BOOKED, BookingAction.MISS): BookingState.NO_SHOW,
    (BookingState.CHECKED_IN, BookingAction.HOLD): BookingState.HELD,
    (BookingState.CHECKED_IN, BookingAction.CANCEL): BookingState.CANCELLED,
}
STANDING = (BookingState.BOOKED, BookingState.CHECKED_IN)


def after_booking(state: BookingState, action: BookingAction) -> BookingState:
    """Return the state after an action; refuse what the life of a booking does not know."""
    if (state, action) not in BOOKING_MOVES:
        raise MoveRefused("booking_move_refused", state=state, action=action)
    return BOOKING_MOVES[(state, action)]


def ensure_slot(*, starts_at: datetime, ends_at: datetime, closes_at: datetime, now: datetime) -> None:
    """Refuse a slot that ends before it begins, has begun, or can be booked into after its beginning."""
    if ends_at <= starts_at:
        raise Invalid("slot_reversed", pointer="/ends_at")
    if starts_at <= now:
        raise Invalid("slot_in_past", pointer="/starts_at")
    if closes_at > starts_at:
        raise Invalid("slot_closes_late", pointer="/closes_at")


def ensure_bookable(*, state: SlotState, closes_at: datetime, now: datetime, taken: int, places: int) -> None:
    """Refuse a booking into a slot that is cancelled, closed or full; each by its own code."""
    if state is SlotState.CANCELLED:
        raise Conflict("slot_cancelled")
    if now > closes_at:
        raise Conflict("slot_closed", closes_at=closes_at.isoformat())
    if taken >= places:
        raise Conflict("slot_full", places=places)


def ensure_may_change(*, closes_at: datetime, now: datetime) -> None:
    """Refuse to move or cancel a booking once its slot no longer takes changes."""
    if now > closes_at:
        raise Conflict("booking_fixed", closes_at=closes_at.isoformat())


def ensure_in_slot(*, starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    """Refuse to check in or to begin long before a slot, or after it."""
    if not starts_at - LEAD <= now <= ends_at:
        raise Conflict(
            "not_the_time_of_the_slot", starts_at=starts_at.isoformat(), ends_at=ends_at.isoformat()
        )


def ensure_missed(*, starts_at: datetime, now: datetime) -> None:
    """Refuse to call a candidate absent before her slot has begun."""
    if now < starts_at:
        raise Conflict("slot_not_begun", starts_at=starts_at.isoformat())
