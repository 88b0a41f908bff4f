"""From the bytes of a calendar file (iCalendar, RFC 5545) to sessions, event by event.

Only the part of the grammar that a log needs: single, timed events. An event is matched by the first word of
its SUMMARY, up to a blank, colon, comma or semicolon: the code or the id of an engagement. DESCRIPTION, or
else the rest of SUMMARY, is the note. Of the categories, GROUP makes a group session, the name of a channel
(VIDEO, IN PERSON, …) tells how it was held, TYPE:office_hours what it was; all others are left aside. Times
are UTC, in the IANA zone that TZID names (VTIMEZONE is not read), or without either in the body's zone. What
would have to be guessed is refused: recurring, cancelled and all-day events, unknown zones, missing ends.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from app.core.errors import Invalid
from app.practice.importing import MOST_ROWS, may_hold, note_of, type_of
from app.practice.rules import Channel, Draft, Entry, Refused, SessionKind

_MARK = b"\xef\xbb\xbf"
_BEGIN = b"BEGIN:VCALENDAR"
_FOLD = re.compile(rb"(?:\r\n|\n|\r)[ \t]")
_BREAK = re.compile(r"\r\n|\n|\r")
_VALUE = r'(?:"[^"]*"|[^";:,]*)'
_PARAMETER = rf"[A-Za-z0-9-]+={_VALUE}(?:,{_VALUE})*"
_LINE = re.compile(rf"([A-Za-z0-9-]+)((?:;{_PARAMETER})*):(.*)", re.DOTALL)
_PARAMETERS = re.compile(rf";([A-Za-z0-9-]+)=({_VALUE}(?:,{_VALUE})*)")
_INSTANT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})T([0-9]{2})([0-9]{2})([0-9]{2})(Z?)")
_ESCAPED = re.compile(r"\\([\\;,nN])")
_ONCE = {"DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "STATUS"}
_RECURRING = {"RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID"}
_CHANNELS = set(Channel) - {Channel.OTHER}
"""A category called "other" says nothing about a channel."""
_POINTERS = {"DTSTART": "/start", "DTEND": "/end"}


@dataclass
class _Event:
    """The properties of one event as they stand in the file: parameters and value by name."""

    properties: dict[str, tuple[str, str]] = field(default_factory=dict)
    fault: Refused | None = None
    categories: list[str] = field(default_factory=list)

    def take(self, line: str) -> None:
        """Take in one line; the first fault stays."""
        if (match := _LINE.fullmatch(line)) is None:
            self.fault = self.fault or Refused("event_line_unreadable", line=_shown(line))
            return
        name, parameters, value = match[1].upper(), match[2], match[3]
        if name in _ONCE and name in self.properties:
            self.fault = self.fault or Refused("event_property_repeated", property=name)
        if name == "CATEGORIES":
            self.categories += [re.sub(r"[\s-]", "_", word.strip().lower()) for word in value.split(",")]
        self.properties[name] = (parameters, value)

    def value(self, name: str) -> str:
        """Return a property's value, empty where it is missing."""
        return self.properties.get(name, ("", ""))[1].strip()

    def text(self, name: str) -> str:
        """Return a property of kind TEXT as it is meant."""
        return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], self.value(name)).strip()


def is_calendar(content: bytes) -> bool:
    """Tell by its own bytes whether a file is a calendar; what a sender claims counts for nothing."""
    return content[:200].removeprefix(_MARK).lstrip().upper().startswith(_BEGIN)


def entries_of(content: bytes, zone: ZoneInfo) -> list[Entry]:
    """Read the events of a calendar file, numbered from 1; refuse a file that is not whole."""
    lines = _lines(content)
    is_cancelled = any(line.upper().replace(" ", "") == "METHOD:CANCEL" for line in lines)
    entries = [
        _entry(number, event, zone, is_cancelled=is_cancelled)
        for number, event in enumerate(_events(lines), start=1)
    ]
    if not entries:
        raise Invalid("calendar_empty", pointer="/file")
    return entries


def _lines(content: bytes) -> list[str]:
    """Unfold before decoding: a fold may fall inside a character."""
    unfolded = _FOLD.sub(b"", content.removeprefix(_MARK).lstrip())
    try:
        text = unfolded.decode()
    except UnicodeDecodeError as error:
        line = unfolded.count(b"\n", 0, error.start) + 1
        raise Invalid("calendar_not_utf8", pointer="/file", line=line) from None
    return [line for line in _BREAK.split(text) if line.strip()]


def _events(lines: list[str]) -> Iterator[_Event]:
    """Yield the events that stand in a calendar; alarms within them and all other components are left out."""
    inside: list[str] = []
    event, count = _Event(), 0
    for line in lines:
        name, _, value = line.strip().upper().partition(":")
        if name == "BEGIN":
            inside.append(value)
            if inside == ["VCALENDAR", "VEVENT"]:
                event, count = _Event(), count + 1
                _ensure_room(count)
        elif name == "END":
            _close(inside, value, count)
            if inside == ["VCALENDAR"] and value == "VEVENT":
                yield event
        elif inside == ["VCALENDAR", "VEVENT"]:
            event.take(line)
    if inside:
        raise Invalid("calendar_malformed", pointer="/file", event=count)


def _close(inside: list[str], name: str, count: int) -> None:
    if not inside or inside.pop() != name:
        raise Invalid("calendar_malformed", pointer="/file", event=count)


def _ensure_room(count: int) -> None:
    if count > MOST_ROWS:
        raise Invalid("calendar_too_long", pointer=f"/rows/{count}", most=MOST_ROWS)


def _entry(number: int, event: _Event, zone: ZoneInfo, *, is_cancelled: bool) -> Entry:
    named, _, rest = re.sub(r"[\s:,;]", "\0", event.text("SUMMARY"), count=1).partition("\0")
    try:
        return Entry(number, named, _draft(event, rest.strip(" :,;-"), zone, is_cancelled=is_cancelled))
    except Refused as refusal:
        return Entry(number, named, refusal)


def _draft(event: _Event, title: str, zone: ZoneInfo, *, is_cancelled: bool) -> Draft:
    if event.fault is not None:
        raise event.fault
    if is_cancelled or event.value("STATUS").upper() == "CANCELLED":
        raise Refused("event_cancelled")
    if _RECURRING & event.properties.keys():
        raise Refused("event_recurring")
    starts_at = _instant(event, "DTSTART", zone)
    return Draft(
        held_on=starts_at.astimezone(zone).date(),
        starts_at=starts_at,
        ends_at=_instant(event, "DTEND", zone),
        kind=SessionKind.GROUP if "group" in event.categories else SessionKind.SESSION,
        note=note_of(event.text("DESCRIPTION") or title),
        channel=_channel(event.categories),
        type=_type(event.categories),
    )


def _channel(categories: list[str]) -> Channel | None:
    found = {Channel(word) for word in categories if word in _CHANNELS}
    if len(found) > 1:
        raise Refused("event_category_twice", pointer="/channel")
    return found.pop() if found else None


def _type(categories: list[str]) -> str | None:
    found = {word.removeprefix("type:") for word in categories if word.startswith("type:")}
    if len(found) > 1:
        raise Refused("event_category_twice", pointer="/type")
    return type_of(found.pop()) if found else None


def _instant(event: _Event, name: str, zone: ZoneInfo) -> datetime:
    """Read a start or an end; refuse a day without a time and a zone that IANA does not know."""
    pointer = _POINTERS[name]
    if name not in event.properties:
        raise Refused("event_time_missing", pointer=pointer, property=name)
    parameters, value = event.properties[name]
    if re.fullmatch(r"[0-9]{8}", value.strip()):
        raise Refused("event_all_day", pointer=pointer)
    named = {key.upper(): word for key, word in _PARAMETERS.findall(parameters)}.get("TZID")
    match = _INSTANT.fullmatch(value.strip())
    if match is None or (named is not None and match[7]):
        raise Refused("event_time_unreadable", pointer=pointer)
    try:
        year, month, day, hour, minute, second = (int(part) for part in match.groups()[:6])
        local = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        raise Refused("event_time_unreadable", pointer=pointer) from None
    if not may_hold(local.date()):
        raise Refused("event_time_unreadable", pointer=pointer)
    if match[7]:
        return local
    there = zone if named is None else _zone(named.strip('"').removeprefix("/"), pointer)
    return local.replace(tzinfo=there).astimezone(UTC)


def _zone(name: str, pointer: str) -> ZoneInfo:
    if name not in _zones():
        raise Refused("event_zone_unknown", pointer=pointer, zone=_shown(name))
    return ZoneInfo(name)


def _shown(text: str) -> str:
    return "".join(char for char in text[:40] if char.isprintable())


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())
