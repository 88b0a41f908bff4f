"""Linking against the values of plink for Kolen & Brennan's forms, and where the answer is known."""

import csv
from dataclasses import replace

import pytest

from assessments.errors import AssessmentError
from assessments.irt.items import CalibratedItem
from assessments.irt.linking import Method, link
from assessments.results import document
from tests.assessments.irt.samples import DATA


def form(name):
    """A form of 36 items, of which every third is common; slopes in the logistic metric (D = 1.7)."""
    with (DATA / "kolen_brennan.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["form"] == name]
    return [
        CalibratedItem(
            row["item"] if int(row["item"]) % 3 == 0 else name + row["item"],
            1.7 * float(row["a"]),
            (float(row["b"]),),
            guessing=float(row["c"]),
        )
        for row in rows
    ]


@pytest.mark.parametrize(
    ("method", "slope", "intercept"),
    [
        (Method.MEAN_MEAN, 1.2173, -0.5572),
        (Method.MEAN_SIGMA, 1.1689, -0.5155),
        (Method.HAEBARA, 1.0929, -0.4575),
        (Method.STOCKING_LORD, 1.1015, -0.4765),
    ],
)
def test_kolen_and_brennans_forms_as_linked_by_plink(method, slope, intercept):
    found = link(form("X"), form("Y"), method=method)

    assert (round(found.slope, 4), round(found.intercept, 4)) == (slope, intercept)
    assert len(found.common) == 12
    assert document(found)


MIXED = [
    CalibratedItem("2pl", 1.7, (-0.4,)),
    CalibratedItem("gpcm", 0.8, (-0.5, 0.9, 0.1)),
    CalibratedItem("graded", 1.4, (-1.0, 0.2, 1.1), is_graded=True),
    CalibratedItem("3pl", 1.3, (0.5,), guessing=0.2),
]


def moved(items, slope, intercept):
    return [
        CalibratedItem(
            one.item,
            one.slope / slope,
            tuple(slope * threshold + intercept for threshold in one.thresholds),
            one.guessing,
            one.is_graded,
        )
        for one in items
    ]


@pytest.mark.parametrize("method", Method)
@pytest.mark.parametrize(("slope", "intercept"), [(1.0, 0.0), (1.3, -0.7), (0.6, 1.2)])
def test_a_known_transformation_is_found_and_applied(method, slope, intercept):
    target = moved(MIXED, slope, intercept)

    found = link(MIXED, target, method=method)

    assert (found.slope, found.intercept) == pytest.approx((slope, intercept), abs=1e-6)
    for one, other in zip(MIXED, target, strict=True):
        assert found.apply(one).thresholds == pytest.approx(other.thresholds, abs=1e-5)
        assert found.apply(one).slope == pytest.approx(other.slope, abs=1e-5)


@pytest.mark.parametrize("method", [Method.MEAN_MEAN, Method.MEAN_SIGMA])
def test_moment_methods_lead_back_by_their_inverse(method):
    there, back = link(form("X"), form("Y"), method=method), link(form("Y"), form("X"), method=method)

    assert back.slope == pytest.approx(1 / there.slope)
    assert back.intercept == pytest.approx(-there.intercept / there.slope)


def test_few_common_items_are_a_caution():
    found = link(MIXED, MIXED, method=Method.HAEBARA)

    assert [finding.code for finding in found.provenance.warnings] == ["few_common_items"]


def test_an_item_that_moved_is_named():
    source = form("X")
    target = [replace(source[4], thresholds=(source[4].thresholds[0] + 0.8,)), *source[:4], *source[5:]]

    found = link(source, target, method=Method.STOCKING_LORD)

    assert [finding.code for finding in found.provenance.warnings] == ["item_drift"]
    assert found.provenance.warnings[0].message.endswith("X5")


FLAT = [CalibratedItem("a", 1.0, (0.5,)), CalibratedItem("b", 1.2, (0.5,))]


@pytest.mark.parametrize(
    ("source", "target", "method", "code"),
    [
        (MIXED, MIXED[:1], Method.MEAN_MEAN, "too_few_common_items"),
        ([], MIXED, Method.MEAN_MEAN, "no_items"),
        (FLAT, FLAT, Method.MEAN_SIGMA, "no_spread"),
        (MIXED, [*MIXED[:3], CalibratedItem("3pl", 1, (0.0, 1.0))], Method.HAEBARA, "categories_differ"),
    ],
)
def test_what_cannot_be_linked_is_refused(source, target, method, code):
    with pytest.raises(AssessmentError) as refusal:
        link(source, target, method=method)

    assert refusal.value.code == code


def test_a_search_without_an_end_is_refused():
    with pytest.raises(AssessmentError) as refusal:
        link(form("X"), form("Y"), method=Method.HAEBARA, limit=1)

    assert refusal.value.code == "link_not_found"
