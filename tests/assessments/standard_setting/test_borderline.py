"""Borderline group and borderline regression, compared with the libraries' medians and least squares."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.regression.linear_model import OLS

from assessments.errors import AssessmentError, NotEstimable
from assessments.results import document
from assessments.standard_setting import (
    Centre,
    Rounding,
    Scale,
    borderline_bootstrap,
    borderline_group,
    borderline_regression,
)

SOME = settings(max_examples=50, deadline=None)
SIXTY = Scale(0, 60)
GRADES = [1, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5, 5]
SCORES = [18, 22, 25, 27, 31, 29.5, 36, 33, 38, 41, 44, 47]
GRADE = st.integers(1, 5)
PAIRS = st.lists(st.tuples(st.integers(0, 60), GRADE), min_size=10, max_size=30)
# Ten points a grade and at most four of noise: the line always rises.
RISING = st.lists(st.tuples(GRADE, st.integers(-4, 4)), min_size=9, max_size=30).map(
    lambda drawn: [(5 + 10 * grade + noise, grade) for grade, noise in [*drawn, (1, 0), (5, 0)]]
)


def regression_of(scores, grades, **options):
    settings = {"borderline": 2, "scale": SIXTY, "rounding": Rounding.UP, **options}
    return borderline_regression(scores, grades, **settings)


def group_of(scores, grades, **options):
    settings = {"borderline": 2, "scale": SIXTY, "rounding": Rounding.UP, **options}
    return borderline_group(scores, grades, **settings)


def a_cohort(n, *, noise, seed=5, spread_grows=False):
    rng = np.random.default_rng(seed)
    grades = rng.integers(1, 6, n)
    scatter = noise * (grades - 0.5 if spread_grows else 1)
    return np.clip(10 + 7 * grades + rng.normal(0, 1, n) * scatter, 0, 60).round(1), grades


def codes(found):
    return [finding.code for finding in found.provenance.warnings]


def test_the_line_its_errors_and_its_fit_are_those_of_the_library():
    fit = OLS(SCORES, np.column_stack([np.ones(12), GRADES])).fit()
    at_two = fit.get_prediction([[1, 2]])

    found = regression_of(SCORES, GRADES)

    cut = found.cut_score.estimate
    assert (found.intercept, found.slope.value) == pytest.approx(tuple(fit.params), abs=1e-9)
    assert found.slope.se == pytest.approx(fit.bse[1], abs=1e-9)
    assert found.slope.ci == pytest.approx(tuple(fit.conf_int()[1]), abs=1e-9)
    assert found.r_squared == pytest.approx(fit.rsquared, abs=1e-9)
    assert found.residual_sd == pytest.approx(np.sqrt(fit.mse_resid), abs=1e-9)
    assert (cut.value, cut.se) == pytest.approx((at_two.predicted[0], at_two.se[0]), abs=1e-9)
    assert cut.ci == pytest.approx(tuple(at_two.conf_int()[0]), abs=1e-9)


def test_the_study_tells_grades_persons_and_cautions():
    found = regression_of(SCORES, GRADES)

    assert [(grade.grade, grade.n_persons) for grade in found.grades] == [
        (1, 1),
        (2, 2),
        (3, 3),
        (4, 3),
        (5, 3),
    ]
    assert found.grades[1].mean == 23.5
    assert isinstance(found.cut_score.cut_raw, Fraction)
    assert (found.cut_score.cut, found.cut_score.provenance.n_persons) == (24, 12)
    assert (found.cut_score.scale, found.cut_score.provenance.options) == (SIXTY, {"borderline": "2"})
    assert codes(found.cut_score) == ["few_persons"]
    assert document(found)["cut_score"]["rounding"] == "up"


@SOME
@given(PAIRS)
def test_the_cut_is_that_of_a_polynomial_of_degree_one(pairs):
    scores, grades = zip(*pairs, strict=True)
    assume(len(set(grades)) > 1 and len(set(scores)) > 1)
    slope, intercept = np.polyfit(grades, scores, 1)
    try:
        found = regression_of(scores, grades, borderline=2.5)
    except NotEstimable as refusal:
        assert refusal.code == "slope_not_positive" or not 0 <= intercept + 2.5 * slope <= 60
        return

    assert float(found.cut_score.cut_raw) == pytest.approx(intercept + 2.5 * slope, abs=1e-9)
    assert 0 <= found.cut_score.cut <= 60
    assert regression_of(scores[::-1], grades[::-1], borderline=2.5).cut_score == found.cut_score


@SOME
@given(RISING, st.integers(1, 9))
def test_points_that_everybody_gains_move_the_cut_by_as_much(pairs, gain):
    scores, grades = zip(*pairs, strict=True)
    wide = Scale(-1000, 1000)

    before = regression_of(scores, grades, scale=wide).cut_score
    after = regression_of([score + gain for score in scores], grades, scale=wide).cut_score

    assert after.cut_raw - before.cut_raw == gain
    assert after.estimate.se == pytest.approx(before.estimate.se, abs=1e-9)


def test_grades_that_explain_everything_leave_no_error():
    grades = [1, 2, 3, 4, 5] * 10

    found = regression_of([10 * grade for grade in grades], grades)

    assert (found.cut_score.cut_raw, found.cut_score.estimate.se, found.r_squared) == (20, 0, 1)
    assert codes(found.cut_score) == []


def test_a_line_that_hardly_fits_is_cautioned_against():
    scores, grades = a_cohort(60, noise=18)

    found = regression_of(scores, grades, borderline=0.5)

    assert codes(found.cut_score) == ["low_r_squared", "extrapolated"]


def test_a_slope_that_may_be_none_is_cautioned_against():
    found = regression_of([30, 31, 29, 32, 30, 31, 30, 29, 31, 32], [2, 3] * 5)

    assert "slope_uncertain" in codes(found.cut_score)


@pytest.mark.parametrize(
    ("scores", "grades", "code"),
    [
        (SCORES, GRADES[:-1], "lengths_differ"),
        (SCORES[:9], GRADES[:9], "too_few_persons"),
        (SCORES, [3] * 12, "constant_grade"),
        ([30] * 12, GRADES, "constant_score"),
        (SCORES[::-1], GRADES, "slope_not_positive"),
        ([float("nan"), *SCORES[1:]], GRADES, "missing_cell"),
        (SCORES, [float("inf"), *GRADES[1:]], "not_finite"),
        ([*SCORES[1:], 61], GRADES, "score_out_of_scale"),
    ],
)
def test_a_regression_without_ground_is_refused(scores, grades, code):
    with pytest.raises(AssessmentError) as refusal:
        regression_of(scores, grades)

    assert refusal.value.code == code


def test_a_line_that_leaves_the_scale_gives_no_cut():
    with pytest.raises(NotEstimable, match="cut_out_of_scale"):
        regression_of(SCORES, GRADES, borderline=-5)


def test_the_bootstrap_agrees_with_the_analytic_error_where_scores_scatter_alike():
    scores, grades = a_cohort(200, noise=4)

    found = borderline_bootstrap(
        scores, grades, borderline=2, scale=SIXTY, rng=np.random.default_rng(1), resamples=2000
    )

    analytic = regression_of(scores, grades).cut_score.estimate
    assert found.value == analytic.value
    assert found.se == pytest.approx(analytic.se, rel=0.1)
    assert found.ci == pytest.approx(analytic.ci, abs=0.15)
    assert found.ci_method == "percentile bootstrap, 2000 of 2000 samples"


def test_a_bootstrap_sample_is_the_regression_of_the_candidates_drawn():
    class Drawn:
        """Draws the same samples as the bootstrap, to be fitted one by one by the library."""

        def __init__(self):
            self.weights = np.random.default_rng(7).multinomial(12, [1 / 12] * 12, size=100)

        def multinomial(self, *_, **__):
            return self.weights

    drawn = Drawn()

    found = borderline_bootstrap(SCORES, GRADES, borderline=2, scale=SIXTY, rng=drawn, resamples=100)

    fits = [
        np.polyfit(np.repeat(GRADES, weights), np.repeat(SCORES, weights), 1) for weights in drawn.weights
    ]
    assert found.se == pytest.approx(np.std([np.polyval(fit, 2) for fit in fits], ddof=1), abs=1e-9)


def test_the_same_seed_gives_the_same_bootstrap():
    one, other = (
        borderline_bootstrap(SCORES, GRADES, borderline=2, scale=SIXTY, rng=np.random.default_rng(3))
        for _ in range(2)
    )

    assert one == other


def test_a_bootstrap_that_often_draws_one_grade_only_is_refused():
    grades, scores = [2] * 10 + [5], [20, 21, 22, 23, 24, 20, 21, 22, 23, 24, 40]

    with pytest.raises(NotEstimable, match="unstable_bootstrap"):
        borderline_bootstrap(scores, grades, borderline=2, scale=SIXTY, rng=np.random.default_rng(1))


BORDERLINE = [21, 22, 24, 25, 25, 27, 28, 30, 31, 33, 36.5]


def test_the_error_of_an_odd_groups_median_is_that_of_all_bootstrap_samples():
    found = group_of([*BORDERLINE, 50, 10], [2] * 11 + [3, 1])

    # The median of a sample is at most the i-th score when six or more of its eleven draws are.
    at_most = [1 - stats.binom.cdf(5, 11, i / 11) for i in range(12)]
    chances, scores = np.diff(at_most), np.array(BORDERLINE)
    variance = chances @ scores**2 - (chances @ scores) ** 2
    assert found.estimate.se == pytest.approx(np.sqrt(variance), abs=1e-9)
    assert (found.cut_raw, found.cut, codes(found)) == (27, 27, ["few_persons"])
    assert (found.provenance.n_persons, found.provenance.method) == (11, "borderline_group_median")


def test_the_error_of_an_even_groups_median_is_near_that_of_the_bootstrap():
    scores = BORDERLINE[:10]
    drawn = np.random.default_rng(2).choice(scores, (20_000, 10))

    found = group_of(scores, [2] * 10)
    mirrored = group_of([60 - score for score in scores], [2] * 10)

    assert found.cut_raw == 26
    assert found.estimate.se == pytest.approx(np.median(drawn, axis=1).std(), rel=0.1)
    assert mirrored.estimate.se == pytest.approx(found.estimate.se, abs=1e-9)


def test_the_interval_of_the_median_is_that_of_order_statistics():
    found = group_of(BORDERLINE, [2] * 11)

    # P(Bin(11, ½) ≤ 1) = .0059 and P(≤ 2) = .0327, so the second lowest and second highest at 95 %.
    assert (found.estimate.ci, found.estimate.ci_method) == ((22, 33), "order statistics")
    assert found.cut == 27


def test_few_candidates_cannot_give_an_interval_at_a_high_level():
    assert group_of(BORDERLINE[:10], [2] * 10, level=0.999).estimate.ci is None


def test_the_mean_of_the_group_has_the_t_interval():
    found = group_of(BORDERLINE, [2] * 11, centre=Centre.MEAN)

    expected = stats.t.interval(0.95, 10, loc=np.mean(BORDERLINE), scale=stats.sem(BORDERLINE))
    assert found.cut_raw == Fraction("302.5") / 11
    assert found.estimate.ci == pytest.approx(expected, abs=1e-9)


def test_a_large_group_of_one_mind_leaves_no_caution():
    found = group_of([24] * 50, [2] * 50)

    assert (found.cut, found.estimate.se, found.estimate.ci, codes(found)) == (24, 0, (24, 24), [])


def test_a_group_too_small_is_refused_and_names_its_grade():
    with pytest.raises(NotEstimable) as refusal:
        group_of(SCORES, GRADES, borderline=3)

    assert refusal.value.facts == {"persons": 3, "least": 10, "grade": 3}


@SOME
@given(st.lists(st.integers(0, 50), min_size=10, max_size=40), st.integers(1, 10), st.sampled_from(Centre))
def test_the_group_cut_lies_within_the_group_and_moves_with_it(scores, gain, centre):
    n = len(scores)

    found = group_of(scores, [2] * n, centre=centre)
    moved = group_of([score + gain for score in reversed(scores)], [2] * n, centre=centre)

    assert min(scores) <= found.cut_raw <= max(scores)
    assert moved.cut_raw == found.cut_raw + gain
