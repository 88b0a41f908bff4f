"""Exposure: rates, limits and overlaps by hand, the expected overlap by enumeration."""

from itertools import combinations

import pytest

from assessments.errors import AssessmentError, NotEstimable
from assessments.exposure import ExposureLimits, exposure
from assessments.results import document

FORMS = {"A": ["i1", "i2", "i3"], "B": ["i2", "i3", "i4"], "C": ["i5", "i6", "i7"]}
SITTINGS = {"A": 4, "B": 3, "C": 3}


def test_items_are_counted_over_forms():
    result = exposure(FORMS, SITTINGS, limits=ExposureLimits(rate=0.7, uses=4))

    by_item = {item.item: item for item in result.items}
    assert (by_item["i2"].n_seen, by_item["i2"].rate, by_item["i2"].n_forms) == (7, 0.7, 2)
    assert by_item["i2"].flags == ("rate", "uses")
    assert by_item["i1"].flags == ("uses",)
    assert by_item["i5"].flags == ()
    assert document(result)


def test_forms_that_share_too_much_are_flagged():
    result = exposure(FORMS, SITTINGS)

    assert [(pair.first, pair.second, pair.n_common, pair.is_flagged) for pair in result.overlaps] == [
        ("A", "B", 2, True),
        ("A", "C", 0, False),
        ("B", "C", 0, False),
    ]
    assert result.overlaps[0].share == pytest.approx(2 / 3)


def test_the_expected_overlap_is_the_mean_over_all_pairs_of_candidates():
    result = exposure(FORMS, SITTINGS)

    candidates = [set(FORMS[form]) for form, count in SITTINGS.items() for _ in range(count)]
    shares = [len(one & other) / 3 for one, other in combinations(candidates, 2)]
    assert result.expected_overlap == pytest.approx(sum(shares) / len(shares))


@pytest.mark.parametrize(
    ("forms", "sittings"), [({"A": ["i1"], "B": ["i1", "i2"]}, {"A": 2, "B": 2}), ({"A": ["i1"]}, {"A": 1})]
)
def test_without_one_length_or_two_candidates_no_overlap_is_expected(forms, sittings):
    assert exposure(forms, sittings).expected_overlap is None


@pytest.mark.parametrize(
    ("forms", "sittings", "error", "code"),
    [
        ({"A": ["i1"]}, {"B": 1}, AssessmentError, "forms_differ"),
        ({"A": []}, {"A": 1}, AssessmentError, "empty_form"),
        ({"A": ["i1", "i1"]}, {"A": 1}, AssessmentError, "item_repeated"),
        ({"A": ["i1"]}, {"A": -1}, AssessmentError, "negative_sittings"),
        ({"A": ["i1"]}, {"A": 0}, NotEstimable, "no_sittings"),
        ({}, {}, NotEstimable, "no_sittings"),
    ],
)
def test_what_cannot_be_counted_is_refused(forms, sittings, error, code):
    with pytest.raises(error, match=code):
        exposure(forms, sittings)


@pytest.mark.parametrize("limits", [{"rate": 0}, {"rate": 1.1}, {"overlap": 0}, {"uses": 0}])
def test_limits_that_limit_nothing_are_refused(limits):
    with pytest.raises(AssessmentError, match="limit_out_of_range"):
        ExposureLimits(**limits)
