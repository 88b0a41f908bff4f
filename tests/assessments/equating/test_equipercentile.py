"""Percentiles against the worked examples of Kolen & Brennan, their definition, and what they promise."""

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.equating import RawScale
from assessments.equating.equipercentile import LEAST_SHARE, equipercentile, frequency_estimation
from assessments.errors import NotEstimable

EXAMPLE = Path(__file__).parents[2] / "data" / "equating" / "kolen_brennan_chapter_5.csv"
FIVE, SIX = RawScale(0, 4), RawScale(0, 5)
COUNTS = st.lists(st.integers(1, 50), min_size=3, max_size=10).map(lambda counts: np.array(counts, float))


def joint(form):
    with EXAMPLE.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["form"] == form]
    return np.array([[float(row[f"anchor_{score}"]) for score in range(4)] for row in rows]) / 100


def equate(new, old, points=None):
    scales = (RawScale(0, len(new) - 1), RawScale(0, len(old) - 1))
    return equipercentile(new, old, scales=scales, points=scales[0].points() if points is None else points)


def by_definition(new, old, score):
    """Find the equivalent as the textbook spells it out, interval by interval."""
    new, old = new / new.sum(), old / old.sum()
    rank = new[:score].sum() + new[score] / 2
    upper = next(place for place in range(len(old)) if old[: place + 1].sum() > rank)
    return upper - 0.5 + (rank - old[:upper].sum()) / old[upper]


def test_the_first_example_of_kolen_and_brennan_is_found_to_the_printed_digits():
    new, old = np.array([0.2, 0.3, 0.2, 0.2, 0.1]), np.array([0.1, 0.2, 0.2, 0.3, 0.2])

    found = equipercentile(new, old, scales=(FIVE, FIVE), points=FIVE.points())

    assert np.round(found, 4).tolist() == [0.5, 1.75, 2.8333, 3.5, 4.25]


def test_their_example_of_frequency_estimation_is_found_to_the_printed_digits():
    synthetic = frequency_estimation(joint("new"), joint("old"), 1.0)

    found = equipercentile(*synthetic, scales=(SIX, SIX), points=SIX.points())

    assert np.round(found, 2).tolist() == [-0.02, 0.83, 1.76, 2.92, 3.98, 5.0]


@pytest.mark.parametrize("weight", [0.0, 0.3, 1.0])
def test_frequency_estimation_reweighs_the_distributions_given_the_anchor(weight):
    new, old = joint("new"), joint("old")
    anchors = weight * new.sum(axis=0) + (1 - weight) * old.sum(axis=0)

    found = frequency_estimation(new, old, weight)

    for estimated, table in zip(found, (new, old), strict=True):
        expected = [
            sum(anchors[v] * table[score, v] / table[:, v].sum() for v in range(4)) for score in range(6)
        ]
        assert estimated == pytest.approx(expected)


@pytest.mark.parametrize("weight", [0.0, 0.5, 1.0])
def test_an_anchor_score_that_one_population_never_reached_carries_nothing_over(weight):
    new, old = joint("new"), joint("old")
    old[:, 3] = 0

    if weight == 0:
        assert frequency_estimation(new, old, weight)[0].sum() == pytest.approx(old.sum())
        return
    with pytest.raises(NotEstimable) as refusal:
        frequency_estimation(new, old, weight)

    assert (refusal.value.code, refusal.value.facts) == ("anchor_not_covered", {"place": 3, "places": 1})


@given(COUNTS, COUNTS)
def test_equivalents_are_those_of_the_definition(new, old):
    found = equate(new, old)

    assert found == pytest.approx([by_definition(new, old, score) for score in range(len(new))], abs=1e-9)


@given(COUNTS)
def test_a_form_is_equivalent_to_itself(counts):
    assert equate(counts, counts) == pytest.approx(np.arange(len(counts)), abs=1e-9)


@given(COUNTS, COUNTS)
def test_equating_there_and_back_is_the_identity(new, old):
    there = equate(new, old)

    assert equate(old, new, points=there) == pytest.approx(np.arange(len(new)), abs=1e-6)


@given(st.lists(st.integers(0, 9), min_size=3, max_size=12).filter(any), COUNTS)
@settings(max_examples=50)
def test_equivalents_rise_and_stay_inside_the_old_scale(new, old):
    found = equate(np.array(new, float), old)

    assert np.all(np.diff(found) > 0)
    assert found[0] >= -0.5
    assert found[-1] <= len(old) - 0.5


def test_scores_that_nobody_reached_get_a_share_too_small_to_matter():
    counts = np.array([0, 0, 3, 4, 0, 3], float)

    assert equate(counts, counts) == pytest.approx(np.arange(6), abs=1e-9)
    assert LEAST_SHARE * 100 < 1e-3
