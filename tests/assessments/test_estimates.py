"""Verdicts: a figure with an interval is judged by the whole interval."""

import pytest

from assessments.estimates import Direction, Estimate, FigureVerdict, Threshold, judge

FLOOR = Threshold(0.8, Direction.AT_LEAST, "Prometric")
CEILING = Threshold(1.0, Direction.AT_MOST, "Cohen, Kane & Crooks 1999")


@pytest.mark.parametrize(
    ("estimate", "threshold", "verdict"),
    [
        (Estimate(0.9), FLOOR, FigureVerdict.MET),
        (Estimate(0.8), FLOOR, FigureVerdict.MET),
        (Estimate(0.79), FLOOR, FigureVerdict.NOT_MET),
        (Estimate(0.9, ci=(0.82, 0.95)), FLOOR, FigureVerdict.MET),
        (Estimate(0.9, ci=(0.7, 0.95)), FLOOR, FigureVerdict.UNCERTAIN),
        (Estimate(0.7, ci=(0.6, 0.79)), FLOOR, FigureVerdict.NOT_MET),
        (Estimate(0.7, ci=(0.6, 0.8)), FLOOR, FigureVerdict.UNCERTAIN),
        (Estimate(0.5), CEILING, FigureVerdict.MET),
        (Estimate(1.0), CEILING, FigureVerdict.MET),
        (Estimate(1.2), CEILING, FigureVerdict.NOT_MET),
        (Estimate(0.9, ci=(0.7, 1.1)), CEILING, FigureVerdict.UNCERTAIN),
        (None, FLOOR, FigureVerdict.NOT_ESTIMABLE),
    ],
)
def test_a_figure_is_held_against_its_threshold(estimate, threshold, verdict):
    assert judge(estimate, threshold) is verdict
