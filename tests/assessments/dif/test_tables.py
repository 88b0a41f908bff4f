"""The common odds ratio: against R's printed values, statsmodels, and its own symmetries."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from statsmodels.stats.contingency_tables import StratifiedTable

from assessments.dif.tables import common_odds_ratio, count_tables
from assessments.errors import AssessmentError, NotEstimable

# Admissions to Berkeley in autumn 1973 by sex in the six largest departments (Bickel, Hammel & O'Connell
# 1975); R ships them as UCBAdmissions. Rows: men, women; columns: admitted, rejected.
BERKELEY = [
    [[512, 313], [89, 19]],
    [[353, 207], [17, 8]],
    [[120, 205], [202, 391]],
    [[138, 279], [131, 244]],
    [[53, 138], [94, 299]],
    [[22, 351], [24, 317]],
]
TABLES = arrays(np.int64, st.tuples(st.integers(1, 6), st.just(2), st.just(2)), elements=st.integers(0, 12))


def estimable(tables):
    try:
        return common_odds_ratio(tables)
    except NotEstimable:
        assume(False)


def test_berkeley_admissions_give_the_values_that_r_prints():
    result = common_odds_ratio(BERKELEY)
    uncorrected = common_odds_ratio(BERKELEY, correction=False)

    assert round(result.odds_ratio.value, 7) == 0.9046968
    assert [round(end, 7) for end in result.odds_ratio.ci] == [0.7719074, 1.0603298]
    assert (round(result.chi2, 4), round(result.p, 4)) == (1.4269, 0.2323)
    assert (round(uncorrected.chi2, 4), round(uncorrected.p, 4)) == (1.5246, 0.2169)
    assert (result.n_strata, result.n_matched) == (6, 4526)


@settings(max_examples=50, deadline=None)
@given(TABLES)
def test_ratio_error_and_tests_are_those_of_statsmodels(tables):
    result = estimable(tables)
    uncorrected = common_odds_ratio(tables, correction=False)

    oracle = StratifiedTable([table for table in tables if (table.sum(axis=1) > 0).all()])

    assert np.isclose(result.odds_ratio.value, oracle.oddsratio_pooled, rtol=1e-9)
    assert np.isclose(result.log_odds_ratio.se, oracle.logodds_pooled_se, rtol=1e-9)
    assert np.allclose(result.odds_ratio.ci, oracle.oddsratio_pooled_confint(), rtol=1e-9)
    null = oracle.test_null_odds(correction=False)
    assert np.isclose(uncorrected.chi2, null.statistic, rtol=1e-9, atol=1e-12)
    assert np.isclose(uncorrected.p, null.pvalue, rtol=1e-9, atol=1e-12)
    # statsmodels takes the half away even from a smaller difference, which then counts as larger than it is.
    if (result.chi2 > 0) and np.sqrt(null.statistic) > 0:
        assert np.isclose(result.chi2, oracle.test_null_odds(correction=True).statistic, rtol=1e-9)


@settings(max_examples=50, deadline=None)
@given(TABLES)
def test_swapping_the_groups_turns_the_ratio_round(tables):
    result = estimable(tables)

    swapped = common_odds_ratio(tables[:, ::-1])

    assert np.isclose(swapped.log_odds_ratio.value, -result.log_odds_ratio.value, atol=1e-12)
    assert np.isclose(swapped.chi2, result.chi2, rtol=1e-9, atol=1e-12)


@settings(max_examples=50, deadline=None)
@given(TABLES)
def test_strata_of_one_group_and_their_order_say_nothing(tables):
    result = estimable(tables)
    alone = np.array([[[3, 4], [0, 0]], [[0, 0], [5, 1]], [[0, 0], [0, 0]]])

    longer = common_odds_ratio(np.concatenate([alone, tables[::-1]]))

    assert np.isclose(longer.odds_ratio.value, result.odds_ratio.value, rtol=1e-12)
    assert (longer.n_strata, longer.n_matched) == (result.n_strata, result.n_matched)


@pytest.mark.parametrize(
    ("tables", "code"),
    [
        ([[[3, 4], [0, 0]]], "no_overlap"),
        ([[[3, 0], [5, 0]], [[0, 2], [0, 7]]], "no_variation"),
        ([[[3, 0], [5, 2]]], "empty_cells"),
        ([[[0, 3], [5, 2]]], "empty_cells"),
    ],
)
def test_degenerate_strata_are_not_estimated(tables, code):
    with pytest.raises(NotEstimable, match=code):
        common_odds_ratio(tables)


@pytest.mark.parametrize(
    ("tables", "code"),
    [
        ([[1, 2], [3, 4]], "not_tables"),
        ([[[1, 2, 3], [1, 2, 3]]], "not_tables"),
        ([[[1, -2], [3, 4]]], "not_counts"),
        ([[[1.5, 2], [3, 4]]], "not_counts"),
        ([[[np.nan, 2], [3, 4]]], "not_counts"),
    ],
)
def test_what_are_no_tables_of_counts_is_refused(tables, code):
    with pytest.raises(AssessmentError, match=code):
        common_odds_ratio(tables)


def test_persons_are_counted_into_their_cell():
    right = np.array([1.0, 0.0, 1.0, 1.0])
    focal = np.array([False, False, True, True])
    stratum = np.array([0, 0, 1, 1])

    assert count_tables(right, focal, stratum).tolist() == [[[1, 1], [0, 0]], [[0, 0], [2, 0]]]
