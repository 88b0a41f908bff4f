"""Attempts, sittings, recordings, formative completions, slots, bookings, incidents, and what others hold."""

from app.delivery.tables.booking import BookingRow, SlotRow
from app.delivery.tables.calendars import CalendarLinkRow
from app.delivery.tables.external import ExternalExamRow, ExternalResultRow
from app.delivery.tables.incidents import IncidentRow
from app.delivery.tables.recordings import RecordingRow
from app.delivery.tables.sat import AttemptRow, FormativeRow, SittingRow

__all__ = [
    "AttemptRow",
    "BookingRow",
    "CalendarLinkRow",
    "ExternalExamRow",
    "ExternalResultRow",
    "FormativeRow",
    "IncidentRow",
    "RecordingRow",
    "SittingRow",
    "SlotRow",
]
