"""lz*: its parts by root finding and enumeration, its size under the model, and what does not fit found."""

from itertools import product

import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.special import expit

from assessments.errors import AssessmentError, NotEstimable
from assessments.results import document
from assessments.security.person_fit import person_fit

DIFFICULTY = np.linspace(-2, 2, 10)
SLOPE = np.linspace(0.8, 1.6, 10)


def simulated(*, seed, n_persons, difficulty, slope):
    draw = np.random.default_rng(seed)
    ability = draw.normal(size=(n_persons, 1))
    return (draw.random((n_persons, len(difficulty))) < expit(slope * (ability - difficulty))).astype(float)


def warm_equation(ability, right):
    """Warm 1989: the score function and J / 2I, with derivatives of the curves by differences."""
    step = 1e-4
    chance = expit(SLOPE * (ability - DIFFICULTY))
    above, below = (expit(SLOPE * (ability + sign * step - DIFFICULTY)) for sign in (1, -1))
    first, second = (above - below) / (2 * step), (above - 2 * chance + below) / step**2
    spread = chance * (1 - chance)
    bias = (first * second / spread).sum() / (2 * (first**2 / spread).sum())
    return (first * (right - chance) / spread).sum() + bias


@pytest.mark.parametrize("pattern", [0, 1, 37, 512, 1022, 1023])
def test_ability_solves_warms_equation_and_the_statistic_its_definition(pattern):
    right = np.array([(pattern >> item) & 1 for item in range(10)], dtype=float)

    person = person_fit([right], DIFFICULTY, SLOPE).persons[0]

    ability = brentq(warm_equation, -8, 8, args=(right,), xtol=1e-12)
    assert np.isclose(person.ability, ability, atol=1e-5)
    # Snijders 2001: the weights with what ability absorbs taken out, and their variance by enumeration.
    chance = expit(SLOPE * (person.ability - DIFFICULTY))
    log_odds = SLOPE * (person.ability - DIFFICULTY)
    slope_of_curve = SLOPE * chance * (1 - chance)
    absorbed = (slope_of_curve * log_odds).sum() / (slope_of_curve * SLOPE).sum()
    weights = log_odds - absorbed * SLOPE
    outcomes = np.array(list(product([0, 1], repeat=10)))
    likelihood = np.prod(np.where(outcomes, chance, 1 - chance), axis=1)
    variance = (likelihood * ((outcomes - chance) @ weights) ** 2).sum()
    # At the estimate, the score function is the negative of the bias term, so the weighted sum says it all.
    assert np.isclose(person.lz_star, (right - chance) @ weights / np.sqrt(variance), atol=1e-9)


def test_honest_patterns_are_about_standard_normal_and_rarely_flagged():
    difficulty, slope = np.linspace(-2, 2, 60), np.ones(60)
    scores = simulated(seed=1, n_persons=1500, difficulty=difficulty, slope=slope)

    result = person_fit(scores, difficulty)

    statistic = np.array([person.lz_star for person in result.persons])
    assert abs(statistic.mean()) < 0.15
    assert abs(statistic.std() - 1) < 0.1
    assert 0.03 < (statistic < -1.645).mean() < 0.08
    assert sum(person.is_flagged for person in result.persons) <= 3


def test_who_finds_the_hard_half_and_misses_the_easy_one_does_not_fit():
    difficulty = np.linspace(-2, 2, 40)
    scores = simulated(seed=2, n_persons=200, difficulty=difficulty, slope=np.ones(40))
    scores[5] = difficulty > 0

    result = person_fit(scores, difficulty, persons=[f"c{row}" for row in range(200)])

    worst = min(result.persons, key=lambda person: person.lz_star)
    assert (worst.person, worst.is_flagged) == ("c5", True)
    assert sum(person.is_flagged for person in result.persons) <= 2
    assert [finding.code for finding in result.provenance.warnings] == ["never_sole_evidence"]
    assert document(result)


def test_unanswered_items_do_not_count():
    scores = simulated(seed=3, n_persons=3, difficulty=DIFFICULTY, slope=SLOPE)
    padded = np.column_stack([scores, np.full((3, 2), np.nan)])

    plain = person_fit(scores, DIFFICULTY, SLOPE)
    longer = person_fit(padded, [*DIFFICULTY, 0.3, -0.4], [*SLOPE, 1.1, 0.9])

    for one, other in zip(plain.persons, longer.persons, strict=True):
        assert np.isclose(one.lz_star, other.lz_star, atol=1e-9)
        assert one.n_items == other.n_items == 10


def test_persons_who_cannot_be_tested_are_left_out():
    scores = simulated(seed=4, n_persons=3, difficulty=np.zeros(20), slope=np.ones(20))
    difficulty = np.array([0.0] * 10 + list(DIFFICULTY))
    scores[0, 9:] = np.nan
    scores[1, 10:] = np.nan

    result = person_fit(scores, difficulty)

    assert [person.person for person in result.persons] == ["person3"]
    assert result.n_left_out == 2


def test_a_short_form_carries_a_caution():
    scores = simulated(seed=5, n_persons=3, difficulty=DIFFICULTY, slope=SLOPE)

    codes = [finding.code for finding in person_fit(scores, DIFFICULTY, SLOPE).provenance.warnings]

    assert codes == ["never_sole_evidence", "few_items"]


@pytest.mark.parametrize(
    ("scores", "difficulty", "slope", "error", "code"),
    [
        ([[0.5] * 10], DIFFICULTY, None, AssessmentError, "not_dichotomous"),
        ([[1] * 10], DIFFICULTY[:9], None, AssessmentError, "shapes_differ"),
        ([[1] * 10], DIFFICULTY, SLOPE[:9], AssessmentError, "shapes_differ"),
        ([[1] * 10], DIFFICULTY, SLOPE - 1, AssessmentError, "slope_not_positive"),
        ([[1] * 10], DIFFICULTY * 6, None, AssessmentError, "parameters_too_large"),
        ([[1] * 10], DIFFICULTY, SLOPE * 10, AssessmentError, "parameters_too_large"),
        ([[1] * 10], [0.0] * 10, None, NotEstimable, "no_persons_to_test"),
        ([[1] * 9], DIFFICULTY[:9], None, NotEstimable, "no_persons_to_test"),
    ],
)
def test_what_cannot_be_tested_is_refused(scores, difficulty, slope, error, code):
    with pytest.raises(error, match=code):
        person_fit(scores, difficulty, slope)
