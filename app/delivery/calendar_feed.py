"""A person's bookings as a calendar (RFC 5545), so that her own calendar shows them; it only writes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

_LINE = 75
"""Octets of a line before it is folded (RFC 5545, 3.1)."""


@dataclass(frozen=True)
class Entry:
    """One event of the calendar."""

    uid: str
    stamp: datetime
    starts_at: datetime
    ends_at: datetime
    summary: str
    location: str


def feed(name: str, entries: Iterable[Entry]) -> bytes:
    """Write a calendar of events; calendars that subscribe to it drop what is no longer there."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//MentorCert//Bookings//EN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}",
    ]
    for entry in entries:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{entry.uid}",
            f"DTSTAMP:{_instant(entry.stamp)}",
            f"DTSTART:{_instant(entry.starts_at)}",
            f"DTEND:{_instant(entry.ends_at)}",
            f"SUMMARY:{_text(entry.summary)}",
            f"LOCATION:{_text(entry.location)}",
            "STATUS:CONFIRMED",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(value: str) -> str:
    for char in ("\\", ";", ","):
        value = value.replace(char, f"\\{char}")
    return value.replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """Fold a line without cutting a character in two."""
    found, rest = [], line
    while len(rest.encode()) > _LINE:
        cut = _LINE
        while len(rest[:cut].encode()) > _LINE:
            cut -= 1
        found.append(rest[:cut])
        rest = " " + rest[cut:]
    return "".join(f"{part}\r\n" for part in (*found, rest)).encode()
