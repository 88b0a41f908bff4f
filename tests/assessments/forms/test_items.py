from decimal import Decimal

import pytest

from assessments.errors import AssessmentError
from assessments.forms import BestWorstKey, EffectivenessKey, Item, ItemKind, ShortAnswerItem
from tests.factories.items import a_choice, a_judgement, a_short_answer, an_ordering, effectiveness


@pytest.mark.parametrize(
    ("build", "code"),
    [
        (lambda: an_ordering("X", options="aab"), "option_repeated"),
        (lambda: an_ordering("X", key="abce"), "key_not_an_option"),
        (lambda: an_ordering("X", key="abc"), "key_count"),
        (lambda: an_ordering("X", key="abca"), "key_count"),
        (lambda: an_ordering("X", options="a", key="a"), "key_count"),
        (lambda: an_ordering("X", points=0), "points_not_positive"),
        (lambda: a_judgement("X", options="aabd"), "option_repeated"),
        (lambda: a_judgement("X", key=BestWorstKey("a", "e")), "key_not_an_option"),
        (lambda: a_judgement("X", key=BestWorstKey("a", "a")), "key_count"),
        (lambda: a_judgement("X", options="ad"), "key_count"),
        (lambda: a_judgement("X", points=0), "points_not_positive"),
        (lambda: a_judgement("X", key=effectiveness("1", "2", "3")), "effectiveness_count"),
        (lambda: a_judgement("X", key=effectiveness("1", "2", "3", "NaN")), "effectiveness_not_decimal"),
        (lambda: a_judgement("X", key=EffectivenessKey((1.0, 2.0, 3.0, 4.0))), "effectiveness_not_decimal"),
        (lambda: a_judgement("X", key=effectiveness("2", "2", "2.0", "2")), "effectiveness_flat"),
        (lambda: ShortAnswerItem("X", 1, "U1", ()), "no_rubric"),
        (lambda: a_short_answer("X", clarity=0), "points_not_positive"),
        (lambda: Item("X", 1, "U1", ItemKind.ORDERING, ("a", "b"), frozenset("a")), "kind_not_choice"),
    ],
)
def test_an_item_that_cannot_be_scored_is_refused_by_name(build, code):
    with pytest.raises(AssessmentError) as refusal:
        build()

    assert (refusal.value.code, refusal.value.facts["item"]) == (code, "X")


def test_a_rubric_names_each_criterion_once():
    criterion = a_short_answer().rubric[0]

    with pytest.raises(AssessmentError, match="criterion_repeated"):
        ShortAnswerItem("X", 1, "U1", (criterion, criterion))


def test_every_item_says_its_kind_and_its_points():
    items = [a_choice(), a_choice(key="ab"), an_ordering(), a_judgement(), a_short_answer()]

    assert [item.kind for item in items] == list(ItemKind)
    assert [item.points for item in items] == [1, 1, 1, 2, 5]


def test_experts_values_keep_every_digit():
    assert effectiveness("3.10", "2.5").values == (Decimal("3.10"), Decimal("2.5"))
