"""Suspected items answered faster: exact under the model, and the one who knew them found."""

import numpy as np
import pytest
from scipy.stats import kstest

from assessments.errors import AssessmentError, NotEstimable
from assessments.results import document
from assessments.security.preknowledge import speed_shift
from assessments.security.response_times import fit_times
from tests.assessments.security.simulated import lognormal_seconds

SUSPECTED = ("item2", "item5", "item9", "item11")


@pytest.fixture(scope="module")
def form():
    seconds, *_ = lognormal_seconds(seed=7, n_persons=400, n_items=20)
    return seconds, fit_times(seconds)


def test_honest_shifts_are_standard_normal(form):
    seconds, model = form

    result = speed_shift(seconds, model, SUSPECTED)

    assert kstest([person.z for person in result.persons], "norm").pvalue > 0.01
    assert sum(person.is_flagged for person in result.persons) == 0
    assert result.suspected == SUSPECTED


def test_who_took_half_the_time_on_the_suspected_items_is_found(form):
    seconds, model = form
    knowing = seconds.copy()
    knowing[8, [1, 4, 8, 10]] *= 0.25

    result = speed_shift(knowing, model, SUSPECTED)

    assert [person.person for person in result.persons if person.is_flagged] == ["person9"]
    before = speed_shift(seconds, model, SUSPECTED).persons[8].shift.value
    assert np.isclose(result.persons[8].shift.value, before + np.log(4))
    assert document(result)


def test_the_shift_mirrors_when_the_sets_are_swapped(form):
    seconds, model = form
    others = [item.item for item in model.items if item.item not in SUSPECTED]

    one, other = speed_shift(seconds, model, SUSPECTED), speed_shift(seconds, model, others)

    assert np.allclose([person.z for person in one.persons], [-person.z for person in other.persons])


def test_who_has_no_times_on_one_side_is_left_out(form):
    seconds, model = form
    sparse = seconds[:2].copy()
    sparse[0, [1, 4, 8, 10]] = np.nan

    result = speed_shift(sparse, model, SUSPECTED)

    assert [person.person for person in result.persons] == ["person2"]
    assert result.provenance.options["left_out"] == 1


@pytest.mark.parametrize(
    ("columns", "suspected", "error", "code"),
    [
        (20, ["item99"], AssessmentError, "unknown_item"),
        (20, [], AssessmentError, "no_comparison"),
        (20, [f"item{number}" for number in range(1, 21)], AssessmentError, "no_comparison"),
        (19, SUSPECTED, AssessmentError, "model_does_not_fit"),
    ],
)
def test_sets_that_cannot_be_compared_are_refused(form, columns, suspected, error, code):
    seconds, model = form

    with pytest.raises(error, match=code):
        speed_shift(seconds[:, :columns], model, suspected)


def test_nobody_with_times_is_nobody_to_compare(form):
    _, model = form

    with pytest.raises(NotEstimable, match="no_times"):
        speed_shift(np.full((2, 20), np.nan), model, SUSPECTED)
