"""Alpha, KR-20, KR-21 and lambda-2: published values, identities, and what is refused."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from assessments.errors import AssessmentError, NotEstimable
from assessments.reliability import cronbach_alpha, guttman_lambda2, kr20, kr21, spearman_brown
from assessments.results import document

DATA = Path(__file__).parents[2] / "data"
ATTITUDE = np.loadtxt(DATA / "attitude" / "attitude.csv", delimiter=",", skiprows=1)
# LSAT section 6, frequencies of the patterns 00000, 00001, … 11111 (Bock & Lieberman 1970).
LSAT6 = [3, 6, 2, 11, 1, 1, 3, 4, 1, 8, 0, 16, 0, 3, 2, 15]
LSAT6 += [10, 29, 14, 81, 3, 28, 15, 80, 16, 56, 21, 173, 11, 61, 28, 298]
PATTERNS = np.array([[int(digit) for digit in f"{number:05b}"] for number in range(32)])
LSAT = np.repeat(PATTERNS, LSAT6, axis=0)

BINARY = arrays.arrays(np.float64, (25, 6), elements=st.sampled_from([0.0, 1.0])).filter(
    lambda table: np.ptp(table.sum(axis=1)) > 0
)
QUICK = settings(max_examples=40, deadline=None)


def test_alpha_of_the_attitude_survey_is_as_printed_for_r_psych():
    assert round(cronbach_alpha(ATTITUDE).coefficient.value, 2) == 0.84


def test_alpha_of_lsat_6_is_as_printed_for_r_ltm():
    assert round(kr20(LSAT).coefficient.value, 3) == 0.295


def test_alpha_is_one_less_residual_over_person_mean_square():
    n_persons, n_items = ATTITUDE.shape
    person = n_items * ATTITUDE.mean(axis=1).var(ddof=1)
    residual = ATTITUDE - ATTITUDE.mean(axis=1, keepdims=True) - ATTITUDE.mean(axis=0) + ATTITUDE.mean()
    error = (residual**2).sum() / ((n_persons - 1) * (n_items - 1))

    found = cronbach_alpha(ATTITUDE)

    assert found.coefficient.value == pytest.approx(1 - error / person, abs=1e-12)
    assert found.sem == pytest.approx(np.sqrt(n_items * error), abs=1e-9)


def test_feldts_interval_covers_the_true_alpha_as_often_as_it_says():
    rng = np.random.default_rng(20)
    true_alpha = spearman_brown(0.3, 5)
    covered = 0
    for _ in range(600):
        scores = np.sqrt(0.3) * rng.normal(size=(40, 1)) + np.sqrt(0.7) * rng.normal(size=(40, 5))
        low, high = cronbach_alpha(scores, level=0.9).coefficient.ci
        covered += low <= true_alpha <= high

    assert covered / 600 == pytest.approx(0.9, abs=0.035)


@given(BINARY)
@QUICK
def test_kr20_is_alpha_of_right_or_wrong_items(table):
    assert kr20(table).coefficient.value == pytest.approx(cronbach_alpha(table).coefficient.value, abs=1e-9)


@given(BINARY)
@QUICK
def test_kr21_never_exceeds_kr20_and_lambda2_is_never_below_alpha(table):
    by_items = kr20(table).coefficient.value

    assert kr21(table.sum(axis=1), n_items=6).coefficient.value <= by_items + 1e-9
    assert guttman_lambda2(table).coefficient.value >= by_items - 1e-9


def test_kr21_is_kr20_when_all_items_are_equally_difficult():
    table = np.array([np.roll([1.0] * (1 + row % 3) + [0.0] * (4 - row % 3), row // 3) for row in range(15)])
    assert np.ptp(table.mean(axis=0)) == pytest.approx(0)

    assert kr21(table.sum(axis=1), n_items=5).coefficient.value == pytest.approx(
        kr20(table).coefficient.value, abs=1e-12
    )


def test_lambda2_is_alpha_when_all_covariances_are_equal():
    table = with_covariance(np.full((4, 4), 0.5) + 0.5 * np.eye(4))

    assert guttman_lambda2(table).coefficient.value == pytest.approx(0.8, abs=1e-9)
    assert cronbach_alpha(table).coefficient.value == pytest.approx(0.8, abs=1e-9)


def test_lambda2_is_what_its_sums_over_pairs_give():
    covariances = np.cov(ATTITUDE, rowvar=False)
    pairs = [(row, column) for row in range(7) for column in range(7) if row != column]
    squares = sum(covariances[pair] ** 2 for pair in pairs)
    between = sum(covariances[pair] for pair in pairs)

    expected = (between + np.sqrt(7 / 6 * squares)) / covariances.sum()
    assert guttman_lambda2(ATTITUDE).coefficient.value == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("factor", [2, 3])
def test_parallel_items_raise_alpha_as_spearman_and_brown_say(factor):
    def alpha_of(n_items):
        table = with_covariance(np.full((n_items, n_items), 0.2) + 0.8 * np.eye(n_items))
        return cronbach_alpha(table).coefficient.value

    assert alpha_of(4 * factor) == pytest.approx(spearman_brown(alpha_of(4), factor), abs=1e-9)


@pytest.mark.parametrize("method", [cronbach_alpha, kr20, guttman_lambda2])
def test_the_order_of_persons_and_items_is_without_effect(method):
    rng = np.random.default_rng(3)
    shuffled = LSAT[rng.permutation(1000)][:, rng.permutation(5)]

    assert method(shuffled).coefficient.value == pytest.approx(method(LSAT).coefficient.value, abs=1e-12)


def test_items_that_all_agree_are_perfectly_reliable():
    table = np.repeat(np.arange(10.0)[:, np.newaxis] * 0.1, 3, axis=1)

    found = cronbach_alpha(table)

    assert found.coefficient.value == pytest.approx(1.0)
    assert found.coefficient.ci == pytest.approx((1.0, 1.0))
    assert found.sem == pytest.approx(0.0, abs=1e-7)
    assert guttman_lambda2(table).coefficient.value == pytest.approx(1.0)


def test_items_that_tell_nobody_apart_are_named():
    table = np.column_stack([LSAT, np.ones(1000)])

    found = kr20(table, items=["a", "b", "c", "d", "e", "everybody right"])

    assert [finding.code for finding in found.provenance.warnings] == ["constant_items"]
    assert "everybody right" in found.provenance.warnings[0].message


def test_items_that_run_against_each_other_are_warned_of():
    table = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0]] * 30)

    for found in (cronbach_alpha(table), kr21(table.sum(axis=1), n_items=3)):
        assert found.coefficient.value < 0
        assert [finding.code for finding in found.provenance.warnings] == ["negative_reliability"]


def test_a_result_says_from_what_it_was_computed_and_becomes_json():
    table = LSAT.astype(float)
    table[0, 0] = np.nan

    found = kr20(table, missing="listwise")

    assert (found.provenance.n_persons, found.provenance.n_items, found.provenance.n_missing) == (999, 5, 1)
    assert document(found)["provenance"]["version"] == "kr20/1"
    assert document(kr21(LSAT.sum(axis=1), n_items=5))["coefficient"]["ci"] is None


@pytest.mark.parametrize(
    ("call", "kind", "code"),
    [
        (lambda: cronbach_alpha(np.ones((20, 3))), NotEstimable, "constant_scores"),
        (lambda: cronbach_alpha([[0.1, 0.2, 0.3], [0.3, 0.2, 0.1]] * 10), NotEstimable, "constant_scores"),
        (lambda: cronbach_alpha(np.arange(20.0)[:, np.newaxis]), NotEstimable, "too_few_items"),
        (lambda: cronbach_alpha(LSAT[-2:]), NotEstimable, "too_few_persons"),
        (lambda: cronbach_alpha(LSAT, level=95), AssessmentError, "level_out_of_range"),
        (lambda: cronbach_alpha(LSAT, items=["a"]), AssessmentError, "label_count"),
        (lambda: kr20(ATTITUDE), AssessmentError, "not_dichotomous"),
        (lambda: kr20(np.ones((30, 4))), NotEstimable, "constant_scores"),
        (lambda: kr21([4] * 30, n_items=4), NotEstimable, "constant_scores"),
        (lambda: kr21([5] * 30, n_items=4), AssessmentError, "score_out_of_range"),
        (lambda: kr21([1.5] * 30, n_items=4), AssessmentError, "score_not_whole"),
        (lambda: kr21([1, 2] * 4, n_items=4), NotEstimable, "too_few_persons"),
        (lambda: kr21([0, 1] * 40, n_items=1), NotEstimable, "too_few_items"),
    ],
)
def test_what_has_no_reliability_is_refused(call, kind, code):
    with pytest.raises(kind) as refused:
        call()

    assert refused.value.code == code


def with_covariance(covariance):
    """Return scores of 60 persons whose sample covariance is exactly this."""
    scores = np.random.default_rng(8).normal(size=(60, len(covariance)))
    centred = scores - scores.mean(axis=0)
    white = centred @ np.linalg.inv(np.linalg.cholesky(np.cov(centred, rowvar=False))).T
    return white @ np.linalg.cholesky(covariance).T
