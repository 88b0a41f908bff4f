"""The simplified circle-arc against the circle drawn through its three points."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.equating import RawScale
from assessments.equating.arc import circle_arc
from assessments.errors import NotEstimable

TWENTY, THIRTY = RawScale(0, 20), RawScale(10, 40)


def arc(x, y, *, new=TWENTY, old=TWENTY, points=None):
    middle = (np.array([[x]], complex), np.array([[y]], complex))
    points = new.points() if points is None else np.array(points, float)
    return circle_arc(middle, new=new, old=old, points=points)[0].real


def circle(first, second, third):
    """Centre and radius of the circle through three points, from two perpendicular bisectors."""
    matrix = 2 * np.array([np.subtract(second, first), np.subtract(third, first)])
    right = [np.dot(second, second) - np.dot(first, first), np.dot(third, third) - np.dot(first, first)]
    centre = np.linalg.solve(matrix, right)
    return centre, np.hypot(*np.subtract(first, centre))


@given(st.floats(2, 18), st.floats(0.05, 1.5), st.sampled_from([-1, 1]))
def test_what_the_arc_adds_to_the_line_lies_on_a_circle(x, height, side):
    x, height = round(x, 3), side * height
    tilted = 10 + 1.5 * TWENTY.points()

    added = arc(x, 10 + 1.5 * x + height, old=THIRTY) - tilted

    centre, radius = circle((0, 0), (x, height), (20, 0))
    assert np.hypot(TWENTY.points() - centre[0], added - centre[1]) == pytest.approx(radius, rel=1e-6)
    assert np.all(side * added >= -1e-9)


def test_the_arc_goes_through_both_ends_and_the_middle_point():
    assert arc(12.5, 31, old=THIRTY, points=[0, 12.5, 20]) == pytest.approx([10, 31, 40])


def test_a_middle_point_on_the_line_leaves_the_line():
    assert arc(7, 7) == pytest.approx(TWENTY.points())


@pytest.mark.parametrize(
    ("x", "y", "code"),
    [
        (0, 1, "middle_at_end"),
        (20, 19, "middle_at_end"),
        (10, 20, "middle_too_far"),
        (1, 7, "middle_too_far"),
    ],
)
def test_a_middle_point_that_no_arc_reaches_is_refused(x, y, code):
    with pytest.raises(NotEstimable) as refusal:
        arc(x, y)

    assert refusal.value.code == code
