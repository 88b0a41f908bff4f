"""Standardised differences: by hand, weighted as asked, and mirrored with the groups."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.dif.comparison import compare_groups
from assessments.dif.standardisation import Attention, Weights, standardisation
from assessments.results import document
from tests.assessments.dif.simulated import rasch_answers


def persons(group, *, both_right, first_right, second_right, neither):
    """Rows of two items, as often as told."""
    rows = [[1, 1]] * both_right + [[1, 0]] * first_right + [[0, 1]] * second_right + [[0, 0]] * neither
    return rows, [group] * len(rows)


# At score 1: reference 30 of 40 right on item 1, focal 12 of 40; the other scores agree by construction.
REFERENCE = persons("R", both_right=40, first_right=30, second_right=10, neither=20)
FOCAL = persons("F", both_right=10, first_right=12, second_right=28, neither=30)


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        (Weights.FOCAL, (12 / 40 - 30 / 40) * 40 / 80),
        (Weights.REFERENCE, (12 / 40 - 30 / 40) * 40 / 100),
        (Weights.TOTAL, (12 / 40 - 30 / 40) * 80 / 180),
    ],
)
def test_differences_are_weighted_by_the_persons_asked_for(weights, expected):
    scores, groups = REFERENCE[0] + FOCAL[0], REFERENCE[1] + FOCAL[1]

    result = standardisation(compare_groups(scores, groups, reference="R", focal="F"), weights=weights)

    first, second = result.items
    assert np.isclose(first.p_dif.value, expected)
    assert np.isclose(second.p_dif.value, -expected)
    assert (first.n_strata, first.n_matched) == (3, 180)
    assert document(result)


def test_the_standard_error_is_that_of_independent_binomials():
    scores, groups = REFERENCE[0] + FOCAL[0], REFERENCE[1] + FOCAL[1]

    result = standardisation(compare_groups(scores, groups, reference="R", focal="F"))

    expected = np.sqrt(0.75 * 0.25 / 40 + 0.3 * 0.7 / 40) * 40 / 80
    assert np.isclose(result.items[0].p_dif.se, expected)


@pytest.mark.parametrize(
    ("n_right", "attention"),
    [(18, Attention.NEGLIGIBLE), (17, Attention.INSPECT), (16, Attention.INSPECT), (15, Attention.EXAMINE)],
)
def test_the_size_of_a_difference_says_how_closely_to_look(n_right, attention):
    # 20 of 40 of the reference are right at score 1, which is where all of the focal group are.
    reference = persons("R", both_right=30, first_right=20, second_right=20, neither=30)
    focal = persons("F", both_right=0, first_right=2 * n_right, second_right=80 - 2 * n_right, neither=0)
    scores, groups = reference[0] + focal[0], reference[1] + focal[1]

    result = standardisation(compare_groups(scores, groups, reference="R", focal="F"))

    assert result.items[0].attention is attention


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 1000))
def test_swapping_groups_and_weights_flips_the_sign(seed):
    scores, groups = rasch_answers(seed=seed, n_persons=200, n_items=5, harder={1: 1.0})

    one = standardisation(compare_groups(scores, groups, reference="R", focal="F"), weights=Weights.FOCAL)
    other = standardisation(
        compare_groups(scores, groups, reference="F", focal="R"), weights=Weights.REFERENCE
    )

    for item, mirrored in zip(one.items, other.items, strict=True):
        assert np.isclose(item.p_dif.value, -mirrored.p_dif.value, atol=1e-12)
        assert np.isclose(item.p_dif.se, mirrored.p_dif.se, atol=1e-12)


def test_persons_are_matched_on_the_anchor_asked_for():
    scores, groups = rasch_answers(seed=2, n_persons=400, n_items=6, harder={0: 1.5})

    result = standardisation(
        compare_groups(scores, groups, reference="R", focal="F"), anchor=["item2", "item3", "item4"], bands=3
    )

    assert result.anchor == ("item2", "item3", "item4")
    assert result.items[0].attention is Attention.EXAMINE


def test_groups_that_share_no_score_are_compared_on_no_item():
    scores = np.repeat(np.array([[0.0, 0.0], [1.0, 1.0]]), 60, axis=0)

    result = standardisation(compare_groups(scores, ["R"] * 60 + ["F"] * 60, reference="R", focal="F"))

    assert result.items == ()
    assert [refusal.reason for refusal in result.refused] == ["no_overlap", "no_overlap"]
