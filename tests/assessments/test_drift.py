"""Drift: published intervals, the robust z by hand, cohorts that differ, and items that moved."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep

from assessments.drift import item_drift, robust_z
from assessments.errors import AssessmentError, NotEstimable
from assessments.results import document


def cohorts(*, seed, n_persons=500, n_items=30, ability=0.0, moved=None):
    """Numbers right in two periods; `ability`: logits by which the later cohort is better."""
    draw = np.random.default_rng(seed)
    difficulty = np.linspace(-1.5, 1.5, n_items)
    later = difficulty - ability
    for item, logits in (moved or {}).items():
        later[item] += logits
    seen = np.full(n_items, n_persons)
    return (
        draw.binomial(seen, 1 / (1 + np.exp(difficulty))),
        seen,
        draw.binomial(seen, 1 / (1 + np.exp(later))),
        seen,
    )


def test_the_change_carries_newcombes_interval():
    # Newcombe 1998, table II (a): 56/70 - 48/80 by method 10 gives 0.0524 to 0.3339.
    before = np.array([48, *range(20, 29)])
    after = np.array([56, *range(30, 39)])

    item = item_drift(before, np.full(10, 80), after, np.full(10, 70)).items[0]

    assert round(item.p_change.value, 4) == 0.2
    assert [round(end, 4) for end in item.p_change.ci] == [0.0524, 0.3339]


@settings(deadline=None)
@given(st.integers(0, 80), st.integers(0, 70))
def test_the_interval_is_that_of_statsmodels(right_before, right_after):
    others = np.arange(10, 19)

    item = item_drift(
        np.array([right_before, *others]),
        np.full(10, 80),
        np.array([right_after, *others[::-1]]),
        np.full(10, 70),
    ).items[0]

    oracle = confint_proportions_2indep(right_after, 70, right_before, 80, method="newcomb", compare="diff")
    assert np.allclose(item.p_change.ci, oracle, atol=1e-9)


def test_robust_z_uses_the_median_and_the_interquartile_range():
    # Median 3, quartiles 2 and 4: (10 - 3) / (0.74 x 2).
    assert robust_z([1, 2, 3, 4, 10]) == pytest.approx([-2 / 1.48, -1 / 1.48, 0, 1 / 1.48, 7 / 1.48])


def test_an_item_that_leaked_is_found_in_a_better_cohort():
    counts = cohorts(seed=1, ability=0.5, moved={7: -1.2})

    result = item_drift(*counts)

    assert [item.item for item in result.items if item.is_flagged] == ["item8"]
    leaked = result.items[7]
    assert leaked.robust_z < -1.645
    assert leaked.relative_change.ci[1] < 0
    assert leaked.p_change.ci[0] > 0
    assert document(result)


def test_a_better_cohort_alone_moves_no_item():
    flags = [
        item.is_flagged for seed in range(20) for item in item_drift(*cohorts(seed=seed, ability=0.8)).items
    ]

    assert np.mean(flags) < 0.01


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 1000))
def test_swapping_the_periods_flips_the_signs(seed):
    right_before, seen_before, right_after, seen_after = cohorts(seed=seed)

    one = item_drift(right_before, seen_before, right_after, seen_after)
    other = item_drift(right_after, seen_after, right_before, seen_before)

    assert np.isclose(one.correlation, other.correlation)
    assert np.isclose(one.sd_ratio, 1 / other.sd_ratio)
    for item, mirrored in zip(one.items, other.items, strict=True):
        assert np.isclose(item.p_change.value, -mirrored.p_change.value)
        assert np.isclose(item.robust_z, -mirrored.robust_z, atol=1e-9)


def test_items_that_no_longer_stand_as_they_did_are_told():
    right_before, seen, right_after, _ = cohorts(seed=2)

    shuffled = item_drift(right_before, seen, right_after[::-1], seen)
    squeezed = item_drift(right_before, seen, (right_after + 750) // 4, seen)

    assert [finding.code for finding in shuffled.provenance.warnings] == ["scale_moved"]
    assert [finding.code for finding in squeezed.provenance.warnings] == ["scale_stretched"]


def test_small_cohorts_carry_a_caution():
    result = item_drift(*cohorts(seed=3, n_persons=99))

    assert "few_persons" in [finding.code for finding in result.provenance.warnings]


def test_items_that_all_or_none_have_right_stay_finite():
    right_before, seen, right_after, _ = cohorts(seed=4)
    right_before[0], right_after[0], right_before[1], right_after[1] = 500, 500, 0, 0

    result = item_drift(right_before, seen, right_after, seen)

    assert result.items[0].p_change.value == 0
    assert document(result)


@pytest.mark.parametrize(
    ("right_before", "seen_before", "right_after", "seen_after", "error", "code"),
    [
        ([1, 2], [60], [1, 2], [60, 60], AssessmentError, "shapes_differ"),
        ([1, 2], [60, 60], [1], [60], AssessmentError, "shapes_differ"),
        ([61, 2], [60, 60], [1, 2], [60, 60], AssessmentError, "not_counts"),
        ([-1, 2], [60, 60], [1, 2], [60, 60], AssessmentError, "not_counts"),
        ([1.5, 2], [60, 60], [1, 2], [60, 60], AssessmentError, "not_counts"),
        ([1, 2], [60, 60], [1, 2], [60, 60.5], AssessmentError, "not_counts"),
        ([1] * 9, [60] * 9, [1] * 9, [60] * 9, NotEstimable, "too_few_items"),
        (range(10), [49] * 10, range(10), [60] * 10, NotEstimable, "too_few_persons"),
        ([30] * 10, [60] * 10, range(10), [60] * 10, NotEstimable, "no_item_spread"),
        (range(10), [60] * 10, range(10), [60] * 10, NotEstimable, "no_item_spread"),
    ],
)
def test_what_cannot_be_compared_is_refused(right_before, seen_before, right_after, seen_after, error, code):
    with pytest.raises(error, match=code):
        item_drift(right_before, seen_before, right_after, seen_after)
