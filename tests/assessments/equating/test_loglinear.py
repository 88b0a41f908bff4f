"""Smoothing keeps moments, agrees with Poisson regression, and refuses what has no maximum."""

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.equating.loglinear import fit, smooth, smooth_table
from assessments.errors import NotEstimable
from tests.assessments.equating.sittings import anchored, randomised

COUNTS = randomised(np.random.default_rng(5)).margins()[0]


def poisson(counts, basis):
    """Fitted shares and deviance of a Poisson regression, which has the same maximum."""
    result = sm.GLM(counts, sm.add_constant(basis), family=sm.families.Poisson()).fit(tol=1e-14, maxiter=200)
    return result.fittedvalues / counts.sum(), result.deviance


@given(st.lists(st.integers(0, 30), min_size=8, max_size=15), st.integers(2, 6))
@settings(max_examples=40)
def test_as_many_moments_are_kept_as_the_degree_says(counts, degree):
    counts = np.array(counts, float)
    if np.count_nonzero(counts) <= degree:
        counts = counts + 1

    shares = smooth(counts, degree).probabilities

    assert shares.sum() == pytest.approx(1)
    positions = np.linspace(-1, 1, len(counts))
    for power in range(1, degree + 1):
        assert shares @ positions**power == pytest.approx(counts @ positions**power / counts.sum(), abs=1e-9)


@pytest.mark.parametrize("degree", [2, 3, 6])
def test_a_smoothed_distribution_is_that_of_a_poisson_regression(degree):
    powers = np.linspace(-1, 1, len(COUNTS))[:, None] ** np.arange(1, degree + 1)

    found = smooth(COUNTS, degree)

    shares, deviance = poisson(COUNTS, powers)
    assert found.probabilities == pytest.approx(shares, abs=1e-9)
    assert found.chi_square == pytest.approx(deviance, abs=1e-6)
    assert found.df == len(COUNTS) - 1 - degree


@pytest.mark.parametrize("internal", [True, False])
def test_a_smoothed_table_is_that_of_a_poisson_regression_over_its_possible_cells(internal):
    design = anchored(np.random.default_rng(7), internal=internal)
    counts, possible = design.groups[0], design.possible(0)
    row, column = (
        axis[possible] for axis in np.meshgrid(np.linspace(-1, 1, 37), np.linspace(-1, 1, 13), indexing="ij")
    )
    terms = [row, row**2, row**3, column, column**2]
    products = [row * column, row**2 * column, row * column**2, row**2 * column**2]

    found = smooth_table(counts, possible, (3, 2, 2))

    shares, deviance = poisson(counts[possible], np.column_stack([*terms, *products]))
    assert found.probabilities == pytest.approx(shares, abs=1e-9)
    assert found.chi_square == pytest.approx(deviance, abs=1e-6)
    assert found.df == possible.sum() - 1 - 9


def test_a_degree_that_the_scores_in_use_cannot_tell_apart_is_refused():
    with pytest.raises(NotEstimable) as refusal:
        smooth(np.array([0, 5, 0, 0, 7, 0, 9, 0], float), 3)

    assert refusal.value.code == "too_few_distinct_scores"


def test_steps_that_overshoot_are_halved():
    counts = np.zeros(101)
    counts[[0, 1, 99, 100]] = [1, 10_000, 1, 3]

    shares = smooth(counts, 3).probabilities

    assert shares @ np.arange(101) == pytest.approx(counts @ np.arange(101) / counts.sum(), abs=1e-7)


def test_moments_that_floats_cannot_keep_are_refused():
    scores = np.array([0, 1.3e8, 2.7e8, 7.1e8])

    with pytest.raises(NotEstimable) as refusal:
        fit(np.array([1.0, 2, 3, 1]), scores[:, None])

    assert refusal.value.code == "not_converged"
