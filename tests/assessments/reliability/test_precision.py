"""Errors of measurement: overall, of a difference, and along the scale."""

import numpy as np
import pytest

from assessments.errors import AssessmentError, NotEstimable
from assessments.reliability import (
    cronbach_alpha,
    csem_lord,
    csem_parts,
    kr21,
    spearman_brown,
    standard_error_of_difference,
    standard_error_of_measurement,
)

PARTS = np.random.default_rng(4).normal(10, 3, size=(120, 1)) + np.random.default_rng(5).integers(
    0, 6, (120, 4)
)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (standard_error_of_measurement(10, 0.84), 4.0),
        (standard_error_of_measurement(10, 1), 0.0),
        (standard_error_of_difference(3, 4), 5.0),
        (spearman_brown(0.5, 2), 2 / 3),
        (spearman_brown(2 / 3, 0.5), 0.5),
    ],
)
def test_simple_formulas_give_their_textbook_values(found, expected):
    assert found == pytest.approx(expected)


def test_lords_error_is_zero_at_the_ends_and_largest_in_the_middle():
    points = csem_lord(40)

    assert (points[0].error, points[40].error) == (0, 0)
    assert max(points, key=lambda point: point.error).score == 20
    assert points[20].error == pytest.approx(np.sqrt(20 * 20 / 39))


def test_lords_error_averages_to_the_error_that_goes_with_kr21():
    scores = np.random.default_rng(6).binomial(30, 0.7, size=200)
    points = csem_lord(30)

    mean_square = np.mean([points[score].error ** 2 for score in scores])

    with_kr21 = scores.var() * (1 - kr21(scores, n_items=30).coefficient.value)
    assert mean_square == pytest.approx(with_kr21, abs=1e-9)


def test_the_error_of_parts_averages_to_the_error_that_goes_with_alpha_of_the_parts():
    found = csem_parts(PARTS)

    assert found.overall == pytest.approx(cronbach_alpha(PARTS).sem, abs=1e-9)
    squares = sum(point.n * point.error**2 for point in found.points)
    assert found.overall**2 == pytest.approx(squares / 119, abs=1e-9)


def test_with_two_parts_it_is_thorndikes_method_of_differences():
    halves = PARTS[:, :2]
    differences = halves[:, 0] - halves[:, 1]

    found = csem_parts(halves)

    assert found.overall == pytest.approx(differences.std(ddof=1), abs=1e-9)


def test_persons_of_equal_total_share_their_error_although_fractions_round():
    found = csem_parts([[0.1, 0.2], [0.3, 0.0], [0.2, 0.1]] * 10)

    assert [(point.score, point.n) for point in found.points] == [(0.3, 30)]


def test_shifting_a_part_or_the_order_of_persons_is_without_effect():
    moved = PARTS[::-1] + np.array([0, 5, 0, 0])

    before, after = csem_parts(PARTS), csem_parts(moved)

    assert [point.error for point in after.points] == pytest.approx([point.error for point in before.points])


@pytest.mark.parametrize(
    ("call", "kind", "code"),
    [
        (lambda: standard_error_of_measurement(-1, 0.5), AssessmentError, "sd_negative"),
        (lambda: standard_error_of_measurement(1, 1.5), AssessmentError, "reliability_out_of_range"),
        (lambda: standard_error_of_difference(-1, 1), AssessmentError, "error_negative"),
        (lambda: spearman_brown(0.5, 0), AssessmentError, "factor_not_positive"),
        (lambda: spearman_brown(-0.5, 2), AssessmentError, "reliability_out_of_range"),
        (lambda: csem_lord(1), NotEstimable, "too_few_items"),
        (lambda: csem_parts(np.ones((20, 1))), NotEstimable, "too_few_parts"),
    ],
)
def test_what_has_no_error_of_measurement_is_refused(call, kind, code):
    with pytest.raises(kind) as refused:
        call()

    assert refused.value.code == code
