import json

import pytest

from assessments.errors import AssessmentError
from assessments.forms import BestWorst, Marks, Order, WrittenAnswer, read_response, response_document
from assessments.forms.responses import blank, ensure_fits, is_blank, is_spoiled
from tests.factories.items import a_choice, a_judgement, a_short_answer, an_ordering

ITEMS = [a_choice(), a_choice(key="ab"), an_ordering(), a_judgement(), a_short_answer()]


@pytest.mark.parametrize(
    ("item", "response", "written"),
    [
        (a_choice(), Marks(frozenset("ca")), ["a", "c"]),
        (an_ordering(), Order(tuple("dbca")), ["d", "b", "c", "a"]),
        (a_judgement(), BestWorst("a", None), {"best": "a", "worst": None}),
        (a_short_answer(), WrittenAnswer("Ask first."), "Ask first."),
    ],
)
def test_a_response_of_each_kind_is_written_and_read_back(item, response, written):
    assert response_document(response) == written
    assert read_response(item, json.loads(json.dumps(written))) == response


@pytest.mark.parametrize(
    ("item", "value", "code"),
    [
        (a_choice("X"), "ab", "option_list_expected"),
        (a_choice("X"), ["a", 1], "option_list_expected"),
        (a_choice("X"), ["e"], "unknown_option"),
        (an_ordering("X"), {"a": 1}, "option_list_expected"),
        (an_ordering("X"), ["a", "a", "b", "c"], "option_repeated"),
        (a_judgement("X"), ["a", "d"], "best_worst_expected"),
        (a_judgement("X"), {"best": "a", "least": "d"}, "best_worst_expected"),
        (a_judgement("X"), {"best": 1}, "best_worst_expected"),
        (a_judgement("X"), {"worst": "z"}, "unknown_option"),
        (a_short_answer("X"), None, "text_expected"),
    ],
)
def test_a_bad_response_is_refused_and_names_its_item(item, value, code):
    with pytest.raises(AssessmentError) as refusal:
        read_response(item, value)

    assert (refusal.value.code, refusal.value.facts["item"]) == (code, "X")


def test_a_response_of_another_kind_is_refused():
    with pytest.raises(AssessmentError, match="response_of_other_kind"):
        ensure_fits(a_choice(), Order(("a",)))


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.kind.value)
def test_the_blank_response_fits_and_is_not_spoiled(item):
    ensure_fits(item, blank(item))

    assert (is_blank(blank(item)), is_spoiled(item, blank(item))) == (True, False)


@pytest.mark.parametrize(
    ("item", "response", "spoiled"),
    [
        (a_choice(), Marks(frozenset("ab")), True),
        (a_choice(key="ab"), Marks(frozenset("abc")), False),
        (an_ordering(), Order(("a", "b")), True),
        (an_ordering(), Order(tuple("dcba")), False),
        (a_judgement(), BestWorst("b", "b"), True),
        (a_judgement(), BestWorst(None, "b"), False),
        (a_short_answer(), WrittenAnswer("?"), False),
    ],
)
def test_what_cannot_be_meant_is_spoiled(item, response, spoiled):
    assert is_spoiled(item, response) is spoiled


def test_white_space_is_no_answer():
    assert is_blank(WrittenAnswer(" \n"))
