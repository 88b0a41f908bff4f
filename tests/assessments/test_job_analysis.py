from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.errors import AssessmentError, NotEstimable
from assessments.forms import Blueprint, BlueprintLine
from assessments.job_analysis import Link, Task, analyse_tasks, apportion, blueprint_of
from assessments.results import document

TASKS = (
    Task("plan", (Link("U1"),)),
    Task("listen", (Link("U2"),)),
    Task("review", (Link("U1"), Link("U2"))),
)
CRITICALITY = [[4, 2, 1], [4, 1, 2], [4, 3, 3]]
FREQUENCY = [[2, 2, 1], [2, 4, 1], [2, 2, 1]]
NAN = float("nan")


def analyse(criticality=CRITICALITY, frequency=FREQUENCY, tasks=TASKS):
    return analyse_tasks(tasks, criticality=criticality, frequency=frequency)


def test_a_task_weighs_its_mean_product_and_shares_it_among_its_links():
    result = analyse()

    # Products 8 8 8; 4 4 6; 1 2 3 → means 8, 14/3, 2 of 44/3.
    assert [task.weight.value for task in result.tasks] == pytest.approx(
        [24 / 44, 14 / 44, 6 / 44], abs=1e-12
    )
    assert [line.weight.value for line in result.lines] == pytest.approx([27 / 44, 17 / 44], abs=1e-12)
    assert (result.tasks[1].criticality.value, result.tasks[1].criticality.se) == pytest.approx((2, 3**-0.5))
    assert document(result)["provenance"]["warnings"][0]["code"] == "few_raters"


def test_the_error_of_a_weight_is_the_jackknife_over_raters():
    products = np.multiply(CRITICALITY, FREQUENCY)
    without = []
    for rater in range(3):
        means = np.delete(products, rater, axis=0).mean(axis=0)
        without.append(means[0] / means.sum())

    weight = analyse().tasks[0].weight

    assert weight.se == pytest.approx(np.sqrt(2 / 3 * np.var(without) * 3), abs=1e-12)
    assert 0 <= weight.ci[0] < weight.value < weight.ci[1] <= 1


def test_an_unrated_task_is_left_out_and_a_silent_rater_changes_nothing():
    criticality = [[*CRITICALITY[0]], [*CRITICALITY[1]], [4, NAN, 3], [NAN, NAN, NAN]]

    result = analyse(criticality, [*FREQUENCY, [1, 1, 1]])

    assert [task.n_raters for task in result.tasks] == [3, 2, 3]
    assert result.tasks[1].weight.value == pytest.approx(4 / (8 + 4 + 2))
    assert (result.provenance.n_persons, result.provenance.n_missing) == (3, 4)


def test_a_panel_of_ten_needs_no_caution():
    assert analyse(CRITICALITY * 4, FREQUENCY * 4).provenance.warnings == ()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"frequency": [[1, 2, 3]]}, "shapes_differ"),
        ({"criticality": [[-1, 2, 1], [4, 1, 2], [4, 3, 3]]}, "rating_negative"),
        ({"tasks": TASKS[:2]}, "task_count"),
        ({"tasks": (TASKS[0], TASKS[0], TASKS[2])}, "task_repeated"),
        ({"tasks": (*TASKS[:2], Task("x", ()))}, "task_without_link"),
        ({"tasks": (*TASKS[:2], Task("x", (Link("U1"), Link("U1"))))}, "link_repeated"),
        ({"frequency": [[2, 2, NAN], [2, 4, NAN], [2, 2, 1]]}, "too_few_raters"),
        ({"frequency": np.zeros((3, 3))}, "no_weight"),
        ({"frequency": [[1, 1, 1], [0, 0, 0], [0, 0, 0]]}, "no_weight"),
    ],
)
def test_a_job_analysis_that_gives_no_weights_is_refused(change, code):
    with pytest.raises(AssessmentError, match=code):
        analyse(**change)


def test_weights_become_a_blueprint():
    expected = Blueprint((BlueprintLine("U1", 6), BlueprintLine("U2", 4)), 30)

    assert blueprint_of(analyse(), n_items=10, minutes=30) == expected


def test_a_line_that_would_get_no_item_is_named():
    with pytest.raises(NotEstimable) as refusal:
        blueprint_of(analyse(), n_items=1, minutes=30)

    assert refusal.value.facts["lines"] == (("U2", None),)


@pytest.mark.parametrize(
    ("weights", "total", "parts"),
    [
        # A textbook case of Hamilton's method: from 26 to 27 the fourth part loses one (Alabama paradox).
        ([9061, 7179, 5259, 3319, 1182], 25, (9, 7, 5, 3, 1)),
        ([9061, 7179, 5259, 3319, 1182], 26, (9, 7, 5, 4, 1)),
        ([9061, 7179, 5259, 3319, 1182], 27, (9, 8, 6, 3, 1)),
        ([1, 1, 1], 4, (2, 1, 1)),
        ([0.1 + 0.2, 0.3], 3, (2, 1)),
        ([0.3, 0.1 + 0.2], 3, (2, 1)),
        ([1, 3, 2], 3, (0, 2, 1)),
        ([5, 0], 7, (7, 0)),
        ([1, 2], 0, (0, 0)),
    ],
)
def test_whole_items_go_to_quotas_then_to_the_largest_remainders(weights, total, parts):
    assert apportion(weights, total=total) == parts


@pytest.mark.parametrize(
    ("weights", "total", "code"),
    [
        ([1, -1], 3, "weight_negative"),
        ([1, float("inf")], 3, "not_finite"),
        ([0, 0], 3, "no_weight"),
        ([], 3, "no_weight"),
        ([1], -1, "total_negative"),
    ],
)
def test_what_cannot_be_shared_out_is_refused(weights, total, code):
    with pytest.raises(AssessmentError, match=code):
        apportion(weights, total=total)


@given(st.lists(st.integers(1, 1000), min_size=1, max_size=8), st.integers(0, 200))
def test_parts_add_up_and_stay_within_one_of_their_quota(weights, total):
    parts = apportion([Fraction(weight) for weight in weights], total=total)

    assert sum(parts) == total
    assert all(
        abs(part - Fraction(weight * total, sum(weights))) < 1 + Fraction(1, 10**6)
        for part, weight in zip(parts, weights, strict=True)
    )
