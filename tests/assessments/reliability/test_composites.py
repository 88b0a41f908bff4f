"""Composites: stratified alpha and Mosier's reliability against identities and true scores."""

import numpy as np
import pytest

from assessments.bootstrap import Bootstrap
from assessments.errors import AssessmentError, NotEstimable
from assessments.reliability import composite_reliability, cronbach_alpha, stratified_alpha

RNG = np.random.default_rng(30)
TRUE = RNG.multivariate_normal([0, 0], [[1, 0.2], [0.2, 1]], size=4000)
TABLE = np.repeat(TRUE, 4, axis=1) + RNG.normal(size=(4000, 8))
STRATA = ["planning"] * 4 + ["talking"] * 4
SMALL = TABLE[:60]


def test_with_one_stratum_it_is_alpha():
    found = stratified_alpha(SMALL, ["all"] * 8)

    assert found.coefficient.value == pytest.approx(cronbach_alpha(SMALL).coefficient.value, abs=1e-12)
    assert found.sem == pytest.approx(cronbach_alpha(SMALL).sem, abs=1e-9)


def test_it_finds_the_reliability_that_alpha_of_unlike_strata_understates():
    totals, true = TABLE.sum(axis=1), 4 * TRUE.sum(axis=1)
    known = np.corrcoef(totals, true)[0, 1] ** 2

    assert stratified_alpha(TABLE, STRATA).coefficient.value == pytest.approx(known, abs=0.01)
    assert cronbach_alpha(TABLE).coefficient.value < known - 0.05


def test_stratified_alpha_is_mosiers_composite_of_the_stratum_alphas():
    sums = np.column_stack([SMALL[:, :4].sum(axis=1), SMALL[:, 4:].sum(axis=1)])
    alphas = [cronbach_alpha(SMALL[:, part]).coefficient.value for part in (slice(0, 4), slice(4, 8))]

    composite = composite_reliability(sums, weights=[1, 1], reliabilities=alphas)

    assert stratified_alpha(SMALL, STRATA).coefficient.value == pytest.approx(
        composite.coefficient.value, abs=1e-12
    )


def test_the_order_of_items_persons_and_strata_is_without_effect():
    order = RNG.permutation(8)

    found = stratified_alpha(SMALL[::-1][:, order], [STRATA[item] for item in order])

    assert found.coefficient.value == pytest.approx(
        stratified_alpha(SMALL, STRATA).coefficient.value, abs=1e-12
    )


def test_a_stratum_in_which_all_are_alike_adds_no_error():
    table = np.column_stack([SMALL[:, :4], np.ones((60, 2))])

    found = stratified_alpha(table, ["planning"] * 4 + ["law"] * 2)

    alpha = cronbach_alpha(SMALL[:, :4]).coefficient.value
    assert found.coefficient.value == pytest.approx(alpha, abs=1e-12)


def test_two_equal_weights_of_one_parallel_pair_give_spearman_brown():
    scores = TRUE[:, :1] + RNG.normal(size=(4000, 2))

    found = composite_reliability(scores, weights=[0.5, 0.5], reliabilities=[0.5, 0.5])

    assert found.coefficient.value == pytest.approx(2 / 3, abs=0.02)


def test_scaling_all_weights_changes_the_error_and_not_the_reliability():
    sums = SMALL[:, :2]

    single = composite_reliability(sums, weights=[1, 2], reliabilities=[0.6, 0.7])
    double = composite_reliability(sums, weights=[2, 4], reliabilities=[0.6, 0.7])

    assert double.coefficient.value == pytest.approx(single.coefficient.value, abs=1e-12)
    assert double.sem == pytest.approx(2 * single.sem)


@pytest.mark.parametrize(
    "method",
    [
        lambda bootstrap: stratified_alpha(SMALL, STRATA, bootstrap=bootstrap),
        lambda bootstrap: composite_reliability(
            SMALL[:, :2], weights=[1, 1], reliabilities=[0.6, 0.7], bootstrap=bootstrap
        ),
    ],
)
def test_the_bootstrap_gives_an_interval_about_the_value(method):
    found = method(Bootstrap(np.random.default_rng(1), 200)).coefficient

    assert found.ci[0] < found.value < found.ci[1]
    assert found.se > 0


@pytest.mark.parametrize(
    ("call", "kind", "code"),
    [
        (lambda: stratified_alpha(SMALL, ["one"] * 7), AssessmentError, "label_count"),
        (lambda: stratified_alpha(SMALL, ["one"] * 7 + ["two"]), NotEstimable, "stratum_too_small"),
        (lambda: stratified_alpha(np.ones((20, 4)), ["one"] * 4), NotEstimable, "constant_scores"),
        (lambda: composed(weights=[1]), AssessmentError, "component_count"),
        (lambda: composed(reliabilities=[0.5, 1.5]), AssessmentError, "reliability_out_of_range"),
        (lambda: composed(weights=[0, 0]), AssessmentError, "no_weight"),
        (lambda: composed(np.ones((20, 2))), NotEstimable, "constant_scores"),
    ],
)
def test_what_makes_no_composite_is_refused(call, kind, code):
    with pytest.raises(kind) as refused:
        call()

    assert refused.value.code == code


def composed(scores=SMALL[:, :2], weights=(1, 1), reliabilities=(0.5, 0.5)):
    return composite_reliability(scores, weights=weights, reliabilities=reliabilities)
