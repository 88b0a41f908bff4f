"""Calibrated items: their curves against differences, their information, and what is no item."""

import numpy as np
import pytest

from assessments.errors import AssessmentError
from assessments.irt.information import category_probabilities, characteristic_curve, item_information
from assessments.irt.items import CalibratedItem, trace
from assessments.results import document

ITEMS = [
    CalibratedItem("rasch", 1.0, (0.3,)),
    CalibratedItem("2pl", 1.7, (-0.4,)),
    CalibratedItem("3pl", 1.3, (0.5,), guessing=0.2),
    CalibratedItem("gpcm", 0.8, (-0.5, 0.9, 0.1)),
    CalibratedItem("graded", 1.4, (-1.0, 0.2, 1.1), is_graded=True),
]
THETA = np.linspace(-4, 4, 17)
H = 1e-4


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.item)
def test_curves_sum_to_one_and_their_derivatives_are_those_of_differences(item):
    here, up, down = (trace(item, THETA + shift) for shift in (0, H, -H))

    assert here.p.sum(axis=1) == pytest.approx(np.ones(17), abs=1e-12)
    assert here.first == pytest.approx((up.p - down.p) / (2 * H), abs=1e-7)
    assert here.second == pytest.approx((up.p - 2 * here.p + down.p) / H**2, abs=1e-6)


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.item)
def test_information_is_the_expected_squared_slope_of_the_log_likelihood(item):
    up, here, down = (np.array(category_probabilities(item, THETA + shift)) for shift in (H, 0, -H))

    slope = (np.log(up) - np.log(down)) / (2 * H)
    assert item_information(item, THETA) == pytest.approx((here * slope**2).sum(axis=1), abs=1e-6)


def test_a_two_parameter_item_is_most_informative_at_its_difficulty():
    assert item_information(ITEMS[1], [-0.4]) == pytest.approx([1.7**2 / 4])


def test_a_three_parameter_item_is_most_informative_above_its_difficulty():
    """Birnbaum 1968: b + log((1 + sqrt(1 + 8c)) / 2) / a."""
    top = 0.5 + np.log((1 + np.sqrt(1 + 8 * 0.2)) / 2) / 1.3

    beside = item_information(ITEMS[2], [top - 0.01, top, top + 0.01])

    assert max(beside) == beside[1]


def test_far_away_nothing_is_told_and_nothing_overflows():
    curve = characteristic_curve(ITEMS, [-2000.0, 2000.0])

    assert [point.expected_score for point in curve] == pytest.approx([0.2, 9.0])
    assert curve[0].se is None
    assert document(curve)


def test_a_test_adds_up_its_items():
    point = characteristic_curve(ITEMS, [0.3])[0]

    assert point.information == pytest.approx(sum(item_information(item, [0.3])[0] for item in ITEMS))
    assert point.se == pytest.approx(point.information**-0.5)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"thresholds": ()}, "no_thresholds"),
        ({"slope": float("nan")}, "parameter_not_finite"),
        ({"slope": 0.0}, "slope_not_positive"),
        ({"guessing": 1.0}, "guessing_out_of_range"),
        ({"guessing": 0.1, "thresholds": (0.0, 1.0)}, "guessing_polytomous"),
        ({"thresholds": (1.0, 0.0), "is_graded": True}, "thresholds_out_of_order"),
    ],
)
def test_what_is_no_item_is_refused(changes, code):
    with pytest.raises(AssessmentError) as refusal:
        CalibratedItem(**{"item": "a", "slope": 1.0, "thresholds": (0.0,)} | changes)

    assert refusal.value.code == code


@pytest.mark.parametrize(("bank", "code"), [([], "no_items"), ([ITEMS[0], ITEMS[0]], "item_repeated")])
def test_what_is_no_bank_is_refused(bank, code):
    with pytest.raises(AssessmentError) as refusal:
        characteristic_curve(bank, [0.0])

    assert refusal.value.code == code
