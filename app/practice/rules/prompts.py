"""What the clock tells mentor and mentee about their engagement, and when: each once, none too late."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from app.core.dates import add_months
from app.practice.rules.impact import SIX, TWELVE, Moment
from app.practice.rules.reviews import Course, ReviewState, Side, state_of, windows
from app.practice.rules.rhythm import Review, ReviewKind, skills_suggested_on, two_thirds

LAST_WEEK = timedelta(weeks=1)
"""How long before a review closes those are reminded who have not answered."""
_SETTLED_IN = timedelta(weeks=2)
"""How long after the start a firm is asked what may be done with its figures."""
_STILL_SUGGESTED = timedelta(days=30)
"""How long after its day a skills session is still suggested by mail."""
_STILL_ASKED = timedelta(days=30)
"""How long after its day a question for figures may still be sent."""
MONTHS_OF_INTEREST = 14
"""Engagements that ended longer ago are none of the clock's business."""


class Prompt(StrEnum):
    """What is told in an engagement, once unless it says otherwise."""

    FIRST_WEEKS_OPEN = "first_weeks_open"
    FIRST_WEEKS_CLOSING = "first_weeks_closing"
    MID_POINT_OPEN = "mid_point_open"
    MID_POINT_CLOSING = "mid_point_closing"
    TWO_THIRDS = "two_thirds"
    """Engagements lose drive about here, so both are called on to go on."""
    END_OPEN = "end_open"
    END_CLOSING = "end_closing"
    FIGURES_AT_START = "figures_at_start"
    FIGURES_AT_END = "figures_at_end"
    FIGURES_AFTER_SIX = "figures_after_six"
    """Months after the end: effects fade, so the firm is asked again."""
    FIGURES_AFTER_TWELVE = "figures_after_twelve"
    SKILLS = "skills"
    """A skills session is suggested: each quarter, so this alone is told more than once."""


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


FIGURES = {
    Prompt.FIGURES_AT_START: Moment.BASELINE,
    Prompt.FIGURES_AT_END: Moment.END,
    Prompt.FIGURES_AFTER_SIX: Moment.SIX_MONTHS,
    Prompt.FIGURES_AFTER_TWELVE: Moment.TWELVE_MONTHS,
}


@dataclass(frozen=True)
class Standing:
    """All of an engagement that decides what is to be told."""

    course: Course
    answered: Mapping[ReviewKind, Collection[Side]] = field(default_factory=dict)
    told: Mapping[Prompt, date] = field(default_factory=dict)
    """When each was told last."""
    is_consented: bool | None = None
    """Whether the firm allows any use of figures; None where it has not said."""
    figured: Collection[Moment] = ()
    """For which times it has told figures."""
    skilled_on: date | None = None
    """The day of the last skills session."""


def due(standing: Standing, today: date) -> tuple[Prompt, ...]:
    """Return what is to be told today and was not told before; what its day has passed by is not told."""
    found = [prompt for review in windows(standing.course) for prompt in _about(review, standing, today)]
    if _is_at_two_thirds(standing.course, today):
        found.append(Prompt.TWO_THIRDS)
    found += _about_figures(standing, today)
    told = [prompt for prompt in found if prompt not in standing.told]
    return (*told, Prompt.SKILLS) if _is_skills_time(standing, today) else tuple(told)


def _about(review: Review, standing: Standing, today: date) -> Iterator[Prompt]:
    """Yield at most one prompt about a review: that it is open, or later that it closes."""
    answered = standing.answered.get(review.kind, ())
    if state_of(review, standing.course, answered, today) is not ReviewState.OPEN:
        return
    if {Side.MENTOR, Side.MENTEE} <= set(answered):
        return
    opened, closing_from = standing.told.get(OPEN[review.kind]), review.due_on - LAST_WEEK
    if opened is None:
        yield OPEN[review.kind]
    elif opened < closing_from <= today:
        yield CLOSING[review.kind]


def _is_at_two_thirds(course: Course, today: date) -> bool:
    """Tell whether an engagement that goes on is past two thirds and not yet at its last review."""
    *_, last = windows(course)
    begin = two_thirds(course.started_on, course.planned_end_on)
    return course.ended_on is None and begin <= today < last.opens_on


def _is_skills_time(standing: Standing, today: date) -> bool:
    """Tell whether a skills session is suggested these days, and that was not told yet."""
    course = standing.course
    if course.ended_on is not None:
        return False
    day = skills_suggested_on(standing.skilled_on or course.started_on, course.planned_end_on, today)
    told = standing.told.get(Prompt.SKILLS)
    return day is not None and today < day + _STILL_SUGGESTED and (told is None or told < day)


def _about_figures(standing: Standing, today: date) -> Iterator[Prompt]:
    """Yield what asks for figures: the first time whoever has not said a word, then who consented."""
    for prompt, day in _days_of_figures(standing.course).items():
        is_wanted = standing.is_consented is (None if prompt is Prompt.FIGURES_AT_START else True)
        if is_wanted and FIGURES[prompt] not in standing.figured and day <= today < day + _STILL_ASKED:
            yield prompt


def _days_of_figures(course: Course) -> dict[Prompt, date]:
    *_, last = windows(course)
    days = {
        Prompt.FIGURES_AT_START: course.started_on + _SETTLED_IN,
        Prompt.FIGURES_AT_END: last.due_on + timedelta(days=1),  # the last review is over, so one mail a day
    }
    if course.ended_on is not None:
        days[Prompt.FIGURES_AFTER_SIX] = add_months(course.ended_on, SIX)
        days[Prompt.FIGURES_AFTER_TWELVE] = add_months(course.ended_on, TWELVE)
    return days
