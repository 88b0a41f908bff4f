"""Adjusted p values: against statsmodels, and their order."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from assessments.errors import AssessmentError
from assessments.multiplicity import benjamini_hochberg, holm

P_VALUES = st.lists(st.floats(0, 1), min_size=1, max_size=30)


@settings(max_examples=50, deadline=None)
@given(P_VALUES)
def test_screened_p_values_are_those_of_statsmodels(p):
    assert np.allclose(benjamini_hochberg(p), multipletests(p, method="fdr_bh")[1], rtol=0, atol=1e-12)


@pytest.mark.parametrize("seed", range(3))
def test_familywise_p_values_are_those_of_statsmodels(seed):
    p = np.random.default_rng(seed).random(25) ** 3

    assert np.allclose(holm(p), multipletests(p, method="holm")[1], rtol=0, atol=1e-12)


@settings(max_examples=50, deadline=None)
@given(P_VALUES)
def test_holm_is_never_more_lenient_than_benjamini_hochberg_and_both_never_than_nothing(p):
    for raw, screened, familywise in zip(p, benjamini_hochberg(p), holm(p), strict=True):
        assert raw <= screened + 1e-12
        assert screened <= familywise + 1e-12
        assert familywise <= 1


def test_no_tests_have_no_p_values():
    assert benjamini_hochberg([]) == holm([]) == ()


@pytest.mark.parametrize("adjust", [benjamini_hochberg, holm])
@pytest.mark.parametrize(("p", "code"), [([1.1], "not_a_probability"), ([-0.1, 0.5], "not_a_probability")])
def test_what_is_no_probability_is_refused(adjust, p, code):
    with pytest.raises(AssessmentError, match=code):
        adjust(p)
