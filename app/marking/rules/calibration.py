"""Calibration: rating what experts have rated already, and whether that is close enough."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from app.core.dates import add_months
from app.core.errors import Conflict, Findings, MoveRefused, NotImpartial
from assessments.agreement import Weights, agreement_within, weighted_kappa
from assessments.errors import NotEstimable
from assessments.marking import HIGHEST, LOWEST

Finding = tuple[str, str, str]
Ratings = Mapping[str, Mapping[str, int]]
"""Number of the performance → element → rating."""


class Closeness(StrEnum):
    """By what an exercise is passed, as it says itself."""

    WITHIN_ONE = "within_one"
    """The share of ratings at most one level from the reference."""
    WEIGHTED_KAPPA = "weighted_kappa"
    """Agreement beyond chance, disagreement weighted by the square of its distance (Cohen 1968)."""


class ExerciseState(StrEnum):
    """Where an exercise stands; a published one is frozen, a retired one is opened by nobody any more."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"


class ExerciseAction(StrEnum):
    """What may be done with an exercise."""

    PUBLISH = "publish"
    RETIRE = "retire"


EXERCISE_MOVES: dict[tuple[ExerciseState, ExerciseAction], ExerciseState] = {
    (ExerciseState.DRAFT, ExerciseAction.PUBLISH): ExerciseState.PUBLISHED,
    (ExerciseState.PUBLISHED, ExerciseAction.RETIRE): ExerciseState.RETIRED,
}


@dataclass(frozen=True)
class Tolerance:
    """How close an exercise wants her ratings to the reference, and how long a pass holds."""

    closeness: Closeness
    least: Decimal
    valid_months: int


@dataclass(frozen=True)
class Calibrated:
    """What a try came to; `figure` is None where the closeness says nothing of these ratings."""

    figure: Decimal | None
    ratings: int
    passed: bool
    valid_until: date | None


def after_exercise(state: ExerciseState, action: ExerciseAction) -> ExerciseState:
    """Return the state after an action; refuse what the life of an exercise does not know."""
    if (state, action) not in EXERCISE_MOVES:
        raise MoveRefused("calibration_move_refused", state=state, action=action)
    return EXERCISE_MOVES[(state, action)]


def ensure_may_publish(*, is_example: bool, is_demo_body: bool) -> None:
    """Refuse an example to a body that certifies: it makes its own exercises with its own experts."""
    if is_example and not is_demo_body:
        raise Conflict("calibration_is_example", rule="PER-1")


def ensure_may_try(state: ExerciseState, *, is_blind: bool) -> None:
    """Refuse an exercise that is not open, and one whose reference she helped to set or may read."""
    if state is not ExerciseState.PUBLISHED:
        raise Conflict("calibration_not_open", state=state)
    if not is_blind:
        raise NotImpartial("calibration_by_expert", rule="PER-1")


def ensure_references(elements: Collection[str], performances: Sequence[Collection[str]]) -> None:
    """Refuse an exercise whose references do not rate exactly the elements of its component."""
    found: list[Finding] = []
    for place, rated in enumerate(performances):
        found += [
            (f"/performances/{place}/references", "element_unlike_sheet", f"{code} is missing or not hers.")
            for code in sorted(set(elements) ^ set(rated))
        ]
    if found:
        raise Findings("calibration_refused", tuple(found))


def ensure_complete(reference: Ratings, given: Ratings) -> None:
    """Refuse a try that does not rate every element of every performance."""
    wanted = {(number, element) for number, rated in reference.items() for element in rated}
    found = {(number, element) for number, rated in given.items() for element in rated}
    if wanted != found:
        faults = [
            (f"/ratings/{number}/{element.replace('/', '~1')}", "rating_missing", f"{element}: one rating.")
            for number, element in sorted(wanted ^ found)
        ]
        raise Findings("calibration_incomplete", tuple(faults))


def calibrated(reference: Ratings, given: Ratings, tolerance: Tolerance, today: date) -> Calibrated:
    """Hold her ratings beside the reference by the exercise's own closeness; exact, as a decision must be."""
    pairs = [
        (given[number][element], rating)
        for number, rated in reference.items()
        for element, rating in rated.items()
    ]
    first, second = [own for own, _ in pairs], [theirs for _, theirs in pairs]
    try:
        if tolerance.closeness is Closeness.WITHIN_ONE:
            found = agreement_within(first, second, distance=1)
        else:
            scale = tuple(range(LOWEST, HIGHEST + 1))
            found = weighted_kappa(first, second, categories=scale, weights=Weights.QUADRATIC)
    except NotEstimable:
        return Calibrated(None, len(pairs), passed=False, valid_until=None)
    passed = found.exact >= Fraction(tolerance.least)
    until = add_months(today, tolerance.valid_months) if passed else None
    return Calibrated(round(found.value, 4), len(pairs), passed, until)
