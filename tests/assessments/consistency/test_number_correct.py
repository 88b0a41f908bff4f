"""Huynh, Subkoviak, Peng and Subkoviak: brute force over score pairs, simulation, and each other."""

import numpy as np
import pytest
from scipy import special, stats

from assessments.bootstrap import Bootstrap
from assessments.consistency import huynh, peng_subkoviak, subkoviak
from assessments.errors import AssessmentError, NotEstimable
from assessments.reliability import kr21
from assessments.results import document

RNG = np.random.default_rng(40)
TRUE = RNG.beta(9, 4, size=500)
SCORES = RNG.binomial(30, TRUE)
METHODS = [huynh, subkoviak, peng_subkoviak]
CUTS = [15, 20, 25]


def pairs(alpha, beta, n_items):
    """Return the chance of every pair of scores in two parallel sittings (negative hypergeometric)."""
    scores = np.arange(n_items + 1)
    first, second = scores[:, np.newaxis], scores[np.newaxis, :]
    ways = special.binom(n_items, first) * special.binom(n_items, second)
    both = first + second
    return ways * np.exp(
        special.betaln(alpha + both, beta + 2 * n_items - both) - special.betaln(alpha, beta)
    )


def test_huynhs_consistency_is_the_double_sum_over_pairs_of_scores():
    found = huynh(SCORES, n_items=30, cuts=CUTS)
    joint = pairs(found.true_scores.alpha, found.true_scores.beta, 30)

    level = np.digitize(np.arange(31), CUTS)
    same = level[:, np.newaxis] == level[np.newaxis, :]
    shares = [joint[level == number].sum() for number in range(4)]
    assert found.overall.agreement.value == pytest.approx(joint[same].sum(), abs=1e-10)
    assert found.overall.chance.value == pytest.approx(sum(share**2 for share in shares), abs=1e-10)
    for row in found.cuts:
        passed = np.arange(31) >= row.cut
        both = joint[np.ix_(passed, passed)].sum() + joint[np.ix_(~passed, ~passed)].sum()
        assert row.indices.agreement.value == pytest.approx(both, abs=1e-10)


def test_huynhs_accuracy_is_the_sum_over_scores_and_incomplete_betas():
    found = huynh(SCORES, n_items=30, cuts=[20])
    alpha, beta = found.true_scores.alpha, found.true_scores.beta
    scores = np.arange(31)

    chances = stats.betabinom(30, alpha, beta).pmf(scores)
    true_pass = stats.beta(alpha + scores, beta + 30 - scores).sf(20 / 30)

    indices = found.cuts[0].indices
    assert indices.false_negative.value == pytest.approx((chances * true_pass)[:20].sum(), abs=1e-10)
    assert indices.false_positive.value == pytest.approx((chances * (1 - true_pass))[20:].sum(), abs=1e-10)


def test_huynhs_fit_has_the_mean_and_kr21_of_the_scores():
    fitted = huynh(SCORES, n_items=30, cuts=CUTS).true_scores

    known = stats.betabinom(30, fitted.alpha, fitted.beta)
    assert known.mean() == pytest.approx(SCORES.mean())
    assert known.var() == pytest.approx(SCORES.var())


@pytest.mark.parametrize("method", METHODS)
def test_a_second_sitting_agrees_about_as_often_as_estimated(method):
    rng = np.random.default_rng(41)
    true = rng.beta(9, 4, size=40_000)
    first, second = rng.binomial(30, true), rng.binomial(30, true)

    found = method(first, n_items=30, cuts=CUTS)

    tolerance = 0.006 if method is huynh else 0.03
    same = np.digitize(first, CUTS) == np.digitize(second, CUTS)
    assert found.overall.agreement.value == pytest.approx(same.mean(), abs=tolerance)


def test_subkoviak_averages_over_candidates():
    found = subkoviak(SCORES, n_items=30, cuts=[20], reliability=0.7).overall

    proportions = 0.7 * SCORES / 30 + 0.3 * SCORES.mean() / 30
    passing = stats.binom(30, proportions).sf(19)
    assert found.agreement.value == pytest.approx((passing**2 + (1 - passing) ** 2).mean(), abs=1e-12)
    assert found.chance.value == pytest.approx(passing.mean() ** 2 + (1 - passing.mean()) ** 2, abs=1e-12)
    assert found.accuracy is None


def test_peng_and_subkoviak_integrate_two_correlated_normal_scores():
    r = kr21(SCORES, n_items=30).coefficient.value
    line = (20 - 0.5 - SCORES.mean()) / SCORES.std()
    # Owen's function gives the probability that both scores lie below the same line.
    below = special.ndtr(line)
    both_below = below - 2 * special.owens_t(line, np.sqrt((1 - r) / (1 + r)))

    found = peng_subkoviak(SCORES, n_items=30, cuts=[20]).overall

    assert found.agreement.value == pytest.approx(1 + 2 * (both_below - below), abs=1e-9)
    assert found.kappa.value == pytest.approx((both_below - below**2) / (below - below**2), abs=1e-9)


def test_the_normal_approximation_is_close_to_huynh_on_a_test_of_some_length():
    exact = huynh(SCORES, n_items=30, cuts=[20]).overall
    near = peng_subkoviak(SCORES, n_items=30, cuts=[20]).overall

    assert near.agreement.value == pytest.approx(exact.agreement.value, abs=0.02)
    assert near.kappa.value == pytest.approx(exact.kappa.value, abs=0.05)


@pytest.mark.parametrize("method", METHODS)
def test_what_holds_for_every_method(method):
    found = method(SCORES, n_items=30, cuts=CUTS)
    shuffled = method(np.random.default_rng(1).permutation(SCORES), n_items=30, cuts=CUTS)

    assert shuffled.overall.agreement.value == pytest.approx(found.overall.agreement.value, abs=1e-12)
    assert found.overall.agreement.value <= min(row.indices.agreement.value for row in found.cuts)
    for indices in (found.overall, *(row.indices for row in found.cuts)):
        p0, chance = indices.agreement.value, indices.chance.value
        assert p0 >= chance
        assert indices.kappa.value == pytest.approx((p0 - chance) / (1 - chance))
    assert document(found)["provenance"]["n_items"] == 30


@pytest.mark.parametrize("method", METHODS)
def test_a_cut_between_two_scores_is_the_next_score(method):
    between, whole = (method(SCORES, n_items=30, cuts=[cut]) for cut in (19.5, 20))

    assert between.overall == whole.overall


@pytest.mark.parametrize("method", METHODS)
def test_the_bootstrap_gives_intervals(method):
    found = method(SCORES[:80], n_items=30, cuts=[20], bootstrap=Bootstrap(np.random.default_rng(2), 100))

    kappa = found.overall.kappa
    assert kappa.ci[0] < kappa.value < kappa.ci[1]
    assert [finding.code for finding in found.provenance.warnings] == ["unstable"]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    ("scores", "cuts", "kind", "code"),
    [
        (SCORES[:49], [20], NotEstimable, "too_few_persons"),
        ([30] * 60, [20], NotEstimable, "constant_scores"),
        ([14, 15, 16] * 30, [20], NotEstimable, "reliability_not_usable"),
        ([0, 30] * 30, [20], NotEstimable, "reliability_not_usable"),
        ([31] * 60, [20], AssessmentError, "score_out_of_range"),
        ([1.5] * 60, [20], AssessmentError, "score_not_whole"),
        (SCORES, [0], AssessmentError, "cut_out_of_range"),
        (SCORES, [31], AssessmentError, "cut_out_of_range"),
    ],
)
def test_what_cannot_be_classified_is_refused(method, scores, cuts, kind, code):
    with pytest.raises(kind) as refused:
        method(scores, n_items=30, cuts=cuts)

    assert refused.value.code == code


def test_a_reliability_that_is_none_is_refused():
    with pytest.raises(AssessmentError) as refused:
        subkoviak(SCORES, n_items=30, cuts=[20], reliability=0)

    assert refused.value.code == "reliability_out_of_range"
