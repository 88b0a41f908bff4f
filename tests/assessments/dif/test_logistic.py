"""Logistic DIF: against statsmodels, planted differences of both kinds, and symmetry."""

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.dif.comparison import ItemClass, compare_groups
from assessments.dif.logistic import jodoin_gierl_class, logistic_dif
from assessments.dif.purification import Purification
from assessments.results import document
from tests.assessments.dif.simulated import rasch_answers


@pytest.mark.parametrize(
    ("delta_r2", "p", "expected"),
    [
        (0.2, 0.05, ItemClass.A),
        (0.034, 0.001, ItemClass.A),
        (0.035, 0.001, ItemClass.B),
        (0.069, 0.001, ItemClass.B),
        (0.070, 0.001, ItemClass.C),
    ],
)
def test_classes_follow_explained_variation_and_significance(delta_r2, p, expected):
    assert jodoin_gierl_class(delta_r2, p) is expected


def nagelkerke(fit):
    return (1 - np.exp(2 * (fit.llnull - fit.llf) / fit.nobs)) / (1 - np.exp(2 * fit.llnull / fit.nobs))


def test_tests_and_effects_are_those_of_statsmodels():
    scores, groups = rasch_answers(seed=11, n_persons=300, n_items=6, harder={2: 1.0})
    focal = np.array([group == "F" for group in groups]).astype(float)
    total = scores.sum(axis=1)

    result = logistic_dif(
        compare_groups(scores, groups, reference="R", focal="F"), purification=Purification.NONE
    )

    designs = [[total], [total, focal], [total, focal, total * focal]]
    for column, item in enumerate(result.items):
        score, uniform, both = (
            sm.Logit(scores[:, column], sm.add_constant(np.column_stack(design))).fit(disp=False, tol=1e-14)
            for design in designs
        )
        assert np.isclose(item.uniform.chi2, 2 * (uniform.llf - score.llf), rtol=0, atol=1e-9)
        assert np.isclose(item.non_uniform.chi2, 2 * (both.llf - uniform.llf), rtol=0, atol=1e-9)
        assert np.isclose(item.both.chi2, item.uniform.chi2 + item.non_uniform.chi2, rtol=0, atol=1e-9)
        assert np.isclose(item.r2, nagelkerke(score), rtol=0, atol=1e-9)
        assert np.isclose(item.both.delta_r2, nagelkerke(both) - nagelkerke(score), rtol=0, atol=1e-9)
        assert np.isclose(item.group_effect.value, uniform.params[2], rtol=0, atol=1e-9)
        assert np.isclose(item.group_effect.se, uniform.bse[2], rtol=0, atol=1e-9)
        assert np.isclose(item.slope_difference.value, both.params[3], rtol=0, atol=1e-9)
        assert np.isclose(item.slope_difference.se, both.bse[3], rtol=0, atol=1e-9)


@pytest.mark.parametrize("mode", Purification)
def test_a_planted_uniform_difference_is_found(mode):
    scores, groups = rasch_answers(seed=5, n_persons=2000, n_items=20, harder={3: 1.5}, impact=0.5)

    result = logistic_dif(compare_groups(scores, groups, reference="R", focal="F"), purification=mode)

    found = [item for item in result.items if item.both.dif_class is not ItemClass.A]
    assert [item.item for item in found] == ["item4"]
    assert found[0].group_effect.value < -1
    assert found[0].non_uniform.dif_class is ItemClass.A
    assert ("item4" in result.anchor) is (mode is Purification.NONE)
    assert document(result)


def test_a_planted_difference_in_slope_is_found_as_non_uniform():
    scores, groups = rasch_answers(seed=7, n_persons=2000, n_items=15)
    draw = np.random.default_rng(1)
    focal = np.array([group == "F" for group in groups])
    # For the focal group the middle item says nothing about ability, though it is as hard as for the others.
    scores[focal, 7] = draw.random(focal.sum()) < 0.5

    result = logistic_dif(compare_groups(scores, groups, reference="R", focal="F"))

    studied = result.items[7]
    assert studied.slope_difference.ci[1] < 0
    assert studied.non_uniform.p_adjusted < 0.001 < studied.uniform.p_adjusted


def test_without_a_difference_few_items_are_flagged():
    flags = [
        item.both.p < 0.05
        for seed in range(10)
        for item in logistic_dif(
            compare_groups(
                *rasch_answers(seed=seed, n_persons=600, n_items=20, impact=0.5), reference="R", focal="F"
            ),
            purification=Purification.NONE,
        ).items
    ]

    assert 0.02 <= np.mean(flags) <= 0.09


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 1000))
def test_swapping_the_groups_flips_the_signs_and_nothing_else(seed):
    scores, groups = rasch_answers(seed=seed, n_persons=300, n_items=6, harder={2: 1.0})

    one = logistic_dif(compare_groups(scores, groups, reference="R", focal="F"))
    other = logistic_dif(compare_groups(scores, groups, reference="F", focal="R"))

    for item, mirrored in zip(one.items, other.items, strict=True):
        assert np.isclose(item.group_effect.value, -mirrored.group_effect.value, atol=1e-8)
        assert np.isclose(item.slope_difference.value, -mirrored.slope_difference.value, atol=1e-8)
        assert np.isclose(item.both.chi2, mirrored.both.chi2, atol=1e-8)
        assert np.isclose(item.both.delta_r2, mirrored.both.delta_r2, atol=1e-10)


def test_items_that_have_no_estimate_are_refused_one_by_one():
    scores, groups = rasch_answers(seed=3, n_persons=300, n_items=20)
    scores[:, 0] = 1
    scores[:, 1] = [group == "R" for group in groups]

    result = logistic_dif(compare_groups(scores, groups, reference="R", focal="F"))

    assert [(refusal.item, refusal.reason) for refusal in result.refused] == [
        ("item1", "separated"),
        ("item2", "separated"),
    ]
    assert len(result.items) == 18


def test_persons_who_all_have_the_same_score_cannot_be_matched():
    scores = np.tile([[0.0, 1.0], [1.0, 0.0]], (60, 1))

    result = logistic_dif(compare_groups(scores, ["R"] * 60 + ["F"] * 60, reference="R", focal="F"))

    assert result.items == ()
    assert {refusal.reason for refusal in result.refused} == {"collinear"}
