"""Times against the person's own speed: exact under the model, and what stands out is found."""

import numpy as np
import pytest
from scipy.stats import kstest

from assessments.errors import AssessmentError, NotEstimable
from assessments.results import document
from assessments.security.response_times import fit_times
from assessments.security.time_screening import screen_times
from tests.assessments.security.simulated import lognormal_seconds


@pytest.fixture(scope="module")
def form():
    seconds, *_ = lognormal_seconds(seed=6, n_persons=400, n_items=20)
    return seconds, fit_times(seconds)


def test_residuals_are_predictions_from_the_other_items(form):
    seconds, model = form

    result = screen_times(seconds[:1], model, level=0.999999)

    # The multivariate normal says the same by conditioning one time on the others.
    mean = np.array([item.intensity.value for item in model.items])
    covariance = model.speed_sd**2 + np.diag([item.discrimination**-2 for item in model.items])
    gap = np.log(seconds[0]) - mean
    for answer in result.unusual:
        item = [other.item for other in model.items].index(answer.item)
        others = np.arange(20) != item
        weights = np.linalg.solve(covariance[np.ix_(others, others)], covariance[others, item])
        spread = np.sqrt(covariance[item, item] - weights @ covariance[others, item])
        assert np.isclose(answer.residual, (gap[item] - weights @ gap[others]) / spread, rtol=1e-9)
    assert result.unusual


def test_honest_patterns_are_chi_square_and_speeds_are_found(form):
    seconds, model = form

    result = screen_times(seconds, model)

    assert kstest([person.p for person in result.persons], "uniform").pvalue > 0.01
    assert sum(person.is_flagged for person in result.persons) == 0
    assert len(result.unusual) <= 2
    assert {person.df for person in result.persons} == {19}


def test_somebody_at_half_the_times_is_fast_and_not_odd(form):
    seconds, model = form
    slow = seconds[:1] / np.exp(np.log(seconds[:1]).mean() - np.log(seconds).mean())

    usual, fast = screen_times(np.concatenate([slow, slow / 2]), model).persons

    assert fast.speed.value > usual.speed.value + 0.5
    assert np.isclose(fast.chi2, usual.chi2)


def test_answers_in_a_few_seconds_stand_out(form):
    seconds, model = form
    hasty = seconds.copy()
    hasty[3, [5, 6, 7]] = 2.0

    result = screen_times(hasty, model, persons=[f"c{row}" for row in range(400)])

    assert [person.person for person in result.persons if person.is_flagged] == ["c3"]
    assert {(answer.person, answer.item) for answer in result.unusual} >= {("c3", "item6"), ("c3", "item7")}
    assert all(answer.residual < 0 for answer in result.unusual if answer.person == "c3")
    assert result.unusual[0].seconds == pytest.approx(2.0)
    assert document(result)


def test_persons_with_fewer_than_two_times_are_left_out(form):
    seconds, model = form
    sparse = seconds[:3].copy()
    sparse[0, 1:] = np.nan
    sparse[1, 2:] = np.nan

    result = screen_times(sparse, model)

    assert [(person.person, person.n_times) for person in result.persons] == [("person2", 2), ("person3", 20)]
    assert result.provenance.options["left_out"] == 1


@pytest.mark.parametrize(
    ("columns", "error", "code"),
    [(slice(0, 19), AssessmentError, "model_does_not_fit"), (slice(0, 1), AssessmentError, "model_does_not")],
)
def test_a_model_of_another_form_is_refused(form, columns, error, code):
    seconds, model = form

    with pytest.raises(error, match=code):
        screen_times(seconds[:, columns], model)


def test_nobody_with_times_is_nobody_to_screen(form):
    _, model = form

    with pytest.raises(NotEstimable, match="no_times"):
        screen_times(np.full((3, 20), np.nan), model)
