import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from statsmodels.stats.inter_rater import aggregate_raters
from statsmodels.stats.inter_rater import fleiss_kappa as peer

from assessments.agreement import cohen_kappa, fleiss_kappa
from assessments.errors import AssessmentError, NotEstimable
from tests.assessments.agreement.published import pairs, rows

TABLES = st.lists(st.lists(st.integers(0, 3), min_size=3, max_size=3), min_size=2, max_size=15)


@pytest.mark.parametrize(
    ("name", "printed"),
    [("fleiss-1971", "0.430245"), ("fleiss-10x14x5", "0.209931"), ("gwet-15x6x5", "0.4139265")],
)
def test_published_kappas_are_reproduced(name, printed):
    result = fleiss_kappa(rows(name), categories=range(5))

    assert f"{result.estimate.value:.{len(printed) - 2}f}" == printed


def test_the_standard_error_of_a_published_kappa_is_reproduced():
    estimate = fleiss_kappa(rows("gwet-15x6x5"), categories=range(5)).estimate

    assert f"{estimate.se:.8f} {estimate.ci[0]:.2f} {estimate.ci[1]:.3f}" == "0.08119291 0.24 0.588"


@given(TABLES)
def test_kappa_equals_that_of_statsmodels_and_knows_no_order_of_raters(table):
    assume(len({value for row in table for value in row}) > 1)

    result = fleiss_kappa(table, categories=range(4))

    assert result.estimate.value == pytest.approx(peer(aggregate_raters(np.array(table))[0]), abs=1e-9)
    shuffled = fleiss_kappa([row[::-1] for row in table[::-1]], categories=range(4))
    assert shuffled.estimate.value == pytest.approx(result.estimate.value, abs=1e-12)


def test_for_two_raters_it_is_scotts_pi_and_below_cohens_kappa():
    first, second = pairs("gwet-abstractors")

    pi = fleiss_kappa(np.column_stack([first, second]), categories=range(3)).estimate.value

    assert f"{pi:.7f}" == "0.7962397"
    assert pi < cohen_kappa(first, second, categories=range(3)).estimate.value


@pytest.mark.parametrize(
    ("table", "code"),
    [
        ([[1, 2], [1, np.nan]], "missing_cell"),
        ([[1, 2], [1, 7]], "unknown_category"),
        ([[1, 2]], "too_few_units"),
        ([[1], [2]], "too_few_raters"),
        ([[1, 1], [1, 1]], "no_expected_disagreement"),
    ],
)
def test_what_does_not_fit_or_is_not_defined_is_refused(table, code):
    with pytest.raises(AssessmentError) as refused:
        fleiss_kappa(table, categories=[1, 2])

    assert refused.value.code == code
    assert isinstance(refused.value, NotEstimable) == (code not in {"missing_cell", "unknown_category"})
