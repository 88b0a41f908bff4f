"""DIF of rubric lines: exact moments by enumeration, Mantel-Haenszel as the special case, and symmetry."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.contingency_tables import Table

from assessments.dif.comparison import ItemClass, compare_groups
from assessments.dif.mantel_haenszel import mantel_haenszel
from assessments.dif.ordinal import _covariance, ordinal_class, ordinal_dif
from assessments.dif.purification import Purification
from assessments.results import document
from tests.assessments.dif.simulated import rasch_answers


def rubric(*, seed, n_persons=600, n_lines=5, harder=None, impact=0.0):
    """Lines of 0 to 3 points, each the sum of three simulated steps."""
    steps = {3 * line + step: logits for line, logits in (harder or {}).items() for step in range(3)}
    right, groups = rasch_answers(
        seed=seed, n_persons=n_persons, n_items=3 * n_lines, harder=steps, impact=impact
    )
    return right.reshape(n_persons, n_lines, 3).sum(axis=2), groups


def test_the_covariance_is_that_of_all_ways_to_draw_the_focal_group():
    categories = np.array([0, 0, 1, 1, 1, 2, 2])
    drawn = np.array(
        [np.bincount(categories[list(chosen)], minlength=3) for chosen in combinations(range(7), 3)]
    )
    margin = np.bincount(categories, minlength=3)
    table = np.stack([margin - drawn[0], drawn[0]])[np.newaxis].astype(float)

    assert np.allclose(_covariance(table)[0], np.cov(drawn.T, bias=True), atol=1e-12)


def test_mantels_chi_square_sums_the_strata_that_statsmodels_tests_one_by_one():
    scores, groups = rubric(seed=1, harder={0: 0.8})
    focal = np.array([group == "F" for group in groups])
    total = scores.sum(axis=1)

    result = ordinal_dif(
        compare_groups(scores, groups, reference="R", focal="F"), purification=Purification.NONE
    )

    for column, item in enumerate(result.items):
        excess, variance = 0.0, 0.0
        for score in np.unique(total):
            inside = total == score
            table = np.array(
                [
                    [(scores[inside & (focal == group), column] == points).sum() for points in range(4)]
                    for group in (False, True)
                ],
                dtype=float,
            )
            # A stratum in which all have the same points says nothing, and statsmodels would divide by zero.
            if (table.sum(axis=1) > 0).all() and (table.sum(axis=0) > 0).sum() > 1:
                test = Table(table, shift_zeros=False).test_ordinal_association(
                    row_scores=np.array([0, 1]), col_scores=np.arange(4)
                )
                excess += test.statistic - test.null_mean
                variance += test.null_sd**2
        assert np.isclose(item.mantel.chi2, excess**2 / variance, rtol=1e-9)


def test_for_two_points_both_tests_are_mantel_haenszel_without_correction():
    scores, groups = rasch_answers(seed=8, n_persons=400, n_items=10, harder={1: 1.0})
    comparison = compare_groups(scores, groups, reference="R", focal="F")

    ordinal = ordinal_dif(comparison, purification=Purification.NONE)
    dichotomous = mantel_haenszel(comparison, purification=Purification.NONE, correction=False)

    for item, known in zip(ordinal.items, dichotomous.items, strict=True):
        assert np.isclose(item.mantel.chi2, known.chi2, rtol=1e-9)
        assert np.isclose(item.general.chi2, known.chi2, rtol=1e-9)
        assert (item.mantel.df, item.general.df) == (1, 1)


@pytest.mark.parametrize("mode", Purification)
def test_a_planted_difference_is_found(mode):
    scores, groups = rubric(seed=2, n_persons=1500, n_lines=8, harder={2: 0.9}, impact=0.4)

    result = ordinal_dif(compare_groups(scores, groups, reference="R", focal="F"), purification=mode)

    studied = result.items[2]
    assert [item.item for item in result.items if item.dif_class is ItemClass.C] == ["item3"]
    assert studied.smd.ci[1] < 0
    assert studied.general.df == 3
    assert ("item3" in result.anchor) is (mode is Purification.NONE)
    assert document(result)


def test_without_a_difference_few_lines_are_flagged():
    flags = [
        item.mantel.p < 0.05
        for seed in range(40)
        for item in ordinal_dif(
            compare_groups(*rubric(seed=seed, n_persons=400), reference="R", focal="F"),
            purification=Purification.NONE,
        ).items
    ]

    assert 0.02 <= np.mean(flags) <= 0.09


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 1000))
def test_swapping_the_groups_keeps_the_tests_when_persons_are_matched_on_the_same_items(seed):
    """The mean difference weighs by the focal group, so classes, and a purified anchor, may differ."""
    scores, groups = rubric(seed=seed, n_persons=200, harder={1: 0.7})

    one = ordinal_dif(
        compare_groups(scores, groups, reference="R", focal="F"), purification=Purification.NONE, bands=4
    )
    other = ordinal_dif(
        compare_groups(scores, groups, reference="F", focal="R"), purification=Purification.NONE, bands=4
    )

    for item, mirrored in zip(one.items, other.items, strict=True):
        assert np.isclose(item.mantel.chi2, mirrored.mantel.chi2, atol=1e-9)
        assert np.isclose(item.general.chi2, mirrored.general.chi2, atol=1e-9)


@pytest.mark.parametrize("mode", Purification)
@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 1000))
def test_relabelled_points_keep_effect_and_general_test(mode, seed):
    scores, groups = rubric(seed=seed, n_persons=200, harder={1: 0.7})

    one = ordinal_dif(compare_groups(scores, groups, reference="R", focal="F"), purification=mode, bands=4)
    doubled = ordinal_dif(
        compare_groups(2 * scores, groups, reference="R", focal="F"), purification=mode, bands=4
    )

    for item, scaled in zip(one.items, doubled.items, strict=True):
        assert np.isclose(2 * item.smd.value, scaled.smd.value, atol=1e-9)
        assert np.isclose(item.effect, scaled.effect, atol=1e-9)
        assert np.isclose(item.general.chi2, scaled.general.chi2, atol=1e-9)


@pytest.mark.parametrize(
    ("effect", "p", "expected"),
    [
        (0.5, 0.05, ItemClass.A),
        (0.17, 0.001, ItemClass.A),
        (-0.18, 0.001, ItemClass.B),
        (0.25, 0.001, ItemClass.B),
        (-0.26, 0.001, ItemClass.C),
    ],
)
def test_classes_follow_size_and_significance(effect, p, expected):
    assert ordinal_class(effect, p) is expected


def test_lines_that_say_nothing_are_refused_one_by_one():
    scores, groups = rubric(seed=4)
    scores[:, 1] = 2

    result = ordinal_dif(compare_groups(scores, groups, reference="R", focal="F"))

    assert [(refusal.item, refusal.reason) for refusal in result.refused] == [("item2", "no_variation")]
    assert len(result.items) == 4


def test_groups_that_share_no_score_are_compared_on_no_line():
    scores = np.repeat(np.array([[0.0, 1.0], [3.0, 2.0]]), 60, axis=0)

    result = ordinal_dif(compare_groups(scores, ["R"] * 60 + ["F"] * 60, reference="R", focal="F"))

    assert {refusal.reason for refusal in result.refused} == {"no_overlap"}
