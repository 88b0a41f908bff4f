"""From start values to the maximum of a marginal likelihood, and what is known there."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import spsolve

from assessments.arrays import Floats
from assessments.irt.ascent import Ascent, Point, climb
from assessments.irt.curves import Curves
from assessments.irt.likelihood import Expected, Problem, expect, gradient
from assessments.irt.uncertainty import blocks, covariance, observed_information

RIDGE = 1e-6
"""Added to the information of the steps, in persons: keeps them finite where an item tells nothing any more,
and leaves the maximum where it is."""


@dataclass(frozen=True, slots=True)
class Summit:
    """What was computed where the climb ended; `covariance` of the free parameters if it is a maximum."""

    free: Floats
    parameters: Floats
    curves: Curves
    expected: Expected
    gradient: Floats
    covariance: Floats | None


def maximise(problem: Problem, free: Floats, *, tol: float, limit: int) -> tuple[Ascent, Summit]:
    """Climb from `free` by EM steps, then take one Newton step with the observed information.

    Each EM step maximises by one Newton step of its own, which keeps its rate (Lange 1995).
    """
    spread = problem.design
    ridge = RIDGE * sparse.eye_array(spread.shape[1])

    def evaluate(free: Floats) -> Point | None:
        parameters = problem.parameters(free)
        if not problem.admits(parameters):
            return None
        curves = problem.curves(parameters)
        expected = expect(problem, parameters, curves)
        complete = spread.T @ blocks(curves.information(expected.persons)) @ spread + ridge
        uphill = spread.T @ gradient(problem, curves, expected).ravel()
        return Point(free, expected.log_likelihood, np.asarray(spsolve(complete.tocsc(), uphill)))

    ascent = climb(evaluate, free, tolerance=tol, limit=limit)
    return ascent, _polished(problem, ascent.point.free)


def _polished(problem: Problem, free: Floats) -> Summit:
    """Take the last step, unless it leads down or out of the model."""
    here = _at(problem, free, None)
    inverse = covariance(observed_information(problem, here.parameters, here.curves, here.expected.by_score))
    if inverse is None:
        return here
    ahead = free + inverse @ here.gradient
    there = _at(problem, ahead, inverse) if problem.admits(problem.parameters(ahead)) else here
    if there.expected.log_likelihood < here.expected.log_likelihood:
        there = here
    return Summit(there.free, there.parameters, there.curves, there.expected, there.gradient, inverse)


def _at(problem: Problem, free: Floats, inverse: Floats | None) -> Summit:
    """Evaluate everything at one point."""
    parameters = problem.parameters(free)
    curves = problem.curves(parameters)
    expected = expect(problem, parameters, curves, by_score=True)
    uphill = np.asarray(problem.design.T @ gradient(problem, curves, expected).ravel())
    return Summit(free, parameters, curves, expected, uphill, inverse)
