"""From the bytes of a CSV file to sessions, row by row; what cannot be read is named, never guessed.

Cells are text and nothing else: a formula is stored as the letters it consists of.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter, ValidationError

from app.core.errors import Invalid
from app.core.schema import Prose
from app.practice.rules import Draft, Refused, SessionKind

_NEEDED = ("engagement", "date", "start", "end")
_COLUMNS = (*_NEEDED, "kind", "note")
MOST_ROWS = 2000
_EARLIEST = date(1950, 1, 2)
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})")
_TEXT: TypeAdapter[str] = TypeAdapter(Prose)


@dataclass(frozen=True)
class Row:
    """One row of the file; the heading is row 1, as a spreadsheet shows it."""

    number: int
    cells: Mapping[str, str]
    """Empty when the row has more or fewer cells than the heading."""

    @property
    def engagement(self) -> str:
        """The engagement as the mentor named it: by id or by her own code."""
        return self.cells.get("engagement", "")


def rows_of(content: bytes) -> list[Row]:
    """Read a CSV file with commas or semicolons, UTF-8 with or without a mark; refuse what is not one."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid("csv_not_utf8", pointer="/file") from None
    heading = text.split("\n", maxsplit=1)[0]
    delimiter = ";" if heading.count(";") > heading.count(",") else ","
    try:
        records = list(_records(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)))
    except csv.Error:
        raise Invalid("csv_malformed", pointer="/file") from None
    if not records:
        raise Invalid("csv_empty", pointer="/file")
    columns = _columns(records[0][1])
    if len(records) == 1:
        raise Invalid("csv_empty", pointer="/file")
    return [_row(number, cells, columns) for number, cells in records[1:]]


def _records(lines: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    for number, cells in enumerate(lines, start=1):
        if number > MOST_ROWS + 1:
            raise Invalid("csv_too_many_rows", pointer="/file", most=MOST_ROWS)
        if any(cell.strip() for cell in cells):
            yield number, cells


def _columns(heading: Sequence[str]) -> list[str]:
    columns = [cell.strip().lower() for cell in heading]
    is_sound = set(_NEEDED) <= set(columns) <= set(_COLUMNS) and len(set(columns)) == len(columns)
    if not is_sound:
        raise Invalid("csv_heading_refused", pointer="/rows/1", columns=", ".join(_COLUMNS))
    return columns


def _row(number: int, cells: Sequence[str], columns: Sequence[str]) -> Row:
    if len(cells) != len(columns):
        return Row(number, {})
    return Row(number, {column: cell.strip() for column, cell in zip(columns, cells, strict=True)})


def draft_of(row: Row, zone: ZoneInfo) -> Draft:
    """Read one row as a session in the body's local time, or refuse it and name the column."""
    if not row.cells:
        raise Refused("row_width_refused")
    held_on = _day(row.cells["date"])
    return Draft(
        held_on=held_on,
        starts_at=_instant(held_on, row.cells["start"], zone, "/start"),
        ends_at=_instant(held_on, row.cells["end"], zone, "/end"),
        kind=_kind(row.cells.get("kind", "")),
        note=_note(row.cells.get("note", "")),
    )


def _day(cell: str) -> date:
    if (match := _DATE.fullmatch(cell)) is None:
        raise Refused("date_unreadable", pointer="/date")
    try:
        day = date(*(int(part) for part in match.groups()))
    except ValueError:
        raise Refused("date_unreadable", pointer="/date") from None
    if day < _EARLIEST or day.year > 2200:
        raise Refused("date_unreadable", pointer="/date")
    return day


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


def _note(cell: str) -> str | None:
    if not cell:
        return None
    try:
        return _TEXT.validate_python(cell)
    except ValidationError:
        raise Refused("text_refused", pointer="/note") from None
