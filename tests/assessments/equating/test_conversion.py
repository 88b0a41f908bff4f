"""The conversion table: what it promises by method, its gates and warnings, and its errors by resampling."""

import json
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.equating import (
    Method,
    Presmoothing,
    RawScale,
    anchor_groups,
    equate,
    random_groups,
    single_group,
)
from assessments.equating.methods import WITH_ANCHOR, WITHOUT_ANCHOR
from assessments.errors import AssessmentError, NotEstimable
from assessments.results import document
from tests.assessments.equating.sittings import (
    ANCHOR,
    SCALE,
    anchored,
    both,
    codes,
    errors,
    randomised,
    values,
)

TEN = RawScale(0, 10)
RANDOM = randomised(np.random.default_rng(21))
SINGLE = both(np.random.default_rng(22))
NEAT = anchored(np.random.default_rng(23))
LARGE = randomised(np.random.default_rng(24), persons=1500)
SMOOTH = Presmoothing(degree=4, anchor_degree=4, products=1)
SCORES = st.lists(st.integers(0, 10), min_size=10, max_size=40).filter(lambda scores: len(set(scores)) > 1)
ANCHORED = sorted(WITH_ANCHOR, key=lambda method: method.value)
UNANCHORED = sorted({*WITHOUT_ANCHOR, Method.CIRCLE_ARC}, key=lambda method: method.value)


def smoothing(method):
    return None if "equi" not in method.value and "freq" not in method.value else SMOOTH


@given(SCORES, SCORES)
@settings(max_examples=30)
def test_a_mean_equating_shifts_every_score_by_the_difference_of_means(new, old):
    table = equate(random_groups(new, old, new=TEN, old=TEN), Method.MEAN)

    assert (table.slope, table.intercept) == pytest.approx((1, np.mean(old) - np.mean(new)))
    assert values(table) == pytest.approx(TEN.points() + np.mean(old) - np.mean(new))


@given(SCORES, SCORES)
@settings(max_examples=30)
def test_a_linear_equating_matches_mean_and_standard_deviation(new, old):
    table = equate(random_groups(new, old, new=TEN, old=TEN), Method.LINEAR, least=10)

    equated = values(table)[new]
    assert (equated.mean(), equated.std()) == pytest.approx((np.mean(old), np.std(old)))


@pytest.mark.parametrize("method", UNANCHORED)
def test_equal_groups_on_one_form_find_the_identity(method):
    scores = np.repeat(SCALE.points(), RANDOM.margins()[0].astype(int))
    design = random_groups(scores, scores, new=SCALE, old=SCALE)

    table = equate(design, method, presmooth=smoothing(method), least=10)

    assert values(table) == pytest.approx(SCALE.points(), abs=1e-6)


@pytest.mark.parametrize("method", [*ANCHORED, Method.CIRCLE_ARC])
def test_equal_anchored_groups_on_one_form_find_the_identity(method):
    counts = NEAT.groups[0]
    scores = np.repeat(np.argwhere(counts), counts[counts > 0].astype(int), axis=0)
    design = anchor_groups(scores, scores, new=SCALE, old=SCALE, anchor=ANCHOR, internal=True)

    table = equate(design, method, presmooth=smoothing(method), least=10)

    assert values(table) == pytest.approx(SCALE.points(), abs=1e-6)


@pytest.mark.parametrize(
    ("design", "methods"),
    [(RANDOM, UNANCHORED), (SINGLE, UNANCHORED), (NEAT, [*ANCHORED, Method.CIRCLE_ARC])],
)
def test_equivalents_rise_and_rounded_ones_stay_on_the_old_scale(design, methods):
    for method in methods:
        table = equate(design, method, presmooth=smoothing(method), least=10)

        assert np.all(np.diff(values(table)) > 0), method
        assert {row.rounded for row in table.rows} <= set(range(37)), method
        assert sum(row.share for row in table.rows) == pytest.approx(1)


@pytest.mark.parametrize("method", ["equipercentile", "linear", "mean"])
def test_converting_there_and_back_is_the_identity_up_to_interpolation(method):
    design = random_groups(
        *(np.repeat(SCALE.points(), margin.astype(int)) for margin in reversed(RANDOM.margins())),
        new=SCALE,
        old=SCALE,
    )
    there, back = (
        values(equate(one, Method(method), presmooth=smoothing(Method(method)), least=10))
        for one in (RANDOM, design)
    )
    inside = (there >= 0) & (there <= 36)

    returned = np.interp(there[inside], SCALE.points(), back)

    assert returned == pytest.approx(SCALE.points()[inside], abs=0.1)


def test_the_forms_of_a_single_group_are_equated_more_surely_than_those_of_two():
    one, two = equate(SINGLE, Method.LINEAR), equate(RANDOM, Method.LINEAR)

    assert one.rows[18].equivalent.se < 0.7 * two.rows[18].equivalent.se


def test_the_table_tells_all_that_is_needed_to_make_it_again():
    table = equate(NEAT, Method.TUCKER, weight=0.25)

    assert (table.provenance.method, table.provenance.version) == ("tucker", "equating/1")
    assert (table.provenance.n_persons, table.provenance.n_items) == (800, 36)
    assert table.provenance.options == {"groups": [400, 400], "weight": "0.25"}
    assert json.loads(json.dumps(document(table)))["rows"][0]["equivalent"]["ci_method"] == "delta_normal"


def test_a_line_is_told_by_slope_and_intercept_and_a_curve_is_not():
    line, curve = equate(NEAT, Method.CHAINED_LINEAR), equate(NEAT, Method.CIRCLE_ARC)

    assert values(line) == pytest.approx(line.slope * SCALE.points() + line.intercept)
    assert (curve.slope, curve.intercept) == (None, None)


def test_the_weight_of_the_synthetic_population_moves_only_methods_that_use_one():
    def moved(method):
        first, second = (values(equate(NEAT, method, weight=w, least=10)) for w in (0.0, 1.0))
        return not np.allclose(first, second, atol=1e-12)

    assert {method.value for method in (Method.TUCKER, Method.LEVINE_OBSERVED) if moved(method)} == {
        "tucker",
        "levine_observed",
    }
    assert not any(moved(method) for method in (Method.LEVINE_TRUE, Method.CHAINED_LINEAR))


@pytest.mark.parametrize(
    ("design", "method"),
    [
        (RANDOM, Method.LINEAR),
        (SINGLE, Method.LINEAR),
        (NEAT, Method.TUCKER),
        (NEAT, Method.LEVINE_TRUE),
        (NEAT, Method.CIRCLE_ARC),
    ],
)
def test_the_bootstrap_agrees_with_the_delta_method(design, method):
    delta = equate(design, method)

    resampled = equate(design, method, rng=np.random.default_rng(5), replications=400)

    middle = slice(6, 31)
    assert errors(resampled)[middle] == pytest.approx(errors(delta)[middle], rel=0.2)
    assert values(resampled) == pytest.approx(values(delta))
    assert resampled.provenance.options["replications"] == 400


def test_smoothing_makes_equipercentile_equating_surer():
    rough, smoothed = (
        equate(LARGE, Method.EQUIPERCENTILE, presmooth=plan, rng=np.random.default_rng(1), replications=100)
        for plan in (None, SMOOTH)
    )

    assert errors(smoothed)[8:29].mean() < errors(rough)[8:29].mean()
    assert smoothed.smoothing[0].degrees == (4,)


def test_an_interval_holds_the_equivalent_at_the_level_asked_for():
    row = equate(RANDOM, Method.LINEAR, level=0.8).rows[20].equivalent

    assert row.ci_level == 0.8
    assert row.ci[1] - row.value == pytest.approx(NormalDist().inv_cdf(0.9) * row.se)


def test_the_same_seed_draws_the_same_errors():
    first, second = (
        equate(NEAT, Method.CHAINED_EQUIPERCENTILE, least=10, rng=np.random.default_rng(9), replications=100)
        for _ in range(2)
    )

    assert first == second


@pytest.mark.parametrize(
    ("method", "persons", "refused"),
    [
        (Method.MEAN, 9, True),
        (Method.MEAN, 10, False),
        (Method.CIRCLE_ARC, 10, False),
        (Method.LINEAR, 99, True),
        (Method.LINEAR, 100, False),
        (Method.EQUIPERCENTILE, 1499, True),
        (Method.EQUIPERCENTILE, 1500, False),
        (Method.IDENTITY, 1, False),
    ],
)
def test_a_method_is_refused_to_groups_below_its_gate(method, persons, refused):
    scores = 3 * np.arange(persons) % 31
    design = random_groups(np.arange(2000) % 31, scores, new=SCALE, old=SCALE)

    if not refused:
        assert len(equate(design, method).rows) == 37
        return
    with pytest.raises(NotEstimable) as refusal:
        equate(design, method)

    assert refusal.value.code == "too_few_persons"
    assert refusal.value.facts["persons"] == persons


def test_a_body_may_lower_the_gate_and_is_warned_but_never_under_ten():
    design = random_groups(np.arange(40) % 30, np.arange(40) % 29, new=SCALE, old=SCALE)

    assert "below_gate" in codes(equate(design, Method.LINEAR, least=40))
    with pytest.raises(NotEstimable) as refusal:
        equate(random_groups([1, 2], [1, 2], new=SCALE, old=SCALE), Method.LINEAR, least=1)
    assert refusal.value.facts["least"] == 10


def clumsy():
    """Groups that differ much in ability and spread on a short anchor."""
    rng = np.random.default_rng(31)
    new = np.column_stack([rng.integers(0, 30, 150), rng.integers(0, 4, 150)])
    new[:, 0] += new[:, 1]
    old = np.column_stack([rng.integers(10, 20, 150), rng.choice([3, 4, 5], 150)])
    old[:, 0] += old[:, 1]
    return anchor_groups(new, old, new=SCALE, old=SCALE, anchor=RawScale(0, 5), internal=True)


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (lambda: equate(LARGE, Method.CIRCLE_ARC), []),
        (lambda: equate(RANDOM, Method.IDENTITY), ["difficulty_assumed_equal"]),
        (
            lambda: equate(random_groups([3, 9] * 8, [9, 3] * 8, new=SCALE, old=SCALE), Method.MEAN),
            ["tiny_group"],
        ),
        (
            lambda: equate(clumsy(), Method.CHAINED_LINEAR),
            ["short_anchor", "groups_differ", "spreads_differ"],
        ),
        (
            lambda: equate(
                random_groups([9] * 60 + [10] * 60, [20] * 60 + [30] * 60, new=SCALE, old=SCALE),
                Method.LINEAR,
            ),
            ["beyond_scale"],
        ),
        (lambda: equate(LARGE, Method.EQUIPERCENTILE, presmooth=SMOOTH), ["no_standard_errors"]),
        (
            lambda: equate(
                random_groups(np.arange(1500) % 36, np.arange(1500) % 37, new=SCALE, old=SCALE),
                Method.EQUIPERCENTILE,
            ),
            ["empty_scores", "no_standard_errors"],
        ),
    ],
)
def test_what_a_reader_has_to_know_is_told(table, expected):
    assert codes(table()) == expected


def test_resamples_that_cannot_be_equated_are_counted_or_make_the_errors_fail():
    def thin(rare):
        return random_groups([5] * (400 - rare) + [6] * rare, [5, 6] * 200, new=TEN, old=TEN)

    table = equate(thin(4), Method.LINEAR, rng=np.random.default_rng(2), replications=200)

    assert codes(table) == ["beyond_scale", "resamples_failed"]
    assert 0 < table.provenance.options["failed_replications"] <= 10
    with pytest.raises(NotEstimable) as refusal:
        equate(thin(1), Method.LINEAR, rng=np.random.default_rng(2), replications=200)
    assert refusal.value.code == "bootstrap_unstable"


def unrelated():
    table = [[5, 1], [6, 0]] * 60
    return anchor_groups(table, table, new=TEN, old=TEN, anchor=RawScale(0, 2), internal=False)


def lopsided():
    """A mean near the top of one form, far lower on the other: the arc would fall before its end."""
    return random_groups([17, 18] * 10, [11, 12] * 10, new=RawScale(0, 20), old=RawScale(0, 20))


@pytest.mark.parametrize(
    ("attempt", "code"),
    [
        (lambda: equate(NEAT, Method.LINEAR), "method_not_for_design"),
        (lambda: equate(RANDOM, Method.TUCKER), "method_not_for_design"),
        (lambda: equate(RANDOM, Method.LINEAR, presmooth=SMOOTH), "smoothing_not_used"),
        (lambda: equate(NEAT, Method.TUCKER, weight=1.1), "weight"),
        (lambda: equate(NEAT, Method.TUCKER, weight=float("nan")), "weight"),
        (lambda: equate(RANDOM, Method.LINEAR, level=1.0), "level"),
        (
            lambda: equate(RANDOM, Method.LINEAR, rng=np.random.default_rng(1), replications=99),
            "too_few_replications",
        ),
        (
            lambda: equate(random_groups([1], [1], new=TEN, old=SCALE), Method.IDENTITY),
            "scales_differ",
        ),
        (
            lambda: equate(single_group([[3, 4]] * 20, new=TEN, old=TEN), Method.MEAN),
            "no_spread",
        ),
        (lambda: equate(unrelated(), Method.CHAINED_LINEAR), "anchor_unrelated"),
        (lambda: equate(lopsided(), Method.CIRCLE_ARC), "not_rising"),
    ],
)
def test_what_cannot_be_equated_is_refused(attempt, code):
    with pytest.raises(AssessmentError) as refusal:
        attempt()

    assert refusal.value.code == code
