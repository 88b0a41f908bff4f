"""What a panel sees between its rounds, who leaves it, and several levels from one panel."""

from decimal import Decimal
from fractions import Fraction
from statistics import mean, stdev

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.errors import AssessmentError, NotEstimable
from assessments.results import document
from assessments.standard_setting import (
    Consequence,
    Exclusion,
    FallingRating,
    Rounding,
    angoff,
    angoff_excluding,
    angoff_levels,
    consequences,
    round_feedback,
)

SOME = settings(max_examples=50, deadline=None)
ITEMS = ("K-1", "K-2", "K-3")


def a_table(*rows):
    return {
        f"J{number}": {item: Decimal(hundredths) / 100 for item, hundredths in zip(ITEMS, row, strict=True)}
        for number, row in enumerate(rows, start=1)
    }


SIX = a_table((50, 60, 70), (40, 60, 80), (55, 65, 75), (45, 55, 65), (60, 60, 60), (90, 60, 100))
TABLES = st.lists(st.tuples(*[st.integers(0, 100)] * 3), min_size=5, max_size=9).map(
    lambda rows: a_table(*rows)
)
SHARES = {"K-1": Decimal("0.52"), "K-2": Decimal("0.61"), "K-3": Decimal("0.785")}


def codes(study):
    return [finding.code for finding in study.warnings]


def test_a_round_is_summed_up_by_item_and_by_judge():
    found = round_feedback(SIX, observed=SHARES, longest=2)

    first, last = found.items[0], found.judges[-1]
    assert (first.item, first.mean, first.lowest, first.highest) == (
        "K-1",
        Decimal("0.566667"),
        Decimal("0.40"),
        Decimal("0.90"),
    )
    assert float(first.sd) == pytest.approx(stdev([0.5, 0.4, 0.55, 0.45, 0.6, 0.9]), abs=1e-6)
    assert [item.observed for item in found.items] == list(SHARES.values())
    # Sums 1.8, 1.8, 1.95, 1.65, 1.8 and 2.5 have the mean 1.916667.
    assert (found.mean, last.cut, last.distance) == (
        Decimal("1.916667"),
        Decimal("2.50"),
        Decimal("0.583333"),
    )
    assert float(last.mean_distance) == pytest.approx(mean([0.9 - 3.4 / 6, 0, 1 - 4.5 / 6]), abs=1e-6)
    assert (last.furthest, found.disputed) == (("K-1", "K-3"), ("K-1", "K-3"))


def test_a_round_without_impact_data_shows_none():
    found = round_feedback(SIX)

    assert [item.observed for item in found.items] == [None, None, None]
    assert len(found.disputed) == found.n_items == 3


@SOME
@given(TABLES)
def test_the_judges_distances_from_the_panel_cancel_out(table):
    found, study = round_feedback(table), angoff([table], rounding=Rounding.UP)

    assert abs(sum(judge.distance for judge in found.judges)) < Decimal("0.00001")
    assert (found.mean, found.sd) == (study.mean, study.sd)


@pytest.mark.parametrize(
    ("table", "options", "code"),
    [
        ({"J1": SIX["J1"]}, {}, "too_few_judges"),
        ({}, {}, "no_ratings"),
        (SIX, {"longest": 0}, "count_not_positive"),
        (SIX, {"observed": {"K-1": Decimal("0.5")}}, "observed_missing"),
        (SIX, {"observed": {**SHARES, "K-9": Decimal("0.5")}}, "observed_unknown"),
        (SIX, {"observed": {**SHARES, "K-1": Decimal("1.1")}}, "observed_out_of_range"),
        (SIX, {"observed": {**SHARES, "K-1": Decimal("NaN")}}, "observed_out_of_range"),
        (SIX, {"observed": {**SHARES, "K-1": 0.5}}, "observed_out_of_range"),
    ],
)
def test_feedback_is_given_on_whole_tables_only(table, options, code):
    with pytest.raises(AssessmentError) as refusal:
        round_feedback(table, **options)

    assert refusal.value.code == code


def test_consequences_count_who_would_pass_each_cut():
    found = consequences([10, 20, 20, 30, 24.5], [25, 20, 31, 20])

    assert found == (
        Consequence(20, 4, 5, Decimal("0.800000")),
        Consequence(25, 1, 5, Decimal("0.200000")),
        Consequence(31, 0, 5, Decimal("0.000000")),
    )


@SOME
@given(st.lists(st.integers(0, 60), min_size=1), st.lists(st.integers(0, 61), max_size=8))
def test_a_higher_cut_never_passes_more(scores, cuts):
    passing = [consequence.passing for consequence in consequences(scores, cuts)]

    assert passing == sorted(passing, reverse=True)


def test_a_judge_is_excluded_with_the_cut_before_and_after():
    exclusion = Exclusion("J6", "rated the candidate whom J6 had trained")

    study = angoff_excluding([SIX, SIX], [exclusion], rounding=Rounding.UP)

    assert (study.with_all.cut_raw, study.without.cut_raw) == (Fraction(23, 12), Fraction(9, 5))
    assert (study.change, study.excluded) == (Fraction(-7, 60), (exclusion,))
    assert (study.with_all.n_judges, study.without.n_judges) == (6, 5)
    assert document(study)["excluded"] == [{"judge": "J6", "reason": exclusion.reason}]


@pytest.mark.parametrize(
    ("judges", "code"),
    [
        ([], "no_exclusion"),
        (["J6", "J6"], "exclusion_repeated"),
        (["J7"], "unknown_judge"),
        (["J5", "J6"], "too_few_judges"),
        (list(SIX), "too_few_judges"),
    ],
)
def test_an_exclusion_that_leaves_no_panel_or_names_nobody_is_refused(judges, code):
    with pytest.raises(AssessmentError) as refusal:
        angoff_excluding([SIX], [Exclusion(judge, "conflict") for judge in judges], rounding=Rounding.UP)

    assert refusal.value.code == code


def test_an_exclusion_without_a_reason_is_refused():
    with pytest.raises(AssessmentError, match="reason_missing"):
        Exclusion("J6", "  ")


THREE = a_table(*[(20, 20, 20)] * 8)
FOUR = a_table(*[(40, 50, 60)] * 7, (50, 10, 90))
FIVE = a_table(*[(70, 80, 90)] * 8)


def test_levels_give_rising_cuts_and_name_the_ratings_that_fall():
    found = angoff_levels({5: [FIVE], 3: [THREE], 4: [THREE, FOUR]}, rounding=Rounding.UP)

    assert [(level.level, level.study.cut) for level in found] == [(3, 1), (4, 2), (5, 3)]
    assert [level.falling for level in found] == [
        (),
        (FallingRating("J8", "K-2", Decimal("0.2"), Decimal("0.1")),),
        (),
    ]


@pytest.mark.parametrize("higher", [THREE, a_table(*[(10, 10, 10)] * 8), a_table(*[(30, 30, 30)] * 8)])
def test_a_level_that_asks_no_more_than_the_one_below_has_no_cut(higher):
    with pytest.raises(NotEstimable) as refusal:
        angoff_levels({3: [THREE], 4: [higher]}, rounding=Rounding.UP)

    # Sums of 0.9 and 0.3 are not alike, but both become one whole point.
    assert refusal.value.facts == {"lower": 3, "higher": 4, "cuts": (1, 1)}


@pytest.mark.parametrize(
    ("levels", "code"),
    [({}, "no_levels"), ({3: [THREE], 4: [SIX]}, "panel_changed"), ({3: []}, "no_ratings")],
)
def test_levels_need_one_panel(levels, code):
    with pytest.raises(AssessmentError) as refusal:
        angoff_levels(levels, rounding=Rounding.UP)

    assert refusal.value.code == code


def test_one_level_alone_is_a_study_without_falls():
    (only,) = angoff_levels({4: [FOUR]}, rounding=Rounding.UP)

    assert (only.study.cut_raw, only.falling) == (Fraction(3, 2), ())


def test_an_angoff_study_takes_the_form_of_all_methods():
    study = angoff([SIX], rounding=Rounding.NEAREST)

    found = study.cut_score(level=0.9)

    assert (found.cut, found.cut_raw, found.rounding) == (study.cut, study.cut_raw, Rounding.NEAREST)
    assert (found.n_judges, found.provenance.n_items, found.provenance.n_persons) == (6, 3, 0)
    assert found.estimate.se == float(study.se)
    assert found.estimate.ci[0] < float(found.cut_raw) < found.estimate.ci[1]
    assert [finding.code for finding in found.provenance.warnings] == codes(study)


@SOME
@given(st.lists(st.tuples(*[st.integers(0, 95)] * 3), min_size=5, max_size=9), st.integers(1, 5))
def test_ratings_that_all_rise_move_the_cut_by_as_much(rows, shift):
    low = angoff([a_table(*rows)], rounding=Rounding.UP)
    high = angoff([a_table(*[[cell + shift for cell in row] for row in rows])], rounding=Rounding.UP)

    assert high.cut_raw - low.cut_raw == Fraction(3 * shift, 100)
    assert (high.sd, high.se) == (low.sd, low.se)
