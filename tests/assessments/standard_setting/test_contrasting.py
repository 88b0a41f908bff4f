"""Contrasting groups: logistic regression against the library, equal densities against a root finder."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import optimize, special, stats
from statsmodels.discrete.discrete_model import Logit

from assessments.errors import AssessmentError, NotEstimable
from assessments.results import document
from assessments.standard_setting import (
    BaseRate,
    Rounding,
    Scale,
    contrasting_densities,
    contrasting_logistic,
)
from assessments.standard_setting.logistic import fit_logistic

SOME = settings(max_examples=50, deadline=None)
SIXTY = Scale(0, 60)
LOW = [14, 18, 20, 21, 22, 23, 25, 26, 27, 29, 31, 34]
HIGH = [24, 26, 28, 30, 31, 33, 33, 35, 36, 38, 40, 41, 44, 47, 50]


def split(low, high):
    return [*low, *high], [False] * len(low) + [True] * len(high)


def logistic_of(low, high, **options):
    return contrasting_logistic(*split(low, high), **{"scale": SIXTY, "rounding": Rounding.UP, **options})


def densities_of(low, high, **options):
    return contrasting_densities(*split(low, high), **{"scale": SIXTY, "rounding": Rounding.UP, **options})


def library(low, high):
    scores, competent = split(low, high)
    design = np.column_stack([np.ones(len(scores)), scores])
    return Logit(np.array(competent, dtype=float), design).fit(
        disp=0, method="newton", tol=1e-14, maxiter=200
    )


def assert_flat(fit, low, high):
    """The likelihood is at its maximum: what the fit leaves over adds up to nothing."""
    scores, competent = split(low, high)
    z = (np.array(scores) - fit.centre) / fit.spread
    left = np.array(competent) - special.expit(fit.level + fit.steepness * z)

    assert (left.sum(), left @ z) == pytest.approx((0, 0), abs=1e-7)


def codes(study):
    return [finding.code for finding in study.cut_score.provenance.warnings]


def test_the_logistic_cut_and_its_error_are_those_of_the_library():
    fit = library(LOW, HIGH)
    (b0, b1), cov = fit.params, fit.cov_params()
    cut = -b0 / b1

    found = logistic_of(LOW, HIGH)

    gradient = np.array([-1 / b1, b0 / b1**2])
    assert found.cut_score.cut_raw == pytest.approx(cut, abs=1e-9)
    assert found.cut_score.estimate.se == pytest.approx(float(np.sqrt(gradient @ cov @ gradient)), abs=1e-9)
    assert (found.slope.value, found.slope.se) == pytest.approx((b1, fit.bse[1]), abs=1e-9)
    assert found.slope.ci == pytest.approx(tuple(fit.conf_int()[1]), abs=1e-9)


def test_the_study_counts_whom_the_cut_treats_otherwise_than_the_assessors():
    found = logistic_of(LOW, HIGH)

    assert found.cut_score.cut == 29
    assert (found.n_not_competent, found.n_competent) == (12, 15)
    assert (found.not_competent_passing, found.competent_failing) == (3, 3)
    assert codes(found) == ["few_persons"]
    assert found.cut_score.provenance.options == {"base_rate": "observed"}
    assert document(found)["n_competent"] == 15


def test_with_equal_base_rates_the_cut_does_not_move_with_how_many_came():
    once, twice = (logistic_of(LOW, HIGH * times, base_rate=BaseRate.EQUAL) for times in (1, 4))
    observed = [logistic_of(LOW, HIGH * times).cut_score.cut_raw for times in (1, 4)]

    assert once.cut_score.cut_raw == pytest.approx(twice.cut_score.cut_raw, abs=0.5)
    assert observed[0] - observed[1] > 2


@SOME
@given(
    st.lists(st.integers(0, 60), min_size=10, max_size=25),
    st.lists(st.integers(0, 60), min_size=10, max_size=25),
)
def test_the_likelihood_is_flat_at_the_fit(low, high):
    assume(min(high) < max(low) and min(low) < max(high))

    fit = fit_logistic(np.array(low, dtype=float), np.array(high, dtype=float))

    assert_flat(fit, low, high)


@SOME
@given(st.permutations(list(zip(*split(LOW, HIGH), strict=True))), st.integers(1, 10))
def test_contrasting_cuts_move_with_the_scores_in_any_order_of_candidates(pairs, gain):
    scores, competent = zip(*pairs, strict=True)

    for method, of in ((contrasting_logistic, logistic_of), (contrasting_densities, densities_of)):
        moved = method([score + gain for score in scores], competent, scale=SIXTY, rounding=Rounding.UP)
        found = of(LOW, HIGH).cut_score
        assert moved.cut_score.cut_raw == pytest.approx(found.cut_raw + gain, abs=1e-9)
        assert moved.cut_score.estimate.se == pytest.approx(found.estimate.se, abs=1e-9)


def test_newton_does_not_overshoot_where_groups_barely_overlap():
    low, high = [*range(10), 30], [29, *range(50, 61)]
    fit = library(low, high)

    assert logistic_of(low, high).cut_score.cut_raw == pytest.approx(-fit.params[0] / fit.params[1], abs=1e-7)


def test_newton_halves_a_step_that_goes_too_far():
    low, high = [2] * 2 + [20] * 1000 + [59], [20] * 10 + [59] * 2 + [300] * 100

    assert_flat(fit_logistic(np.array(low, dtype=float), np.array(high, dtype=float)), low, high)


def test_groups_without_overlap_have_no_fit():
    with pytest.raises(NotEstimable, match="not_converged"):
        fit_logistic(np.arange(10.0, 20.0), np.arange(30.0, 40.0))


def test_groups_that_do_not_differ_are_cautioned_against():
    found = logistic_of([10, 20, 30, 40, 50] * 6, [11, 20, 30, 40, 50] * 6)

    assert codes(found) == ["slope_uncertain"]


@pytest.mark.parametrize(
    ("low", "high", "code"),
    [
        (range(10, 20), range(30, 40), "separated_groups"),
        (range(10, 21), range(20, 31), "separated_groups"),
        ([30] * 10, [30] * 10, "separated_groups"),
        (range(30, 40), range(10, 20), "slope_not_positive"),
        (HIGH, LOW, "slope_not_positive"),
        (LOW[:9], HIGH, "too_few_persons"),
        (LOW, HIGH[:9], "too_few_persons"),
        ([*LOW, 61], HIGH, "score_out_of_scale"),
        ([*LOW, float("nan")], HIGH, "missing_cell"),
        ([10, 20, 30, 40, 50] * 2, [11, 20, 30, 40, 50] * 20, "cut_out_of_scale"),
    ],
)
def test_a_logistic_cut_without_ground_is_refused(low, high, code):
    with pytest.raises(AssessmentError) as refusal:
        logistic_of(low, high)

    assert refusal.value.code == code


def test_separated_groups_name_the_gap_in_which_every_cut_would_do():
    with pytest.raises(NotEstimable) as refusal:
        logistic_of(range(10, 20), range(30, 40))

    assert refusal.value.facts == {"gap": (19, 30)}


@pytest.mark.parametrize(
    ("competent", "code"), [([True] * 26, "lengths_differ"), ([False] * 12 + [2] * 15, "judgement_not_bool")]
)
def test_judgements_are_yes_or_no_for_every_candidate(competent, code):
    with pytest.raises(AssessmentError, match=code):
        contrasting_logistic([*LOW, *HIGH], competent, scale=SIXTY, rounding=Rounding.UP)


def test_judgements_may_stand_in_an_array():
    scores, competent = split(LOW, HIGH)

    found = contrasting_logistic(np.array(scores), np.array(competent), scale=SIXTY, rounding=Rounding.UP)

    assert found == logistic_of(LOW, HIGH)


def test_the_densities_are_equal_at_the_cut():
    low, high = (stats.norm(np.mean(group), np.std(group, ddof=1)) for group in (LOW, HIGH))
    expected = optimize.brentq(lambda at: high.pdf(at) - low.pdf(at), low.mean(), high.mean(), xtol=1e-13)

    found = densities_of(LOW, HIGH)

    assert found.cut_score.cut_raw == pytest.approx(expected, abs=1e-9)
    assert found.slope is None
    assert codes(found) == ["few_persons"]


def test_groups_that_spread_alike_are_parted_at_the_midpoint_of_their_means():
    low = [15, 18, 20, 21, 22, 23, 24, 25, 27, 30]

    found = densities_of(low, [score + 15 for score in low])

    assert found.cut_score.cut_raw == pytest.approx(22.5 + 7.5, abs=1e-12)


@SOME
@given(
    st.lists(st.integers(0, 30), min_size=10, max_size=20),
    st.lists(st.integers(20, 60), min_size=10, max_size=20),
)
def test_the_cut_lies_between_the_means_in_any_case(low, high):
    try:
        found = densities_of(low, high).cut_score
    except NotEstimable as refusal:
        assert refusal.code in {"constant_group", "means_not_ordered", "no_crossing"}
        return

    assert np.mean(low) <= found.cut_raw <= np.mean(high)
    assert found.estimate.se > 0


def test_the_error_of_the_densities_cut_is_the_spread_of_cuts_of_new_cohorts():
    rng = np.random.default_rng(11)
    cuts, errors = [], []
    for _ in range(300):
        low, high = rng.normal(22, 5, 40), rng.normal(36, 7, 60)
        found = densities_of(np.clip(low, 0, 60), np.clip(high, 0, 60)).cut_score.estimate
        cuts.append(found.value)
        errors.append(found.se)

    # By simulation: the mean stated error is the standard deviation of the cuts, within noise.
    assert np.mean(errors) == pytest.approx(np.std(cuts, ddof=1), rel=0.12)


@pytest.mark.parametrize(
    ("low", "high", "code"),
    [
        ([20] * 10, HIGH, "constant_group"),
        (LOW, [40] * 10, "constant_group"),
        (HIGH, LOW, "means_not_ordered"),
        (LOW, LOW, "means_not_ordered"),
        ([29, 30, 31] * 4, [0, 27, 34, 60] * 3, "no_crossing"),
        (LOW[:9], HIGH, "too_few_persons"),
    ],
)
def test_a_densities_cut_without_ground_is_refused(low, high, code):
    with pytest.raises(NotEstimable) as refusal:
        densities_of(low, high)

    assert refusal.value.code == code


def test_fractions_of_points_are_read_exactly():
    scores, competent = split([score + 0.1 for score in LOW], HIGH)

    found = contrasting_logistic(scores, competent, scale=SIXTY, rounding=Rounding.UP)

    assert found.not_competent_passing == sum(
        Fraction(score) + Fraction("0.1") >= found.cut_score.cut for score in LOW
    )
