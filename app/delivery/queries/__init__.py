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
    incident,
    incidents,
    open_incidents,
)
from app.delivery.queries.recordings import (
    recording_for_update,
    recordings_of,
    recordings_over,
    sitting_by_id,
)
from app.delivery.queries.sat import (
    attempt,
    attempt_for_update,
    attempts_of,
    formative_of,
    is_engagement_of,
    open_attempts,
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
    "external_exam",
    "external_exams",
    "external_result",
    "external_results_of",
    "formative_of",
    "incident",
    "incidents",
    "is_engagement_of",
    "open_attempts",
    "open_incidents",
    "recording_for_update",
    "recordings_of",
    "recordings_over",
    "reported",
    "sitting_by_id",
    "sittings_of",
    "slot",
    "slots",
    "slots_to_book",
    "standing_booking",
    "taken",
]
