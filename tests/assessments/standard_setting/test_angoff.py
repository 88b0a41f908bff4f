from decimal import Decimal
from fractions import Fraction
from statistics import stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.errors import AssessmentError, NotEstimable
from assessments.results import document
from assessments.standard_setting import (
    FallingRating,
    Rounding,
    RoundSummary,
    angoff,
    falling_ratings,
    round_cut,
)

ITEMS = ("K-1", "K-2", "K-3")


def a_table(*rows):
    return {
        f"J{number}": {item: Decimal(hundredths) / 100 for item, hundredths in zip(ITEMS, row, strict=True)}
        for number, row in enumerate(rows, start=1)
    }


FIVE = a_table((50, 60, 70), (40, 60, 80), (55, 65, 75), (45, 55, 65), (60, 60, 60))
TABLES = st.lists(
    st.tuples(*[st.integers(0, 100)] * 3),
    min_size=5,
    max_size=12,
).map(lambda rows: a_table(*rows))


def test_the_cut_is_the_mean_of_the_judges_sums():
    study = angoff([FIVE], rounding=Rounding.UP)

    # Sums 1.80, 1.80, 1.95, 1.65, 1.80: mean 1.80, squared deviations 0.045, sample variance 0.01125.
    assert study.cut_raw == Fraction(9, 5)
    assert (study.cut, study.mean) == (2, Decimal("1.800000"))
    assert (study.sd, study.se) == (Decimal("0.106066"), Decimal("0.047434"))
    assert (study.n_judges, study.n_items) == (5, 3)
    assert (study.judge_means[2].cut, study.judge_means[2].mean) == (Decimal("1.95"), Decimal("0.650000"))
    assert [finding.code for finding in study.warnings] == ["small_panel"]


@pytest.mark.parametrize(
    ("exact", "up", "nearest", "down"),
    [("38", 38, 38, 38), ("38.01", 39, 38, 38), ("38.5", 39, 39, 38), ("38.99", 39, 39, 38)],
)
def test_the_cut_is_rounded_as_declared(exact, up, nearest, down):
    found = [round_cut(Fraction(exact), way) for way in (Rounding.UP, Rounding.NEAREST, Rounding.DOWN)]

    assert found == [up, nearest, down]


def test_the_last_round_decides_and_every_round_is_shown():
    first = a_table((10, 10, 10), (90, 90, 90), (50, 50, 50), (20, 20, 20), (80, 80, 80))

    study = angoff([first, FIVE], rounding=Rounding.NEAREST)

    assert study.cut_raw == Fraction(9, 5)
    assert study.rounds == (
        RoundSummary(1, Decimal("1.500000"), Decimal("1.060660")),
        RoundSummary(2, Decimal("1.800000"), Decimal("0.106066")),
    )


def test_eight_judges_who_agree_leave_no_warning():
    assert angoff([a_table(*[(50, 60, 70)] * 8)], rounding=Rounding.UP).warnings == ()


def test_a_standard_error_above_one_point_is_warned_of():
    wide = {
        f"J{n}": {f"K-{i}": Decimal(n % 2) for i in range(10)} for n in range(8)
    }  # sums 0 and 10, so sd is about 5.3 and se about 1.9

    study = angoff([wide], rounding=Rounding.UP)

    assert [finding.code for finding in study.warnings] == ["large_standard_error"]


def test_judges_who_drift_apart_between_rounds_are_warned_of():
    first = a_table(*[(50, 60, 70)] * 5)

    codes = [finding.code for finding in angoff([first, FIVE], rounding=Rounding.UP).warnings]

    assert codes == ["small_panel", "spread_grew"]


def test_fewer_than_five_judges_give_no_cut():
    four = {judge: row for judge, row in FIVE.items() if judge != "J5"}

    with pytest.raises(NotEstimable) as refusal:
        angoff([four], rounding=Rounding.UP)

    assert refusal.value.facts == {"judges": 4, "least": 5}


@pytest.mark.parametrize(
    ("rating", "code"),
    [
        (None, "rating_not_decimal"),
        (0.5, "rating_not_decimal"),
        (1, "rating_not_decimal"),
        (Decimal("NaN"), "rating_out_of_range"),
        (Decimal("sNaN"), "rating_out_of_range"),
        (Decimal("Infinity"), "rating_out_of_range"),
        (Decimal("-0.01"), "rating_out_of_range"),
        (Decimal("1.01"), "rating_out_of_range"),
        (Decimal("0.555"), "rating_step"),
    ],
)
def test_a_rating_that_is_no_probability_in_hundredths_is_refused_by_cell(rating, code):
    broken = {**FIVE, "J3": {**FIVE["J3"], "K-2": rating}}

    with pytest.raises(AssessmentError) as refusal:
        angoff([broken], rounding=Rounding.UP)

    assert refusal.value.code == code
    assert (refusal.value.facts["judge"], refusal.value.facts["item"]) == ("J3", "K-2")


def test_a_missing_cell_is_refused_in_any_round():
    broken = {**FIVE, "J3": {"K-1": Decimal("0.5"), "K-3": Decimal("0.5")}}

    for rounds in ([broken], [broken, FIVE], [FIVE, broken]):
        with pytest.raises(AssessmentError) as refusal:
            angoff(rounds, rounding=Rounding.UP)
        assert refusal.value.facts == {"judge": "J3", "item": "K-2"}


@pytest.mark.parametrize("rounds", [[], [{}], [{f"J{n}": {} for n in range(5)}]])
def test_no_ratings_give_no_cut(rounds):
    with pytest.raises(AssessmentError, match="no_ratings"):
        angoff(rounds, rounding=Rounding.UP)


def test_nobody_leaves_the_panel_between_rounds_unseen():
    with pytest.raises(AssessmentError) as refusal:
        angoff([{**FIVE, "J6": FIVE["J1"]}, FIVE], rounding=Rounding.UP)

    assert (refusal.value.code, refusal.value.facts["judges"]) == ("panel_changed", ("J6",))


def test_ratings_that_fall_with_the_level_are_named():
    higher = a_table((50, 60, 70), (40, 60, 79), (55, 65, 75), (45, 55, 65), (60, 60, 60))

    assert falling_ratings(FIVE, FIVE) == ()
    assert falling_ratings(FIVE, higher) == (FallingRating("J2", "K-3", Decimal("0.8"), Decimal("0.79")),)


def test_levels_rated_on_different_items_cannot_be_compared():
    shorter = {judge: {"K-1": row["K-1"]} for judge, row in FIVE.items()}

    with pytest.raises(AssessmentError, match="missing_cell"):
        falling_ratings(shorter, FIVE)


def test_a_study_serialises_exactly():
    written = document(angoff([FIVE], rounding=Rounding.UP))

    assert (written["cut_raw"], written["rounding"], written["method"]) == ("9/5", "up", "modified_angoff")


@given(TABLES)
def test_the_cut_lies_within_the_judges_cuts_and_sd_agrees_with_the_library(table):
    study = angoff([table], rounding=Rounding.UP)
    cuts = [judge.cut for judge in study.judge_means]

    assert min(cuts) <= study.cut_raw <= max(cuts)
    assert abs(study.sd - stdev(cuts)) <= Decimal("0.000001")


@given(TABLES, st.randoms(use_true_random=False))
def test_the_order_of_judges_and_items_changes_no_cut(table, chance):
    judges = list(table)
    chance.shuffle(judges)
    shuffled = {judge: dict(reversed(table[judge].items())) for judge in judges}

    one, other = angoff([table], rounding=Rounding.UP), angoff([shuffled], rounding=Rounding.UP)

    assert (one.cut, one.cut_raw, one.sd, one.se) == (other.cut, other.cut_raw, other.sd, other.se)
