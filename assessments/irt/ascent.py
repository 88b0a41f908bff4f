"""Climb a likelihood by accelerated EM steps."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from assessments.arrays import Floats

SLACK = 1e-9
"""Relative loss of log-likelihood that is rounding, not descent."""
HALVINGS = 12


@dataclass(frozen=True, slots=True)
class Point:
    """Parameters, their log-likelihood, and the EM step that leads on from there."""

    free: Floats
    log_likelihood: float
    step: Floats

    @property
    def change(self) -> float:
        """Largest change of a parameter in the next EM step."""
        return float(np.abs(self.step).max())


@dataclass(frozen=True, slots=True)
class Ascent:
    """Where the climb ended."""

    point: Point
    evaluations: int
    converged: bool


Evaluate = Callable[[Floats], Point | None]
"""Gives the point, or None where the parameters are not admissible."""


def climb(evaluate: Evaluate, start: Floats, *, tolerance: float, limit: int) -> Ascent:
    """Repeat EM steps, extrapolated from pairs of them, until a step changes no parameter by `tolerance`.

    An extrapolation that lowers the likelihood is dropped, an EM step that lowers it is halved. `limit`
    counts evaluations of the likelihood. Source: Varadhan & Roland 2008 (SQUAREM, scheme 3); Lange 1995.
    """
    calls = 0

    def counted(free: Floats) -> Point | None:
        nonlocal calls
        calls += 1
        return evaluate(free)

    here = counted(start)
    assert here is not None, "the start is admissible"
    while here.change >= tolerance and calls < limit:
        one = _uphill(counted, here)
        if one is None:
            break
        here = _leap(counted, here, one) or one
    return Ascent(here, calls, here.change < tolerance)


def _uphill(evaluate: Evaluate, here: Point) -> Point | None:
    """Take the EM step, or the first of its halves that does not lower the likelihood."""
    step = here.step
    for _ in range(HALVINGS):
        there = evaluate(here.free + step)
        if there is not None and not _is_lower(there, here):
            return there
        step = step / 2
    return None


def _leap(evaluate: Evaluate, here: Point, one: Point) -> Point | None:
    """Extrapolate two EM steps, or give None where that leads down."""
    bend = one.step - here.step
    size = float(np.sqrt((here.step @ here.step) / max(float(bend @ bend), 1e-300)))
    length = max(1.0, size)
    there = evaluate(here.free + 2 * length * here.step + length**2 * bend)
    return None if there is None or _is_lower(there, one) else there


def _is_lower(there: Point, here: Point) -> bool:
    """Whether the likelihood fell by more than rounding."""
    return not there.log_likelihood >= here.log_likelihood - SLACK * abs(here.log_likelihood)
