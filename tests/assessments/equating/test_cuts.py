"""The equated cut: rounded as declared, with an interval, and with what the interval leaves open."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.equating import Method, RawScale, equate, equated_cut, random_groups
from assessments.errors import AssessmentError, NotEstimable
from assessments.results import document
from assessments.standard_setting import Rounding
from tests.assessments.equating.sittings import SCALE, anchored, codes, randomised, values

TEN = RawScale(0, 10)
RANDOM = randomised(np.random.default_rng(41), harder=0.6)
TABLE = equate(RANDOM, Method.LINEAR)


def shifted(shift, *, persons=20):
    """A mean equating in which the new form is `shift` points harder, exactly."""
    scores = np.tile([3, 5], persons)
    return equate(random_groups(scores, scores + shift, new=TEN, old=TEN), Method.MEAN)


@pytest.mark.parametrize(
    ("old_cut", "rounding", "cut"),
    [
        (6, Rounding.UP, 4),
        (6.2, Rounding.UP, 5),
        (6.2, Rounding.DOWN, 4),
        (6.2, Rounding.NEAREST, 4),
        (6.5, Rounding.NEAREST, 5),
        (2, Rounding.NEAREST, 0),
        (12, Rounding.NEAREST, 10),
    ],
)
def test_the_cut_moves_by_the_difference_in_difficulty_and_is_rounded_as_declared(old_cut, rounding, cut):
    found = equated_cut(shifted(2), old_cut, rounding=rounding)

    assert found.cut == cut
    assert found.exact.value == pytest.approx(old_cut - 2)
    assert (found.old_cut, found.rounding) == (old_cut, rounding)


@given(st.floats(5, 30))
@settings(max_examples=30)
def test_rounded_up_it_is_the_least_score_that_is_worth_the_old_cut(old_cut):
    old_cut = round(old_cut, 2)

    found = equated_cut(TABLE, old_cut, rounding=Rounding.UP)

    assert found.cut == next(row.raw for row in TABLE.rows if row.equivalent.value >= old_cut - 1e-6)


def test_its_error_is_that_of_the_equivalent_over_the_slope():
    old_cut = TABLE.rows[20].equivalent.value

    exact = equated_cut(TABLE, old_cut, rounding=Rounding.UP).exact

    assert exact.value == pytest.approx(20)
    assert exact.se == pytest.approx(TABLE.rows[20].equivalent.se / TABLE.slope)
    assert exact.ci == pytest.approx((20 - 1.959964 * exact.se, 20 + 1.959964 * exact.se))


def test_the_error_of_the_old_cut_itself_widens_the_interval():
    table = shifted(2)
    row = table.rows[4].equivalent

    found = equated_cut(table, 6, rounding=Rounding.UP, cut_se=0.7, level=0.9)

    assert found.exact.se == pytest.approx(np.hypot(row.se, 0.7))
    assert found.exact.ci_level == 0.9


def test_every_whole_cut_that_stays_open_is_listed_with_who_would_pass():
    found = equated_cut(TABLE, 18, rounding=Rounding.NEAREST)

    low, high = (round(end) for end in found.exact.ci)
    counts = RANDOM.margins()[0]
    assert [option.cut for option in found.options] == list(range(low, high + 1))
    assert len(found.options) > 1
    for option in found.options:
        assert option.passing == pytest.approx(counts[option.cut :].sum() / counts.sum())
    assert "cut_left_open" in codes(found)


def test_options_end_where_the_scale_does():
    options = equated_cut(shifted(0), 0, rounding=Rounding.DOWN, cut_se=30).options

    assert [option.cut for option in options] == list(range(11))


@pytest.mark.parametrize(("shift", "told"), [(0, True), (3, False)])
def test_a_cut_that_cannot_be_told_from_the_old_one_is_warned_of(shift, told):
    found = equated_cut(shifted(shift), 6, rounding=Rounding.NEAREST)

    assert ("identity_not_excluded" in codes(found)) is told


def test_a_table_without_errors_gives_a_cut_without_an_interval():
    found = equated_cut(equate(RANDOM, Method.IDENTITY), 18, rounding=Rounding.UP)

    assert (found.cut, found.exact.se, found.exact.ci) == (18, None, None)
    assert [option.cut for option in found.options] == [18]
    assert codes(found) == ["difficulty_assumed_equal"]


def test_the_cut_of_a_curve_lies_on_it():
    table = equate(anchored(np.random.default_rng(42)), Method.CIRCLE_ARC)

    exact = equated_cut(table, 20.4, rounding=Rounding.NEAREST).exact

    assert np.interp(exact.value, SCALE.points(), values(table)) == pytest.approx(20.4)


def test_a_cut_is_a_document():
    assert document(equated_cut(TABLE, 18, rounding=Rounding.UP))["rounding"] == "up"


@pytest.mark.parametrize(
    ("attempt", "code"),
    [
        (lambda: equated_cut(shifted(2), 1.9, rounding=Rounding.UP), "cut_outside_scale"),
        (lambda: equated_cut(shifted(2), 12.1, rounding=Rounding.UP), "cut_outside_scale"),
        (lambda: equated_cut(shifted(2), float("nan"), rounding=Rounding.UP), "cut_outside_scale"),
        (lambda: equated_cut(shifted(2), 6, rounding=Rounding.UP, cut_se=-1), "negative_error"),
        (lambda: equated_cut(shifted(2), 6, rounding=Rounding.UP, cut_se=float("inf")), "negative_error"),
        (lambda: equated_cut(shifted(2), 6, rounding=Rounding.UP, level=0), "level"),
    ],
)
def test_a_cut_that_no_score_corresponds_to_is_refused(attempt, code):
    with pytest.raises(AssessmentError) as refusal:
        attempt()

    assert refusal.value.code == code
    assert isinstance(refusal.value, NotEstimable) is (code == "cut_outside_scale")
