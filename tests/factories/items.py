"""Items of every kind, sound unless a test says otherwise."""

from decimal import Decimal

from assessments.forms import (
    BestWorstKey,
    Criterion,
    EffectivenessKey,
    Item,
    ItemKind,
    JudgementItem,
    OrderingItem,
    OrderingRule,
    ShortAnswerItem,
)


def a_choice(code="C-1", unit="U1", *, key="a", options="abcd", level=None):
    kind = ItemKind.SINGLE_CHOICE if len(key) == 1 else ItemKind.MULTIPLE_CHOICE
    return Item(code, 1, unit, kind, tuple(options), frozenset(key), level)


def an_ordering(
    code="O-1", unit="U1", *, key="abcd", options="bdca", rule=OrderingRule.ADJACENT_PAIRS, points=1
):
    return OrderingItem(code, 1, unit, tuple(options), tuple(key), rule, points)


def a_judgement(code="J-1", unit="U2", *, key=None, options="abcd", points=2):
    return JudgementItem(code, 1, unit, tuple(options), key or BestWorstKey("a", "d"), points)


def effectiveness(*values):
    return EffectivenessKey(tuple(Decimal(value) for value in values))


def a_short_answer(code="S-1", unit="U2", **rubric):
    criteria = rubric or {"names the risk": 2, "proposes a step": 3}
    return ShortAnswerItem(code, 1, unit, tuple(Criterion(name, points) for name, points in criteria.items()))
