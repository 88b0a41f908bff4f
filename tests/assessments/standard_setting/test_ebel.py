"""Ebel: the grid's shares, weighted by how many items stand in each cell."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.errors import AssessmentError
from assessments.results import document
from assessments.standard_setting import Cell, Grid, Rounding, angoff, ebel

SOME = settings(max_examples=50, deadline=None)
GRID = Grid(("essential", "useful"), ("easy", "hard"))
EASY, HARD, USEFUL_EASY, USEFUL_HARD = GRID.cells()
SHARES = {
    EASY: Decimal("0.9"),
    HARD: Decimal("0.7"),
    USEFUL_EASY: Decimal("0.6"),
    USEFUL_HARD: Decimal("0.4"),
}
ITEMS = ("K-1", "K-2", "K-3", "K-4")


def a_placement(*cells):
    return dict(zip(ITEMS, cells, strict=True))


PLACED = {
    **{f"J{n}": a_placement(EASY, EASY, HARD, USEFUL_HARD) for n in range(1, 5)},
    "J5": a_placement(EASY, HARD, USEFUL_EASY, USEFUL_HARD),
}
AGREED = dict.fromkeys(PLACED, SHARES)


def codes(study):
    return [finding.code for finding in study.cut_score.provenance.warnings]


def test_the_cut_is_the_mean_of_the_judges_sums_over_cells():
    study = ebel(PLACED, AGREED, grid=GRID, rounding=Rounding.UP)

    # Four judges at 0.9 + 0.9 + 0.7 + 0.4 = 2.9 and one at 0.9 + 0.7 + 0.6 + 0.4 = 2.6.
    assert study.judge_cuts == (*[(f"J{n}", Decimal("2.90")) for n in range(1, 5)], ("J5", Decimal("2.60")))
    assert (study.cut_score.cut_raw, study.cut_score.cut) == (Fraction(71, 25), 3)
    assert study.cut_score.estimate.se == pytest.approx(0.06, abs=1e-6)
    assert (study.cut_score.n_judges, study.cut_score.provenance.n_items) == (5, 4)
    assert [(cell.items, cell.expected) for cell in study.cells] == [
        (Decimal("1.800000"), Decimal("0.900000")),
        (Decimal("1.000000"), Decimal("0.700000")),
        (Decimal("0.200000"), Decimal("0.600000")),
        (Decimal("1.000000"), Decimal("0.400000")),
    ]
    assert study.split == ("K-2", "K-3")
    assert codes(study) == ["small_panel"]
    assert document(study)["cut_score"]["cut_raw"] == "71/25"


@pytest.mark.parametrize(
    "row", [{HARD: Decimal("0.95")}, {USEFUL_EASY: Decimal("0.91")}, {USEFUL_HARD: Decimal("0.71")}]
)
def test_a_judge_who_expects_more_of_a_harder_or_less_relevant_cell_is_named(row):
    study = ebel(PLACED, {**AGREED, "J2": {**SHARES, **row}}, grid=GRID, rounding=Rounding.UP)

    assert codes(study) == ["small_panel", "expectation_rises"]
    assert study.cut_score.provenance.warnings[1].message.startswith("J2 ")


def test_the_grid_is_ebels_unless_another_is_given():
    shares = {
        Cell(relevance, difficulty): Decimal(90 - 20 * row - 10 * column) / 100
        for row, relevance in enumerate(Grid().relevance)
        for column, difficulty in enumerate(Grid().difficulty)
    }
    placed = {f"J{n}": {"K-1": Cell("essential", "easy")} for n in range(8)}

    study = ebel(placed, dict.fromkeys(placed, shares), rounding=Rounding.DOWN)

    assert (study.cut_score.cut_raw, study.cut_score.cut, codes(study)) == (Fraction(9, 10), 0, [])
    assert len(study.cells) == 12


@pytest.mark.parametrize(
    ("names", "code"),
    [((("a",), ()), "grid_empty"), (((), ("a",)), "grid_empty"), ((("a", "a"), ("b",)), "grid_repeated")],
)
def test_a_grid_without_cells_or_with_two_of_a_name_is_refused(names, code):
    with pytest.raises(AssessmentError, match=code):
        Grid(*names)


STRANGE = Cell("essential", "impossible")


@pytest.mark.parametrize(
    ("placements", "expected", "code"),
    [
        ({}, {}, "no_ratings"),
        (PLACED, {**AGREED, "J6": SHARES}, "panel_changed"),
        ({**PLACED, "J1": a_placement(STRANGE, EASY, EASY, EASY)}, AGREED, "unknown_cell"),
        (PLACED, {**AGREED, "J1": {**SHARES, STRANGE: Decimal("0.1")}}, "unknown_cell"),
        (PLACED, {**AGREED, "J1": {EASY: Decimal("0.9")}}, "missing_cell"),
        (PLACED, {**AGREED, "J1": {**SHARES, HARD: 0.5}}, "rating_not_decimal"),
        (PLACED, {**AGREED, "J1": {**SHARES, HARD: Decimal("1.5")}}, "rating_out_of_range"),
        ({**PLACED, "J1": {"K-1": EASY}}, AGREED, "missing_cell"),
        ({"J1": PLACED["J1"]}, {"J1": SHARES}, "too_few_judges"),
    ],
)
def test_an_incomplete_or_strange_grid_is_refused(placements, expected, code):
    with pytest.raises(AssessmentError) as refusal:
        ebel(placements, expected, grid=GRID, rounding=Rounding.UP)

    assert refusal.value.code == code


ROWS = st.lists(
    st.tuples(*[st.sampled_from(GRID.cells())] * 4, st.tuples(*[st.integers(0, 100)] * 4)),
    min_size=5,
    max_size=8,
)


@SOME
@given(ROWS, st.randoms(use_true_random=False))
def test_the_cut_is_that_of_an_angoff_table_in_any_order_of_judges(rows, chance):
    placed = {f"J{n}": a_placement(*row[:4]) for n, row in enumerate(rows)}
    shares = {
        f"J{n}": {cell: Decimal(share) / 100 for cell, share in zip(GRID.cells(), row[4], strict=True)}
        for n, row in enumerate(rows)
    }
    table = {
        judge: {item: shares[judge][cell] for item, cell in row.items()} for judge, row in placed.items()
    }
    judges = list(placed)
    chance.shuffle(judges)

    found = ebel({judge: placed[judge] for judge in judges}, shares, grid=GRID, rounding=Rounding.UP)

    assert found.cut_score.cut_raw == angoff([table], rounding=Rounding.UP).cut_raw
    assert 0 <= found.cut_score.cut_raw <= 4
