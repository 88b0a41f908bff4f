"""Patterns of right and wrong answers that do not go with their score: the person-fit statistic lz*."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit
from scipy.stats import norm

from assessments.arrays import Floats, matrix, names, vector
from assessments.errors import AssessmentError, NotEstimable
from assessments.estimates import Provenance
from assessments.multiplicity import benjamini_hochberg
from assessments.results import Finding
from assessments.security.evidence import Booleans, ensure_level, screening

VERSION = "lz-star/1"
LEAST_ITEMS = 10
SHORTEST = 20
LIMIT = 15.0
"""Abilities are sought within this many logits of the difficulties."""
HALVINGS = 80


@dataclass(frozen=True, slots=True)
class PersonFit:
    """One person: a strongly negative `lz_star` means easy items missed and hard ones found."""

    person: str
    ability: float
    """Weighted likelihood estimate, in logits."""
    lz_star: float
    p: float
    """One-sided: fits as badly or worse."""
    p_adjusted: float
    """Benjamini-Hochberg over the persons."""
    is_flagged: bool
    n_items: int


@dataclass(frozen=True, slots=True)
class FitScreening:
    """All persons with enough answers; never sole evidence."""

    persons: tuple[PersonFit, ...]
    n_left_out: int
    """Persons with fewer than 10 answers, or with answers to items of one difficulty only."""
    provenance: Provenance


def person_fit(
    scores: ArrayLike,
    difficulties: ArrayLike,
    slopes: ArrayLike | None = None,
    *,
    persons: Sequence[str] | None = None,
    level: float = 0.01,
) -> FitScreening:
    """Standardise each person's likelihood under a one- or two-parameter logistic model, given her estimate.

    `scores` (n_persons, n_items) of 0 and 1, NaN = not answered; `difficulties` and `slopes` (n_items,) in
    logits, slopes 1 where None. Ability is Warm's weighted likelihood estimate, finite for perfect scores
    too, and the statistic corrects for its having been estimated. A person is flagged when the one-sided p
    value, adjusted by Benjamini-Hochberg, is below `level`; item parameters count as known. Raises
    AssessmentError `not_dichotomous`, `shapes_differ`, `slope_not_positive`, `parameters_too_large`,
    `level_out_of_range`; NotEstimable `no_persons_to_test`. Warns below 20 items. Source: Snijders 2001;
    Warm 1989; Drasgow, Levine & Williams 1985 (lz).
    """
    ensure_level(level)
    table = _right_or_wrong(scores)
    difficulty, slope = _parameters(difficulties, slopes, table.shape[1])
    answered = ~np.isnan(table)
    labels = names(persons, count=len(table), stem="person")
    kept = np.flatnonzero(_testable(answered, difficulty))
    if not len(kept):
        raise NotEstimable("no_persons_to_test", needed_items=LEAST_ITEMS)
    right, answered = np.where(answered, table, 0.0)[kept], answered[kept]
    ability = _weighted_likelihood(right, answered, difficulty, slope)
    statistic = _lz_star(right, answered, difficulty, slope, ability)
    kept_labels = tuple(labels[row] for row in kept)
    options = {"estimator": "warm", "level": str(level), "adjustment": "benjamini-hochberg"}
    return FitScreening(
        persons=_persons(kept_labels, ability, statistic, answered, level),
        n_left_out=len(table) - len(kept),
        provenance=screening(
            VERSION, ~np.isnan(table), options, _short(table.shape[1]), left_out=len(table) - len(kept)
        ),
    )


def _right_or_wrong(scores: ArrayLike) -> Floats:
    """Read scores of 0 and 1, NaN = not answered."""
    table = matrix(scores, missing=True)
    if not np.isin(table[~np.isnan(table)], (0.0, 1.0)).all():
        raise AssessmentError("not_dichotomous")
    return table


def _parameters(difficulties: ArrayLike, slopes: ArrayLike | None, n_items: int) -> tuple[Floats, Floats]:
    """Read the item parameters."""
    difficulty = vector(difficulties)
    slope = np.ones(n_items) if slopes is None else vector(slopes)
    if len(difficulty) != n_items or len(slope) != n_items:
        raise AssessmentError("shapes_differ", expected=n_items, found=(len(difficulty), len(slope)))
    if slope.min() <= 0:
        raise AssessmentError("slope_not_positive", column=int(slope.argmin()))
    if slope.max() > 10 or np.abs(difficulty).max() > 10:
        raise AssessmentError("parameters_too_large", largest=10)
    return difficulty, slope


def _testable(answered: Booleans, difficulty: Floats) -> Booleans:
    """Mark persons with enough answers to items that differ in difficulty, or every pattern fits alike."""
    highest = np.where(answered, difficulty, -np.inf).max(axis=1)
    lowest = np.where(answered, difficulty, np.inf).min(axis=1)
    testable: Booleans = (answered.sum(axis=1) >= LEAST_ITEMS) & (highest > lowest)
    return testable


def _curves(ability: Floats, difficulty: Floats, slope: Floats) -> tuple[Floats, Floats, Floats]:
    """Return log odds, chances of a right answer and their variances (n_persons, n_items)."""
    log_odds: Floats = slope * (ability[:, np.newaxis] - difficulty)
    chance: Floats = expit(log_odds)
    # As a product of both tails it stays above 0 where 1 - chance would not.
    variance: Floats = chance * expit(-log_odds)
    return log_odds, chance, variance


def _bias_term(chance: Floats, variance: Floats, slope: Floats) -> Floats:
    """Return Warm's correction of the score function, J / 2I (n_persons,)."""
    skew = (slope**3 * variance * (1 - 2 * chance)).sum(axis=1)
    term: Floats = skew / (2 * (slope**2 * variance).sum(axis=1))
    return term


def _weighted_likelihood(right: Floats, answered: Booleans, difficulty: Floats, slope: Floats) -> Floats:
    """Solve Warm's equation for each person by halving an interval, all at once."""
    low = np.full(len(right), float(difficulty.min()) - LIMIT)
    high = np.full(len(right), float(difficulty.max()) + LIMIT)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        _, chance, variance = _curves(middle, difficulty, slope)
        score = (slope * (right - chance) * answered).sum(axis=1)
        score += _bias_term(chance, variance * answered, slope)
        low, high = np.where(score > 0, middle, low), np.where(score > 0, high, middle)
    ability: Floats = (low + high) / 2
    return ability


def _lz_star(right: Floats, answered: Booleans, difficulty: Floats, slope: Floats, ability: Floats) -> Floats:
    """Standardise the log-likelihood, with the part that the estimate of ability absorbs taken out."""
    log_odds, chance, variance = _curves(ability, difficulty, slope)
    variance = variance * answered
    absorbed = (slope * variance * log_odds).sum(axis=1) / (slope**2 * variance).sum(axis=1)
    remaining = log_odds - absorbed[:, np.newaxis] * slope
    distance = ((right - chance) * answered * log_odds).sum(axis=1)
    spread = np.sqrt((remaining**2 * variance).sum(axis=1))
    statistic: Floats = (distance + absorbed * _bias_term(chance, variance, slope)) / spread
    return statistic


def _persons(
    labels: tuple[str, ...], ability: Floats, statistic: Floats, answered: Booleans, level: float
) -> tuple[PersonFit, ...]:
    """Judge all persons together."""
    p = norm.cdf(statistic)
    adjusted = benjamini_hochberg(p)
    return tuple(
        PersonFit(
            person=label,
            ability=float(ability[row]),
            lz_star=float(statistic[row]),
            p=float(p[row]),
            p_adjusted=adjusted[row],
            is_flagged=adjusted[row] < level,
            n_items=int(answered[row].sum()),
        )
        for row, label in enumerate(labels)
    )


def _short(n_items: int) -> tuple[Finding, ...]:
    """Warn about forms on which the normal approximation is rough."""
    if n_items >= SHORTEST:
        return ()
    message = f"{n_items} items: lz* is not quite normal"
    return (Finding("few_items", message, f"{SHORTEST} items", "Snijders 2001; house rule"),)
