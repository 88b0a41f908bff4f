"""Option probabilities: distributions, by hand and near the truth they were simulated from."""

import numpy as np
import pytest
from scipy.stats import norm

from assessments.errors import AssessmentError, NotEstimable
from assessments.security.option_probabilities import nominal_probabilities, smoothed_probabilities
from tests.assessments.security.simulated import N_OPTIONS, honest_choices


def test_the_nominal_model_is_a_softmax_of_its_lines():
    found = nominal_probabilities([0.0, 2.0], [[1.0, 0.0]], [[0.5, 0.0]])

    assert np.allclose(found[0, 0], [1 / (1 + np.exp(-0.5)), 1 / (1 + np.exp(0.5))])
    assert np.allclose(found[1, 0, 0], 1 / (1 + np.exp(-2.5)))


@pytest.mark.parametrize(
    ("ability", "slopes", "intercepts", "code"),
    [
        ([0.0], [[1.0, 0.0]], [[0.5]], "shapes_differ"),
        ([101.0], [[1.0, 0.0]], [[0.5, 0.0]], "parameters_too_large"),
        ([0.0], [[1.0, 0.0]], [[-101.0, 0.0]], "parameters_too_large"),
    ],
)
def test_parameters_that_make_no_model_are_refused(ability, slopes, intercepts, code):
    with pytest.raises(AssessmentError, match=code):
        nominal_probabilities(ability, slopes, intercepts)


def test_smoothing_averages_the_others_by_nearness():
    choices, *_ = honest_choices(seed=1, n_persons=60, n_items=5)
    choices[3, 2] = np.nan
    key = np.zeros(5, dtype=int)

    found = smoothed_probabilities(choices, key, n_options=N_OPTIONS)

    share = np.nanmean(np.where(np.isnan(choices), np.nan, choices == 0), axis=1)
    rank = np.array([(share < own).sum() + ((share == own).sum() + 1) / 2 for own in share])
    ability = norm.ppf((rank - 0.5) / 60)
    favour, voices = 0.25, 1.0
    for other in range(60):
        if other not in {7, 3}:
            weight = np.exp(-0.5 * ((ability[other] - ability[7]) / (1.1 * 60**-0.2)) ** 2)
            favour += weight * (choices[other, 2] == 1)
            voices += weight
    assert np.isclose(found[7, 2, 1], favour / voices, rtol=1e-12)


def test_smoothed_probabilities_are_distributions_over_the_options_offered():
    choices, *_ = honest_choices(seed=2, n_persons=80, n_items=6)
    choices[:, 0] = np.minimum(choices[:, 0], 1)

    found = smoothed_probabilities(choices, np.zeros(6, dtype=int), n_options=[2, 4, 4, 4, 4, 4])

    assert np.allclose(found.sum(axis=2), 1)
    assert (found[:, 0, 2:] == 0).all()
    assert (found[:, 1:] > 0).all()


def test_smoothing_comes_near_the_model_that_was_simulated():
    choices, ability, slopes, intercepts = honest_choices(seed=3, n_persons=600, n_items=40)

    found = smoothed_probabilities(choices, np.zeros(40, dtype=int), n_options=N_OPTIONS)

    middle = np.abs(ability) < 1
    truth = nominal_probabilities(ability, slopes, intercepts)
    assert np.abs(found - truth)[middle].mean() < 0.04


@pytest.mark.parametrize(("n_persons", "error", "code"), [(49, NotEstimable, "too_few_persons")])
def test_few_persons_are_not_smoothed(n_persons, error, code):
    choices, *_ = honest_choices(seed=1, n_persons=n_persons, n_items=5)

    with pytest.raises(error, match=code):
        smoothed_probabilities(choices, np.zeros(5, dtype=int), n_options=N_OPTIONS)


def test_somebody_without_any_answer_has_no_ability():
    choices, *_ = honest_choices(seed=1, n_persons=60, n_items=5)
    choices[4] = np.nan

    with pytest.raises(AssessmentError, match="no_answers"):
        smoothed_probabilities(choices, np.zeros(5, dtype=int), n_options=N_OPTIONS)
