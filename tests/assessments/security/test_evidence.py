"""Options, keys and pairs as they come in: what fits none is refused by name."""

import numpy as np
import pytest

from assessments.errors import AssessmentError, NotEstimable
from assessments.security.evidence import (
    chosen_options,
    compared_pairs,
    ensure_enough,
    ensure_level,
    grouped,
    keyed_options,
    taken_seconds,
)

PERSONS = ("ann", "ben", "cid")


def test_an_unanswered_item_is_no_option():
    chosen, offered = chosen_options([[0, np.nan], [2, 1]], [3, 2])

    assert chosen.tolist() == [[0, -1], [2, 1]]
    assert offered.tolist() == [3, 2]


@pytest.mark.parametrize(
    ("choices", "n_options", "code"),
    [
        ([[0, 1]], [3], "option_counts"),
        ([[0, 1]], [[3, 3]], "option_counts"),
        ([[0, 1]], 2.5, "option_counts"),
        ([[0, 1]], 1, "option_counts"),
        ([[0, 1]], 51, "option_counts"),
        ([[0, 3]], 3, "unknown_option"),
        ([[0, -1]], 3, "unknown_option"),
        ([[0, 0.5]], 3, "unknown_option"),
    ],
)
def test_choices_that_are_no_options_are_refused(choices, n_options, code):
    with pytest.raises(AssessmentError, match=code):
        chosen_options(choices, n_options)


@pytest.mark.parametrize("key", [[0], [0, 3], [-1, 0], [0.5, 1.0]])
def test_a_key_that_names_no_option_is_refused(key):
    with pytest.raises(AssessmentError, match="key_not_an_option"):
        keyed_options(key, np.array([3, 3]))


def test_without_a_list_every_ordered_pair_is_compared():
    assert compared_pairs(None, PERSONS).tolist() == [[0, 1], [0, 2], [1, 0], [1, 2], [2, 0], [2, 1]]
    assert compared_pairs([("cid", "ann")], PERSONS).tolist() == [[2, 0]]


@pytest.mark.parametrize(
    ("pairs", "persons", "error", "code"),
    [
        ([("ann", "dan")], PERSONS, AssessmentError, "unknown_person"),
        ([("ann", "ann")], PERSONS, AssessmentError, "pair_of_one"),
        ([("ann", "ben"), ("ann", "ben")], PERSONS, AssessmentError, "pair_repeated"),
        ([], PERSONS, NotEstimable, "no_pairs"),
        (None, ("ann",), NotEstimable, "too_few_persons"),
    ],
)
def test_pairs_that_cannot_be_compared_are_refused(pairs, persons, error, code):
    with pytest.raises(error, match=code):
        compared_pairs(pairs, persons)


@pytest.mark.parametrize("level", [0, 1, -0.5])
def test_a_level_that_is_no_chance_is_refused(level):
    with pytest.raises(AssessmentError, match="level_out_of_range"):
        ensure_level(level)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [([[5, 0]], "time_not_positive"), ([[5, -1]], "time_not_positive"), ([[5, 2e7]], "time_too_long")],
)
def test_what_is_no_response_time_is_refused(seconds, code):
    with pytest.raises(AssessmentError, match=code) as refusal:
        taken_seconds(seconds)

    assert refusal.value.facts == {"row": 0, "column": 1}


def test_few_persons_are_cautioned_and_too_few_refused():
    assert ensure_enough(100) == ()
    assert [finding.code for finding in ensure_enough(99)] == ["few_persons"]
    with pytest.raises(NotEstimable, match="too_few_persons"):
        ensure_enough(49)


def test_rows_are_grouped_by_their_value():
    assert [(value, rows.tolist()) for value, rows in grouped(np.array([7, 3, 7]))] == [(3, [1]), (7, [0, 2])]
