"""The life of a first contact, how often one may write, and how long what was written is kept."""

import hashlib
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.core.errors import Conflict, MoveRefused, TooMany
from app.core.post import mailbox_of

LINK_LIFE = timedelta(days=3)
"""How long a stranger may take to confirm that the address is hers; long enough for a weekend."""
KEPT = timedelta(days=90)
"""How long name, address and message are kept: a quarter, in which an exchange has begun or has not."""
MOST_FROM_SENDER = 5
"""First contacts that one address may ask for on one day: choosing among mentors, not writing to all."""
MOST_TO_MENTOR = 10
"""First contacts that one mentor is sent on one day."""
REPORTS_THAT_BAR = 2
"""Mentors who must have reported a sender before she can write to nobody; whoever reported her is spared at
once, but one mentor alone does not speak for all."""


class ContactState(StrEnum):
    """How far a first contact has come."""

    ASKED = "asked"
    PASSED_ON = "passed_on"
    DECLINED = "declined"
    REPORTED = "reported"


class ContactAction(StrEnum):
    """What sender and mentor do."""

    PASS_ON = "pass_on"  # noqa: S105 - a word of the enum
    DECLINE = "decline"
    REPORT = "report"


MOVES: dict[tuple[ContactState, ContactAction], ContactState] = {
    (ContactState.ASKED, ContactAction.PASS_ON): ContactState.PASSED_ON,
    (ContactState.PASSED_ON, ContactAction.DECLINE): ContactState.DECLINED,
    (ContactState.PASSED_ON, ContactAction.REPORT): ContactState.REPORTED,
    (ContactState.DECLINED, ContactAction.REPORT): ContactState.REPORTED,
}


def after(state: ContactState, action: ContactAction) -> ContactState:
    """Return the state after an action; refuse one that does not exist."""
    if (state, action) not in MOVES:
        raise MoveRefused("contact_move_refused", state=state, action=action)
    return MOVES[state, action]


def ensure_unsent(state: ContactState) -> None:
    """Refuse a sender's link once it was used."""
    if state is not ContactState.ASKED:
        raise Conflict("contact_passed_on_already")


def ensure_live(expires_at: datetime, now: datetime, *, is_emptied: bool) -> None:
    """Refuse a link whose time is over."""
    if is_emptied or expires_at <= now:
        raise Conflict("contact_link_expired")


def ensure_accepting(accepting: bool) -> None:
    """Refuse a message to a mentor who takes nobody on just now."""
    if not accepting:
        raise Conflict("mentor_not_accepting")


def ensure_not_barred(reported_by: int, *, by_this_mentor: bool) -> None:
    """Refuse a sender whom this mentor has reported, or several others."""
    if by_this_mentor or reported_by >= REPORTS_THAT_BAR:
        raise Conflict("contact_sender_barred")


def ensure_within(count: int, most: int, *, retry_after: int) -> None:
    """Refuse one message more than a day allows."""
    if count > most:
        raise TooMany("contacts_too_many", most=most, retry_after=retry_after)


def seconds_left(now: datetime, zone: str) -> int:
    """Return how long the body's day still lasts."""
    local = now.astimezone(ZoneInfo(zone))
    tomorrow = datetime.combine(local.date() + timedelta(days=1), time(), ZoneInfo(zone))
    return max(1, int((tomorrow - now).total_seconds()))


def sender_key(email: str) -> str:
    """Return what a day's count is kept under: a hash, so that the table of counts holds no address."""
    return hashlib.sha256(f"sender\n{mailbox_of(email)}".encode()).hexdigest()


def mentor_key(person_id: object) -> str:
    """Return what a mentor's count of the day is kept under."""
    return hashlib.sha256(f"mentor\n{person_id}".encode()).hexdigest()


def kept_from(today: date) -> date:
    """Return the first day whose counts are still of use."""
    return today - timedelta(days=1)
