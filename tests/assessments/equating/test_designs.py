"""What may be equated: whole scores on their scales, in one, two or two anchored groups."""

import numpy as np
import pytest

from assessments.equating import DesignKind, RawScale, anchor_groups, random_groups, single_group
from assessments.errors import AssessmentError

FORM, SHORT = RawScale(0, 3), RawScale(0, 1)


def test_candidates_of_random_groups_are_counted_by_score():
    design = random_groups([0, 1, 1, 3], [2, 2], new=FORM, old=FORM)

    assert design.kind is DesignKind.RANDOM_GROUPS
    assert [margin.tolist() for margin in design.margins()] == [[1, 2, 0, 1], [0, 0, 2, 0]]
    assert design.sizes == (4, 2)


def test_candidates_of_a_single_group_are_counted_by_both_scores():
    design = single_group([[0, 1], [3, 1]], new=FORM, old=RawScale(1, 2))

    assert design.groups[0].tolist() == [[1, 0], [0, 0], [0, 0], [1, 0]]
    assert [margin.tolist() for margin in design.margins()] == [[1, 0, 0, 1], [2, 0]]


def test_a_scale_need_not_start_at_zero():
    design = random_groups([-1, 2], [10], new=RawScale(-1, 2), old=RawScale(9, 10))

    assert [margin.tolist() for margin in design.margins()] == [[1, 0, 0, 1], [0, 1]]


@pytest.mark.parametrize(
    ("internal", "cells"), [(True, [[1, 0], [1, 1], [1, 1], [0, 1]]), (False, [[1, 1]] * 4)]
)
def test_an_internal_anchor_rules_out_scores_that_its_points_cannot_be_part_of(internal, cells):
    design = anchor_groups([[0, 0], [3, 1]], [[1, 1]], new=FORM, old=FORM, anchor=SHORT, internal=internal)

    for group in range(2):
        assert np.array_equal(design.possible(group), cells)


@pytest.mark.parametrize(
    ("read", "code"),
    [
        (lambda: RawScale(3, 3), "scale_empty"),
        (lambda: random_groups([0.5], [1], new=FORM, old=FORM), "not_whole"),
        (lambda: random_groups([0], [4], new=FORM, old=FORM), "off_scale"),
        (lambda: random_groups([-1], [1], new=FORM, old=FORM), "off_scale"),
        (lambda: random_groups([float("nan")], [1], new=FORM, old=FORM), "missing_cell"),
        (lambda: random_groups([float("inf")], [1], new=FORM, old=FORM), "not_finite"),
        (lambda: random_groups([], [1], new=FORM, old=FORM), "no_data"),
        (lambda: single_group([[1, 2, 3]], new=FORM, old=FORM), "columns"),
        (
            lambda: anchor_groups([[1, 0]], [[0, 1]], new=FORM, old=FORM, anchor=SHORT, internal=True),
            "anchor_not_within",
        ),
    ],
)
def test_what_cannot_be_a_score_is_refused(read, code):
    with pytest.raises(AssessmentError) as refusal:
        read()

    assert refusal.value.code == code


def test_a_score_that_its_anchor_rules_out_is_named():
    with pytest.raises(AssessmentError) as refusal:
        anchor_groups([[1, 0]], [[3, 0]], new=FORM, old=FORM, anchor=SHORT, internal=True)

    assert refusal.value.facts == {"form": "old", "score": 3, "anchor": 0}
