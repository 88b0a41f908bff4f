"""Items from raw choices: options, wrong keys, what was left out, and the same scores as scoring gives."""

import numpy as np
import pytest

from assessments.errors import AssessmentError, NotEstimable
from assessments.estimates import FigureVerdict
from assessments.forms import AnswerKey, Item, ItemKind
from assessments.items import item_analysis, scored_item_analysis
from assessments.results import document
from assessments.scoring import score


def single(code, key="a", options="abcd"):
    return Item(code, 1, "U1", ItemKind.SINGLE_CHOICE, tuple(options), frozenset(key))


CODES = [f"Q{number}" for number in range(1, 13)]
KEY = AnswerKey("v1", tuple(single(code) for code in CODES))


def sat(n_persons=200, seed=3):
    """Return choices of persons who know `a` more often the abler they are, and guess otherwise."""
    rng = np.random.default_rng(seed)
    ability = rng.normal(size=n_persons)
    return [
        {code: ["a"] if rng.logistic() < able else [str(rng.choice(["b", "c", "d"]))] for code in CODES}
        for able in ability
    ]


CHOICES = sat()


def row_of(found, code):
    return next(row for row in found.items if row.item == code)


def codes(row):
    return {(flag.code, flag.option) for flag in row.flags}


def test_items_are_scored_as_scoring_scores_them():
    table = [[float(choices[code] == ["a"]) for code in CODES] for choices in CHOICES]

    found, from_scores = item_analysis(CHOICES, KEY), scored_item_analysis(table, items=CODES)

    assert found.mean == np.mean([score(KEY, choices).raw for choices in CHOICES])
    for row, known in zip(found.items, from_scores.items, strict=True):
        assert (row.difficulty, row.discrimination) == (known.difficulty, known.discrimination)
        assert (row.upper, row.lower) == pytest.approx((known.upper, known.lower))


def test_every_option_is_described_and_the_keyed_one_as_the_item():
    row = item_analysis(CHOICES, KEY).items[0]

    assert [option.option for option in row.options] == ["a", "b", "c", "d"]
    assert sum(option.count for option in row.options) == 200
    keyed = row.options[0]
    assert (keyed.keyed, keyed.share, keyed.rest, keyed.upper) == (
        True,
        row.difficulty,
        row.discrimination,
        row.upper,
    )
    assert all(option.rest.value < 0 and option.lower > option.upper for option in row.options[1:])
    assert not {code for code, _ in codes(row)} & {"miskey", "positive_distractor", "non_functioning"}


def test_a_wrong_key_raises_the_alarm_for_the_right_answer():
    wrong = AnswerKey("v2", (single("Q1", key="c"), *KEY.items[1:]))

    row = item_analysis(CHOICES, wrong).items[0]

    alarm = next(flag for flag in row.flags if flag.code == "miskey")
    assert (alarm.option, alarm.verdict) == ("a", FigureVerdict.NOT_MET)
    assert ("check_key", None) in codes(row)


def test_an_option_that_misleads_the_able_a_little_is_no_wrong_key():
    rng = np.random.default_rng(1)
    totals = [sum(choices[code] == ["a"] for code in CODES[1:]) for choices in CHOICES]
    median = np.median(totals)
    changed = [
        {
            **choices,
            "Q1": ["a"]
            if total > median + 1
            else ["b"]
            if total > median - 1
            else [str(rng.choice(["c", "d"]))],
        }
        for choices, total in zip(CHOICES, totals, strict=True)
    ]

    row = item_analysis(changed, KEY).items[0]

    assert ("positive_distractor", "b") in codes(row)
    assert "miskey" not in {code for code, _ in codes(row)}


def test_an_option_that_hardly_anybody_marks_does_not_function():
    changed = [
        {**choices, "Q2": ["b"] if choices["Q2"] in (["c"], ["d"]) else choices["Q2"]} for choices in CHOICES
    ]
    changed[0]["Q2"] = ["c"]

    row = row_of(item_analysis(changed, KEY), "Q2")

    verdicts = {flag.option: flag.verdict for flag in row.flags if flag.code == "non_functioning"}
    assert verdicts == {"c": FigureVerdict.NOT_MET, "d": FigureVerdict.NOT_MET}
    assert row.options[3].rest is None


def test_an_item_left_out_is_omitted_and_the_last_ones_are_not_reached():
    changed = [dict(choices) for choices in CHOICES]
    for choices in changed[:50]:
        choices["Q3"] = []
        for code in CODES[7:]:
            del choices[code]

    found = item_analysis(changed, KEY)

    assert [(row.omitted, row.not_reached) for row in found.items] == [
        (50, 0) if code == "Q3" else (0, 50) if code in CODES[7:] else (0, 0) for code in CODES
    ]
    assert [finding.code for finding in found.provenance.warnings] == ["speeded"]


def test_who_answers_nothing_reached_nothing():
    found = item_analysis([*CHOICES, {}], KEY)

    assert {(row.omitted, row.not_reached) for row in found.items} == {(0, 1)}


def test_multiple_choice_is_right_only_when_all_keyed_options_are_marked():
    both = Item("Q1", 1, "U1", ItemKind.MULTIPLE_CHOICE, ("a", "b", "c"), frozenset("ab"))
    key = AnswerKey("v1", (both, *KEY.items[1:]))
    changed = [
        {**choices, "Q1": ["a", "b"] if number % 2 else ["a"]} for number, choices in enumerate(CHOICES)
    ]

    row = item_analysis(changed, key).items[0]

    assert row.difficulty.value == 0.5
    assert [(option.keyed, option.count) for option in row.options] == [(True, 200), (True, 100), (False, 0)]


def test_an_item_that_all_got_right_can_have_no_wrong_key():
    changed = [{**choices, "Q1": ["a"]} for choices in CHOICES]

    row = item_analysis(changed, KEY).items[0]

    assert {code for code, _ in codes(row)} == {
        "easy",
        "too_easy",
        "weak_discrimination",
        "poor_discrimination",
        "check_key",
        "non_functioning",
    }


def test_the_result_becomes_json_and_names_its_key():
    found = document(item_analysis(CHOICES, KEY))

    assert found["provenance"]["options"]["key_version"] == "v1"
    assert found["items"][0]["options"][1]["option"] == "b"


@pytest.mark.parametrize(
    ("call", "kind", "code"),
    [
        (lambda: item_analysis(CHOICES[:9], KEY), NotEstimable, "too_few_persons"),
        (lambda: item_analysis(CHOICES, AnswerKey("v", (single("Q1"),))), AssessmentError, "unknown_item"),
        (
            lambda: item_analysis([{"Q1": ["a"]}] * 20, AnswerKey("v", (single("Q1"),))),
            NotEstimable,
            "too_few_items",
        ),
        (lambda: item_analysis([{"Q1": ["x"]}] * 20, KEY), AssessmentError, "unknown_option"),
        (lambda: item_analysis([{"Q1": "a"}] * 20, KEY), AssessmentError, "option_list_expected"),
        (lambda: item_analysis(CHOICES, KEY, level=0), AssessmentError, "level_out_of_range"),
    ],
)
def test_what_cannot_be_analysed_is_refused(call, kind, code):
    with pytest.raises(kind) as refused:
        call()

    assert refused.value.code == code
