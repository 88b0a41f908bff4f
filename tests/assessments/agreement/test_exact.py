from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assessments.agreement import Weights, agreement_within, weighted_kappa
from assessments.errors import AssessmentError, NotEstimable

SCALE = (0, 1, 2, 3, 4, 5)
PAIRS = st.lists(st.tuples(st.sampled_from(SCALE), st.sampled_from(SCALE)), min_size=1, max_size=40)
FIRST = [0] * 25 + [1] * 25
SECOND = [0] * 20 + [1] * 5 + [0] * 10 + [1] * 15


def test_two_categories_give_the_textbook_kappa():
    # Table 20 5 / 10 15: observed agreement 0.70, expected 0.50.
    result = weighted_kappa(FIRST, SECOND, categories=(0, 1), weights=Weights.NONE)

    assert (result.exact, result.value, result.n) == (Fraction(2, 5), Decimal("0.400000"), 50)
    assert result.warnings == ()


@pytest.mark.parametrize(
    ("weights", "expected"),
    # By hand for (1,1) (2,3) (3,3) (1,3), n = 4: observed 2, 3, 5; over the margins 11, 18, 32.
    [(Weights.NONE, Fraction(3, 11)), (Weights.LINEAR, Fraction(1, 3)), (Weights.QUADRATIC, Fraction(3, 8))],
)
def test_weights_count_distance(weights, expected):
    result = weighted_kappa([1, 2, 3, 1], [1, 3, 3, 3], categories=(1, 2, 3), weights=weights)

    assert result.exact == expected
    assert [finding.code for finding in result.warnings] == ["few_pairs"]


@pytest.mark.parametrize(("distance", "expected"), [(0, "0.500000"), (1, "0.750000"), (2, "1.000000")])
def test_agreement_within_a_distance_counts_pairs(distance, expected):
    result = agreement_within([1, 2, 3, 1], [1, 3, 3, 3], distance=distance)

    assert (str(result.value), result.method) == (expected, f"agreement_within_{distance}")


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: agreement_within([1], [1, 2]), "lengths_differ"),
        (lambda: agreement_within([1], [1], distance=-1), "distance_negative"),
        (lambda: weighted_kappa([1], [6], categories=SCALE, weights=Weights.LINEAR), "unknown_category"),
        (lambda: weighted_kappa([1], [1], categories=(1, 1), weights=Weights.LINEAR), "category_repeated"),
    ],
)
def test_ratings_that_do_not_fit_are_refused(call, code):
    with pytest.raises(AssessmentError, match=code):
        call()


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: agreement_within([], []), "no_pairs"),
        (lambda: weighted_kappa([], [], categories=SCALE, weights=Weights.NONE), "no_pairs"),
        (
            lambda: weighted_kappa([3, 3], [3, 3], categories=SCALE, weights=Weights.NONE),
            "no_expected_disagreement",
        ),
    ],
)
def test_what_is_not_defined_is_not_estimated(call, code):
    with pytest.raises(NotEstimable, match=code):
        call()


@given(PAIRS, st.sampled_from(Weights))
def test_kappa_is_symmetric_and_at_most_the_share_it_corrects(pairs, weights):
    first, second = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    assume(len({*first, *second}) > 1)

    one = weighted_kappa(first, second, categories=SCALE, weights=weights)
    other = weighted_kappa(second, first, categories=SCALE, weights=weights)

    assert one.exact == other.exact <= 1
    if weights is Weights.NONE:
        assert one.exact <= agreement_within(first, second).exact


@given(PAIRS)
def test_a_rater_agrees_with_herself(pairs):
    ratings = [pair[0] for pair in pairs]
    assume(len(set(ratings)) > 1)

    assert weighted_kappa(ratings, ratings, categories=SCALE, weights=Weights.QUADRATIC).exact == 1
    assert agreement_within(ratings, ratings).exact == 1
