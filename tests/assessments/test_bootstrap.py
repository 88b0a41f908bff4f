"""The bootstrap: reproducible, close to known standard errors, and honest about failures."""

import numpy as np
import pytest

from assessments.bootstrap import Bootstrap, resampled
from assessments.errors import AssessmentError, NotEstimable

SAMPLE = np.random.default_rng(11).normal(50, 10, size=200)


def mean(rows):
    return np.array([SAMPLE[rows].mean()])


def test_the_same_seed_gives_the_same_interval():
    first, second = (resampled(mean, 200, Bootstrap(np.random.default_rng(5), 200)) for _ in range(2))

    assert first == second


def test_the_standard_error_of_a_mean_is_found():
    found = resampled(mean, 200, Bootstrap(np.random.default_rng(5), 2000)).estimates[0]

    known = SAMPLE.std() / np.sqrt(200)
    assert found.value == SAMPLE.mean()
    assert found.se == pytest.approx(known, rel=0.06)
    assert found.ci == pytest.approx((found.value - 1.96 * known, found.value + 1.96 * known), abs=0.1)
    assert (found.ci_level, found.ci_method) == (0.95, "bootstrap_percentile")


def test_without_a_bootstrap_there_is_a_value_alone():
    found = resampled(mean, 200, None)

    assert (found.estimates[0].ci, found.findings, found.options) == (None, (), {"resamples": 0})


def test_failed_resamples_are_reported_and_too_many_leave_no_interval():
    calls = iter(range(1000))

    def often_failing(rows):
        if next(calls) % 5 == 1:
            raise NotEstimable("constant_scores")
        return mean(rows)

    found = resampled(often_failing, 200, Bootstrap(np.random.default_rng(5), 100))

    assert found.estimates[0].ci is None
    assert found.findings[0].message.startswith("20 of 100")


def test_a_figure_that_is_not_defined_is_none():
    found = resampled(lambda _rows: np.array([np.nan, 1.0]), 20, Bootstrap(np.random.default_rng(5), 100))

    assert found.estimates[0] is None
    assert found.estimates[1].ci == (1.0, 1.0)


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"resamples": 99}, "too_few_resamples"),
        ({"level": 1.0}, "level_out_of_range"),
        ({"level": 0.0}, "level_out_of_range"),
    ],
)
def test_a_bootstrap_that_says_nothing_is_refused(options, code):
    with pytest.raises(AssessmentError) as refused:
        Bootstrap(np.random.default_rng(1), **options)

    assert refused.value.code == code
