from math import exp, log, sqrt

import numpy as np
import pytest

from assessments.adaptive import Bank, Parameters
from assessments.errors import AssessmentError


@pytest.mark.parametrize("c", [0.0, 0.15, 0.3])
def test_information_is_greatest_where_and_as_lord_1980_gives_it(c):
    a, b = 1.3, 0.4
    bank = Bank((Parameters("x", a, b, c),))
    peak = b + log((1 + sqrt(1 + 8 * c)) / 2) / a
    greatest = a**2 * (1 - 20 * c - 8 * c**2 + (1 + 8 * c) ** 1.5) / (8 * (1 - c) ** 2)

    found = bank.curves([peak - 0.01, peak, peak + 0.01]).information()[0]

    assert found[1] == pytest.approx(greatest, abs=1e-12)
    assert found[1] > max(found[0], found[2])


def test_the_curves_are_the_derivatives_of_the_response_function():
    bank = Bank((Parameters("x", 1.7, -0.5, 0.2),))
    step = 1e-5
    low, mid, high = (bank.curves(0.3 + shift) for shift in (-step, 0.0, step))

    assert mid.right[0, 0] == pytest.approx(0.2 + 0.8 / (1 + exp(-1.7 * 0.8)), abs=1e-15)
    assert mid.right + mid.wrong == pytest.approx(1.0, abs=1e-15)
    assert mid.slope == pytest.approx((high.right - low.right) / (2 * step), abs=1e-9)
    assert mid.bend == pytest.approx((high.slope - low.slope) / (2 * step), abs=1e-9)
    assert mid.weight == pytest.approx(mid.slope / (mid.right * mid.wrong), abs=1e-13)


def test_the_steepest_items_far_from_an_ability_stay_finite():
    bank = Bank((Parameters("x", 10, -10), Parameters("y", 10, 10, 0.2)))

    curves = bank.curves(np.array([-10.0, 10.0]))

    assert np.isfinite(np.log(curves.right)).all() and np.isfinite(np.log(curves.wrong)).all()
    assert (curves.information() > 0).all()


@pytest.mark.parametrize(
    ("parameters", "name"),
    [
        ((0.0, 0.0, 0.0), "a"),
        ((11.0, 0.0, 0.0), "a"),
        ((float("nan"), 0.0, 0.0), "a"),
        ((1.0, float("inf"), 0.0), "b"),
        ((1.0, 12.0, 0.0), "b"),
        ((1.0, 0.0, 1.0), "c"),
        ((1.0, 0.0, -0.1), "c"),
    ],
)
def test_parameters_of_a_failed_calibration_are_refused(parameters, name):
    with pytest.raises(AssessmentError) as refusal:
        Parameters("x", *parameters)

    assert (refusal.value.code, refusal.value.facts["parameter"]) == ("parameter_out_of_range", name)


@pytest.mark.parametrize(
    ("items", "code"),
    [((), "no_items"), ((Parameters("x", 1, 0), Parameters("x", 1, 1)), "item_repeated")],
)
def test_a_bank_without_items_or_with_doubles_is_refused(items, code):
    with pytest.raises(AssessmentError, match=code):
        Bank(items)
