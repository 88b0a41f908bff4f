"""Omega total and its one-factor model: exact models recovered, and another program's estimates."""

from pathlib import Path

import numpy as np
import pytest
from statsmodels.multivariate.factor import Factor

from assessments.bootstrap import Bootstrap
from assessments.errors import NotEstimable
from assessments.reliability import cronbach_alpha, omega_total
from assessments.results import document

ATTITUDE = np.loadtxt(
    Path(__file__).parents[2] / "data" / "attitude" / "attitude.csv", delimiter=",", skiprows=1
)
LOADINGS = np.array([0.9, 0.8, 0.6, 0.4, 0.3])


def exactly(loadings, scale=1.0, n_persons=200):
    """Return scores whose sample correlations are exactly those of one factor, and their spreads `scale`."""
    covariance = np.outer(loadings, loadings) + np.diag(1 - loadings**2)
    scores = np.random.default_rng(9).normal(size=(n_persons, len(loadings)))
    centred = scores - scores.mean(axis=0)
    white = centred @ np.linalg.inv(np.linalg.cholesky(np.cov(centred, rowvar=False))).T
    return white @ np.linalg.cholesky(covariance).T * scale


def test_an_exact_one_factor_model_is_recovered():
    scale = np.array([1.0, 2.0, 0.5, 3.0, 1.0])

    found = omega_total(exactly(LOADINGS, scale))

    common = (scale * LOADINGS).sum() ** 2
    unique = (scale**2 * (1 - LOADINGS**2)).sum()
    assert found.coefficient.value == pytest.approx(common / (common + unique), abs=1e-6)
    assert [item.loading for item in found.loadings] == pytest.approx(LOADINGS, abs=1e-5)
    assert found.srmr == pytest.approx(0, abs=1e-5)
    assert found.provenance.warnings == ()


def test_loadings_are_those_of_statsmodels_maximum_likelihood():
    oracle = Factor(ATTITUDE, n_factor=1, method="ml").fit()

    found = omega_total(ATTITUDE)

    assert [item.loading for item in found.loadings] == pytest.approx(np.abs(oracle.loadings[:, 0]), abs=2e-6)
    assert [item.uniqueness for item in found.loadings] == pytest.approx(oracle.uniqueness, abs=2e-6)


def test_with_equal_loadings_omega_is_alpha():
    table = exactly(np.full(6, 0.6))

    assert omega_total(table).coefficient.value == pytest.approx(
        cronbach_alpha(table).coefficient.value, abs=1e-6
    )


def test_with_unequal_loadings_alpha_is_below_omega():
    table = exactly(LOADINGS)

    assert cronbach_alpha(table).coefficient.value < omega_total(table).coefficient.value - 0.01


def test_the_order_of_persons_and_items_is_without_effect():
    shuffled = ATTITUDE[::-1][:, [3, 1, 0, 2, 6, 5, 4]]

    assert omega_total(shuffled).coefficient.value == pytest.approx(
        omega_total(ATTITUDE).coefficient.value, abs=1e-7
    )


def test_the_bootstrap_gives_an_interval_and_fails_where_an_item_stands_still():
    table = np.column_stack([exactly(LOADINGS, n_persons=30), [1.0] + [0.0] * 29])

    found = omega_total(table, bootstrap=Bootstrap(np.random.default_rng(2), 100))
    whole = omega_total(exactly(LOADINGS), bootstrap=Bootstrap(np.random.default_rng(2), 100))

    assert found.coefficient.ci is None
    assert "resamples_failed" in [finding.code for finding in found.provenance.warnings]
    assert whole.coefficient.ci[0] < whole.coefficient.value < whole.coefficient.ci[1]


def test_what_speaks_against_the_model_is_named():
    against = exactly(LOADINGS) * [1, 1, 1, -1, 1]
    twins = np.column_stack([exactly(LOADINGS), exactly(LOADINGS)[:, 0] + 1e-4 * np.arange(200)])
    topics = np.random.default_rng(7).normal(size=(200, 2)) + np.random.default_rng(5).normal(size=(200, 1))
    unlike = np.repeat(topics, 3, axis=1) + 0.8 * np.random.default_rng(6).normal(size=(200, 6))

    codes = [
        [finding.code for finding in omega_total(x).provenance.warnings] for x in (against, twins, unlike)
    ]

    assert codes == [["negative_loading"], ["heywood_case"], ["one_factor_doubtful"]]


def test_a_factor_runs_the_way_most_items_do_and_becomes_json():
    found = omega_total(-ATTITUDE, items=["a", "b", "c", "d", "e", "f", "g"])

    assert sum(item.loading for item in found.loadings) > 0
    assert document(found)["loadings"][0]["item"] == "a"


@pytest.mark.parametrize(
    ("table", "code"),
    [
        (ATTITUDE[:, :2], "too_few_items"),
        (np.random.default_rng(1).normal(size=(12, 12)), "too_few_persons"),
        (np.column_stack([ATTITUDE, np.ones(30)]), "constant_item"),
        (np.array([[1, 1, 1], [1, -1, -1], [-1, 1, -1], [-1, -1, 1]] * 5), "factor_not_found"),
    ],
)
def test_what_carries_no_factor_is_refused(table, code):
    with pytest.raises(NotEstimable) as refused:
        omega_total(table)

    assert refused.value.code == code
