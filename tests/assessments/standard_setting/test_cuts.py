"""What all methods share: scales, whole cuts, exact reading of scores, intervals."""

from fractions import Fraction

import numpy as np
import pytest
from scipy import stats

from assessments.errors import AssessmentError, NotEstimable
from assessments.standard_setting import Rounding, Scale
from assessments.standard_setting.cohort import exact_numbers, exact_scores, paired_scores
from assessments.standard_setting.cuts import whole_cut
from assessments.standard_setting.uncertainty import (
    bootstrap_estimate,
    jackknife_error,
    resampling_weights,
    t_estimate,
)

SIXTY = Scale(0, 60)


def test_a_scale_without_two_scores_is_refused():
    with pytest.raises(AssessmentError, match="scale_empty"):
        Scale(5, 5)


@pytest.mark.parametrize(
    ("cut_raw", "rounding", "expected"),
    [
        (Fraction(77, 2), Rounding.UP, 39),
        (Fraction(77, 2), Rounding.DOWN, 38),
        (38.0000001, Rounding.UP, 38),  # below the sixth place an iteration has no say
        (37.9999999, Rounding.DOWN, 38),
        (38.000001, Rounding.UP, 39),
        (Fraction(0), Rounding.UP, 0),
        (Fraction(60), Rounding.UP, 60),
    ],
)
def test_a_cut_becomes_a_whole_score_of_the_scale(cut_raw, rounding, expected):
    assert whole_cut(cut_raw, SIXTY, rounding) == expected


@pytest.mark.parametrize("cut_raw", [Fraction(-1, 100), Fraction(6001, 100), -0.5, 60.5])
def test_a_cut_beyond_the_scale_is_no_cut(cut_raw):
    with pytest.raises(NotEstimable) as refusal:
        whole_cut(cut_raw, SIXTY, Rounding.NEAREST)

    assert (refusal.value.code, refusal.value.facts["highest"]) == ("cut_out_of_scale", 60)


def test_a_float_is_read_as_the_decimal_that_was_typed():
    assert exact_numbers([0.1, 38, 1e-7]) == (Fraction(1, 10), Fraction(38), Fraction(1, 10**7))
    assert exact_numbers(np.array([2.5, 3.0])) == (Fraction(5, 2), Fraction(3))


@pytest.mark.parametrize(
    ("scores", "code"),
    [
        ([10, 61], "score_out_of_scale"),
        ([10, -1], "score_out_of_scale"),
        ([10, float("nan")], "missing_cell"),
        ([10, float("inf")], "not_finite"),
        ([], "no_data"),
        ([[10]], "not_a_list"),
    ],
)
def test_scores_off_the_scale_or_missing_are_refused(scores, code):
    with pytest.raises(AssessmentError) as refusal:
        exact_scores(scores, SIXTY)

    assert refusal.value.code == code


def test_scores_and_grades_of_different_candidates_are_refused():
    with pytest.raises(AssessmentError, match="lengths_differ"):
        paired_scores([1, 2], [1], SIXTY)


def test_the_t_interval_is_that_of_the_library():
    found = t_estimate(38.0, 0.8, freedom=7, level=0.9)

    assert found.ci == pytest.approx(stats.t.interval(0.9, 7, loc=38.0, scale=0.8), abs=1e-9)
    assert (found.se, found.ci_level, found.ci_method) == (0.8, 0.9, "t, 7 df")


@pytest.mark.parametrize("level", [0, 1, 1.5, float("nan")])
def test_a_confidence_level_lies_between_none_and_all(level):
    with pytest.raises(AssessmentError, match="level_out_of_range"):
        t_estimate(1.0, 1.0, freedom=5, level=level)


def test_the_jackknife_of_a_mean_is_its_standard_error():
    judges = [Fraction(n) for n in (31, 35, 36, 38, 40)]

    found = jackknife_error(judges, lambda some: sum(some) / len(some))

    assert found == pytest.approx(stats.sem([float(judge) for judge in judges]), abs=1e-12)


def test_a_bootstrap_of_few_samples_is_refused():
    with pytest.raises(AssessmentError, match="too_few_resamples"):
        resampling_weights(10, 99, np.random.default_rng(1))


def test_a_bootstrap_of_which_many_samples_fail_is_no_bootstrap():
    replicates = np.array([1.0, 2.0] * 47 + [np.nan] * 6)

    with pytest.raises(NotEstimable) as refusal:
        bootstrap_estimate(1.5, replicates, 0.95)

    assert refusal.value.facts == {"usable": 94, "resamples": 100}
