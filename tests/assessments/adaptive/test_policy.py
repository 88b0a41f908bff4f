import pytest

from assessments.adaptive import Policy, Sprt, State, next_item
from assessments.errors import AssessmentError
from tests.factories.adaptive import a_bank


@pytest.mark.parametrize(
    ("build", "code"),
    [
        (lambda: Sprt((), 0.5), "cuts_not_rising"),
        (lambda: Sprt((1.0, 1.0), 0.5), "cuts_not_rising"),
        (lambda: Sprt((float("nan"),), 0.5), "cuts_not_rising"),
        (lambda: Sprt((0.0,), 0.0), "region_not_positive"),
        (lambda: Sprt((9.8,), 0.5), "cut_out_of_range"),
        (lambda: Sprt((0.0,), 0.5, alpha=0.5), "error_rate_out_of_range"),
        (lambda: Sprt((0.0,), 0.5, beta=0.0), "error_rate_out_of_range"),
        (lambda: Policy(5, least_items=6), "lengths_out_of_order"),
        (lambda: Policy(0, least_items=0), "lengths_out_of_order"),
        (lambda: Policy(5, among=0), "among_not_positive"),
        (lambda: Policy(5, se=0.0), "se_not_positive"),
        (lambda: Policy(5, exposure={"x": 0.0}), "exposure_out_of_range"),
        (lambda: Policy(5, shares={"U1": 0.5}), "shares_not_one"),
        (lambda: Policy(5, shares={"U1": 1.5, "U2": -0.5}), "shares_not_one"),
    ],
)
def test_a_policy_that_contradicts_itself_is_refused(build, code):
    with pytest.raises(AssessmentError, match=code):
        build()


@pytest.mark.parametrize(
    ("policy", "code"),
    [(Policy(5, exposure={"Z": 0.5}), "unknown_item"), (Policy(5, shares={"U9": 1.0}), "unknown_unit")],
)
def test_a_policy_for_another_bank_is_refused(policy, code):
    with pytest.raises(AssessmentError, match=code):
        next_item(a_bank(), State(1), policy)
