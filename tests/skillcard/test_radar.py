"""The chart's geometry: every value on its own axis, at its own distance, and words that point outwards."""

from decimal import Decimal
from math import hypot, isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillcard.framework import Level
from skillcard.level import Why, gap, least_mean, least_rating
from skillcard.radar import Axis, radar
from tests.factories.skillcard import a_framework, all_at

VALUES = st.decimals(0, 5, places=2)


def axes(*values: object) -> list[Axis]:
    return [Axis(f"axis {n}", Decimal(str(value)), Decimal(2)) for n, value in enumerate(values)]


@given(st.lists(VALUES, min_size=3, max_size=40))
def test_a_value_lies_on_its_axis_as_far_out_as_it_is_high(values: list[Decimal]) -> None:
    chart = radar(axes(*values), highest=5)

    for value, (x, y), (right, up) in zip(values, chart.values, chart.spokes, strict=True):
        assert isclose(hypot(x, y), float(value) / 5, abs_tol=1e-12)
        assert isclose(x * up, y * right, abs_tol=1e-12)
        assert x * right + y * up >= 0


def test_the_first_axis_points_up_and_the_others_follow_clockwise() -> None:
    chart = radar(axes(5, 5, 5, 5), highest=5)

    rounded = [(round(x, 9) + 0.0, round(y, 9) + 0.0) for x, y in chart.spokes]
    assert rounded == [(0, 1), (1, 0), (0, -1), (-1, 0)]
    assert [label.side for label in chart.labels] == ["middle", "start", "middle", "end"]


def test_rings_are_the_whole_steps_of_the_scale() -> None:
    chart = radar(axes(1, 2, 3), highest=4)

    assert [ring.value for ring in chart.rings] == [1, 2, 3, 4]
    assert chart.rings[-1].corners == chart.spokes
    assert chart.rings[1].at == pytest.approx((0, 0.5))


def test_the_target_has_a_shape_of_its_own() -> None:
    chart = radar([Axis(str(n), Decimal(0), Decimal(n)) for n in (1, 2, 3)], highest=5)

    assert [round(hypot(*point), 9) for point in chart.target] == [0.2, 0.4, 0.6]
    assert set(chart.values) == {(0.0, 0.0)}


@given(st.integers(3, 40))
def test_labels_lie_outside_and_run_away_from_the_chart(count: int) -> None:
    chart = radar(axes(*[3] * count), highest=5, reach=1.2)

    for label in chart.labels:
        assert isclose(hypot(*label.at), 1.2)
        assert {"start": label.at[0] > 0, "end": label.at[0] < 0, "middle": abs(label.at[0]) < 0.15}[
            label.side
        ]


@pytest.mark.parametrize(
    ("given_axes", "highest", "words"),
    [
        (axes(1, 2), 5, "three axes"),
        (axes(1, 2, 3), 0, "one step"),
        (axes(1, 2, "5.01"), 5, "outside"),
        (axes(1, 2, -1), 5, "outside"),
        ([*axes(1, 2), Axis("high", Decimal(1), Decimal(6))], 5, "outside"),
    ],
)
def test_what_cannot_be_drawn_is_refused(given_axes: list[Axis], highest: int, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        radar(given_axes, highest=highest)


def test_the_least_of_an_element_and_of_a_unit_follow_the_schemes_rule() -> None:
    framework = a_framework()
    critical, plain = framework.units[0].elements[:2]

    assert least_rating(framework, critical, Level.COMPETENT) == 3
    assert least_rating(framework, plain, Level.COMPETENT) == 2
    assert least_rating(framework, plain, Level.NOVICE) == 0
    assert least_mean(framework, framework.units[1], Level.COMPETENT) == Decimal("2.5")
    assert least_mean(framework, framework.units[0], Level.NOVICE) == Decimal("0.5")


@given(st.lists(st.integers(0, 5), min_size=7, max_size=7), st.sampled_from(Level))
def test_below_the_least_mean_the_unit_always_lacks_something(ratings: list[int], target: Level) -> None:
    framework = a_framework()
    levels = dict(zip(all_at(0), ratings, strict=True))

    lacking = {lack.element for lack in gap(framework, levels, target)}

    for unit in framework.units:
        codes = [element.code for element in unit.elements]
        if Decimal(sum(levels[code] for code in codes)) / len(codes) < least_mean(framework, unit, target):
            assert lacking & set(codes)


@given(st.lists(st.integers(0, 5), min_size=7, max_size=7), st.sampled_from(Level))
def test_below_its_least_rating_an_element_is_always_in_the_gap(ratings: list[int], target: Level) -> None:
    framework = a_framework()
    levels = dict(zip(all_at(0), ratings, strict=True))

    short = {lack.element for lack in gap(framework, levels, target) if lack.why is not Why.UNIT_MEAN}

    assert short == {
        element.code
        for element in framework.elements
        if levels[element.code] < least_rating(framework, element, target)
    }
