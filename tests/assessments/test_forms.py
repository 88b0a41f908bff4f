import pytest

from assessments.errors import AssessmentError
from assessments.forms import (
    AnswerKey,
    Blueprint,
    BlueprintLine,
    Deviation,
    Item,
    ItemKind,
    blueprint_deviations,
)


def an_item(code="K-001", unit="U1", kind=ItemKind.SINGLE_CHOICE, key="a", options="abcd"):
    return Item(code, 1, unit, kind, tuple(options), frozenset(key))


def a_blueprint(minutes=90, **counts):
    return Blueprint(tuple(BlueprintLine(unit, count) for unit, count in counts.items()), minutes)


@pytest.mark.parametrize(
    ("kind", "key", "options", "code"),
    [
        (ItemKind.SINGLE_CHOICE, "a", "abca", "option_repeated"),
        (ItemKind.SINGLE_CHOICE, "e", "abcd", "key_not_an_option"),
        (ItemKind.SINGLE_CHOICE, "ab", "abcd", "key_count"),
        (ItemKind.SINGLE_CHOICE, "", "abcd", "key_count"),
        (ItemKind.SINGLE_CHOICE, "a", "a", "key_count"),
        (ItemKind.MULTIPLE_CHOICE, "a", "abcd", "key_count"),
        (ItemKind.MULTIPLE_CHOICE, "abcd", "abcd", "key_count"),
    ],
)
def test_an_item_that_cannot_be_scored_is_refused_by_name(kind, key, options, code):
    with pytest.raises(AssessmentError) as refusal:
        an_item("K-007", kind=kind, key=key, options=options)

    assert refusal.value.code == code
    assert refusal.value.facts["item"] == "K-007"


def test_a_multiple_choice_item_takes_two_keys_and_more():
    assert an_item(kind=ItemKind.MULTIPLE_CHOICE, key="acd").key == {"a", "c", "d"}


def test_a_key_refuses_an_item_that_stands_in_it_twice():
    with pytest.raises(AssessmentError) as refusal:
        AnswerKey("1", (an_item(), an_item(unit="U2")))

    assert (refusal.value.code, refusal.value.facts["items"]) == ("item_repeated", ("K-001",))


def test_an_empty_key_is_refused():
    with pytest.raises(AssessmentError, match="no_items"):
        AnswerKey("1", ())


@pytest.mark.parametrize(
    ("lines", "minutes", "code"),
    [
        ([("U1", 2), ("U1", 3)], 90, "unit_repeated"),
        ([("U1", 0)], 90, "count_not_positive"),
        ([("U1", 2)], 0, "minutes_not_positive"),
    ],
)
def test_a_blueprint_that_contradicts_itself_is_refused(lines, minutes, code):
    with pytest.raises(AssessmentError, match=code):
        Blueprint(tuple(BlueprintLine(unit, count) for unit, count in lines), minutes)


def test_a_form_that_meets_its_blueprint_has_no_deviation():
    items = [an_item("K-001"), an_item("K-002", "U2"), an_item("K-003")]

    assert blueprint_deviations(items, a_blueprint(U1=2, U2=1)) == ()


def test_every_deviation_is_named_missing_surplus_and_foreign():
    items = [an_item("K-001"), an_item("K-002"), an_item("K-003", "U9")]

    assert blueprint_deviations(items, a_blueprint(U1=1, U2=3)) == (
        Deviation("U1", 1, 2),
        Deviation("U2", 3, 0),
        Deviation("U9", 0, 1),
    )


def test_the_same_item_twice_cannot_fill_a_blueprint():
    with pytest.raises(AssessmentError, match="item_repeated"):
        blueprint_deviations([an_item(), an_item()], a_blueprint(U1=2))
