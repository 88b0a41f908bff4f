"""Shares, correlations and outer groups: against statsmodels, scipy and by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from assessments.items.statistics import biserial, correlation, group_weights, mean_share, share


@pytest.mark.parametrize(("hits", "n"), [(0, 20), (1, 20), (13, 20), (20, 20), (450, 500)])
def test_the_interval_of_a_share_is_wilsons(hits, n):
    found = share(hits, n, level=0.9)

    assert found.ci == pytest.approx(proportion_confint(hits, n, alpha=0.1, method="wilson"), abs=1e-9)


def test_the_interval_of_a_mean_is_students_and_stays_on_the_scale():
    scores = np.array([0.0, 1, 2, 3, 3, 3, 2, 3, 3, 3])
    known = stats.t.interval(0.95, 9, scores.mean() / 3, stats.sem(scores) / 3)

    found = mean_share(scores, 3.0, level=0.95)

    assert found.ci == pytest.approx((known[0], min(known[1], 1.0)), abs=1e-12)
    assert mean_share(np.full(10, 3.0), 3.0, level=0.95).ci == (1.0, 1.0)


def test_a_correlation_and_its_interval_are_scipys():
    rng = np.random.default_rng(1)
    first = rng.normal(size=60)
    second = first + rng.normal(size=60)
    known = stats.pearsonr(first, second)

    found = correlation(first, second, level=0.9)

    interval = known.confidence_interval(0.9)
    assert (found.value, *found.ci) == pytest.approx((known.statistic, interval.low, interval.high), abs=1e-9)


def test_a_list_that_does_not_vary_has_no_correlation_and_a_perfect_one_a_finite_interval():
    steps = np.arange(12.0)

    assert correlation(np.full(12, 0.3), steps, level=0.95) is None
    assert correlation(steps, np.array([0.1 + 0.2, 0.3] * 6), level=0.95) is None
    assert correlation(steps, -2 * steps, level=0.95).ci == pytest.approx((-1, -1), abs=1e-6)


def test_the_biserial_correlation_finds_the_correlation_of_the_trait_behind_the_item():
    rng = np.random.default_rng(2)
    trait, other = rng.multivariate_normal([0, 0], [[1, 0.6], [0.6, 1]], size=200_000).T
    right = (trait > 0.8).astype(float)

    found = biserial(np.corrcoef(right, other)[0, 1], right.mean())

    assert found == pytest.approx(0.6, abs=0.01)


@given(st.lists(st.integers(0, 8), min_size=10, max_size=40))
@settings(max_examples=40, deadline=None)
def test_outer_groups_hold_their_portion_and_treat_equal_scores_alike(totals):
    scores = np.array(totals, dtype=float)

    for weights, sign in zip(group_weights(scores, 0.27), (1, -1), strict=True):
        assert weights.sum() == pytest.approx(0.27 * len(scores))
        assert len(
            {(score, round(weight, 12)) for score, weight in zip(totals, weights, strict=True)}
        ) == len(set(totals))
        assert list(np.diff(weights[np.argsort(sign * scores)]) <= 1e-12) == [True] * (len(scores) - 1)
