"""The lines against published values, synthetic populations built by hand, and what they promise."""

from statistics import mean, pstdev

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.equating import linear
from assessments.equating.linear import Setting
from assessments.equating.moments import as_moments
from assessments.errors import NotEstimable

# Kolen & Brennan, table 4.1: means, standard deviations and covariances of forms and internal anchor.
NEW = (15.8205, 5.1063, 6.5278**2, 2.3760**2, 13.4088)
OLD = (18.6728, 5.8626, 6.8784**2, 2.4515**2, 14.7603)
PROPORTIONAL = 1655 / (1655 + 1638)

POSITIVE = st.floats(0.3, 5)
SHIFT = st.floats(-2, 2)


def as_group(values):
    return as_moments(np.array([values]))


def line(method, new, old, *, weight=0.5, internal=True):
    found = method(as_group(new), as_group(old), Setting(weight, internal, (3.0, 3.0)))
    return found.slope.real.item(), found.intercept.real.item()


def test_tuckers_line_of_kolen_and_brennan_is_found_to_the_printed_digits():
    slope, intercept = line(linear.tucker, NEW, OLD, weight=1.0)

    assert (round(slope, 4), round(intercept, 4)) == (1.0289, 0.5370)


@pytest.mark.parametrize(
    ("method", "internal", "slope", "intercept"),
    [
        (linear.tucker, True, 1.0292, 0.5378),
        (linear.levine_observed, True, 1.0110, 0.2514),
        (linear.levine_observed, False, 1.0168, 0.3257),
        (linear.levine_true, True, 1.0086, 0.2912),
        (linear.levine_true, False, 1.0165, 0.3310),
        (linear.chained_linear, True, 1.0213, 0.3937),
    ],
)
def test_another_implementation_finds_the_same_lines(method, internal, slope, intercept):
    """Equate.jl on the candidates behind table 4.1; its digits exceed what four-digit moments determine."""
    found = line(method, NEW, OLD, weight=PROPORTIONAL, internal=internal)

    assert found == pytest.approx((slope, intercept), abs=4e-4)


def mixture(parts):
    """Mean and variance of a mixture, from raw moments."""
    first = sum(weight * mean for weight, mean, _ in parts)
    second = sum(weight * (variance + mean**2) for weight, mean, variance in parts)
    return first, second - first**2


def through(new, old):
    """The line that gives two distributions the same mean and variance."""
    slope = (old[1] / new[1]) ** 0.5
    return slope, old[0] - slope * new[0]


def test_tuckers_line_is_that_of_a_synthetic_population_built_by_regression():
    weight = 0.3

    def projected(form, anchors):
        """Predict the form from each population's anchor by one regression, with one residual variance."""
        mean, anchor_mean, variance, anchor_variance, covariance = form
        slope = covariance / anchor_variance
        residual = variance - slope * covariance
        return [
            (share, mean + slope * (centre - anchor_mean), residual + slope**2 * spread)
            for share, centre, spread in anchors
        ]

    anchors = [(weight, NEW[1], NEW[3]), (1 - weight, OLD[1], OLD[3])]

    found = line(linear.tucker, NEW, OLD, weight=weight)

    assert found == pytest.approx(through(mixture(projected(NEW, anchors)), mixture(projected(OLD, anchors))))


def congeneric(length, ease, anchor_length, ability, *, internal):
    """Moments of a form and its anchor under the classical congeneric model, error variance 1.5 a unit."""
    mean, variance = ability
    common = length * anchor_length * variance + (1.5 * anchor_length if internal else 0.0)
    return (
        length * mean + ease,
        anchor_length * mean,
        length**2 * variance + 1.5 * length,
        anchor_length**2 * variance + 1.5 * anchor_length,
        common,
    )


@given(POSITIVE, POSITIVE, SHIFT, SHIFT, st.floats(0.3, 3), st.booleans())
def test_levines_true_score_line_recovers_a_congeneric_model_whatever_the_groups(
    new_length, old_length, ease, gap, spread, internal
):
    new = congeneric(new_length, 0.0, 1.0, (0.0, 1.0), internal=internal)
    old = congeneric(old_length, ease, 1.0, (gap, spread), internal=internal)

    slope, intercept = line(linear.levine_true, new, old, internal=internal)

    assert slope == pytest.approx(old_length / new_length)
    assert intercept == pytest.approx(ease, abs=1e-9)


@given(POSITIVE, POSITIVE, SHIFT, SHIFT, st.floats(0.3, 3), st.booleans(), st.floats(0, 1))
def test_levines_observed_score_line_is_that_of_a_mixed_congeneric_population(
    new_length, old_length, ease, gap, spread, internal, weight
):
    abilities = ((0.0, 1.0), (gap, spread))
    new = [congeneric(new_length, 0.0, 1.0, ability, internal=internal) for ability in abilities]
    old = [congeneric(old_length, ease, 1.0, ability, internal=internal) for ability in abilities]

    found = line(linear.levine_observed, new[0], old[1], weight=weight, internal=internal)

    mixed = [
        mixture([(weight, form[0][0], form[0][2]), (1 - weight, form[1][0], form[1][2])])
        for form in (new, old)
    ]
    assert found == pytest.approx(through(*mixed), abs=1e-9)


def test_a_chain_of_two_linear_equatings_is_the_chained_line():
    common, old = (
        through((NEW[0], NEW[2]), (NEW[1], NEW[3])),
        through((OLD[1], OLD[3]), (OLD[0], OLD[2])),
    )

    found = line(linear.chained_linear, NEW, OLD)

    assert found == pytest.approx((old[0] * common[0], old[0] * common[1] + old[1]))


def test_nominal_weights_move_the_means_by_the_ratio_of_lengths():
    # Gap on the anchor -0.7563; three times as long: 15.8205 + .5 x 3 x .7563 and 18.6728 - .5 x 3 x .7563.
    found = line(linear.nominal_weights_mean, NEW, OLD)

    assert found == pytest.approx((1.0, (18.6728 - 1.13445) - (15.8205 + 1.13445)))


@pytest.mark.parametrize(
    "method",
    [
        linear.identity,
        linear.mean,
        linear.linear,
        linear.nominal_weights_mean,
        linear.tucker,
        linear.levine_observed,
        linear.levine_true,
        linear.chained_linear,
    ],
)
@given(weight=st.floats(0, 1), internal=st.booleans())
@settings(max_examples=20)
def test_every_line_is_undone_by_equating_the_other_way(method, weight, internal):
    slope, intercept = line(method, NEW, OLD, weight=weight, internal=internal)

    back_slope, back_intercept = line(method, OLD, NEW, weight=1 - weight, internal=internal)

    assert back_slope * slope == pytest.approx(1)
    assert back_slope * intercept + back_intercept == pytest.approx(0, abs=1e-9)


@given(st.lists(st.integers(0, 20), min_size=2, max_size=30).filter(lambda scores: len(set(scores)) > 1))
@settings(max_examples=30)
def test_a_linear_equating_gives_the_new_form_the_mean_and_spread_of_the_old(scores):
    old = [3, 4, 9, 20]
    found = linear.linear(
        as_group((mean(scores), 0, pstdev(scores) ** 2, 0, 0)),
        as_group((mean(old), 0, pstdev(old) ** 2, 0, 0)),
        Setting(0.5, False, (1.0, 1.0)),
    )

    moved = [found.slope.real.item() * score + found.intercept.real.item() for score in scores]

    assert (mean(moved), pstdev(moved)) == pytest.approx((mean(old), pstdev(old)))


@pytest.mark.parametrize(
    ("method", "code"),
    [
        (linear.linear, "no_spread"),
        (linear.tucker, "anchor_unrelated"),
        (linear.levine_true, "anchor_unrelated"),
        (linear.chained_linear, "no_spread"),
    ],
)
def test_groups_that_do_not_vary_give_no_line(method, code):
    with pytest.raises(NotEstimable) as refusal:
        line(method, (5.0, 1.0, 0.0, 0.0, 0.0), OLD)

    assert refusal.value.code == code
