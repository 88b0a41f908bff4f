"""From the bytes of an attendance list to its rows; a cell that cannot be read is named, never guessed."""

from collections.abc import Sequence
from decimal import Decimal

from pydantic import TypeAdapter, ValidationError

from app.core.errors import Invalid
from app.practice.importing import csv_records
from app.practice.rules.attendance import MOST_ATTENDEES, Attendee
from app.practice.rules.calendar import Refused
from app.practice.schemas.values import Hours

_COLUMNS = ("email", "hours")
_HOURS: TypeAdapter[Decimal] = TypeAdapter(Hours)


def attendees_of(content: bytes) -> list[Attendee]:
    """Read a CSV file with a column email and perhaps hours; rows are numbered as in a spreadsheet."""
    (_, heading), *rows = csv_records(content, most=MOST_ATTENDEES)
    columns = [cell.strip().lower() for cell in heading]
    if "email" not in columns or not set(columns) <= set(_COLUMNS) or len(set(columns)) < len(columns):
        raise Invalid("csv_heading_refused", pointer="/rows/1", columns=", ".join(_COLUMNS))
    return [_attendee(number, cells, columns) for number, cells in rows]


def _attendee(number: int, cells: Sequence[str], columns: Sequence[str]) -> Attendee:
    if len(cells) != len(columns):
        return Attendee(number, cells[columns.index("email")] if cells else "", Refused("row_width_refused"))
    row = {column: cell.strip() for column, cell in zip(columns, cells, strict=True)}
    return Attendee(number, row["email"], _hours(row.get("hours", "")))


def _hours(cell: str) -> Decimal | Refused | None:
    if not cell:
        return None
    try:
        return _HOURS.validate_python(cell.replace(",", "."))
    except ValidationError:
        return Refused("hours_unreadable", pointer="/hours")
