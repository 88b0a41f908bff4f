"""Rapid answers: thresholds by hand, effort below the line flagged."""

import numpy as np
import pytest

from assessments.errors import AssessmentError, NotEstimable
from assessments.results import document
from assessments.security.rapid_guessing import rapid_guessing


def test_a_tenth_of_the_mean_time_and_at_most_ten_seconds_is_the_threshold():
    seconds = np.array([[60.0, 400.0], [5.0, 9.9], [55.0, np.nan]])

    result = rapid_guessing(seconds)

    first, second = result.items
    assert (first.threshold, second.threshold) == (pytest.approx(4.0), 10.0)
    assert (first.rapid_share, second.rapid_share) == (0, 0.5)
    assert [(person.effort, person.n_rapid, person.n_times) for person in result.persons] == [
        (1.0, 0, 2),
        (0.5, 1, 2),
        (1.0, 0, 1),
    ]
    assert [person.is_flagged for person in result.persons] == [False, True, False]
    assert [finding.code for finding in result.provenance.warnings] == ["never_sole_evidence", "few_times"]
    assert document(result)


def test_effort_of_nine_tenths_is_enough():
    seconds = np.full((40, 10), 50.0)
    seconds[0, 0] = seconds[1, :2] = 1.0

    result = rapid_guessing(seconds)

    assert [person.is_flagged for person in result.persons[:3]] == [False, True, False]
    assert [finding.code for finding in result.provenance.warnings] == ["never_sole_evidence"]


def test_a_person_without_times_is_left_out():
    result = rapid_guessing([[np.nan, np.nan], [30.0, 30.0]], persons=["ann", "ben"])

    assert [person.person for person in result.persons] == ["ben"]
    assert result.provenance.n_persons == 1


@pytest.mark.parametrize(
    ("seconds", "options", "error", "code"),
    [
        ([[0.0]], {}, AssessmentError, "time_not_positive"),
        ([[1.0]], {"share": 1.0}, AssessmentError, "share_out_of_range"),
        ([[1.0]], {"cap": 0.0}, AssessmentError, "cap_not_positive"),
        ([[1.0, np.nan]], {}, NotEstimable, "no_times"),
    ],
)
def test_what_gives_no_threshold_is_refused(seconds, options, error, code):
    with pytest.raises(error, match=code):
        rapid_guessing(seconds, **options)
