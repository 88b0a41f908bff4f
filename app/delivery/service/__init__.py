"""Use cases of delivery, in families: plan, bookings, attempts, sittings, what others hold."""

from app.delivery.service.attempts import (
    attempt,
    attempt_to_score,
    conclude_attempt,
    concluded,
    open_attempt,
    paper,
    save,
    submit,
)
from app.delivery.service.booking import (
    book,
    bookings,
    cancel_booking,
    cancel_slot,
    check_in,
    note_no_show,
    open_slot,
    slots,
    slots_to_book,
)
from app.delivery.service.calendars import calendar, end_calendar_link, make_calendar_link
from app.delivery.service.external import (
    accept_exam,
    conclude_external,
    end_exam,
    exams,
    external_exam,
    external_result,
    external_to_release,
    report,
)
from app.delivery.service.formative import complete_formative, formative_completed
from app.delivery.service.incidents import (
    close_incident,
    ensure_untouched,
    incidents,
    report_incident,
    touched,
)
from app.delivery.service.planning import own_plan, plan
from app.delivery.service.sittings import conclude_sitting, hold, present_sitting_no, sitting

__all__ = [
    "accept_exam",
    "attempt",
    "attempt_to_score",
    "book",
    "bookings",
    "calendar",
    "cancel_booking",
    "cancel_slot",
    "check_in",
    "close_incident",
    "complete_formative",
    "conclude_attempt",
    "conclude_external",
    "conclude_sitting",
    "concluded",
    "end_calendar_link",
    "end_exam",
    "ensure_untouched",
    "exams",
    "external_exam",
    "external_result",
    "external_to_release",
    "formative_completed",
    "hold",
    "incidents",
    "make_calendar_link",
    "note_no_show",
    "open_attempt",
    "open_slot",
    "own_plan",
    "paper",
    "plan",
    "present_sitting_no",
    "report",
    "report_incident",
    "save",
    "sitting",
    "slots",
    "slots_to_book",
    "submit",
    "touched",
]
