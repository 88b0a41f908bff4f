"""Which model smooths: prescribed, or chosen by AIC or by the likelihood ratio, and always told."""

import numpy as np
import pytest

from assessments.equating import Criterion, Presmoothing, random_groups
from assessments.equating.loglinear import smooth
from assessments.equating.presmoothing import distributions, plan_smoothing
from assessments.errors import AssessmentError, NotEstimable
from tests.assessments.equating.sittings import SCALE, anchored, randomised

RANDOM = randomised(np.random.default_rng(11))
NEAT = anchored(np.random.default_rng(12))


def test_prescribed_degrees_are_taken():
    found = plan_smoothing(NEAT, Presmoothing(degree=3, anchor_degree=2, products=1))

    assert [smoothing.degrees for smoothing in found] == [(3, 2, 1)] * 2
    assert [smoothing.form for smoothing in found] == ["new", "old"]
    assert {choice.candidates for smoothing in found for choice in smoothing.choices} == {()}


def test_the_least_aic_is_chosen():
    (choice,) = plan_smoothing(RANDOM, Presmoothing())[0].choices

    assert [candidate.degree for candidate in choice.candidates] == [2, 3, 4, 5, 6]
    aics = {degree: smooth(RANDOM.margins()[0], degree).chi_square + 2 * degree for degree in range(2, 7)}
    assert choice.degree == min(aics, key=aics.get)
    assert [candidate.aic for candidate in choice.candidates] == pytest.approx([*aics.values()])


@pytest.mark.parametrize(("third_moment_matters", "degree"), [(True, 3), (False, 2)])
def test_the_likelihood_ratio_goes_down_until_a_step_is_needed(third_moment_matters, degree):
    scores = np.arange(37)
    shape = np.exp(-((scores - 15) ** 2) / 60 + (third_moment_matters * (scores - 15) ** 3) / 4000)
    counts = np.round(1000 * shape / shape.sum()).astype(int)
    design = random_groups(np.repeat(scores, counts), np.repeat(scores, counts), new=SCALE, old=SCALE)

    (choice,) = plan_smoothing(design, Presmoothing(criterion=Criterion.LIKELIHOOD_RATIO))[0].choices

    assert choice.degree == degree
    assert choice.candidates[0].p_of_step is None
    assert all(0 <= candidate.p_of_step <= 1 for candidate in choice.candidates[1:])


def test_with_an_anchor_form_anchor_and_products_are_chosen_in_turn():
    found = plan_smoothing(NEAT, Presmoothing(highest=4))

    for smoothing in found:
        assert [choice.term for choice in smoothing.choices] == ["form", "anchor", "products"]
        assert [candidate.degree for candidate in smoothing.choices[2].candidates] == [1, 2]


def test_smoothed_tables_keep_means_spreads_and_covariance_and_leave_impossible_cells_empty():
    plan = plan_smoothing(NEAT, Presmoothing(degree=2, anchor_degree=2, products=1))

    for group, table in enumerate(distributions(NEAT, plan)):
        raw = NEAT.groups[group] / NEAT.groups[group].sum()
        row, column = np.meshgrid(*NEAT.axes(group), indexing="ij")
        for term in (row, row**2, column, column**2, row * column):
            assert (table * term).sum() == pytest.approx((raw * term).sum())
        assert np.all(table[~NEAT.possible(group)] == 0)
        assert np.all(table[NEAT.possible(group)] > 0)


def test_the_search_ends_where_the_scores_in_use_no_longer_tell_degrees_apart():
    scores = [1] * 5 + [4] * 9 + [6] * 8 + [7] * 3
    design = random_groups(scores, scores, new=SCALE, old=SCALE)

    (choice,) = plan_smoothing(design, Presmoothing())[0].choices

    assert [candidate.degree for candidate in choice.candidates] == [2, 3]


def test_two_scores_are_too_few_for_any_model():
    design = random_groups([1, 2] * 9, [1, 2] * 9, new=SCALE, old=SCALE)

    with pytest.raises(NotEstimable) as refusal:
        plan_smoothing(design, Presmoothing())

    assert refusal.value.code == "too_few_distinct_scores"


@pytest.mark.parametrize("wrong", [{"degree": 1}, {"anchor_degree": 11}, {"highest": 1}, {"products": 3}])
def test_degrees_that_make_no_model_are_refused(wrong):
    with pytest.raises(AssessmentError) as refusal:
        Presmoothing(**wrong)

    assert refusal.value.code == "degree"
