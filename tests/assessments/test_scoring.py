import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.errors import AssessmentError
from assessments.forms import AnswerKey, Item, ItemKind
from assessments.scoring import SCORING_VERSION, UnitScore, passes, score

OPTIONS = ("a", "b", "c", "d")
KEY = AnswerKey(
    "2026-1",
    (
        Item("K-001", 1, "U1", ItemKind.SINGLE_CHOICE, OPTIONS, frozenset("a")),
        Item("K-002", 1, "U2", ItemKind.MULTIPLE_CHOICE, OPTIONS, frozenset("bd")),
        Item("K-003", 1, "U1", ItemKind.SINGLE_CHOICE, OPTIONS, frozenset("c")),
    ),
)
RESPONSES = st.dictionaries(
    st.sampled_from([item.code for item in KEY.items]), st.frozensets(st.sampled_from(OPTIONS))
)


@pytest.mark.parametrize(
    ("responses", "raw"),
    [
        ({}, 0),
        ({"K-001": ["a"], "K-002": ["b", "d"], "K-003": ["c"]}, 3),
        ({"K-001": ["a"], "K-002": ["d", "b"]}, 2),
        ({"K-002": ["b"]}, 0),
        ({"K-002": ["b", "c", "d"]}, 0),
        ({"K-001": ["a", "b"]}, 0),
        ({"K-001": ["b"], "K-003": []}, 0),
    ],
)
def test_an_item_scores_only_when_its_marks_are_exactly_the_key(responses, raw):
    assert score(KEY, responses).raw == raw


def test_a_score_says_what_it_was_made_from():
    result = score(KEY, {"K-001": ["a", "b"], "K-003": ["c"]})

    assert result.by_unit == (UnitScore("U1", 1, 2), UnitScore("U2", 0, 1))
    assert (result.raw, result.maximum) == (1, 3)
    assert (result.unanswered, result.spoiled) == (("K-002",), ("K-001",))
    assert (result.scoring_version, result.key_version) == (SCORING_VERSION, "2026-1")


@pytest.mark.parametrize(
    ("responses", "code", "item"),
    [
        ({"K-999": ["a"]}, "unknown_item", "K-999"),
        ({"K-002": ["b", "e"]}, "unknown_option", "K-002"),
        ({"K-002": "bd"}, "option_list_expected", "K-002"),
    ],
)
def test_a_response_that_the_form_does_not_know_is_refused_by_item(responses, code, item):
    with pytest.raises(AssessmentError) as refusal:
        score(KEY, responses)

    assert (refusal.value.code, refusal.value.facts["item"]) == (code, item)


@pytest.mark.parametrize(("cut", "passed"), [(1, True), (2, True), (3, False)])
def test_reaching_the_cut_exactly_passes(cut, passed):
    assert passes(score(KEY, {"K-001": ["a"], "K-003": ["c"]}), cut) is passed


@pytest.mark.parametrize("cut", [0, -1, 4])
def test_a_cut_that_the_form_cannot_have_is_refused(cut):
    with pytest.raises(AssessmentError, match="cut_out_of_range"):
        passes(score(KEY, {}), cut)


@given(RESPONSES)
def test_a_score_stays_within_its_bounds_and_its_units_add_up(responses):
    result = score(KEY, responses)

    assert 0 <= result.raw <= result.maximum == 3
    assert sum(unit.raw for unit in result.by_unit) == result.raw


@given(RESPONSES, st.permutations(KEY.items))
def test_the_order_of_items_and_marks_changes_no_score(responses, items):
    shuffled = {code: sorted(marks, reverse=True) for code, marks in reversed(responses.items())}

    assert score(AnswerKey("2026-1", tuple(items)), shuffled).raw == score(KEY, responses).raw


@given(RESPONSES)
def test_a_further_right_answer_never_lowers_the_score(responses):
    better = {**responses, "K-001": ["a"]}

    assert score(KEY, better).raw >= score(KEY, responses).raw
