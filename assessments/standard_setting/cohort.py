"""The candidates' scores that a cut is held against: read exactly, on their scale, and enough of them."""

from collections.abc import Sequence
from fractions import Fraction

from numpy.typing import ArrayLike

from assessments.arrays import vector
from assessments.errors import AssessmentError, NotEstimable
from assessments.results import Finding
from assessments.standard_setting.cuts import Scale

LEAST_PERSONS = 10
ADVISED_PERSONS = 50


def exact_numbers(values: ArrayLike) -> tuple[Fraction, ...]:
    """Read a list (n,) of numbers exactly: a float stands for the shortest decimal that reads back as it.

    So 0.1 is one tenth, as whoever typed it meant, and whole raw scores stay whole. Raises AssessmentError
    `not_a_list`, `not_finite`, `missing_cell`; NotEstimable `no_data`.
    """
    return tuple(Fraction(repr(float(value))) for value in vector(values))


def exact_scores(values: ArrayLike, scale: Scale) -> tuple[Fraction, ...]:
    """Read raw scores (n_persons,) exactly; raises AssessmentError `score_out_of_scale` besides."""
    scores = exact_numbers(values)
    for row, score in enumerate(scores):
        if not scale.holds(score):
            raise AssessmentError("score_out_of_scale", row=row, score=float(score))
    return scores


def ensure_persons(persons: int, **facts: object) -> None:
    """Refuse fewer than 10 candidates: NotEstimable `too_few_persons`, with `facts` saying of which kind."""
    if persons < LEAST_PERSONS:
        raise NotEstimable("too_few_persons", persons=persons, least=LEAST_PERSONS, **facts)


def few_persons(persons: int) -> tuple[Finding, ...]:
    """Caution against fewer than 50 candidates."""
    if persons >= ADVISED_PERSONS:
        return ()
    message = f"{persons} candidates; under {ADVISED_PERSONS} the cut may move with every cohort"
    return (Finding("few_persons", message, str(ADVISED_PERSONS), "house rule"),)


def paired_scores(
    scores: ArrayLike, others: ArrayLike, scale: Scale
) -> tuple[tuple[Fraction, ...], tuple[Fraction, ...]]:
    """Read raw scores and another number per candidate (n_persons,) exactly.

    Raises AssessmentError `lengths_differ` when the two are not of the same candidates.
    """
    exact, given = exact_scores(scores, scale), exact_numbers(others)
    if len(exact) != len(given):
        raise AssessmentError("lengths_differ", first=len(exact), second=len(given))
    return exact, given


def mean_and_variance(values: Sequence[Fraction]) -> tuple[Fraction, Fraction]:
    """Return mean and sample variance (n - 1) of at least two values, exact."""
    mean = sum(values, Fraction(0)) / len(values)
    return mean, sum(((value - mean) ** 2 for value in values), Fraction(0)) / (len(values) - 1)
