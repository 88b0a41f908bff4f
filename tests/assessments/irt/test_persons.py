"""Abilities of persons against direct maximisation and integration."""

import numpy as np
import pytest
from scipy.optimize import minimize_scalar

from assessments.errors import AssessmentError
from assessments.irt.items import CalibratedItem, trace
from assessments.irt.persons import Scoring, score_persons
from assessments.results import document
from tests.assessments.irt.samples import dichotomous

RASCH = [CalibratedItem(f"r{place}", 1.0, (place,)) for place in (-1.5, -0.5, 0.0, 0.5, 1.5)]
MIXED = [
    CalibratedItem("2pl", 1.7, (-0.4,)),
    CalibratedItem("gpcm", 0.8, (-0.5, 0.9, 0.1)),
    CalibratedItem("graded", 1.4, (-1.0, 0.2, 1.1), is_graded=True),
    CalibratedItem("3pl", 1.3, (0.5,), guessing=0.2),
]
ANSWERS = np.array([[1, 2, 1, 0], [0, 0, 0, 0], [1, 3, 3, 1], [np.nan, 1, 3, 1], [0, 1, np.nan, np.nan]])
GRID = np.linspace(-10, 10, 4001)


def log_likelihood(bank, row, theta):
    return sum(
        np.log(trace(item, np.atleast_1d(theta)).p[:, int(score)])
        for item, score in zip(bank, row, strict=True)
        if not np.isnan(score)
    )


def told(bank, row, theta):
    return sum(
        trace(item, np.atleast_1d(theta)).information
        for item, score in zip(bank, row, strict=True)
        if not np.isnan(score)
    )


def thetas(abilities):
    return np.array([one.theta for one in abilities.persons])


def test_eap_is_the_posterior_mean():
    found = score_persons(MIXED, ANSWERS, method=Scoring.EAP, population=(0.3, 1.2))

    for one, row in zip(found.persons, ANSWERS, strict=True):
        weight = np.exp(log_likelihood(MIXED, row, GRID) - 0.5 * ((GRID - 0.3) / 1.2) ** 2)
        weight /= weight.sum()
        mean = weight @ GRID
        assert one.theta == pytest.approx(mean, abs=1e-6)
        assert one.se == pytest.approx(np.sqrt(weight @ (GRID - mean) ** 2), abs=1e-6)


def test_map_is_the_posterior_mode():
    found = score_persons(MIXED, ANSWERS, method=Scoring.MAP, population=(0.3, 1.2))

    for one, row in zip(found.persons, ANSWERS, strict=True):
        best = minimize_scalar(
            lambda theta, row=row: -log_likelihood(MIXED, row, theta)[0] + 0.5 * ((theta - 0.3) / 1.2) ** 2,
            bounds=(-6, 6),
            method="bounded",
            options={"xatol": 1e-9},
        )
        assert one.theta == pytest.approx(best.x, abs=1e-5)
        assert one.se == pytest.approx((told(MIXED, row, best.x)[0] + 1.2**-2) ** -0.5, abs=1e-5)


def test_wle_is_the_mode_under_jeffreys_prior_where_the_two_are_known_to_agree():
    """Warm 1989: for the one- and two-parameter models, and likewise for partial credit."""
    bank, answers = MIXED[:2], ANSWERS[[0, 1, 2]][:, :2]

    found = score_persons(bank, answers, method=Scoring.WLE)

    for one, row in zip(found.persons, answers, strict=True):
        best = GRID[np.argmax(log_likelihood(bank, row, GRID) + 0.5 * np.log(told(bank, row, GRID)))]
        assert one.theta == pytest.approx(best, abs=5e-3)
        assert one.se == pytest.approx(told(bank, row, one.theta)[0] ** -0.5)


def test_wle_of_graded_and_guessing_items_solves_warms_equation():
    found = score_persons(MIXED, ANSWERS, method=Scoring.WLE)

    for one, row in zip(found.persons, ANSWERS, strict=True):
        slope = (log_likelihood(MIXED, row, one.theta + 1e-5) - log_likelihood(MIXED, row, one.theta - 1e-5))[
            0
        ]
        bias = sum(
            trace(item, np.array([one.theta])).bias[0]
            for item, score in zip(MIXED, row, strict=True)
            if not np.isnan(score)
        )
        assert slope / 2e-5 + bias / (2 * told(MIXED, row, one.theta)[0]) == pytest.approx(0, abs=1e-5)


def test_wle_is_all_but_unbiased():
    rng = np.random.default_rng(5)
    difficulties = np.linspace(-2, 2, 20)
    bank = [CalibratedItem(f"{place}", 1.0, (place,)) for place in difficulties]
    x = dichotomous(rng, np.ones(20), difficulties, persons=4_000, theta=np.full(4_000, 1.0))

    wle, eap = (thetas(score_persons(bank, x, method=method)).mean() for method in (Scoring.WLE, Scoring.EAP))

    assert wle == pytest.approx(1.0, abs=0.03)
    assert eap < 0.9


@pytest.mark.parametrize("method", Scoring)
def test_perfect_scores_are_finite_and_marked(method):
    x = np.array([[0, 0, 0, 0, 0], [1, 1, 1, 1, 1], [1, 1, 0, 0, 0], [np.nan, 1, np.nan, np.nan, np.nan]])

    found = score_persons(RASCH, x, method=method, persons=["a", "b", "c", "d"])

    assert [one.is_extreme for one in found.persons] == [True, True, False, True]
    assert thetas(found)[0] == pytest.approx(-thetas(found)[1])
    assert [one.n_answered for one in found.persons] == [5, 5, 5, 1]
    assert found.persons[1].person == "b"
    assert document(found)


@pytest.mark.parametrize("method", Scoring)
def test_abilities_of_equal_items_rise_with_the_score(method):
    x = np.tril(np.ones((6, 5)), -1)

    assert (np.diff(thetas(score_persons(RASCH, x, method=method))) > 0).all()


def test_a_root_that_cannot_be_found_is_no_estimate():
    """One step so steep that everywhere around the population the responses tell nothing."""
    item = CalibratedItem("far", 500.0, (900.0,))

    found = score_persons([item], [[0.0]], method=Scoring.WLE)

    assert found.persons[0].theta is None
    assert found.persons[0].se is None


@pytest.mark.parametrize(
    ("x", "options", "code"),
    [
        ([[1, 0]], {}, "item_count"),
        ([[1, 0, 0, 0, 2]], {}, "score_out_of_range"),
        ([[1, 0, 0, 0, 1]], {"population": (0.0, 0.0)}, "population_sd"),
        ([[1, 0, 0, 0, 1]], {"persons": ["a", "b"]}, "label_count"),
    ],
)
def test_responses_that_are_not_those_of_the_items_are_refused(x, options, code):
    with pytest.raises(AssessmentError) as refusal:
        score_persons(RASCH, x, method=Scoring.EAP, **options)

    assert refusal.value.code == code
