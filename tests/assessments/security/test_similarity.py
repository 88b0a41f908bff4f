"""Omega and GBT: by hand and enumeration, honest pairs left alone, a copier found."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom, norm

from assessments.errors import AssessmentError
from assessments.multiplicity import holm
from assessments.results import document
from assessments.security.option_probabilities import nominal_probabilities, smoothed_probabilities
from assessments.security.similarity import answer_similarity, at_least
from tests.assessments.security.simulated import N_OPTIONS, copied, honest_choices


@settings(deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=7), st.data())
def test_the_generalised_binomial_is_the_sum_over_all_outcomes(chances, data):
    observed = data.draw(st.integers(0, len(chances)))

    found = at_least(np.array([chances]), np.array([observed]))[0]

    brute = sum(
        np.prod([chance if hit else 1 - chance for chance, hit in zip(chances, outcome, strict=True)])
        for outcome in product([0, 1], repeat=len(chances))
        if sum(outcome) >= observed
    )
    assert np.isclose(found, brute, rtol=1e-9, atol=1e-15)


def test_equal_chances_give_the_binomial():
    found = at_least(np.full((61, 60), 0.3), np.arange(61))

    assert np.allclose(found, binom.sf(np.arange(61) - 1, 60, 0.3), rtol=1e-9, atol=0)


def test_a_pair_is_compared_item_by_item():
    choices = [[0, 1, 1, np.nan], [0, 1, 0, 1]]
    chances = np.array([[[0.6, 0.4], [0.7, 0.3], [0.5, 0.5], [0.5, 0.5]], [[0.9, 0.1]] * 4])

    result = answer_similarity(choices, chances, persons=["ann", "ben"], pairs=[("ann", "ben")])

    pair = result.pairs[0]
    expected, spread = 0.6 + 0.3 + 0.5, np.sqrt(0.24 + 0.21 + 0.25)
    assert (pair.copier, pair.source, pair.n_items, pair.matches) == ("ann", "ben", 3, 2)
    assert np.isclose(pair.expected, expected)
    assert np.isclose(pair.omega, (2 - expected) / spread)
    assert np.isclose(pair.omega_p, norm.sf(pair.omega))
    assert np.isclose(pair.gbt_p, 0.6 * 0.3 * 0.5 + 0.6 * 0.3 * 0.5 + 0.6 * 0.7 * 0.5 + 0.4 * 0.3 * 0.5)
    assert document(result)


def test_a_copier_is_found_and_nobody_else():
    choices, ability, slopes, intercepts = honest_choices(seed=4, n_persons=60, n_items=60)
    choices = copied(choices, copier=10, source=20, share=0.7)
    labels = [f"c{number}" for number in range(60)]

    result = answer_similarity(
        choices, nominal_probabilities(ability, slopes, intercepts), persons=labels, level=0.01
    )

    flagged = {(pair.copier, pair.source) for pair in result.pairs if pair.is_flagged}
    assert flagged == {("c10", "c20"), ("c20", "c10")}
    assert (result.n_pairs, result.n_flagged, len(result.pairs)) == (3540, 2, 50)
    assert [finding.code for finding in result.provenance.warnings] == ["never_sole_evidence"]


def test_smoothed_probabilities_find_the_copier_too():
    choices, *_ = honest_choices(seed=5, n_persons=150, n_items=60)
    choices = copied(choices, copier=10, source=20, share=0.8)

    result = answer_similarity(
        choices, smoothed_probabilities(choices, np.zeros(60, dtype=int), n_options=N_OPTIONS), level=0.01
    )

    assert {pair.copier for pair in result.pairs if pair.is_flagged} <= {"person11", "person21"}
    assert result.n_flagged >= 1


def test_honest_pairs_match_as_often_as_the_model_says():
    choices, ability, slopes, intercepts = honest_choices(seed=6, n_persons=50, n_items=60)
    labels = [f"c{number}" for number in range(50)]
    pairs = [(labels[number], labels[number + 1]) for number in range(49)]

    result = answer_similarity(
        choices, nominal_probabilities(ability, slopes, intercepts), persons=labels, pairs=pairs
    )

    omega = np.array([pair.omega for pair in result.pairs])
    assert abs(omega.mean()) < 0.4
    assert 0.75 < omega.std() < 1.25
    assert result.n_flagged == 0


def test_families_of_pairs_are_controlled_together():
    choices, ability, slopes, intercepts = honest_choices(seed=7, n_persons=6, n_items=45)

    result = answer_similarity(choices, nominal_probabilities(ability, slopes, intercepts))

    adjusted = holm([pair.omega_p for pair in result.pairs])
    assert [pair.omega_p_adjusted for pair in result.pairs] == pytest.approx(adjusted)


def test_pairs_without_an_item_in_common_are_not_tested():
    choices = np.array([[0, np.nan], [np.nan, 1], [0, 1]])

    result = answer_similarity(choices, np.full((3, 2, 2), 0.5))

    assert result.n_pairs == 4
    assert result.provenance.options["untestable_pairs"] == 2
    assert [finding.code for finding in result.provenance.warnings] == ["never_sole_evidence", "few_items"]


def test_where_nobody_can_be_tested_nothing_is_said():
    result = answer_similarity([[0, np.nan], [np.nan, 1]], np.full((2, 2, 2), 0.5))

    assert (result.pairs, result.n_pairs, result.n_flagged) == ((), 0, 0)


@pytest.mark.parametrize(
    ("chances", "code"),
    [
        (np.full((2, 2), 0.5), "not_probabilities"),
        (np.full((2, 2, 2), 0.4), "not_probabilities"),
        (np.array([[[1.5, -0.5]] * 2] * 2), "not_probabilities"),
        (np.full((2, 2, 2), np.nan), "not_probabilities"),
        (np.zeros((0, 2, 2)), "not_probabilities"),
        ([[[0.5, 0.5]], [[1.0]]], "not_probabilities"),
        (np.full((3, 2, 2), 0.5), "not_probabilities"),
        (np.array([[[1.0, 0.0]] * 2] * 2), "impossible_choice"),
    ],
)
def test_probabilities_that_are_none_are_refused(chances, code):
    with pytest.raises(AssessmentError, match=code):
        answer_similarity([[0, 1], [0, 1]], chances)
