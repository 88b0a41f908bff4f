from dataclasses import replace

import pytest

from assessments.errors import AssessmentError
from assessments.forms import AnswerKey, BestWorstKey, rekey
from tests.factories.items import a_choice, a_judgement, a_short_answer, an_ordering

KEY = AnswerKey("1", (a_choice(), an_ordering(), a_judgement(), a_short_answer()))


def test_a_rekey_is_a_new_version_in_the_same_order_and_leaves_the_old_one():
    changed = [
        a_judgement(key=BestWorstKey("b", "d")),
        a_choice(key="b"),
        an_ordering(key="bacd"),
        a_short_answer(),
    ]

    new = rekey(KEY, version="2", items=changed)

    assert new == AnswerKey("2", (changed[1], changed[2], changed[0], changed[3]))
    assert KEY.items[0] == a_choice()


@pytest.mark.parametrize(
    ("version", "items", "code"),
    [
        ("1", [], "key_version_unchanged"),
        ("2", [a_choice("C-9")], "unknown_item"),
        ("2", [a_choice(key="b"), a_choice(key="c")], "item_repeated"),
        ("2", [a_choice(unit="U9")], "item_changed"),
        ("2", [a_choice(key="ab")], "item_changed"),
        ("2", [a_choice("O-1")], "item_changed"),
        ("2", [an_ordering(points=2)], "item_changed"),
        ("2", [a_judgement(options="abce", key=BestWorstKey("a", "b"))], "item_changed"),
        ("2", [replace(a_short_answer(), rubric=a_short_answer(tone=1).rubric)], "item_changed"),
    ],
)
def test_a_rekey_changes_keys_and_nothing_else(version, items, code):
    with pytest.raises(AssessmentError, match=code):
        rekey(KEY, version=version, items=items)
