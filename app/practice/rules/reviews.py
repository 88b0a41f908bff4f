"""The three reviews of an engagement: when each is open, who answers, and who sees whose answers."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.core.dates import add_months
from app.core.errors import Conflict
from app.practice.rules.questions import Audience
from app.practice.rules.rhythm import Review, ReviewKind, review_at_end, review_days


class Side(StrEnum):
    """Who looks back: mentor, mentee, and somebody of the programme."""

    MENTOR = "mentor"
    MENTEE = "mentee"
    STAFF = "staff"


class ReviewState(StrEnum):
    """Where a review stands. What is missing from a closed one is shown, and held against nobody."""

    TO_COME = "to_come"
    OPEN = "open"
    ANSWERED = "answered"
    """By all three sides."""
    CLOSED = "closed"
    """Its time is over, and not all sides have answered."""
    LEFT_OUT = "left_out"
    """The engagement had ended before it could begin."""


@dataclass(frozen=True)
class Course:
    """The days of an engagement that its reviews follow from."""

    started_on: date
    planned_months: int
    ended_on: date | None

    @property
    def planned_end_on(self) -> date:
        """The day on which it was to end."""
        return add_months(self.started_on, self.planned_months)


def windows(course: Course) -> tuple[Review, ...]:
    """Return when each review is open; the last one comes earlier where the engagement ended earlier."""
    planned = review_days(course.started_on, course.planned_end_on)
    if course.ended_on is None or course.ended_on >= course.planned_end_on:
        return planned
    early = review_at_end(course.ended_on)
    return tuple(early if review.kind is ReviewKind.END else review for review in planned)


def window_of(course: Course, kind: ReviewKind) -> Review:
    """Return when one review is open."""
    return next(review for review in windows(course) if review.kind is kind)


def state_of(review: Review, course: Course, answered: Collection[Side], today: date) -> ReviewState:
    """Return where a review stands on a day; both borders of its window belong to it."""
    if set(answered) == set(Side):
        return ReviewState.ANSWERED
    if _is_left_out(review, course) and not answered:
        return ReviewState.LEFT_OUT
    if today < review.opens_on:
        return ReviewState.TO_COME
    return ReviewState.OPEN if today <= review.due_on else ReviewState.CLOSED


def ensure_may_answer(
    review: Review, course: Course, answered: Collection[Side], side: Side, today: date
) -> None:
    """Refuse an answer outside the window, and a second one of the same side."""
    if side in answered:
        raise Conflict("review_answered_already", review=review.kind, side=side)
    state = state_of(review, course, answered, today)
    if state is ReviewState.TO_COME:
        raise Conflict("review_not_open", review=review.kind, opens_on=review.opens_on)
    if state is not ReviewState.OPEN:
        raise Conflict("review_closed", review=review.kind, due_on=review.due_on)


def is_shown(audience: Audience, of: Side, viewer: Side, answered: Collection[Side]) -> bool:
    """Tell whether a side sees an answer: its own always, another's if shared and once its own is in."""
    return of is viewer or (viewer in answered and audience is Audience.SHARED)


def missing(answered: Iterable[Side]) -> list[Side]:
    """Return the sides that have not answered."""
    told = set(answered)
    return [side for side in Side if side not in told]


def _is_left_out(review: Review, course: Course) -> bool:
    return (
        review.kind is not ReviewKind.END
        and course.ended_on is not None
        and review.opens_on > course.ended_on
    )
