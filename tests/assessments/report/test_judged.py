"""The report of a judged component: agreement, severity, how many assessors are enough."""

from dataclasses import replace

import pytest

from assessments.estimates import FigureVerdict
from assessments.report import REPORT_LINES, NewLine, drawn, judged_report
from assessments.results import document
from tests.factories.reports import a_judged_material


@pytest.fixture(scope="module")
def report():
    return judged_report(a_judged_material(), lines=REPORT_LINES)


def test_the_severe_assessor_is_found_and_the_others_are_not(report) -> None:
    missed = [one.assessor for one in report.assessors if one.severity.verdict is FigureVerdict.NOT_MET]

    assert missed == ["A6"]


def test_severity_is_told_with_its_sign_and_judged_by_its_size(report) -> None:
    severe = report.assessors[-1].severity

    assert severe.estimate.value > severe.threshold.value
    assert severe.threshold.source


def test_more_assessors_are_more_dependable(report) -> None:
    values = [one.phi.value for one in report.raters]

    assert values == sorted(values)
    assert report.raters[1].phi == report.dependability.estimate


def test_the_fewest_assessors_that_reach_the_line_are_named(report) -> None:
    line = report.dependability.threshold.value
    reached = [one.raters for one in report.raters if one.phi.value >= line]

    assert report.raters_enough == min(reached)


def test_a_line_out_of_reach_leaves_the_number_open() -> None:
    lines = drawn({"dependability": NewLine(0.999, "x")})

    assert judged_report(a_judged_material(), lines=lines).raters_enough is None


def test_verdicts_that_differed_are_counted_by_candidate() -> None:
    material = a_judged_material(40)
    half = [
        replace(marking, verdicts_differed=place % 2 == 0) for place, marking in enumerate(material.markings)
    ]

    report = judged_report(replace(material, markings=tuple(half)), lines=REPORT_LINES)

    assert report.agreement.verdicts_agree.estimate.value == 0.5
    assert report.agreement.verdicts_agree.verdict is FigureVerdict.NOT_MET


def test_of_eight_candidates_nothing_is_estimated(report) -> None:
    small = judged_report(a_judged_material(8), lines=REPORT_LINES)

    figures = (
        small.alpha,
        small.dependability,
        small.agreement.exact,
        small.agreement.adjacent,
        small.agreement.kappa,
        small.agreement.verdicts_agree,
        small.agreement.adjudicated,
    )
    assert {figure.reason for figure in figures} == {"too_few_persons"}
    assert (small.assessors, small.assessors_reason) == ((), "too_few_persons")
    assert (small.raters, small.raters_enough, small.items_reason) == ((), None, "too_few_persons")


def test_a_period_without_candidates_is_a_report_too() -> None:
    report = judged_report(a_judged_material(0), lines=REPORT_LINES)

    assert (report.n, report.alpha.reason, report.passes) == (0, "no_data", ())


def test_the_document_keeps_every_digit_as_text(report) -> None:
    told = document(report)

    assert float(told["alpha"]["estimate"]["value"]) == report.alpha.estimate.value
