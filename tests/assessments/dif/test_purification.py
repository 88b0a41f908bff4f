"""The anchor: flagged items leave it, but never so many that nothing is left to match on."""

import pytest

from assessments.dif.purification import Purification, purify


def nothing(anchor):
    return frozenset()


def always_the_first(anchor):
    return frozenset({0})


def in_turns(anchor):
    """Flag an item while it is in the anchor, and clear it when it is not: the anchor never settles."""
    return frozenset({0}) if 0 in anchor else frozenset({1})


def most(anchor):
    return frozenset({0, 1, 2})


@pytest.mark.parametrize(
    ("flagged", "mode", "anchor", "rounds", "codes"),
    [
        (always_the_first, Purification.NONE, {0, 1, 2, 3}, 0, []),
        (nothing, Purification.ITERATIVE, {0, 1, 2, 3}, 0, []),
        (always_the_first, Purification.TWO_STEP, {1, 2, 3}, 1, []),
        (always_the_first, Purification.ITERATIVE, {1, 2, 3}, 1, []),
        (most, Purification.TWO_STEP, {0, 1, 2, 3}, 0, ["purification_stopped"]),
        (in_turns, Purification.TWO_STEP, {1, 2, 3}, 1, []),
        (in_turns, Purification.ITERATIVE, {0, 2, 3}, 10, ["purification_unsettled"]),
    ],
)
def test_flagged_items_leave_the_anchor(flagged, mode, anchor, rounds, codes):
    purified = purify(flagged, 4, mode)

    assert (purified.items, purified.rounds) == (anchor, rounds)
    assert [finding.code for finding in purified.findings] == codes
