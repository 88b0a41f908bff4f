"""A least-squares line in exact arithmetic, with its errors and fit, for borderline regression."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

import numpy as np

from assessments.arrays import Floats
from assessments.errors import NotEstimable


@dataclass(frozen=True, slots=True)
class Line:
    """Scores over grades: the line with what its errors are made of."""

    n: int
    mean: Fraction
    """Of the grades."""
    square: Fraction
    """Sum of squared distances of the grades from their mean."""
    slope: Fraction
    intercept: Fraction
    r_squared: Fraction
    residual_variance: Fraction
    """With n - 2 in the denominator."""

    def at(self, grade: Fraction) -> Fraction:
        """Return the score that the line gives a grade."""
        return self.intercept + self.slope * grade

    def error_at(self, grade: Fraction) -> float:
        """Return the standard error of the line, not of a candidate, at a grade."""
        return sqrt(self.residual_variance * (Fraction(1, self.n) + (grade - self.mean) ** 2 / self.square))

    def slope_error(self) -> float:
        """Return the standard error of the slope."""
        return sqrt(self.residual_variance / self.square)


def fit_line(grades: Sequence[Fraction], scores: Sequence[Fraction]) -> Line:
    """Fit scores over grades, both (n_persons,) with at least three candidates, by ordinary least squares.

    Raises NotEstimable `constant_grade`, `constant_score`.
    """
    n = len(grades)
    mean, centre = sum(grades, Fraction(0)) / n, sum(scores, Fraction(0)) / n
    square = sum(((grade - mean) ** 2 for grade in grades), Fraction(0))
    total = sum(((score - centre) ** 2 for score in scores), Fraction(0))
    if square == 0:
        raise NotEstimable("constant_grade", grade=float(mean))
    if total == 0:
        raise NotEstimable("constant_score", score=float(centre))
    both = sum(
        ((grade - mean) * (score - centre) for grade, score in zip(grades, scores, strict=True)), Fraction(0)
    )
    slope = both / square
    return Line(
        n=n,
        mean=mean,
        square=square,
        slope=slope,
        intercept=centre - slope * mean,
        r_squared=slope * both / total,
        residual_variance=(total - slope * both) / (n - 2),
    )


def resampled_at(
    grade: Fraction, grades: Sequence[Fraction], scores: Sequence[Fraction], weights: Floats
) -> Floats:
    """Return the score at a grade on the line of each bootstrap sample (resamples,), in floating point.

    `weights`: (resamples, n_persons) counts. NaN where a sample holds one grade only.
    """
    # Distances from the grade and from a middle score keep the sums small, so that little cancels.
    x = np.array([float(given - grade) for given in grades])
    middle = float(scores[0])
    y = np.array([float(score) - middle for score in scores])
    n = float(len(x))
    sum_x, sum_y, sum_xx, sum_xy = (weights @ np.stack([x, y, x * x, x * y], axis=1)).T
    spread = n * sum_xx - sum_x**2
    usable = spread > 1e-9 * n * sum_xx
    safe = np.where(usable, spread, 1.0)
    slope = (n * sum_xy - sum_x * sum_y) / safe
    return np.where(usable, middle + (sum_y - slope * sum_x) / n, np.nan)
