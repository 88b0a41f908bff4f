"""Mantel-Haenszel DIF: the ETS rule, what simulation planted, and what may not change the answer."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mirt.utils.empirical import mantel_haenszel as peer

from assessments.dif.comparison import ItemClass, compare_groups
from assessments.dif.mantel_haenszel import ets_class, mantel_haenszel
from assessments.dif.purification import Purification
from assessments.estimates import Estimate
from assessments.results import document
from tests.assessments.dif.simulated import rasch_answers

PLANTED = {3: 1.5}


def comparison(scores, groups, **options):
    return compare_groups(scores, groups, reference="R", focal="F", **options)


@pytest.mark.parametrize(
    ("value", "se", "p", "expected"),
    [
        (0.99, 0.1, 0.001, ItemClass.A),
        (-3.0, 1.6, 0.06, ItemClass.A),
        (-1.2, 0.3, 0.001, ItemClass.B),
        (1.49, 0.1, 0.001, ItemClass.B),
        # 1.5 - 1.645 x 0.304 is just below 1, 1.5 - 1.645 x 0.303 just above.
        (1.5, 0.304, 0.001, ItemClass.B),
        (-1.5, 0.303, 0.001, ItemClass.C),
    ],
)
def test_classes_follow_size_and_significance(value, se, p, expected):
    assert ets_class(Estimate(value, se), p) is expected


@pytest.mark.parametrize("mode", Purification)
def test_a_planted_difference_is_found_and_its_size_told(mode):
    scores, groups = rasch_answers(seed=5, n_persons=2000, n_items=20, harder=PLANTED, impact=0.5)

    result = mantel_haenszel(comparison(scores, groups), purification=mode)

    found = {item.item: item for item in result.items if item.ets_class is not ItemClass.A}
    assert list(found) == ["item4"]
    assert found["item4"].ets_class is ItemClass.C
    # 1.5 logits on the delta scale.
    assert abs(found["item4"].d_dif.value + 2.35 * 1.5) < 2 * found["item4"].d_dif.se
    assert ("item4" in result.anchor) is (mode is Purification.NONE)
    assert document(result)


def test_a_band_per_score_is_what_the_peer_computes():
    scores, groups = rasch_answers(seed=6, n_persons=400, n_items=8, harder=PLANTED)
    focal = np.array([group == "F" for group in groups]).astype(int)

    result = mantel_haenszel(comparison(scores, groups), purification=Purification.NONE)

    for column, item in enumerate(result.items):
        # The finest quantile bands leave each score alone.
        chi2, p, ratio = peer(scores, focal, scores.sum(axis=1), column, n_strata=400)
        assert np.allclose([item.chi2, item.p, item.odds_ratio.value], [chi2, p, ratio], rtol=1e-9)


def test_without_a_difference_few_items_are_flagged():
    flags = [
        item.p < 0.05
        for seed in range(10)
        for item in mantel_haenszel(
            comparison(*rasch_answers(seed=seed, n_persons=600, n_items=20, impact=0.5)),
            purification=Purification.NONE,
        ).items
    ]

    # 200 tests at .05: with the continuity correction at most about 10, and 3 % to 8 % of chance.
    assert 0.01 <= np.mean(flags) <= 0.08


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 1000))
def test_swapping_the_groups_flips_the_signs_and_nothing_else(seed):
    scores, groups = rasch_answers(seed=seed, n_persons=200, n_items=6, harder=PLANTED)

    one = mantel_haenszel(compare_groups(scores, groups, reference="R", focal="F"))
    other = mantel_haenszel(compare_groups(scores, groups, reference="F", focal="R"))

    assert one.anchor == other.anchor
    for item, mirrored in zip(one.items, other.items, strict=True):
        assert np.isclose(item.d_dif.value, -mirrored.d_dif.value, atol=1e-9)
        assert np.isclose(item.chi2, mirrored.chi2, atol=1e-9)
        assert item.ets_class is mirrored.ets_class


@settings(max_examples=15, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_persons_and_items_and_their_labels_change_nothing(shuffler):
    scores, groups = rasch_answers(seed=9, n_persons=200, n_items=6, harder=PLANTED)
    rows, columns = list(range(200)), list(range(6))
    shuffler.shuffle(rows)
    shuffler.shuffle(columns)
    relabelled = [{"R": "x", "F": "y"}[groups[row]] for row in rows]

    straight = mantel_haenszel(comparison(scores, groups, items=list("abcdef")))
    shuffled = mantel_haenszel(
        compare_groups(
            scores[rows][:, columns],
            relabelled,
            reference="x",
            focal="y",
            items=["abcdef"[column] for column in columns],
        )
    )

    by_item = {item.item: item for item in shuffled.items}
    for item in straight.items:
        assert np.isclose(item.d_dif.value, by_item[item.item].d_dif.value, atol=1e-9)
        assert item.ets_class is by_item[item.item].ets_class


def test_items_that_say_nothing_are_refused_one_by_one():
    scores, groups = rasch_answers(seed=3, n_persons=300, n_items=20)
    focal = np.array([group == "F" for group in groups])
    scores[:, 0] = 1
    scores[:, 1] = ~focal
    scores[:, 2] = 0

    result = mantel_haenszel(comparison(scores, groups))

    assert {refusal.item: refusal.reason for refusal in result.refused} == {
        "item1": "no_variation",
        "item2": "empty_cells",
        "item3": "no_variation",
    }
    assert len(result.items) == 17
    assert not {"item1", "item2", "item3"} & set(result.anchor)


def test_groups_that_share_no_score_are_compared_on_no_item():
    scores = np.repeat(np.array([[0.0, 0.0], [1.0, 1.0]]), 60, axis=0)

    result = mantel_haenszel(comparison(scores, ["R"] * 60 + ["F"] * 60))

    assert result.items == ()
    assert {refusal.reason for refusal in result.refused} == {"no_overlap"}


def test_bands_match_more_persons_than_single_scores():
    scores, groups = rasch_answers(seed=4, n_persons=120, n_items=30, impact=1.0)

    fine = mantel_haenszel(comparison(scores, groups))
    coarse = mantel_haenszel(comparison(scores, groups), bands=4, correction=False)

    assert min(item.n_matched for item in fine.items) < min(item.n_matched for item in coarse.items) == 120
    assert coarse.provenance.options["bands"] == 4
