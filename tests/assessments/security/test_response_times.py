"""The lognormal model: the maximum by another method, the truth simulated, and what has no estimate."""

import numpy as np
import pytest
from scipy.optimize import approx_fprime
from scipy.stats import multivariate_normal

from assessments.errors import AssessmentError, NotEstimable
from assessments.results import document
from assessments.security import response_times
from assessments.security.response_times import fit_times
from tests.assessments.security.simulated import lognormal_seconds


def parameters(model):
    return np.array(
        [item.intensity.value for item in model.items]
        + [-np.log(item.discrimination) for item in model.items]
        + [np.log(model.speed_sd)]
    )


def surprise(values, logs):
    """The negative marginal log-likelihood, from the multivariate normal itself, missing times left out."""
    n_items = logs.shape[1]
    covariance = np.exp(2 * values[-1]) + np.diag(np.exp(2 * values[n_items:-1]))
    return -sum(
        multivariate_normal.logpdf(row[taken], values[:n_items][taken], covariance[np.ix_(taken, taken)])
        for row in logs
        for taken in [~np.isnan(row)]
    )


@pytest.mark.parametrize("missing", [0.0, 0.2])
def test_the_estimates_are_the_maximum_of_the_marginal_likelihood(missing):
    seconds, *_ = lognormal_seconds(seed=1, n_persons=60, n_items=4)
    seconds[np.random.default_rng(2).random(seconds.shape) < missing] = np.nan
    seconds[0] = np.nan_to_num(seconds[0], nan=50.0)

    model = fit_times(seconds)

    found = parameters(model)
    kept = seconds[~np.isnan(seconds).all(axis=1)]
    assert np.isclose(model.log_likelihood, -surprise(found, np.log(kept)), rtol=1e-10)
    # The curvature is some hundred, so a slope below .01 is within 1e-4 of the maximum.
    assert np.abs(approx_fprime(found, surprise, 1e-6, np.log(kept))).max() < 0.01
    assert document(model)


def test_simulated_parameters_are_recovered():
    seconds, intensity, spread, speed = lognormal_seconds(seed=3, n_persons=1000, n_items=30)

    model = fit_times(seconds, items=[f"i{number}" for number in range(30)])

    estimate = np.array([item.intensity.value for item in model.items])
    error = np.array([item.intensity.se for item in model.items])
    assert np.abs((estimate - intensity + speed.mean()) / error).max() < 3.5
    assert np.allclose([1 / item.discrimination for item in model.items], spread, atol=0.05)
    assert abs(model.speed_sd - 0.3) < 0.03
    assert model.provenance.warnings == ()


def constant(seconds):
    seconds[:, 1] = 30.0
    return seconds


def hardly_taken(seconds):
    seconds[9:, 1] = np.nan
    return seconds


def determined(seconds):
    """Three items whose times are one time: speed explains everything."""
    return np.column_stack([seconds[:, 0], 2 * seconds[:, 0], 3 * seconds[:, 0]])


@pytest.mark.parametrize(
    ("change", "error", "code"),
    [
        (lambda seconds: seconds - 1e6, AssessmentError, "time_not_positive"),
        (lambda seconds: seconds[:49], NotEstimable, "too_few_persons"),
        (lambda seconds: seconds[:, :2], NotEstimable, "too_few_items"),
        (constant, NotEstimable, "constant_item"),
        (hardly_taken, NotEstimable, "constant_item"),
        (determined, NotEstimable, "no_residual_spread"),
    ],
)
def test_times_without_an_estimate_are_refused(change, error, code):
    seconds, *_ = lognormal_seconds(seed=4, n_persons=60, n_items=4)

    with pytest.raises(error, match=code):
        fit_times(change(seconds))


def test_an_estimate_that_did_not_settle_says_so(monkeypatch):
    seconds, *_ = lognormal_seconds(seed=5, n_persons=100, n_items=4)
    monkeypatch.setattr(response_times, "ROUNDS", 1)

    model = fit_times(seconds)

    assert [finding.code for finding in model.provenance.warnings] == ["not_settled"]
