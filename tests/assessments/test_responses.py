"""Complete responses: who is kept, who is refused, and what a small group is warned of."""

import numpy as np
import pytest

from assessments.errors import AssessmentError, NotEstimable
from assessments.responses import complete


def test_a_missing_response_is_refused_unless_the_person_may_be_left_out():
    table = np.ones((120, 3))
    table[4, 1] = np.nan

    with pytest.raises(AssessmentError) as refused:
        complete(table)
    kept = complete(table, missing="listwise")

    assert (refused.value.code, refused.value.facts["row"]) == ("missing_cell", 4)
    assert (kept.n_persons, kept.n_items, kept.n_missing) == (119, 3, 1)
    assert [finding.code for finding in kept.findings] == ["persons_left_out"]


@pytest.mark.parametrize(
    ("n_persons", "codes"), [(10, ["few_persons"]), (49, ["few_persons"]), (50, ["unstable"]), (100, [])]
)
def test_small_groups_are_warned_of(n_persons, codes):
    assert [finding.code for finding in complete(np.ones((n_persons, 2))).findings] == codes


@pytest.mark.parametrize(
    ("table", "kind", "code"),
    [
        (np.ones((9, 2)), NotEstimable, "too_few_persons"),
        (np.full((20, 2), np.inf), AssessmentError, "not_finite"),
        (np.full((20, 2), 1e10), AssessmentError, "score_too_large"),
    ],
)
def test_what_no_statistic_can_use_is_refused(table, kind, code):
    with pytest.raises(kind) as refused:
        complete(table)

    assert refused.value.code == code
