"""Maximum likelihood estimates with their standard errors and intervals."""

from math import sqrt

from assessments.estimates import Estimate

CI_LEVEL = 0.95
_Z = 1.959963984540054


def wald(value: float, variance: float | None) -> Estimate:
    """Wrap an estimate with its Wald interval of 95 %; without one where its variance is unknown."""
    if variance is None or not variance > 0:
        return Estimate(float(value))
    se = sqrt(variance)
    return Estimate(float(value), se, (float(value - _Z * se), float(value + _Z * se)), CI_LEVEL, "wald")
