from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.errors import AssessmentError
from assessments.forms import (
    AnswerKey,
    BestWorst,
    BestWorstKey,
    JudgementRule,
    Marks,
    Order,
    OrderingRule,
    WrittenAnswer,
)
from assessments.points import POINTS_VERSION, Award, ItemPoints, UnitPoints, score_points
from assessments.results import document
from assessments.scoring import passes, score
from tests.factories.items import a_choice, a_judgement, a_short_answer, an_ordering, effectiveness

PENALISED = a_judgement(key=BestWorstKey("a", "d", JudgementRule.PENALISED))
RATED = a_judgement(key=effectiveness("4.5", "3", "2", "0.5"))
FULL = Award({"names the risk": 2, "proposes a step": 3}, confirmed=True)
OPTION = st.sampled_from([None, *"abcd"])


def points(item, response, award=None):
    awards = {item.code: award} if award else None
    return score_points(AnswerKey("1", (item,)), {item.code: response}, awards).raw


@pytest.mark.parametrize(
    ("rule", "order", "expected"),
    [
        (OrderingRule.ALL_OR_NOTHING, "abcd", 3),
        (OrderingRule.ALL_OR_NOTHING, "abdc", 0),
        (OrderingRule.ADJACENT_PAIRS, "abcd", 3),
        (OrderingRule.ADJACENT_PAIRS, "bcda", 2),
        (OrderingRule.ADJACENT_PAIRS, "cdab", 2),
        (OrderingRule.ADJACENT_PAIRS, "abdc", 1),
        (OrderingRule.ADJACENT_PAIRS, "dcba", 0),
        (OrderingRule.ADJACENT_PAIRS, "abc", 0),
    ],
)
def test_an_order_earns_as_its_rule_says(rule, order, expected):
    assert points(an_ordering(rule=rule, points=3), Order(tuple(order))) == expected


@pytest.mark.parametrize(
    ("best", "worst", "plain", "penalised", "rated"),
    [
        ("a", "d", 2, 2, Fraction(2)),
        ("a", "b", 1, 1, Fraction(11, 8)),
        ("b", "d", 1, 1, Fraction(13, 8)),
        ("b", "c", 0, 0, Fraction(5, 4)),
        ("d", "b", 0, -1, Fraction(3, 8)),
        ("d", "a", 0, -2, Fraction(0)),
        ("a", None, 1, 1, Fraction(1)),
        (None, "a", 0, -1, Fraction(0)),
        ("a", "a", 0, 0, Fraction(0)),
        (None, None, 0, 0, Fraction(0)),
    ],
)
def test_a_judgement_earns_by_its_key(best, worst, plain, penalised, rated):
    response = BestWorst(best, worst)

    assert points(a_judgement(), response) == plain
    assert points(PENALISED, response) == penalised
    assert points(RATED, response) == rated


def test_a_written_answer_earns_its_confirmed_points():
    award = Award({"names the risk": 1, "proposes a step": 3}, confirmed=True)

    assert points(a_short_answer(), WrittenAnswer("Talk."), award) == 4


def test_a_blank_written_answer_earns_nothing_with_or_without_an_award():
    nothing = Award({"names the risk": 0, "proposes a step": 0}, confirmed=True)

    assert (
        points(a_short_answer(), WrittenAnswer()) == points(a_short_answer(), WrittenAnswer(), nothing) == 0
    )


@pytest.mark.parametrize(
    ("text", "award", "code"),
    [
        ("Talk.", None, "award_missing"),
        ("Talk.", Award(FULL.points, confirmed=False), "award_not_confirmed"),
        ("Talk.", Award({"names the risk": 2}, confirmed=True), "award_incomplete"),
        ("Talk.", Award({**FULL.points, "style": 1}, confirmed=True), "award_incomplete"),
        ("Talk.", Award({**FULL.points, "names the risk": 3}, confirmed=True), "points_out_of_range"),
        ("Talk.", Award({**FULL.points, "names the risk": -1}, confirmed=True), "points_out_of_range"),
        ("Talk.", Award({**FULL.points, "names the risk": 1.5}, confirmed=True), "points_out_of_range"),
        ("", FULL, "points_out_of_range"),
    ],
)
def test_points_that_are_not_final_or_not_by_the_rubric_are_refused(text, award, code):
    with pytest.raises(AssessmentError) as refusal:
        points(a_short_answer("X"), WrittenAnswer(text), award)

    assert (refusal.value.code, refusal.value.facts["item"]) == (code, "X")


@pytest.mark.parametrize(
    ("responses", "awards", "code"),
    [
        ({"Z": Marks()}, {}, "unknown_item"),
        ({}, {"Z": FULL}, "unknown_item"),
        ({}, {"C-1": FULL}, "award_not_expected"),
        ({"C-1": WrittenAnswer("a")}, {}, "response_of_other_kind"),
    ],
)
def test_what_does_not_belong_to_the_form_is_refused(responses, awards, code):
    with pytest.raises(AssessmentError, match=code):
        score_points(AnswerKey("1", (a_choice(),)), responses, awards)


def test_a_score_in_points_says_what_it_was_made_from():
    key = AnswerKey("7", (a_choice(), an_ordering(), PENALISED, a_short_answer()))
    responses = {"C-1": Marks(frozenset("ab")), "O-1": Order(tuple("bcda")), "J-1": BestWorst("d", "a")}

    result = score_points(key, responses)

    assert (result.raw, result.maximum) == (Fraction(2, 3) - 2, 9)
    assert result.by_unit == (UnitPoints("U1", Fraction(2, 3), 2), UnitPoints("U2", Fraction(-2), 7))
    assert result.by_item[1] == ItemPoints("O-1", Fraction(2, 3), 1)
    assert (result.unanswered, result.spoiled) == (("S-1",), ("C-1",))
    assert (result.scoring_version, result.key_version) == (POINTS_VERSION, "7")
    assert document(result)["raw"] == "-4/3"


def test_two_thirds_and_a_third_reach_a_cut_of_one_exactly():
    key = AnswerKey("1", (an_ordering("O-1"), an_ordering("O-2")))

    result = score_points(key, {"O-1": Order(tuple("bcda")), "O-2": Order(tuple("abdc"))})

    assert passes(result, 1)


def test_a_form_with_other_kinds_is_not_scored_number_correct():
    with pytest.raises(AssessmentError, match="kind_not_choice"):
        score(AnswerKey("1", (a_choice(), an_ordering())), {})


@given(st.dictionaries(st.sampled_from(["1", "2"]), st.frozensets(st.sampled_from("abcd"))))
def test_choice_items_earn_in_points_what_they_earn_number_correct(marks):
    key = AnswerKey("1", (a_choice("1"), a_choice("2", "U2", key="bc")))

    by_points = score_points(key, {code: Marks(options) for code, options in marks.items()})

    assert by_points.raw == score(key, marks).raw
    assert (by_points.unanswered, by_points.spoiled) == (
        score(key, marks).unanswered,
        score(key, marks).spoiled,
    )


@given(st.permutations("abcd"), OPTION, OPTION)
def test_points_stay_within_their_bounds_and_units_add_up(order, best, worst):
    key = AnswerKey("1", (an_ordering(), PENALISED, a_judgement("J-2"), a_judgement("J-3", key=RATED.key)))
    answer = BestWorst(best, worst)

    result = score_points(key, {"O-1": Order(tuple(order)), "J-1": answer, "J-2": answer, "J-3": answer})

    assert all(-entry.maximum <= entry.points <= entry.maximum for entry in result.by_item)
    assert all(entry.points >= 0 for entry in result.by_item if entry.item != "J-1")
    assert sum(unit.raw for unit in result.by_unit) == result.raw <= result.maximum
