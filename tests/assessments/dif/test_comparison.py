"""Who is compared: by consent, with enough persons, and matched on the score."""

import numpy as np
import pytest

from assessments.dif.comparison import (
    anchor_items,
    compare_groups,
    ensure_dichotomous,
    matching_findings,
    matching_score,
    strata,
)
from assessments.errors import AssessmentError, NotEstimable
from tests.assessments.dif.simulated import rasch_answers


def two_groups(n_reference, n_focal, *, n_items=2):
    return np.zeros((n_reference + n_focal, n_items)), ["R"] * n_reference + ["F"] * n_focal


def test_only_those_who_gave_one_of_the_two_labels_are_compared():
    scores, groups = two_groups(60, 60)
    groups[0], groups[1] = None, "other"

    comparison = compare_groups(scores, groups, reference="R", focal="F", items=["a", "b"])

    assert len(comparison.scores) == 118
    assert comparison.is_focal.sum() == 60
    assert comparison.items == ("a", "b")
    assert comparison.options["n_label_withheld"] == 1


def test_a_missing_answer_of_somebody_who_is_not_compared_does_not_matter():
    scores, groups = two_groups(60, 60)
    groups[0], scores[0, 0] = None, np.nan

    comparison = compare_groups(scores, groups, reference="R", focal="F")

    assert (len(comparison.scores), comparison.n_missing) == (119, 0)


def test_incomplete_persons_are_left_out_on_request_and_counted():
    scores, groups = two_groups(60, 60)
    scores[3, 1] = np.nan

    comparison = compare_groups(scores, groups, reference="R", focal="F", missing="listwise")

    assert (len(comparison.scores), comparison.n_missing) == (119, 1)
    assert comparison.options["n_incomplete"] == 1


@pytest.mark.parametrize(
    ("sizes", "thresholds"),
    [
        ((50, 50), ["100 persons", "100 persons"]),
        ((200, 99), ["100 persons"]),
        ((200, 100), ["200 persons"]),
        ((200, 200), []),
    ],
)
def test_small_groups_carry_a_caution(sizes, thresholds):
    scores, groups = two_groups(*sizes)

    comparison = compare_groups(scores, groups, reference="R", focal="F")

    assert [finding.threshold for finding in comparison.findings] == thresholds


def test_groups_below_fifty_are_not_compared():
    scores, groups = two_groups(60, 49)

    with pytest.raises(NotEstimable, match="too_few_persons") as refusal:
        compare_groups(scores, groups, reference="R", focal="F")

    assert refusal.value.facts == {"group": "F", "found": 49, "needed": 50}


def test_a_label_that_nobody_gave_is_a_group_that_is_too_small():
    scores, groups = two_groups(60, 60)

    with pytest.raises(NotEstimable, match="too_few_persons"):
        compare_groups(scores, groups, reference="X", focal="Y")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda scores, groups: (scores, groups[1:], "R"), "label_count"),
        (lambda scores, groups: (scores, groups, "F"), "groups_alike"),
        (lambda scores, groups: (scores + 1e7, groups, "R"), "score_too_large"),
        (lambda scores, groups: (scores[:, :1], groups, "R"), "too_few_items"),
        (lambda scores, groups: (np.where(np.eye(120, 2), np.nan, scores), groups, "R"), "missing_cell"),
    ],
)
def test_tables_that_cannot_be_compared_are_refused(change, code):
    scores, groups, reference = change(*two_groups(60, 60))

    with pytest.raises(AssessmentError, match=code):
        compare_groups(scores, groups, reference=reference, focal="F")


def test_a_partly_right_answer_is_not_dichotomous():
    scores, groups = two_groups(60, 60)
    scores[7, 1] = 0.5

    with pytest.raises(AssessmentError, match="not_dichotomous") as refusal:
        ensure_dichotomous(compare_groups(scores, groups, reference="R", focal="F"))

    assert refusal.value.facts["item"] == "item2"


def test_the_studied_item_counts_in_the_matching_score_once():
    scores, groups = rasch_answers(seed=1, n_persons=120, n_items=4)
    comparison = compare_groups(scores, groups, reference="R", focal="F")

    inside = matching_score(comparison, 0, frozenset({0, 1, 2}))
    outside = matching_score(comparison, 0, frozenset({1, 2}))

    assert np.array_equal(inside, scores[:, :3].sum(axis=1))
    assert np.array_equal(inside, outside)


def test_bands_are_about_equally_filled_and_keep_equal_scores_together():
    score = np.repeat(np.arange(10.0), 12)

    bands = strata(score, 5)

    assert list(np.bincount(bands)) == [24] * 5
    assert len(np.unique(np.column_stack([score, bands]), axis=0)) == 10
    assert list(np.bincount(strata(score, None))) == [12] * 10


def test_one_band_would_match_nothing():
    with pytest.raises(AssessmentError, match="too_few_bands"):
        strata(np.arange(5.0), 1)


def test_an_anchor_is_named_by_its_items():
    comparison = compare_groups(*two_groups(60, 60), reference="R", focal="F")

    assert anchor_items(comparison, None) == {0, 1}
    assert anchor_items(comparison, ["item2"]) == {1}
    with pytest.raises(AssessmentError, match="unknown_item"):
        anchor_items(comparison, ["item9"])
    with pytest.raises(NotEstimable, match="no_anchor"):
        anchor_items(comparison, [])


def test_persons_without_a_counterpart_are_told():
    comparison = compare_groups(*two_groups(200, 200), reference="R", focal="F")

    assert matching_findings(comparison, [400, 320]) == ()
    assert [finding.code for finding in matching_findings(comparison, [400, 319])] == ["few_matched"]
    assert matching_findings(comparison, []) == ()
