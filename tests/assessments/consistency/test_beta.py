"""Beta true scores: moments, fits and integration against scipy's distribution and brute force."""

import numpy as np
import pytest
from scipy import special, stats

from assessments.consistency.beta import fit_four, fit_two, mixture, true_moments
from assessments.consistency.model import BetaTrueScores
from assessments.errors import NotEstimable


def raw_moments(true_scores, order):
    width = true_scores.upper - true_scores.lower
    known = stats.beta(true_scores.alpha, true_scores.beta, loc=true_scores.lower, scale=width)
    return np.array([known.moment(power) for power in range(1, order + 1)])


def test_true_moments_of_an_exact_beta_binomial_are_those_of_its_beta():
    chances = stats.betabinom(6, 2, 3).pmf(np.arange(7))
    counts = np.round(chances * special.binom(6, 3) * 10**9)
    scores = np.repeat(np.arange(7.0), np.round(counts / counts.sum() * 10**5).astype(int))

    found = true_moments(scores, 6, order=4)

    assert found == pytest.approx(raw_moments(BetaTrueScores(2, 3), 4), abs=1e-5)


@pytest.mark.parametrize(
    "true_scores",
    [
        BetaTrueScores(2.0, 5.0, 0.1, 0.9),
        BetaTrueScores(5.0, 2.0, 0.2, 0.95),
        BetaTrueScores(3.0, 3.0, 0.0, 1.0),
        BetaTrueScores(0.5, 1.5, 0.25, 1.0),
    ],
)
def test_four_moments_give_back_their_beta(true_scores):
    # Ends that touch the scale may be found beyond it by rounding, so they are brought in a little.
    inner = BetaTrueScores(
        true_scores.alpha, true_scores.beta, 0.01 + 0.98 * true_scores.lower, 0.01 + 0.98 * true_scores.upper
    )

    found = fit_four(raw_moments(inner, 4))

    assert (found.alpha, found.beta, found.lower, found.upper) == pytest.approx(
        (inner.alpha, inner.beta, inner.lower, inner.upper), rel=1e-6
    )


@pytest.mark.parametrize(
    "moments",
    [
        raw_moments(BetaTrueScores(2.0, 5.0, -0.2, 0.9), 4),
        raw_moments(BetaTrueScores(2.0, 5.0, 0.1, 1.1), 4),
        np.array([0.5, 0.25, 0.125, 0.0625]),
        np.array([stats.laplace(0.5, 0.05).moment(power) for power in range(1, 5)]),
        np.array([stats.norm(0.5, 0.1).moment(power) for power in range(1, 5)]),
    ],
    ids=["below the scale", "above the scale", "no variance", "tails too long", "normal"],
)
def test_moments_of_no_beta_within_the_scale_are_not_fitted(moments):
    assert fit_four(moments) is None


def test_mean_and_variance_give_back_their_beta():
    mean, second = raw_moments(BetaTrueScores(4.0, 1.5), 2)

    found = fit_two(mean, second - mean**2)

    assert (found.alpha, found.beta) == pytest.approx((4.0, 1.5))


@pytest.mark.parametrize("variance", [0.0, -0.01, 0.25])
def test_a_variance_that_no_beta_has_is_refused(variance):
    with pytest.raises(NotEstimable) as refused:
        fit_two(0.5, variance)

    assert refused.value.code == "no_true_variance"


@pytest.mark.parametrize(
    ("alpha", "beta"),
    [
        (0.3, 0.4),
        (0.05, 3.0),
        (1.0, 1.0),
        (2.0, 2.0),
        (7.7, 3.2),
        (55.5, 40.1),
        (300.0, 5.0),
        (3000.0, 2000.5),
    ],
)
def test_integration_agrees_with_the_distribution_whatever_its_shape(alpha, beta):
    known = stats.beta(alpha, beta, loc=0.1, scale=0.85)
    cuts = sorted([0.3, float(known.mean()), 0.8])

    found = mixture(BetaTrueScores(alpha, beta, 0.1, 0.95), trials=60, cuts=cuts)

    true_rates = found.weights @ found.reached
    assert true_rates == pytest.approx(known.sf(cuts), abs=1e-10)
    # The mean number of points is trials times the mean true score: sum of the chances to reach each point.
    every = mixture(
        BetaTrueScores(alpha, beta, 0.1, 0.95), trials=60, cuts=[point / 60 for point in range(1, 61)]
    )
    assert (every.weights @ every.passing).sum() == pytest.approx(60 * known.mean(), abs=1e-8)


def test_passing_rates_are_those_of_the_beta_binomial():
    found = mixture(BetaTrueScores(6.3, 2.9), trials=40, cuts=[0.25, 0.5, 0.6, 1.0])

    known = stats.betabinom(40, 6.3, 2.9).sf([9, 19, 23, 39])
    assert found.weights @ found.passing == pytest.approx(known, abs=1e-12)
