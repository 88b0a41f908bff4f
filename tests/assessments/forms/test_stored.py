import json

import pytest

from assessments.errors import AssessmentError
from assessments.forms import BestWorstKey, JudgementRule, OrderingRule, item_document, read_item
from tests.factories.items import a_choice, a_judgement, a_short_answer, an_ordering, effectiveness

ITEMS = [
    a_choice(level="apply"),
    a_choice(key="bd"),
    an_ordering(rule=OrderingRule.ALL_OR_NOTHING, points=3),
    a_judgement(key=BestWorstKey("b", "c", JudgementRule.PENALISED)),
    a_judgement(key=effectiveness("4.25", "3", "1.10", "2"), points=4),
    a_short_answer(),
]


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.kind.value)
def test_an_item_is_stored_and_read_back_whole(item):
    assert read_item(json.loads(json.dumps(item_document(item)))) == item


def test_points_and_cognitive_level_may_be_left_out():
    stored = item_document(an_ordering())
    del stored["points"], stored["cognitive_level"]

    assert read_item(stored) == an_ordering()


@pytest.mark.parametrize(
    ("item", "change", "field"),
    [
        (a_choice(), {"version": True}, "version"),
        (a_choice(), {"version": None}, "version"),
        (a_choice(), {"unit": 3}, "unit"),
        (a_choice(), {"kind": "essay"}, "kind"),
        (a_choice(), {"options": "abcd"}, "options"),
        (a_choice(), {"key": [1]}, "key"),
        (a_choice(), {"weight": 2}, "weight"),
        (an_ordering(), {"rule": "any"}, "rule"),
        (a_judgement(), {"key": {"best": "a", "worst": "d", "rule": "plain", "value": 1}}, "value"),
        (a_judgement(), {"key": {"values": ["much"]}}, "values"),
        (a_judgement(), {"key": "a"}, None),
        (a_short_answer(), {"rubric": [{"code": "c", "points": 1, "text": "t"}]}, "text"),
        (a_short_answer(), {"rubric": None}, "rubric"),
    ],
)
def test_a_stored_item_of_another_shape_is_refused_by_field(item, change, field):
    with pytest.raises(AssessmentError) as refusal:
        read_item({**item_document(item), **change})

    assert (refusal.value.code, refusal.value.facts) == ("item_shape", {"item": item.code, "field": field})


def test_what_is_no_object_is_no_item():
    with pytest.raises(AssessmentError, match="item_shape"):
        read_item(["C-1"])
