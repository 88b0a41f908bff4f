"""From the bytes of a CSV file to sessions, row by row; what cannot be read is named, never guessed.

Cells are text and nothing else: a formula is stored as the letters it consists of.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter, ValidationError

from app.core.errors import Invalid
from app.core.schema import Line, Prose
from app.practice.rules import Channel, Draft, Entry, Refused, SessionKind

_NEEDED = ("engagement", "date", "start", "end")
_COLUMNS = (*_NEEDED, "kind", "note", "channel", "type", "co_mentors")
MOST_ROWS = 10_000
_EARLIEST = date(1950, 1, 2)
_LATEST = date(2200, 12, 30)
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})")
_TYPE = re.compile(r"[a-z][a-z0-9_]{1,39}")
_TEXT: TypeAdapter[str] = TypeAdapter(Prose)
_NAME: TypeAdapter[str] = TypeAdapter(Line)


def entries_of(content: bytes, zone: ZoneInfo) -> list[Entry]:
    """Read a CSV file with commas or semicolons, UTF-8 with or without a mark; refuse what is not one.

    Rows are numbered as a spreadsheet shows them: the heading is row 1.
    """
    (_, heading), *rows = csv_records(content, most=MOST_ROWS)
    columns = _columns(heading)
    return [_entry(number, cells, columns, zone) for number, cells in rows]


def csv_records(content: bytes, *, most: int) -> list[tuple[int, list[str]]]:
    """Return the heading and the rows of a CSV file with their numbers; refuse what is none, or too long."""
    text = _text(content)
    heading = text.split("\n", maxsplit=1)[0]
    delimiter = ";" if heading.count(";") > heading.count(",") else ","
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    records = list(_records(lines, most))
    if len(records) < 2:
        raise Invalid("csv_empty", pointer="/file")
    return records


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Invalid("csv_not_utf8", pointer="/file", line=line) from None


def _records(lines: Iterator[list[str]], most: int) -> Iterator[tuple[int, list[str]]]:
    number = 0
    try:
        for number, cells in enumerate(lines, start=1):
            if number > most + 1:
                raise Invalid("csv_too_many_rows", pointer=f"/rows/{number}", most=most)
            if any(cell.strip() for cell in cells):
                yield number, cells
    except csv.Error:
        raise Invalid("csv_malformed", pointer=f"/rows/{number + 1}", row=number + 1) from None


def _columns(heading: Sequence[str]) -> list[str]:
    columns = [cell.strip().lower() for cell in heading]
    is_sound = set(_NEEDED) <= set(columns) <= set(_COLUMNS) and len(set(columns)) == len(columns)
    if not is_sound:
        raise Invalid("csv_heading_refused", pointer="/rows/1", columns=", ".join(_COLUMNS))
    return columns


def _entry(number: int, cells: Sequence[str], columns: Sequence[str], zone: ZoneInfo) -> Entry:
    if len(cells) != len(columns):
        return Entry(number, "", Refused("row_width_refused"))
    row = {column: cell.strip() for column, cell in zip(columns, cells, strict=True)}
    try:
        return Entry(number, row["engagement"], _draft(row, zone))
    except Refused as refusal:
        return Entry(number, row["engagement"], refusal)


def _draft(row: Mapping[str, str], zone: ZoneInfo) -> Draft:
    """Read one row as a session in the body's local time, or refuse it and name the column."""
    held_on = _day(row["date"])
    return Draft(
        held_on=held_on,
        starts_at=_instant(held_on, row["start"], zone, "/start"),
        ends_at=_instant(held_on, row["end"], zone, "/end"),
        kind=_kind(row.get("kind", "")),
        note=note_of(row.get("note", "")),
        channel=_channel(row.get("channel", "")),
        type=type_of(row.get("type", "")),
        co_mentors=_co_mentors(row.get("co_mentors", "")),
    )


def _day(cell: str) -> date:
    if (match := _DATE.fullmatch(cell)) is None:
        raise Refused("date_unreadable", pointer="/date")
    try:
        day = date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        raise Refused("date_unreadable", pointer="/date") from None
    if not may_hold(day):
        raise Refused("date_unreadable", pointer="/date")
    return day


def may_hold(day: date) -> bool:
    """Tell whether a session may lie on a day at all; the rest is for the rules to say."""
    return _EARLIEST <= day <= _LATEST


def _instant(day: date, cell: str, zone: ZoneInfo, pointer: str) -> datetime:
    if (match := _TIME.fullmatch(cell)) is None:
        raise Refused("time_unreadable", pointer=pointer)
    try:
        at = time(int(match[1]), int(match[2]), tzinfo=zone)
    except ValueError:
        raise Refused("time_unreadable", pointer=pointer) from None
    return datetime.combine(day, at).astimezone(UTC)


def _kind(cell: str) -> SessionKind:
    try:
        return SessionKind(cell.lower() or SessionKind.SESSION)
    except ValueError:
        raise Refused("kind_unknown", pointer="/kind") from None


def _channel(cell: str) -> Channel | None:
    try:
        return Channel(cell.lower()) if cell else None
    except ValueError:
        raise Refused("channel_unknown", pointer="/channel") from None


def _co_mentors(cell: str) -> tuple[str, ...]:
    """Read names that are parted by a stroke, since commas and semicolons part the cells."""
    try:
        return tuple(_NAME.validate_python(name) for name in cell.split("|")) if cell else ()
    except ValidationError:
        raise Refused("text_refused", pointer="/co_mentors") from None


def type_of(cell: str) -> str | None:
    """Return a type of session as it is written; whether there is such a type is for the rules to say."""
    if cell and _TYPE.fullmatch(cell.lower()) is None:
        raise Refused("activity_type_unknown", pointer="/type", type=cell[:40])
    return cell.lower() or None


def note_of(text: str) -> str | None:
    """Return a note as it may be kept, or refuse it; an empty one is none."""
    if not text:
        return None
    try:
        return _TEXT.validate_python(text)
    except ValidationError:
        raise Refused("text_refused", pointer="/note") from None
