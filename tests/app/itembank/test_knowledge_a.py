"""The knowledge form of SME-BM as content: balanced keys, no cue in the lengths, plausible cuts."""

from collections import Counter
from pathlib import Path
from statistics import mean

import pytest

from app.itembank.formfile import check_form, panel_ratings, read_form
from assessments.standard_setting import Rounding, angoff

APP = Path(__file__).resolve().parents[3] / "app"
FORM = read_form(APP / "schemes/packages/sme_bm/forms/knowledge_a.yaml")
ITEMS = FORM["items"]
SINGLE = [item for item in ITEMS if item["kind"] == "single_choice"]
ELEMENTS = {
    "U1": 4, "U2": 4, "U3": 4, "U4": 6, "U5": 4, "U6": 3, "U7": 4, "U8": 3,
}  # fmt: skip


def lengths(item):
    keyed = [len(text) for letter, text in item["options"].items() if letter in item["key"]]
    others = [len(text) for letter, text in item["options"].items() if letter not in item["key"]]
    return keyed, others


def test_the_form_is_sound():
    assert check_form(FORM) == []


def test_the_items_are_numbered_through_and_marked_as_example():
    assert [item["code"] for item in ITEMS] == [f"K-{number:03d}" for number in range(1, 61)]
    assert FORM["example"] is FORM["study"]["example"] is True


def test_every_element_is_asked():
    asked = {item["element"] for item in ITEMS}

    assert asked == {f"SME-BM/{unit}.{n}" for unit, last in ELEMENTS.items() for n in range(1, last + 1)}


def test_right_options_are_as_long_as_wrong_ones():
    keyed = [length for item in ITEMS for length in lengths(item)[0]]
    others = [length for item in ITEMS for length in lengths(item)[1]]

    assert 0.85 <= mean(keyed) / mean(others) <= 1.15


def test_choosing_the_longest_or_the_shortest_option_gains_nothing():
    longest = sum(lengths(item)[0][0] > max(lengths(item)[1]) for item in SINGLE)
    shortest = sum(lengths(item)[0][0] < min(lengths(item)[1]) for item in SINGLE)

    # Chance would give a quarter; a third of the items is the most that either habit may find.
    assert max(longest, shortest) <= len(SINGLE) / 3
    assert min(longest, shortest) >= len(SINGLE) / 8


def test_no_key_stands_out_by_length_in_its_own_item():
    odd = [
        item["code"] for item in ITEMS if not 0.75 <= mean(lengths(item)[0]) / mean(lengths(item)[1]) <= 1.25
    ]

    assert odd == []


def test_the_keys_are_spread_evenly_and_never_run():
    keys = "".join(item["key"][0] if item in SINGLE else "-" for item in ITEMS)
    spread = Counter(keys.replace("-", ""))

    assert set(spread) == set("abcd")
    assert max(spread.values()) - min(spread.values()) <= 2
    assert not any(letter * 3 in keys for letter in "abcd")


def test_no_option_refers_to_the_others():
    texts = [text.lower() for item in ITEMS for text in item["options"].values()]

    assert not [text for text in texts if "of the above" in text or text.startswith(("both ", "neither "))]


def test_a_question_with_several_keys_says_how_many():
    words = {2: "TWO", 3: "THREE"}

    for item in ITEMS:
        if item["kind"] == "multiple_choice":
            assert f" {words[len(item['key'])]} " in item["stem"]


def test_no_stem_is_asked_twice():
    assert len({item["stem"] for item in ITEMS}) == len(ITEMS)


@pytest.mark.parametrize(("place", "level", "low", "high"), [(0, 3, 36, 40), (1, 4, 42, 45), (2, 5, 47, 51)])
def test_each_level_has_its_cut(place, level, low, high):
    entry = FORM["study"]["levels"][place]

    study = angoff([panel_ratings(FORM["study"], entry)], rounding=Rounding(FORM["study"]["rounding"]))

    assert entry["level"] == level
    assert low <= study.cut == entry["cut"] <= high
    assert study.warnings == ()


def test_judges_and_items_differ_as_they_would():
    for level in FORM["study"]["levels"]:
        rows = level["ratings"].values()
        assert max(map(mean, rows)) - min(map(mean, rows)) > 20
        assert all(len(set(row)) > 1 for row in rows)
