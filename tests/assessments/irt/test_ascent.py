"""Climbing: what a step may and may not do, on functions whose maximum is known."""

import numpy as np
import pytest

from assessments.irt.ascent import Point, climb


def hill(stretch, *, edge=np.inf):
    """A concave quadratic with its top at 1, steps `stretch` times right, and an edge to fall off."""

    def evaluate(free):
        if free[0] >= edge:
            return None
        return Point(free, float(-((free - 1) ** 2).sum()), stretch * (1 - free))

    return evaluate


@pytest.mark.parametrize("stretch", [0.05, 0.5, 1.0, 1.9, 3.0])
def test_short_and_long_steps_lead_to_the_top(stretch):
    ascent = climb(hill(stretch), np.array([-5.0, 9.0]), tolerance=1e-9, limit=500)

    assert ascent.converged
    assert ascent.point.free == pytest.approx([1.0, 1.0], abs=1e-6)


def test_acceleration_spares_most_of_the_steps():
    ascent = climb(hill(0.01), np.array([-5.0]), tolerance=1e-8, limit=500)

    assert ascent.evaluations < 20


def test_a_climb_stays_inside_the_model():
    ascent = climb(hill(3.0, edge=2.0), np.array([-5.0]), tolerance=1e-9, limit=500)

    assert ascent.point.free == pytest.approx([1.0], abs=1e-6)


def test_a_climb_without_a_way_up_ends_without_convergence():
    def cliff(free):
        return Point(free, float(-np.abs(free).sum()), np.ones(1))

    ascent = climb(cliff, np.zeros(1), tolerance=1e-9, limit=500)

    assert not ascent.converged
    assert ascent.point.free == pytest.approx([0.0])
