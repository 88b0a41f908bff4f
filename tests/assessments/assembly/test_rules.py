import pytest

from assessments.assembly import Rules, Statistic, difficulty, information, spread
from assessments.errors import AssessmentError
from assessments.forms import Blueprint, BlueprintLine, ItemKind

BLUEPRINT = Blueprint((BlueprintLine("U1", 3),), 10)
SINGLE, ORDERING = ItemKind.SINGLE_CHOICE, ItemKind.ORDERING


def test_spread_is_the_item_reliability_index():
    statistic = spread({"a": 0.5, "b": 0.8, "c": 0.3}, {"a": 0.4, "b": 0.5, "d": 0.2})

    assert statistic.values == pytest.approx({"a": 0.2, "b": 0.2})


@pytest.mark.parametrize(
    ("build", "code"),
    [
        (lambda: Rules(BLUEPRINT, kinds=((SINGLE, 2),)), "kind_total"),
        (lambda: Rules(BLUEPRINT, kinds=((SINGLE, 2), (SINGLE, 1))), "kind_repeated"),
        (lambda: Rules(BLUEPRINT, kinds=((SINGLE, 4), (ORDERING, -1))), "limit_negative"),
        (lambda: Rules(BLUEPRINT, most_uses=-1), "limit_negative"),
        (lambda: Statistic("x", {"a": float("nan")}), "not_finite"),
        (lambda: Statistic("x", {}, target=float("inf")), "not_finite"),
        (lambda: Statistic("x", {}, scale=0.0), "scale_not_positive"),
        (lambda: difficulty({"a": 1.2}), "p_out_of_range"),
        (lambda: spread({"a": 0.5}, {"a": -1.5}), "discrimination_out_of_range"),
        (lambda: information({"a": (1.0,)}, at=(0.0, 1.0), target=(1.0, 1.0)), "lengths_differ"),
        (lambda: information({}, at=(0.0, 1.0), target=(1.0,)), "lengths_differ"),
    ],
)
def test_rules_and_statistics_that_make_no_sense_are_refused(build, code):
    with pytest.raises(AssessmentError, match=code):
        build()
