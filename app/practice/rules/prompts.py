"""What the clock tells mentor and mentee about their engagement, and when: each once, none too late."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from enum import StrEnum

from app.practice.rules.reviews import Course, ReviewState, Side, state_of, windows
from app.practice.rules.rhythm import Review, ReviewKind, two_thirds

LAST_WEEK = timedelta(weeks=1)
"""How long before a review closes those are reminded who have not answered."""


class Prompt(StrEnum):
    """What is told once in an engagement."""

    FIRST_WEEKS_OPEN = "first_weeks_open"
    FIRST_WEEKS_CLOSING = "first_weeks_closing"
    MID_POINT_OPEN = "mid_point_open"
    MID_POINT_CLOSING = "mid_point_closing"
    TWO_THIRDS = "two_thirds"
    """Engagements lose drive about here, so both are called on to go on."""
    END_OPEN = "end_open"
    END_CLOSING = "end_closing"


OPEN = {
    ReviewKind.FIRST_WEEKS: Prompt.FIRST_WEEKS_OPEN,
    ReviewKind.MID_POINT: Prompt.MID_POINT_OPEN,
    ReviewKind.END: Prompt.END_OPEN,
}
CLOSING = {
    ReviewKind.FIRST_WEEKS: Prompt.FIRST_WEEKS_CLOSING,
    ReviewKind.MID_POINT: Prompt.MID_POINT_CLOSING,
    ReviewKind.END: Prompt.END_CLOSING,
}
REVIEW_OF = {prompt: kind for prompts in (OPEN, CLOSING) for kind, prompt in prompts.items()}


def due(
    course: Course,
    answered: Mapping[ReviewKind, Collection[Side]],
    told: Mapping[Prompt, date],
    today: date,
) -> tuple[Prompt, ...]:
    """Return what is to be told today and was not told before; what its day has passed by is not told."""
    found = [
        prompt
        for review in windows(course)
        for prompt in _about(review, course, answered.get(review.kind, ()), told, today)
    ]
    if Prompt.TWO_THIRDS not in told and _is_at_two_thirds(course, today):
        found.append(Prompt.TWO_THIRDS)
    return tuple(found)


def _about(
    review: Review, course: Course, answered: Collection[Side], told: Mapping[Prompt, date], today: date
) -> Iterator[Prompt]:
    """Yield at most one prompt about a review: that it is open, or later that it closes."""
    if state_of(review, course, answered, today) is not ReviewState.OPEN:
        return
    if {Side.MENTOR, Side.MENTEE} <= set(answered):
        return
    opened, closing_from = told.get(OPEN[review.kind]), review.due_on - LAST_WEEK
    if opened is None:
        yield OPEN[review.kind]
    elif opened < closing_from <= today and CLOSING[review.kind] not in told:
        yield CLOSING[review.kind]


def _is_at_two_thirds(course: Course, today: date) -> bool:
    """Tell whether an engagement that goes on is past two thirds and not yet at its last review."""
    *_, last = windows(course)
    begin = two_thirds(course.started_on, course.planned_end_on)
    return course.ended_on is None and begin <= today < last.opens_on
