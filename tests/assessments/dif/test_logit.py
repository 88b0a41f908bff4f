"""Logistic regression: against statsmodels, and separation against linear programming."""

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from assessments.dif.logit import fit_logit
from assessments.errors import NotEstimable


def is_separated(design, trials, successes):
    """Konis 2007: some direction raises the log odds of every success and lowers those of every failure."""
    rows = np.concatenate([design[successes > 0], -design[successes < trials]])
    found = linprog(
        -rows.sum(axis=0), A_ub=-rows, b_ub=np.zeros(len(rows)), bounds=[(-1, 1)] * design.shape[1]
    )
    return -found.fun > 1e-7


@pytest.mark.parametrize("columns", [2, 3, 4])
def test_estimates_errors_and_likelihood_are_those_of_statsmodels(columns):
    draw = np.random.default_rng(columns)
    score, group = draw.integers(0, 15, 300) / 5.0, draw.integers(0, 2, 300)
    design = np.column_stack([np.ones(300), score, group, score * group])[:, :columns]
    right = (draw.random(300) < 1 / (1 + np.exp(1.5 - score + 0.5 * group))).astype(float)
    cells, cell = np.unique(design, axis=0, return_inverse=True)

    fit = fit_logit(cells, np.bincount(cell).astype(float), np.bincount(cell, weights=right))

    oracle = sm.Logit(right, design).fit(disp=False, tol=1e-14)
    assert np.allclose(fit.coefficients, oracle.params, rtol=0, atol=1e-9)
    assert np.allclose(fit.covariance, oracle.cov_params(), rtol=0, atol=1e-9)
    assert np.isclose(fit.log_likelihood, oracle.llf, rtol=0, atol=1e-9)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000))
def test_exactly_what_is_separated_is_refused(seed):
    draw = np.random.default_rng(seed)
    n_rows = int(draw.integers(4, 9))
    design = np.column_stack([np.ones(n_rows), draw.integers(-2, 3, size=(n_rows, 2))]).astype(float)
    trials = draw.integers(1, 4, n_rows).astype(float)
    successes = draw.binomial(trials.astype(int), draw.choice([0, 0.5, 1], n_rows)).astype(float)

    try:
        fit_logit(design, trials, successes)
    except NotEstimable as refusal:
        answer = refusal.code
    else:
        answer = "fitted"

    if np.linalg.matrix_rank(design) < 3:
        assert answer == "collinear"
    else:
        assert answer == ("separated" if is_separated(design, trials, successes) else "fitted")


def test_a_step_that_overshoots_is_halved():
    # Found by search: the first full Newton steps from even odds would lower the likelihood.
    design = np.column_stack([np.ones(3), [4.0, -5.0, -8.0]])
    trials = np.array([100.0, 1000.0, 10.0])
    successes = np.array([99.0, 999.0, 0.0])

    fit = fit_logit(design, trials, successes)

    gradient = design.T @ (successes - trials / (1 + np.exp(-design @ fit.coefficients)))
    assert np.abs(gradient).max() < 1e-9


def test_separation_that_outruns_machine_precision_is_refused_too():
    design = np.column_stack([np.ones(3), [5.0, -9.0, -8.0]])

    with pytest.raises(NotEstimable, match="separated"):
        fit_logit(design, np.array([1000.0, 1000.0, 1.0]), np.array([1000.0, 0.0, 1.0]))
