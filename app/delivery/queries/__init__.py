"""What is asked about delivery."""

from app.delivery.queries.booking import (
    booking,
    bookings_in,
    bookings_of_case,
    calendar_of,
    case_of_booking,
    slot,
    slots,
    slots_to_book,
    standing_booking,
    taken,
)
from app.delivery.queries.external import (
    external_exam,
    external_exams,
    external_result,
    external_results_of,
    reported,
)
from app.delivery.queries.incidents import (
    attempts_on,
    calendar_link,
    calendar_links_of,
    concluded_on,
    incident,
    incidents,
    open_incidents,
)
from app.delivery.queries.sat import (
    attempt,
    attempt_for_update,
    attempts_of,
    formative_of,
    is_engagement_of,
    sittings_of,
)

__all__ = [
    "attempt",
    "attempt_for_update",
    "attempts_of",
    "attempts_on",
    "booking",
    "bookings_in",
    "bookings_of_case",
    "calendar_link",
    "calendar_links_of",
    "calendar_of",
    "case_of_booking",
    "concluded_on",
    "external_exam",
    "external_exams",
    "external_result",
    "external_results_of",
    "formative_of",
    "incident",
    "incidents",
    "is_engagement_of",
    "open_incidents",
    "reported",
    "sittings_of",
    "slot",
    "slots",
    "slots_to_book",
    "standing_booking",
    "taken",
]
