"""The report of a form: what stands in it, what is refused, and that it can be made again."""

from dataclasses import replace
from fractions import Fraction

import pytest

from assessments.errors import AssessmentError
from assessments.estimates import FigureVerdict
from assessments.items import item_analysis
from assessments.reliability import cronbach_alpha
from assessments.report import REPORT_LINES, NewLine, drawn, form_report
from assessments.report.groups import LEAST_GROUP
from assessments.results import document
from tests.factories.reports import a_form_material


@pytest.fixture(scope="module")
def material():
    return a_form_material()


@pytest.fixture(scope="module")
def report(material):
    return form_report(material, lines=REPORT_LINES, seed=1)


def test_the_figures_are_those_of_the_methods(material, report) -> None:
    alone = cronbach_alpha([[float(points) for points in row] for row in material.scores])

    assert report.alpha.estimate == alone.coefficient
    assert report.sem.estimate.value == alone.sem
    assert report.items == item_analysis(material.choices, material.key).items


def test_every_figure_names_method_number_line_and_verdict(report) -> None:
    assert (report.alpha.method, report.alpha.n) == ("cronbach-alpha/1", 200)
    assert report.alpha.threshold.source
    assert report.alpha.verdict is FigureVerdict.MET


def test_a_cut_error_above_its_line_is_not_met(report) -> None:
    junior, senior = report.cuts

    assert (junior.cut_error.verdict, senior.cut_error.verdict) == (FigureVerdict.MET, FigureVerdict.NOT_MET)


def test_consistency_at_each_cut_comes_with_its_interval(report) -> None:
    for cut in report.cuts:
        low, high = cut.consistency.estimate.ci
        assert 0.7 < low < cut.consistency.estimate.value < high < 1


def test_a_wrong_key_is_found(report) -> None:
    codes = {flag.code for flag in report.items[2].flags}

    assert {"check_key", "miskey"} <= codes


def test_an_item_that_is_harder_for_a_group_is_found(report) -> None:
    [compared] = report.groups
    found = {item.item: item for item in compared.items}

    assert (compared.reference, compared.focal) == ("man", "woman")
    assert found["K-005"].difference.value < -1


def test_the_passes_are_counted_by_the_level_that_was_sought(material, report) -> None:
    cuts = {cut.level: cut.cut for cut in material.cuts}
    expected = {
        level: sum(
            sum(row) >= cuts[level]
            for row, own in zip(material.scores, material.levels, strict=True)
            if own == level
        )
        for level in (3, 4)
    }

    assert {passes.level: passes.passed for passes in report.passes} == expected
    assert sum(passes.n for passes in report.passes) == 200


def test_the_same_material_and_seed_give_the_same_document(material, report) -> None:
    assert document(form_report(material, lines=REPORT_LINES, seed=1)) == document(report)


def test_of_eight_candidates_nothing_is_estimated_and_each_figure_says_why() -> None:
    report = form_report(a_form_material(8), lines=REPORT_LINES, seed=1)

    figures = [report.mean, report.alpha, report.sem, *(cut.consistency for cut in report.cuts)]
    assert {figure.verdict for figure in figures} == {FigureVerdict.NOT_ESTIMABLE}
    assert {figure.reason for figure in figures} == {"too_few_persons"}
    assert (report.items, report.items_reason, report.distribution) == ((), "too_few_persons", ())


def test_a_period_without_candidates_is_a_report_too() -> None:
    report = form_report(a_form_material(0), lines=REPORT_LINES, seed=1)

    assert (report.n, report.passes, report.alpha.reason) == (0, (), "no_data")


def test_of_forty_candidates_items_are_analysed_and_decisions_are_not() -> None:
    report = form_report(a_form_material(40), lines=REPORT_LINES, seed=1)

    assert report.alpha.estimate is not None
    assert report.cuts[0].consistency.reason == "too_few_persons"
    assert "few_persons" in {caution.code for caution in report.cautions}


def test_a_group_below_the_gate_is_neither_named_nor_counted(material) -> None:
    labels = ["rare" if place < LEAST_GROUP - 1 else "common" for place in range(200)]
    few = replace(material, groups={"made_up": tuple(labels)})

    [compared] = form_report(few, lines=REPORT_LINES, seed=1).groups

    assert (compared.focal, compared.items, compared.reason) == (None, (), "too_few_persons")
    assert [outcome.group for outcome in compared.outcomes] == ["common"]
    assert "rare" not in str(document(compared))


def test_items_of_several_points_and_of_fractions_are_taken_as_they_are(material) -> None:
    halves = tuple((row[0] / 2, *(2 * points for points in row[1:])) for row in material.scores)
    points = replace(material, scores=halves, maxima=(1, *(2,) * 59), key=None, choices=(), groups={})

    report = form_report(points, lines=REPORT_LINES, seed=1)

    assert report.items[0].difficulty.value == pytest.approx(float(sum(row[0] for row in halves)) / 200)
    assert (report.maximum, report.cuts[0].csem.reason) == (119, "items_in_points")


def test_an_item_that_may_cost_points_moves_no_correlation(material) -> None:
    lowered = tuple(tuple(points - 1 for points in row) for row in material.scores)
    penalised = replace(material, scores=lowered, minima=(-1,) * 60, maxima=(0,) * 60, key=None, cuts=())

    report, before = (
        form_report(one, lines=REPORT_LINES, seed=1)
        for one in (penalised, replace(material, key=None, cuts=()))
    )

    assert [item.discrimination for item in report.items] == [item.discrimination for item in before.items]
    assert report.mean.estimate.value == pytest.approx(before.mean.estimate.value - 60)


def test_rows_that_do_not_belong_together_are_refused(material) -> None:
    with pytest.raises(AssessmentError, match="row_count"):
        form_report(replace(material, levels=(3,)), lines=REPORT_LINES, seed=1)


def test_a_body_draws_its_own_line_with_its_own_grounds(material) -> None:
    lines = drawn({"alpha": NewLine(0.99, "Board 2026")})

    report = form_report(replace(material, cuts=()), lines=lines, seed=1)

    assert (report.alpha.verdict, report.alpha.threshold.source) == (FigureVerdict.NOT_MET, "Board 2026")


@pytest.mark.parametrize(
    ("code", "value", "refusal"),
    [
        ("beauty", 0.5, "unknown_line"),
        ("alpha", 1.2, "line_out_of_range"),
        ("dependability", 1, "line_out_of_range"),
    ],
)
def test_a_line_that_is_none_is_refused(code: str, value: float, refusal: str) -> None:
    with pytest.raises(AssessmentError, match=refusal):
        drawn({code: NewLine(value, "x")})


def test_scores_that_are_all_alike_have_no_reliability() -> None:
    alike = a_form_material(60, 4)
    same = replace(alike, scores=((Fraction(1),) * 4,) * 60, cuts=alike.cuts[:1])

    report = form_report(same, lines=REPORT_LINES, seed=1)

    assert (report.alpha.reason, report.cuts[0].kappa.reason) == ("constant_scores", "constant_scores")
