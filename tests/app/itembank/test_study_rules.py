"""The life of a panel study, and what its ratings come to; pure."""

from fractions import Fraction

import pytest

from app.core.errors import Conflict, MoveRefused
from app.itembank.rules import studies as law
from app.itembank.rules.studies import MOVES, JudgeState, Rated, StudyAction, StudyState

ITEMS = ("K-1", "K-2", "K-3")


def rated(*, points=(1, 1, 1), left=(), shift=0):
    """Two rounds of six judges; each a hundredth stricter than the one before her, level 4 above level 3."""
    judges = [f"J{number}" for number in range(1, 7)]
    sheets = {
        judge: {
            "3": {item: 40 + 10 * place + number for place, item in enumerate(ITEMS)},
            "4": {item: 75 - shift + 5 * place + number for place, item in enumerate(ITEMS)},
        }
        for number, judge in enumerate(judges)
    }
    staying = [judge for judge in judges if judge not in left]
    return Rated(
        [sheets, sheets], staying, dict.fromkeys(left, "ill"), "up", dict(zip(ITEMS, points, strict=True))
    )


@pytest.mark.parametrize("state", list(StudyState))
@pytest.mark.parametrize("action", list(StudyAction))
def test_a_study_moves_as_declared_and_never_otherwise(state, action):
    if (state, action) in MOVES:
        assert law.after(state, action) is MOVES[(state, action)]
    else:
        with pytest.raises(MoveRefused):
            law.after(state, action)


@pytest.mark.parametrize("state", [StudyState.CONCLUDED, StudyState.ABANDONED])
def test_nothing_leads_out_of_the_end(state):
    assert not [move for move in MOVES if move[0] is state]


def test_a_cut_is_the_mean_of_the_judges_sums():
    cut = law.cuts(rated(), [3])[0].study

    assert cut.cut_raw == Fraction(150 * 6 + 3 * 15, 600)
    assert cut.cut == 2


def test_an_item_of_two_points_counts_twice():
    cut = law.cuts(rated(points=(2, 1, 1)), [3])[0].study

    assert cut.cut_raw == Fraction(190 * 6 + 4 * 15, 600)


def test_who_left_does_not_count_and_the_change_is_told():
    panel = rated(left=["J6"])

    assert law.cuts(panel, [3])[0].study.cut_raw == Fraction(150 * 5 + 3 * 10, 500)
    assert law.moved_by_leaving(panel, 3) == "-0.015000"


def test_nothing_is_told_of_a_change_when_nobody_left():
    assert law.moved_by_leaving(rated(), 3) is None


def test_levels_with_one_cut_are_refused_with_the_reason():
    with pytest.raises(Conflict) as refused:
        law.cuts(rated(shift=35), [3, 4])

    assert (refused.value.code, refused.value.facts["reason"]) == ("cuts_not_set", "cuts_not_increasing")


def test_training_comes_before_round_one_and_only_where_it_was_planned():
    assert law.next_round([], 2, has_training=True) == 0
    assert law.next_round([], 2, has_training=False) == 1
    assert law.next_round([0], 2, has_training=True) == 1


@pytest.mark.parametrize(("signed", "allowed"), [(6, True), (5, False)])
def test_who_has_begun_to_rate_leaves_while_enough_stay(signed, allowed):
    leave = {"signed": signed, "least": 5}

    if allowed:
        law.ensure_may_leave(StudyState.RATING, JudgeState.SIGNED, **leave)
    else:
        with pytest.raises(Conflict):
            law.ensure_may_leave(StudyState.RATING, JudgeState.SIGNED, **leave)
