"""Hofstee and Beuk: where the judges' line meets the cohort."""

from decimal import Decimal
from fractions import Fraction
from math import sqrt
from statistics import mean, stdev

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assessments.errors import AssessmentError, NotEstimable
from assessments.results import document
from assessments.standard_setting import Expectation, Limits, Rounding, Scale, beuk, hofstee
from assessments.standard_setting.failing import failing_curve

SOME = settings(max_examples=50, deadline=None)
TEN = Scale(0, 10)
COHORT = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
"""So the failing rate at a cut of c is c / 10."""
LOW = st.integers(0, 100).map(lambda n: Decimal(n) / 10)
RATE = st.integers(0, 100).map(lambda n: Decimal(n) / 100)
COHORTS = st.lists(st.integers(0, 10), min_size=10, max_size=40)


def limits(lowest, highest, least, most):
    return Limits(*map(Decimal, (lowest, highest, least, most)))


@st.composite
def some_limits(draw):
    cuts, rates = sorted([draw(LOW), draw(LOW)]), sorted([draw(RATE), draw(RATE)])
    return Limits(*cuts, *rates)


def panel(*judges, times=1):
    return {f"J{n}": judge for n, judge in enumerate(judges * times)}


def codes(study):
    return [finding.code for finding in study.cut_score.provenance.warnings]


def curve(scores, cut):
    """The failing rate in floating point, by another way than that of the module."""
    whole = np.arange(11)
    return np.interp(cut, whole, [np.mean(np.array(scores) < at) for at in whole])


def hofstee_of(judges, scores=COHORT, **options):
    return hofstee(judges, scores, scale=TEN, **{"rounding": Rounding.NEAREST, **options})


def beuk_of(judges, scores=COHORT, **options):
    return beuk(judges, scores, scale=TEN, **{"rounding": Rounding.NEAREST, **options})


def test_hofstees_cut_lies_where_the_diagonal_meets_the_failing_rates():
    judges = panel(*[limits("4", "8", "0.1", "0.5")] * 3, *[limits("2", "6", "0.3", "0.7")] * 3)

    study = hofstee_of(judges)

    # Mean box 3 to 7 and 0.2 to 0.6: its diagonal 0.6 - 0.1 (c - 3) meets c / 10 at c = 4.5.
    assert study.box == Limits(*map(Decimal, ("3.000000", "7.000000", "0.200000", "0.600000")))
    assert (study.cut_score.cut_raw, study.cut_score.cut) == (Fraction(9, 2), 5)
    assert (study.fail_rate, study.cut_score.n_judges) == (Decimal("0.500000"), 6)
    assert study.cut_score.provenance.n_persons == 10
    assert codes(study) == ["small_panel", "few_persons"]
    assert document(study)["cut_score"]["cut_raw"] == "9/2"


@SOME
@given(st.lists(some_limits(), min_size=5, max_size=8), COHORTS, st.randoms(use_true_random=False))
def test_hofstees_cut_lies_in_its_box_and_on_both_lines(stated, scores, chance):
    judges = panel(*stated)
    try:
        study = hofstee_of(judges, scores)
    except NotEstimable as refusal:
        assert refusal.code == "no_crossing"
        return
    box, cut = (
        [mean(map(Fraction, column)) for column in zip(*map(fields, stated), strict=True)],
        study.cut_score,
    )
    shuffled = list(judges.items())
    chance.shuffle(shuffled)

    assert box[0] <= cut.cut_raw <= box[1]
    assert float(box[2]) - 1e-12 <= curve(scores, float(cut.cut_raw)) <= float(box[3]) + 1e-12
    if box[0] < box[1]:
        share = (cut.cut_raw - box[0]) / (box[1] - box[0])
        diagonal = float(box[3] - share * (box[3] - box[2]))
        assert curve(scores, float(cut.cut_raw)) == pytest.approx(diagonal, abs=1e-9)
    assert hofstee_of(dict(shuffled), scores).cut_score.cut_raw == cut.cut_raw


def fields(judge):
    return judge.lowest_cut, judge.highest_cut, judge.lowest_fail, judge.highest_fail


@SOME
@given(st.lists(some_limits(), min_size=5, max_size=5), COHORTS)
def test_hofstee_finds_a_crossing_exactly_when_the_curve_enters_the_box_by_its_side(stated, scores):
    box = [float(mean(map(Fraction, column))) for column in zip(*map(fields, stated), strict=True)]
    left, right = curve(scores, box[0]) - box[3], curve(scores, box[1]) - box[2]
    assume(min(abs(left), abs(right)) > 1e-9 and box[0] < box[1])

    if left < 0 < right:
        assert hofstee_of(panel(*stated), scores).cut_score.cut_raw >= 0
    else:
        with pytest.raises(NotEstimable, match="no_crossing"):
            hofstee_of(panel(*stated), scores)


@pytest.mark.parametrize(
    ("box", "at"),
    [
        (("2", "4", "0.6", "0.9"), {"lowest_cut": 0.2, "highest_cut": 0.4}),  # fewer fail than anybody wants
        (("6", "8", "0.1", "0.3"), {"lowest_cut": 0.6, "highest_cut": 0.8}),  # more fail than anybody bears
        (("5", "5", "0.1", "0.3"), {"lowest_cut": 0.5, "highest_cut": 0.5}),
    ],
)
def test_a_cohort_that_passes_the_box_by_gives_no_cut(box, at):
    with pytest.raises(NotEstimable) as refusal:
        hofstee_of(panel(limits(*box), times=5))

    assert (refusal.value.code, refusal.value.facts["failing_at"]) == ("no_crossing", at)


@pytest.mark.parametrize(
    ("box", "cut"),
    [
        (("5", "5", "0.1", "0.5"), Fraction(5)),  # one cut, and its failing rate is borne
        (("3", "7", "0.45", "0.45"), Fraction(9, 2)),  # one failing rate
        (("5", "9", "0.1", "0.5"), Fraction(5)),  # the corner itself
        (("0", "10", "0", "1"), Fraction(5)),
    ],
)
def test_a_box_without_width_or_height_still_has_its_cut(box, cut):
    assert hofstee_of(panel(limits(*box), times=8)).cut_score.cut_raw == cut


def test_where_the_lines_share_a_stretch_the_lower_end_counts_for_the_candidate():
    scores = [2] * 5 + [9] * 5

    found = hofstee_of(panel(limits("4", "8", "0.5", "0.5"), times=8), scores)

    assert found.cut_score.cut_raw == 4


def test_hofstees_error_is_the_jackknife_over_judges():
    judges = [limits("3", "7", "0.1", "0.5"), limits("4", "8", "0.2", "0.6"), limits("2", "9", "0.0", "0.7"),
              limits("5", "6", "0.3", "0.4"), limits("3", "8", "0.1", "0.8")]  # fmt: skip

    found = hofstee_of(panel(*judges)).cut_score.estimate

    left_out = []
    for place in range(5):
        box = np.mean(
            [list(map(float, fields(judge))) for n, judge in enumerate(judges) if n != place], axis=0
        )
        slope = (box[3] - box[2]) / (box[1] - box[0])
        left_out.append((box[3] + slope * box[0]) / (0.1 + slope))  # 0.1 c = most - slope (c - lowest)
    assert found.se == pytest.approx(
        sqrt(4 / 5 * sum((np.array(left_out) - np.mean(left_out)) ** 2)), abs=1e-9
    )
    assert found.ci_method == "t, 4 df"


def test_a_cut_that_hangs_on_one_judge_has_no_error():
    judges = panel(*[limits("6", "8", "0.1", "0.5")] * 7, limits("0", "2", "0.9", "1"))

    study = hofstee_of(judges)

    assert (study.cut_score.estimate.se, study.cut_score.estimate.ci) == (None, None)
    assert codes(study) == ["few_persons", "hangs_on_one_judge"]


@pytest.mark.parametrize(
    ("judge", "code"),
    [
        (limits("7", "3", "0.1", "0.5"), "limits_crossed"),
        (limits("3", "7", "0.5", "0.1"), "limits_crossed"),
        (limits("3", "11", "0.1", "0.5"), "limit_out_of_scale"),
        (limits("-1", "7", "0.1", "0.5"), "limit_out_of_scale"),
        (limits("3", "7", "10", "50"), "limit_out_of_scale"),
        (limits("3", "NaN", "0.1", "0.5"), "limit_out_of_scale"),
        (Limits(3.0, Decimal(7), Decimal(0), Decimal(1)), "limit_not_decimal"),
    ],
)
def test_limits_that_cannot_be_meant_are_refused(judge, code):
    with pytest.raises(AssessmentError) as refusal:
        hofstee_of(panel(limits("3", "7", "0.1", "0.5"), times=5) | {"J3": judge})

    assert (refusal.value.code, refusal.value.facts["judge"]) == (code, "J3")


@pytest.mark.parametrize(
    ("judges", "scores", "code"),
    [(4, COHORT, "too_few_judges"), (5, COHORT[:9], "too_few_persons"), (5, [11] * 10, "score_out_of_scale")],
)
def test_compromises_need_a_panel_and_a_cohort(judges, scores, code):
    for method, judge in ((hofstee_of, limits("3", "7", "0.1", "0.5")), (beuk_of, EXPECTED[0])):
        with pytest.raises(AssessmentError, match=code):
            method(panel(judge, times=judges), scores)


def expectation(cut, rate):
    return Expectation(Decimal(cut), Decimal(rate))


EXPECTED = [
    expectation(*stated) for stated in (("5", "0.7"), ("7", "0.8"), ("6", "0.6"), ("4", "0.9"), ("8", "0.5"))
]


def test_beuks_cut_lies_where_the_line_through_both_means_meets_the_pass_rates():
    study = beuk_of(panel(*EXPECTED))

    # Means 6 and 0.7, deviations 1.581 and 0.158, slope 0.1: 0.7 + 0.1 (c - 6) = 1 - 0.1 c at c = 4.5.
    assert study.cut_score.cut_raw == pytest.approx(4.5, abs=1e-12)
    assert (study.cut_score.cut, study.pass_rate) == (5, Decimal("0.500000"))
    assert (study.mean_cut, study.mean_pass_rate) == (Decimal("6.000000"), Decimal("0.700000"))
    assert codes(study) == ["small_panel", "few_persons"]
    assert study.cut_score.estimate.se > 0


@SOME
@given(st.lists(st.builds(Expectation, LOW, RATE), min_size=5, max_size=8), COHORTS)
def test_beuks_cut_lies_on_the_scale_and_on_both_lines(stated, scores):
    try:
        cut = beuk_of(panel(*stated), scores).cut_score.cut_raw
    except NotEstimable as refusal:
        assert refusal.code in {"no_crossing", "no_spread"}
        return
    cuts, rates = [float(judge.cut) for judge in stated], [float(judge.pass_rate) for judge in stated]

    assert 0 <= cut <= 10
    if stdev(cuts) > 0:
        line = mean(rates) + stdev(rates) / stdev(cuts) * (cut - mean(cuts))
        assert 1 - curve(scores, cut) == pytest.approx(line, abs=1e-9)
    else:
        assert cut == pytest.approx(mean(cuts), abs=1e-12)
    assert beuk_of(panel(*reversed(stated)), scores).cut_score.cut_raw == pytest.approx(cut, abs=1e-9)


def test_judges_who_agree_on_the_cut_get_it_and_on_the_rate_get_that():
    same_cut = [expectation("3.5", rate) for rate in ("0.5", "0.6", "0.7", "0.8", "0.9")]
    same_rate = [expectation(cut, "0.4") for cut in ("3", "4", "5", "6", "7")]

    assert beuk_of(panel(*same_cut)).cut_score.cut_raw == 3.5
    assert beuk_of(panel(*same_rate)).cut_score.cut_raw == pytest.approx(6, abs=1e-12)


def test_judges_who_agree_on_everything_leave_nothing_to_weigh():
    with pytest.raises(NotEstimable, match="no_spread"):
        beuk_of(panel(EXPECTED[0], times=5))


def test_beuks_cut_that_hangs_on_one_judge_has_no_error():
    study = beuk_of(panel(*[EXPECTED[0]] * 7, EXPECTED[1]))

    assert study.cut_score.estimate.se is None
    assert codes(study) == ["few_persons", "hangs_on_one_judge"]


def test_a_cohort_of_full_scores_is_beyond_beuks_line():
    with pytest.raises(NotEstimable, match="no_crossing"):
        beuk_of(panel(*[expectation(cut, "0.4") for cut in ("3", "4", "5", "6", "7")]), [10] * 10)


@pytest.mark.parametrize(
    ("judge", "code"),
    [
        (expectation("11", "0.5"), "limit_out_of_scale"),
        (expectation("5", "50"), "limit_out_of_scale"),
        (Expectation(Decimal(5), 0.5), "limit_not_decimal"),
    ],
)
def test_expectations_that_cannot_be_meant_are_refused(judge, code):
    with pytest.raises(AssessmentError, match=code):
        beuk_of(panel(*EXPECTED) | {"J3": judge})


def test_the_failing_curve_counts_who_lies_below_and_joins_whole_scores():
    found = failing_curve([Fraction(3), Fraction(5), Fraction(5), Fraction(11, 2)], Scale(2, 6))

    assert found.rates == (0, 0, Fraction(1, 4), Fraction(1, 4), 1)
    assert (found.at(Fraction(5)), found.at(Fraction(6)), found.at(Fraction(11, 2))) == (
        Fraction(1, 4),
        1,
        Fraction(5, 8),
    )
