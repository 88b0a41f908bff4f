"""Whatever table comes: an answer that can be written down, or a refusal that says why, and nothing else."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from assessments.consistency import huynh, livingston_lewis, peng_subkoviak, phi_lambda, subkoviak
from assessments.errors import AssessmentError
from assessments.items import scored_item_analysis
from assessments.reliability import (
    composite_reliability,
    cronbach_alpha,
    csem_parts,
    guttman_lambda2,
    kr20,
    kr21,
    omega_total,
    stratified_alpha,
)
from assessments.results import document

# Few distinct rows make constant items, equal totals, perfect scores and perfect correlations likely.
TABLES = st.builds(
    lambda rows, scale: np.resize(rows, (60, rows.shape[1])) * scale,
    arrays.arrays(np.float64, st.tuples(st.integers(1, 7), st.integers(1, 5)), elements=st.integers(0, 3)),
    st.sampled_from([1 / 3, 1.0]),
)

STATISTICS = {
    "alpha": cronbach_alpha,
    "kr20": kr20,
    "kr21": lambda table: kr21(table.sum(axis=1), n_items=15),
    "lambda2": guttman_lambda2,
    "parts": csem_parts,
    "stratified": lambda table: stratified_alpha(table, ["all"] * table.shape[1]),
    "composite": lambda table: composite_reliability(
        table, weights=[1] * table.shape[1], reliabilities=[0.5] * table.shape[1]
    ),
    "omega": omega_total,
    "items": lambda table: scored_item_analysis(table, maxima=[3] * table.shape[1]),
    "livingston_lewis": lambda table: livingston_lewis(
        table.sum(axis=1), cuts=[1, 8, 15], scale=(0, 15), reliability=0.6
    ),
    "huynh": lambda table: huynh(table.sum(axis=1), n_items=15, cuts=[1, 8, 15]),
    "subkoviak": lambda table: subkoviak(table.sum(axis=1), n_items=15, cuts=[1, 8, 15], reliability=1),
    "peng_subkoviak": lambda table: peng_subkoviak(table.sum(axis=1), n_items=15, cuts=[1, 8, 15]),
    "phi_lambda": lambda table: phi_lambda(table, cuts=[1, 2], maximum=3),
}


@pytest.mark.parametrize("name", STATISTICS)
@given(table=TABLES)
@settings(max_examples=25, deadline=None)
def test_an_extreme_table_is_answered_or_refused(name, table):
    try:
        found = STATISTICS[name](table)
    except AssessmentError as refused:
        assert refused.code
    else:
        assert document(found)  # which refuses NaN and infinities
