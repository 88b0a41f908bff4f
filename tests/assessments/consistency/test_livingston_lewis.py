"""Livingston and Lewis: another program's figures, Huynh's special case, and simulated true scores."""

import numpy as np
import pytest

from assessments.bootstrap import Bootstrap
from assessments.consistency import CONSISTENT, huynh, livingston_lewis
from assessments.consistency.beta import mixture
from assessments.consistency.model import BetaTrueScores, figures
from assessments.errors import AssessmentError, NotEstimable
from assessments.estimates import FigureVerdict, judge
from assessments.reliability import kr20, kr21
from assessments.results import document


def bbclassify_example():
    """Return the scores of the example in the documentation of the program BBClassify, and their alpha."""
    random = np.random.RandomState(1234)
    chances = random.beta(6, 4, 250) * 0.7 + 0.15
    table = np.array([random.binomial(1, chance, 100) for chance in chances])
    return table.sum(axis=1), kr20(table).coefficient.value


def simulated(n_persons=400, n_items=60, seed=1):
    rng = np.random.default_rng(seed)
    true = 0.3 + 0.65 * rng.beta(4, 2.5, size=n_persons)
    return true, rng.binomial(n_items, true)


TRUE, SCORES = simulated()
RELIABILITY = kr21(SCORES, n_items=60).coefficient.value


def test_the_documented_example_of_bbclassify_is_reproduced():
    scores, alpha = bbclassify_example()

    found = livingston_lewis(scores, cuts=[50, 75], scale=(0, 100), reliability=alpha)

    fitted = found.true_scores
    assert found.trials == 100
    assert (fitted.alpha, fitted.beta, fitted.lower, fitted.upper) == pytest.approx(
        (3.877386083988672, 3.9727308136649238, 0.2681195709670965, 0.8706384086828665), rel=1e-9
    )
    assert found.overall.accuracy.value == pytest.approx(0.8438848734448846, abs=1e-8)
    # Its consistency sums ten thousand numeric integrals, so it is itself exact to about seven places only.
    assert found.overall.agreement.value == pytest.approx(0.7811757067805466, abs=2e-7)


def test_the_tables_that_bbclassify_prints_for_the_act_mathematics_test_are_reproduced():
    true_scores = BetaTrueScores(0.52378, 1.62569, 0.22317, 1.0)

    agreement, _, kappa, accuracy, above, below = figures(mixture(true_scores, trials=40, cuts=[0.6]))[:6]

    assert (agreement, accuracy) == pytest.approx((0.92203, 0.94427), abs=2e-5)
    assert (above, below) == pytest.approx((0.03795, 0.01778), abs=1e-5)
    assert kappa == pytest.approx(0.75612, abs=2e-5)


def test_with_two_parameters_and_kr21_it_is_huynhs_method():
    options = {"cuts": [30, 40, 50]}

    found = livingston_lewis(SCORES, scale=(0, 60), reliability=RELIABILITY, model="two_parameter", **options)
    known = huynh(SCORES, n_items=60, **options)

    assert found.trials == 60
    assert flat(found) == pytest.approx(flat(known), abs=1e-9)


def test_known_true_scores_are_classified_as_rightly_and_consistently_as_estimated():
    true, scores = simulated(n_persons=40_000)
    again = np.random.default_rng(2).binomial(60, true)
    cuts = np.array([30, 40, 50])
    levels, levels_again, true_levels = (
        (values[:, np.newaxis] >= lines).sum(axis=1)
        for values, lines in ((scores, cuts), (again, cuts), (true, cuts / 60))
    )

    found = livingston_lewis(scores, cuts=cuts, scale=(0, 60), reliability=np.corrcoef(scores, again)[0, 1])

    overall = found.overall
    assert overall.agreement.value == pytest.approx((levels == levels_again).mean(), abs=0.006)
    assert overall.accuracy.value == pytest.approx((levels == true_levels).mean(), abs=0.006)
    assert overall.false_positive.value == pytest.approx((levels > true_levels).mean(), abs=0.006)
    assert found.cuts[1].indices.agreement.value == pytest.approx(
        ((scores >= 40) == (again >= 40)).mean(), abs=0.006
    )
    assert [row.expected_pass_rate for row in found.cuts] == pytest.approx(
        [row.pass_rate for row in found.cuts], abs=0.01
    )


@pytest.mark.parametrize(("n_items", "cut"), [(20, 12), (40, 26)])
def test_items_of_unequal_difficulty_make_the_effective_test_longer_and_the_rates_hold(n_items, cut):
    rng = np.random.default_rng(7)
    chances = 1 / (1 + np.exp(rng.normal(-0.5, 1.2, n_items) - rng.normal(size=(20_000, 1))))
    table, again = (rng.random(chances.shape) < chances for _ in range(2))
    scores = table.sum(axis=1)

    found = livingston_lewis(
        scores, cuts=[cut], scale=(0, n_items), reliability=kr20(table).coefficient.value
    )

    row = found.cuts[0]
    assert found.trials > n_items
    assert row.expected_pass_rate == pytest.approx(row.pass_rate, abs=0.015)
    both = (scores >= cut) == (again.sum(axis=1) >= cut)
    assert row.indices.agreement.value == pytest.approx(both.mean(), abs=0.015)
    right = (scores >= cut) == (chances.sum(axis=1) >= cut)
    assert row.indices.accuracy.value == pytest.approx(right.mean(), abs=0.015)


def test_another_unit_of_the_scale_changes_nothing():
    moved = livingston_lewis(SCORES * 2.5 + 100, cuts=[175, 200], scale=(100, 250), reliability=RELIABILITY)
    plain = livingston_lewis(SCORES, cuts=[30, 40], scale=(0, 60), reliability=RELIABILITY)

    assert flat(moved) == pytest.approx(flat(plain), abs=1e-9)


def test_a_fit_that_leaves_the_scale_falls_back_to_two_parameters_and_says_so():
    scores = np.random.default_rng(5).binomial(40, np.random.default_rng(6).beta(2, 0.6, size=300))

    found = livingston_lewis(scores, cuts=[28], scale=(0, 40), reliability=0.9)

    assert (found.true_scores.lower, found.true_scores.upper) == (0.0, 1.0)
    assert "two_parameter_fail_safe" in codes(found)
    asked = livingston_lewis(scores, cuts=[28], scale=(0, 40), reliability=0.9, model="two_parameter")
    assert flat(asked) == flat(found)
    assert "two_parameter_fail_safe" not in codes(asked)


def test_too_short_a_test_for_four_moments_falls_back_too():
    scores = np.random.default_rng(5).binomial(3, np.random.default_rng(6).beta(3, 2, size=300))

    found = livingston_lewis(
        scores, cuts=[2], scale=(0, 3), reliability=kr21(scores, n_items=3).coefficient.value
    )

    assert found.trials == 3
    assert "two_parameter_fail_safe" in codes(found)


def test_a_model_that_misses_the_pass_rate_is_reported():
    scores = np.repeat([10.0, 35.0], 100)

    found = livingston_lewis(scores, cuts=[35], scale=(0, 40), reliability=0.8)

    assert "pass_rate_misfit" in codes(found)


def test_the_bootstrap_gives_intervals_and_is_reproducible():
    def run():
        return livingston_lewis(
            SCORES[:100],
            cuts=[40],
            scale=(0, 60),
            reliability=RELIABILITY,
            bootstrap=Bootstrap(np.random.default_rng(3), 100),
        )

    found = run()

    agreement = found.cuts[0].indices.agreement
    assert agreement.ci[0] < agreement.value < agreement.ci[1]
    assert found == run()
    assert judge(agreement, CONSISTENT) in {FigureVerdict.MET, FigureVerdict.UNCERTAIN}
    assert document(found)["provenance"]["options"]["resamples"] == 100


def test_agreement_is_never_below_chance_and_kappa_follows_from_both():
    for cut in range(1, 61, 6):
        found = livingston_lewis(SCORES, cuts=[cut], scale=(0, 60), reliability=RELIABILITY).overall

        p0, chance = found.agreement.value, found.chance.value
        assert p0 >= chance - 1e-12
        if found.kappa is not None:
            assert found.kappa.value == pytest.approx((p0 - chance) / (1 - chance))
        assert (
            found.accuracy.value + found.false_positive.value + found.false_negative.value == pytest.approx(1)
        )


def test_a_cut_that_all_reach_for_certain_has_no_kappa():
    scores = np.random.default_rng(5).binomial(100, 0.5 + 0.4 * np.random.default_rng(6).beta(3, 3, size=300))

    found = livingston_lewis(
        scores, cuts=[1], scale=(0, 100), reliability=kr21(scores, n_items=100).coefficient.value
    )

    assert found.overall.agreement.value == pytest.approx(1)
    assert found.overall.kappa is None


@pytest.mark.parametrize(
    ("changed", "kind", "code"),
    [
        ({"scores": SCORES[:49]}, NotEstimable, "too_few_persons"),
        ({"scores": [60] * 60}, NotEstimable, "constant_scores"),
        ({"scores": [61] * 60}, AssessmentError, "score_out_of_range"),
        ({"scores": [np.nan] * 60}, AssessmentError, "missing_cell"),
        ({"scale": (60, 60)}, AssessmentError, "scale_not_increasing"),
        ({"reliability": 0.0}, AssessmentError, "reliability_out_of_range"),
        ({"reliability": 1.0}, AssessmentError, "reliability_out_of_range"),
        ({"reliability": float("nan")}, AssessmentError, "reliability_out_of_range"),
        ({"model": "three_parameter"}, AssessmentError, "unknown_model"),
        ({"cuts": []}, AssessmentError, "no_cuts"),
        ({"cuts": [0]}, AssessmentError, "cut_out_of_range"),
        ({"cuts": [61]}, AssessmentError, "cut_out_of_range"),
        ({"cuts": [float("nan")]}, AssessmentError, "cut_out_of_range"),
        ({"cuts": [40, 40]}, AssessmentError, "cuts_not_increasing"),
        ({"reliability": 1 - 1e-6}, NotEstimable, "effective_length_out_of_range"),
        ({"scores": [0, 60] * 40, "reliability": 0.5}, NotEstimable, "effective_length_out_of_range"),
    ],
)
def test_what_cannot_be_classified_is_refused(changed, kind, code):
    sound = {"scores": SCORES, "cuts": [40], "scale": (0, 60), "reliability": RELIABILITY}

    with pytest.raises(kind) as refused:
        livingston_lewis(**(sound | changed))

    assert refused.value.code == code


def codes(found):
    return [finding.code for finding in found.provenance.warnings]


def flat(found):
    """Return every figure of a result, for comparison."""
    groups = [found.overall, *(row.indices for row in found.cuts)]
    names = ("agreement", "chance", "kappa", "accuracy", "false_positive", "false_negative")
    return [getattr(group, name).value for group in groups for name in names]
