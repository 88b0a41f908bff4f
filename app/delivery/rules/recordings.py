"""When a sitting may be kept as a recording, and until when: consents first, and an end (SEC-2, REC-3)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.core.dates import add_months
from app.core.errors import Conflict, Invalid

_WITH_OTHERS = frozenset({"observed_session", "observed_supervision"})
"""Methods by which the candidate is seen at work with somebody."""


class RecordingEnd(StrEnum):
    """Why a recording's bytes or address are there no longer."""

    RETENTION = "retention"
    WITHDRAWN = "withdrawn"
    """Somebody in it took consent back."""


@dataclass(frozen=True)
class Consents:
    """When those in a recording agreed to it: the candidate, and every other person by a day."""

    candidate_on: date | None
    others: int
    others_on: date | None


def ensure_whole(*, has_bytes: bool, url: str | None, sha256: str | None, size: int | None) -> None:
    """Refuse anything but bytes or else an address with the hash and size of what lies there (FIL-2)."""
    if has_bytes == (url is not None):
        raise Invalid("recording_content", pointer="/file")
    if not has_bytes and (sha256 is None or size is None):
        raise Invalid("recording_link_bare", pointer="/url")


def ensure_consented(given: Consents, method: str, held_on: date) -> None:
    """Refuse a recording unless all who are in it agreed no later than the day of the sitting (SEC-2)."""
    if given.candidate_on is None:
        raise Conflict("recording_consent_missing", rule="SEC-2", who="candidate")
    is_missing = given.others > 0 if given.others_on is None else given.others == 0
    if is_missing or (method in _WITH_OTHERS and given.others == 0):
        raise Conflict("recording_consent_missing", rule="SEC-2", who="others")
    for pointer, day in (
        ("/candidate_consent_on", given.candidate_on),
        ("/others_consent_on", given.others_on),
    ):
        if day is not None and day > held_on:
            raise Invalid("recording_consent_late", pointer=pointer, held_on=held_on)


def ensure_retention(until: date, *, held_on: date, today: date, cycle_months: int) -> None:
    """Refuse to keep a recording beyond one cycle of its scheme, or until a day that is over (REC-3)."""
    latest = add_months(held_on, cycle_months)
    if not today <= until <= latest:
        raise Invalid("recording_retention", pointer="/retain_until", earliest=today, latest=latest)


def ensure_stands(ended_cause: RecordingEnd | None) -> None:
    """Refuse to open or end what was ended."""
    if ended_cause is not None:
        raise Conflict("recording_ended", cause=ended_cause)
