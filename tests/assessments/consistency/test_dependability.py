"""Phi(lambda): Brennan and Kane's short formula, identities, and simulated variance components."""

import numpy as np
import pytest

from assessments.bootstrap import Bootstrap
from assessments.consistency import phi_lambda
from assessments.errors import AssessmentError, NotEstimable
from assessments.reliability import kr21
from assessments.results import document

RNG = np.random.default_rng(50)
ABLE, HARD = RNG.normal(0, 1, size=(150, 1)), RNG.normal(-0.8, 0.7, size=12)
TABLE = (ABLE + RNG.logistic(size=(150, 12)) > HARD).astype(float)


@pytest.mark.parametrize("cut", [3, 6, 9, 12])
def test_for_right_or_wrong_items_it_is_brennan_and_kanes_short_formula(cut):
    scores = TABLE.mean(axis=1)
    mean, variance = scores.mean(), scores.var()

    found = phi_lambda(TABLE, cuts=[cut]).cuts[0].phi_lambda.value

    short = 1 - (mean * (1 - mean) - variance) / (11 * ((mean - cut / 12) ** 2 + variance))
    assert found == pytest.approx(short, abs=1e-12)


def test_it_is_least_where_the_cut_is_the_mean_and_grows_away_from_it():
    mean = TABLE.sum(axis=1).mean()

    found = phi_lambda(TABLE, cuts=[1, 4, mean, 11, 12], corrected=False)

    low, lower, least, higher, high = (row.phi_lambda.value for row in found.cuts)
    assert low > lower > least < higher < high
    assert least == pytest.approx(found.phi.value)


def test_at_the_mean_it_is_kr21():
    scores = TABLE.sum(axis=1)

    found = phi_lambda(TABLE, cuts=[scores.mean()])

    known = kr21(scores, n_items=12).coefficient.value
    assert found.cuts[0].phi_lambda.value == pytest.approx(known, abs=1e-12)


def test_without_the_correction_it_is_larger():
    corrected, plain = (phi_lambda(TABLE, cuts=[6], corrected=each) for each in (True, False))

    assert plain.cuts[0].phi_lambda.value > corrected.cuts[0].phi_lambda.value


def test_variance_components_of_a_simulation_are_found():
    rng = np.random.default_rng(51)
    table = 50 + rng.normal(0, 4, (3000, 1)) + rng.normal(0, 3, 200) + rng.normal(0, 5, (3000, 200))

    found = phi_lambda(np.clip(table, 0, 100), cuts=[12_000], maximum=100)

    assert found.person_variance == pytest.approx(16, rel=0.1)
    assert found.error_variance == pytest.approx((9 + 25) / 200, rel=0.1)
    assert found.cuts[0].phi_lambda.value == pytest.approx((16 + 100) / (16 + 100 + 34 / 200), abs=0.001)


def test_the_order_of_persons_and_items_is_without_effect():
    shuffled = phi_lambda(TABLE[::-1, ::-1], cuts=[6, 8])

    assert [row.phi_lambda.value for row in shuffled.cuts] == pytest.approx(
        [row.phi_lambda.value for row in phi_lambda(TABLE, cuts=[6, 8]).cuts]
    )


def test_negative_variances_are_set_to_nothing_and_reported():
    table = np.array([[1, 0], [0, 1], [1, 0], [0, 1]] * 30)

    found = phi_lambda(table, cuts=[2])

    assert found.person_variance == 0
    assert [finding.code for finding in found.provenance.warnings] == ["negative_variance"]
    assert "persons and items" in found.provenance.warnings[0].message
    assert 0 < found.cuts[0].phi_lambda.value < 1


def test_the_bootstrap_gives_intervals_and_the_result_becomes_json():
    found = phi_lambda(TABLE, cuts=[6], bootstrap=Bootstrap(np.random.default_rng(1), 200))

    estimate = found.cuts[0].phi_lambda
    assert estimate.ci[0] < estimate.value < estimate.ci[1]
    assert document(found)["provenance"]["options"]["corrected"] is True


@pytest.mark.parametrize(
    ("call", "kind", "code"),
    [
        (lambda: phi_lambda(TABLE[:49], cuts=[6]), NotEstimable, "too_few_persons"),
        (lambda: phi_lambda(TABLE[:, :1], cuts=[1]), NotEstimable, "too_few_items"),
        (lambda: phi_lambda(np.ones((60, 4)), cuts=[2]), NotEstimable, "constant_table"),
        (lambda: phi_lambda(TABLE * 2, cuts=[2]), AssessmentError, "score_out_of_range"),
        (lambda: phi_lambda(TABLE - 1, cuts=[2]), AssessmentError, "score_out_of_range"),
        (lambda: phi_lambda(TABLE, cuts=[13]), AssessmentError, "cut_out_of_range"),
    ],
)
def test_what_has_no_dependability_is_refused(call, kind, code):
    with pytest.raises(kind) as refused:
        call()

    assert refused.value.code == code
