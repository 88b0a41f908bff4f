"""A statement of work as CSV: one row for each mentor and programme, for payment elsewhere."""

from collections.abc import Mapping
from typing import Any

from app.core.spreadsheet import csv_of
from app.practice.rules import SessionState

_STATES = (SessionState.CONFIRMED, SessionState.ATTESTED, SessionState.LOGGED, SessionState.DISPUTED)
_HEADING = (
    "programme",
    "month",
    "drawn_on",
    "person_id",
    "mentor_name",
    *(f"{state}_{what}" for state in _STATES for what in ("sessions", "minutes", "hours")),
)


def of_statement(statement: Mapping[str, Any]) -> bytes:
    """Return a statement as CSV; each row tells on what day it was drawn, also when it is cut out."""
    return csv_of(_HEADING, (_row(statement, line) for line in statement["items"]))


def _row(statement: Mapping[str, Any], line: Mapping[str, Any]) -> list[object]:
    amounts = [line[state] for state in _STATES]
    return [
        line["programme"],
        statement["month"],
        statement["drawn_on"].isoformat(),
        str(line["person_id"]),
        line["mentor_name"],
        *(figure for amount in amounts for figure in (amount.sessions, amount.minutes, amount.hours)),
    ]
