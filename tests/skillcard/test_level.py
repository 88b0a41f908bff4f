"""Level reached, gap, pathway and difference."""

from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillcard.framework import (
    Level,
    LevelRule,
    LevelRuleError,
    RatingError,
    UnknownElementError,
    UnknownLevelError,
)
from skillcard.level import Difference, Shortfall, Step, Why, difference, gap, level_reached, pathway
from tests.factories.skillcard import a_framework, all_at

FRAMEWORK = a_framework()
CODES = [element.code for element in FRAMEWORK.elements]
RATINGS = st.fixed_dictionaries({}, optional={code: st.integers(0, 5) for code in CODES})
STRICT = LevelRule(critical_offset=0, other_offset=0, unit_mean_offset=Decimal(0))
LOOSE = LevelRule(critical_offset=-1, other_offset=-3, unit_mean_offset=Decimal("-1.25"))


@pytest.mark.parametrize(
    ("ratings", "reached"),
    [
        ({}, None),
        (all_at(1), Level.NOVICE),
        (all_at(3), Level.COMPETENT),
        (all_at(5), Level.EXPERT),
        (all_at(5, A_1=2), Level.ADVANCED_BEGINNER),  # a critical element is never compensated
        (all_at(5, A_2=3), Level.PROFICIENT),  # another may lie one below, not two
        (all_at(3, A_2=2, A_3=2), Level.COMPETENT),  # mean 2.5 is just enough
        (all_at(3, A_2=2, A_3=2, A_4=2), Level.ADVANCED_BEGINNER),  # mean 2.25 is not
        (all_at(3, B_1=2), Level.COMPETENT),  # mean 8/3
        (all_at(3, B_1=2, B_2=2), Level.ADVANCED_BEGINNER),  # mean 7/3
        (all_at(3, B_1=2, B_2=2, B_3=4), Level.COMPETENT),  # compensated inside its unit
        (all_at(3, B_1=2, B_2=2, A_2=5), Level.ADVANCED_BEGINNER),  # never by another unit
    ],
)
def test_the_level_reached_follows_the_rule(ratings: dict[str, int], reached: Level | None) -> None:
    assert level_reached(FRAMEWORK, ratings) is reached


def test_a_missing_element_counts_as_no_evidence() -> None:
    ratings = all_at(3)
    del ratings["A.1"]

    assert level_reached(FRAMEWORK, ratings) is None


def test_the_offsets_come_from_the_rule() -> None:
    ratings = all_at(3, A_2=2)

    assert level_reached(a_framework(), ratings) is Level.COMPETENT
    assert level_reached(a_framework(rule=STRICT), ratings) is Level.ADVANCED_BEGINNER


def test_a_rule_may_not_ask_for_more_than_the_level() -> None:
    with pytest.raises(LevelRuleError):
        LevelRule(critical_offset=0, other_offset=1, unit_mean_offset=Decimal(0))


def test_a_framework_with_four_levels_ends_at_the_fourth() -> None:
    four = a_framework(levels=tuple(Level)[:4])

    assert level_reached(four, all_at(5)) is Level.PROFICIENT


def test_a_target_that_the_framework_lacks_is_refused() -> None:
    four = a_framework(levels=tuple(Level)[:4])

    with pytest.raises(UnknownLevelError) as refusal:
        gap(four, {}, Level.EXPERT)

    assert refusal.value.level is Level.EXPERT


def test_a_misspelt_element_is_refused_and_named() -> None:
    with pytest.raises(UnknownElementError) as refusal:
        level_reached(FRAMEWORK, {"A.9": 3})

    assert refusal.value.code == "A.9"


@pytest.mark.parametrize("level", [-1, 6])
def test_a_rating_outside_the_scale_is_refused_and_named(level: int) -> None:
    with pytest.raises(RatingError) as refusal:
        level_reached(FRAMEWORK, {"A.1": level})

    assert (refusal.value.element, refusal.value.level) == ("A.1", level)


def test_the_gap_names_each_reason() -> None:
    ratings = all_at(3, A_1=1, A_2=0, B_1=2, B_2=2)

    assert gap(FRAMEWORK, ratings, Level.COMPETENT) == (
        Shortfall("A.1", 1, 3, Why.CRITICAL),
        Shortfall("A.2", 0, 2, Why.FLOOR),
        Shortfall("B.1", 2, 3, Why.UNIT_MEAN),
    )


def test_a_second_shortfall_starts_where_the_first_leads() -> None:
    ratings = all_at(3, B_1=1, B_2=2)

    found = gap(FRAMEWORK, ratings, Level.COMPETENT)

    assert found == (Shortfall("B.1", 1, 2, Why.FLOOR), Shortfall("B.1", 2, 3, Why.UNIT_MEAN))


def test_the_pathway_goes_critical_then_floor_then_mean_and_small_steps_first() -> None:
    ratings = all_at(3, A_1=2, A_2=0, A_3=1, B_1=2, B_2=2)

    steps = pathway(FRAMEWORK, ratings, Level.COMPETENT)

    assert [(step.element, step.why) for step in steps] == [
        ("A.1", Why.CRITICAL),
        ("A.3", Why.FLOOR),
        ("A.2", Why.FLOOR),
        ("B.1", Why.UNIT_MEAN),
    ]


def test_a_step_names_the_descriptor_of_the_level_to_reach() -> None:
    steps = pathway(FRAMEWORK, all_at(3, A_1=1), Level.COMPETENT)

    assert steps == (Step("A.1", 1, 3, Why.CRITICAL, {"en": "A.1 done as in step 3"}),)


def test_the_difference_shows_both_views_and_averages_nothing() -> None:
    found = difference({"A.2": Decimal(4), "A.1": Decimal(3)}, {"A.1": Decimal(2), "B.1": Decimal(1)})

    assert found == (Difference("A.1", 3, 2), Difference("A.2", 4, None), Difference("B.1", None, 1))
    assert [line.steps for line in found] == [1, None, None]


@given(RATINGS, st.sampled_from(CODES))
@settings(max_examples=150)
def test_raising_a_rating_never_lowers_the_level(ratings: dict[str, int], code: str) -> None:
    raised = ratings | {code: min(5, ratings.get(code, 0) + 1)}

    assert (level_reached(FRAMEWORK, raised) or 0) >= (level_reached(FRAMEWORK, ratings) or 0)


@given(RATINGS, st.randoms(use_true_random=False))
@settings(max_examples=100)
def test_the_order_of_ratings_does_not_matter(ratings: dict[str, int], random: Random) -> None:
    shuffled = list(ratings.items())
    random.shuffle(shuffled)

    assert level_reached(FRAMEWORK, dict(shuffled)) == level_reached(FRAMEWORK, ratings)


@given(RATINGS, st.sampled_from(Level))
@settings(max_examples=150)
def test_the_gap_is_empty_exactly_when_the_level_is_reached(ratings: dict[str, int], target: Level) -> None:
    reached = (level_reached(FRAMEWORK, ratings) or 0) >= target

    assert (gap(FRAMEWORK, ratings, target) == ()) is reached


@given(RATINGS, st.sampled_from(Level), st.sampled_from([FRAMEWORK.rule, STRICT, LOOSE]))
@settings(max_examples=150)
def test_walking_the_pathway_reaches_the_target(
    ratings: dict[str, int], target: Level, rule: LevelRule
) -> None:
    framework = a_framework(rule=rule)
    walked = dict(ratings)

    for step in pathway(framework, ratings, target):
        assert walked.get(step.element, 0) == step.has < step.needs
        walked[step.element] = step.needs

    assert (level_reached(framework, walked) or 0) >= target


@given(RATINGS, st.sampled_from(Level))
@settings(max_examples=100)
def test_no_step_of_a_pathway_is_idle(ratings: dict[str, int], target: Level) -> None:
    walked = dict(ratings)
    for step in pathway(FRAMEWORK, ratings, target)[:-1]:
        walked[step.element] = step.needs

    if gap(FRAMEWORK, ratings, target):
        assert (level_reached(FRAMEWORK, walked) or 0) < target
