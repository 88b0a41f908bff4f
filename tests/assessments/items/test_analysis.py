"""Items from their scores: the published example, flags by interval, and what is refused."""

from pathlib import Path

import numpy as np
import pytest

from assessments.errors import AssessmentError, NotEstimable
from assessments.estimates import Direction, FigureVerdict, Threshold
from assessments.items import ITEM_LINES, scored_item_analysis
from assessments.results import document

ATTITUDE = np.loadtxt(
    Path(__file__).parents[2] / "data" / "attitude" / "attitude.csv", delimiter=",", skiprows=1
)


def rasch(n_persons, difficulties, seed=1):
    rng = np.random.default_rng(seed)
    chances = 1 / (1 + np.exp(np.array(difficulties) - rng.normal(size=(n_persons, 1))))
    return (rng.random(chances.shape) < chances).astype(float)


def flags(row):
    return {flag.code: flag.verdict for flag in row.flags}


def test_corrected_correlations_of_the_attitude_survey_are_as_printed_for_r_psych():
    found = scored_item_analysis(ATTITUDE, maxima=[100] * 7)

    rest = [round(row.discrimination.value, 2) for row in found.items]
    assert rest == [0.67, 0.74, 0.56, 0.71, 0.79, 0.27, 0.46]
    assert [round(100 * row.difficulty.value) for row in found.items] == [65, 67, 53, 56, 65, 75, 43]
    assert all(row.biserial is None for row in found.items)


def test_the_rest_score_leaves_the_item_out():
    table = rasch(200, [-1, 0, 1, 0.5])

    found = scored_item_analysis(table)

    for column, row in enumerate(found.items):
        rest = np.delete(table, column, axis=1).sum(axis=1)
        assert row.discrimination.value == pytest.approx(np.corrcoef(table[:, column], rest)[0, 1], abs=1e-12)
        assert row.biserial > row.discrimination.value
        assert row.upper_lower == pytest.approx(row.upper - row.lower)
        assert row.upper > row.difficulty.value > row.lower


def test_outer_groups_without_ties_are_the_best_and_the_weakest():
    table = np.tril(np.ones((100, 100)))

    row = scored_item_analysis(table).items[50]

    assert (row.upper, row.lower, row.upper_lower) == (1.0, 0.0, 1.0)


def test_the_order_of_persons_is_without_effect():
    table = rasch(120, [-1, 0, 1, 0.5])

    before, after = scored_item_analysis(table), scored_item_analysis(table[::-1])

    assert [row.upper for row in after.items] == pytest.approx([row.upper for row in before.items])
    assert [row.difficulty for row in after.items] == [row.difficulty for row in before.items]


def test_an_item_is_flagged_by_its_whole_interval():
    sound = rasch(2000, [0] * 20)
    easy, hard, against = np.ones(2000), np.zeros(2000), 1 - sound[:, 0]
    easy[:200], hard[:390] = 0, 1
    table = np.column_stack([sound, easy, hard, against])

    found = scored_item_analysis(table).items

    assert flags(found[1]) == {}
    assert flags(found[20])["easy"] is FigureVerdict.UNCERTAIN
    assert "too_easy" not in flags(found[20])
    assert (flags(found[21])["too_hard"], flags(found[21])["hard"]) == (
        FigureVerdict.UNCERTAIN,
        FigureVerdict.NOT_MET,
    )
    assert flags(found[22])["check_key"] is FigureVerdict.NOT_MET


def test_an_item_that_all_got_right_has_no_discrimination_and_stays_in_the_table():
    table = np.column_stack([rasch(200, [0, 0, 0]), np.ones(200)])

    row = scored_item_analysis(table).items[3]

    assert (row.discrimination, row.biserial, row.difficulty.value) == (None, None, 1.0)
    assert flags(row)["weak_discrimination"] is FigureVerdict.NOT_ESTIMABLE
    assert flags(row)["too_easy"] is FigureVerdict.NOT_MET


def test_a_body_may_set_its_own_lines_and_leave_some_out():
    lines = {"hard": Threshold(0.6, Direction.AT_LEAST, "our scheme committee")}

    found = scored_item_analysis(rasch(200, [0, 0, 0]), lines=lines)

    assert {flag.threshold.source for row in found.items for flag in row.flags} == {"our scheme committee"}
    assert len(ITEM_LINES) == 9


def test_the_result_names_items_counts_what_was_missing_and_becomes_json():
    table = rasch(120, [0, 0.5, 1])
    table[0, 0] = np.nan

    found = scored_item_analysis(table, items=["a", "b", "c"], missing="listwise")

    assert (found.provenance.n_persons, found.provenance.n_missing) == (119, 1)
    assert found.mean == pytest.approx(np.nansum(table[1:], axis=1).mean())
    assert document(found)["items"][2]["item"] == "c"


@pytest.mark.parametrize(
    ("call", "kind", "code"),
    [
        (lambda: scored_item_analysis(np.ones((9, 3))), NotEstimable, "too_few_persons"),
        (lambda: scored_item_analysis(np.ones((20, 1))), NotEstimable, "too_few_items"),
        (lambda: scored_item_analysis(np.full((20, 3), 2)), AssessmentError, "score_out_of_range"),
        (lambda: scored_item_analysis(np.full((20, 3), -1)), AssessmentError, "score_out_of_range"),
        (lambda: scored_item_analysis(np.ones((20, 3)), maxima=[1, 1]), AssessmentError, "maximum_count"),
        (
            lambda: scored_item_analysis(np.ones((20, 3)), maxima=[1, 1, 0]),
            AssessmentError,
            "maximum_not_positive",
        ),
        (lambda: scored_item_analysis(np.ones((20, 3)), level=1), AssessmentError, "level_out_of_range"),
    ],
)
def test_what_cannot_be_analysed_is_refused(call, kind, code):
    with pytest.raises(kind) as refused:
        call()

    assert refused.value.code == code
