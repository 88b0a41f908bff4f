"""The failing rate of a cohort along the scale, and where a falling line meets it: for compromise methods."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessments.standard_setting.cuts import Scale

Point = tuple[Fraction, Fraction]
"""A cut in raw points, and a failing rate 0 to 1."""


@dataclass(frozen=True, slots=True)
class FailingCurve:
    """The share of candidates below each whole raw score, with straight lines in between."""

    scale: Scale
    rates: tuple[Fraction, ...]
    """One per whole score of the scale, from the lowest; never falling."""

    def at(self, cut: Fraction) -> Fraction:
        """Return the failing rate at a cut on the scale."""
        place, part = divmod(cut - self.scale.lowest, 1)
        if part == 0:
            return self.rates[place]
        return self.rates[place] + part * (self.rates[place + 1] - self.rates[place])

    def meets(self, start: Point, end: Point) -> Fraction | None:
        """Return the lowest cut at which a falling line from `start` to `end` meets the curve, exact.

        The line lies on the scale, its start left of its end. None when the curve lies wholly on one side.
        The lowest of several, because what is doubtful counts for the candidate.
        """
        (left, high), (right, low) = start, end
        slope = (low - high) / (right - left)
        whole = range(left.__floor__() + 1, right.__ceil__())
        before: Point | None = None
        for cut in (left, *map(Fraction, whole), right):
            above = self.at(cut) - (high + slope * (cut - left))
            if above == 0:
                return cut
            if above > 0:
                return None if before is None else _root(before, (cut, above))
            before = (cut, above)
        return None


def failing_curve(scores: Sequence[Fraction], scale: Scale) -> FailingCurve:
    """Count the candidates below each whole raw score of the scale; reaching a cut passes."""
    ordered = sorted(scores)
    below = [bisect_left(ordered, cut) for cut in range(scale.lowest, scale.highest + 1)]
    return FailingCurve(scale, tuple(Fraction(count, len(ordered)) for count in below))


def _root(below: Point, above: Point) -> Fraction:
    """Return where a straight line between two points is zero."""
    return below[0] + (above[0] - below[0]) * below[1] / (below[1] - above[1])
