"""What a reader of a calibration must know: small samples, doubtful maxima, odd items."""

from collections.abc import Iterator

import numpy as np

from assessments.irt.ascent import Ascent
from assessments.irt.calibration import ItemEstimate
from assessments.irt.likelihood import Problem
from assessments.irt.models import Model
from assessments.irt.optimum import Summit
from assessments.results import Finding

STEEPEST = 4.0
FIT_RANGE = (0.8, 1.2)
LEAST_RATIO = 1.96
WIDEST_STEP = 1.0
"""Widest spacing of nodes in units of the narrowest posterior; at 1 the rule errs by about 1e-8."""


def cautions(
    problem: Problem, ascent: Ascent, summit: Summit, model: Model, items: tuple[ItemEstimate, ...]
) -> tuple[Finding, ...]:
    """Collect the findings of a fit."""
    return (
        *_about_sample(problem, model),
        *_about_maximum(problem, ascent, summit, model),
        *_about_items(items),
    )


def _about_sample(problem: Problem, model: Model) -> Iterator[Finding]:
    """Say so when there are fewer persons than the model wants."""
    persons, advised = problem.responses.n_persons, model.advised_persons
    if persons < advised:
        source = "de Ayala 2009" if model.has_slopes else "Linacre 1994"
        yield Finding("small_sample", f"{persons} persons; {advised} are advised", str(advised), source)


def _about_maximum(problem: Problem, ascent: Ascent, summit: Summit, model: Model) -> Iterator[Finding]:
    """Say so when the numbers may not be the maximum that they stand for."""
    if not ascent.converged:
        change = f"{ascent.point.change:.2g}"
        message = f"after {ascent.evaluations} evaluations a step still changes a parameter by {change}"
        yield Finding("not_converged", message, "tol", "house rule")
    if summit.covariance is None:
        message = "the likelihood is flat or not at a maximum; standard errors are not given"
        yield Finding("no_standard_errors", message, "positive definite information", "house rule")
    if summit.covariance is not None and not model.has_slopes:
        ratio = abs(summit.parameters[0, 0]) / float(np.sqrt(summit.covariance[0, 0]))
        if ratio < LEAST_RATIO:
            message = "the items share hardly any ability: the population's spread is within its error of 0"
            yield Finding("no_common_ability", message, str(LEAST_RATIO), "Wald test")
    width = problem.nodes.spacing * float(np.sqrt(_most_information(problem, summit)))
    if width > WIDEST_STEP:
        message = f"nodes lie {width:.2f} posterior standard deviations apart; take more of them"
        yield Finding("coarse_nodes", message, str(WIDEST_STEP), "error of the trapezoidal rule")


def _most_information(problem: Problem, summit: Summit) -> float:
    """Give the greatest information that items and population hold about an ability near the middle."""
    theta = problem.nodes.theta
    near = (np.abs(theta) <= 2) & (theta != 0)
    # A slope and theta enter as their product, so the derivative by one gives that by the other.
    by_slope = summit.curves.score[:, 0][..., near]
    by_theta = by_slope * summit.parameters[:, :1, None] / theta[near]
    return float((summit.curves.p[..., near] * by_theta**2).sum(axis=(0, 1)).max()) + 1


def _about_items(items: tuple[ItemEstimate, ...]) -> Iterator[Finding]:
    """Name the items whose parameters or fit are out of the ordinary."""
    falling = [each.item for each in items if each.slope.value <= 0]
    if falling:
        message = f"a better candidate scores lower; check the key of {', '.join(falling)}"
        yield Finding("slope_not_positive", message, "0", "Haladyna & Downing")
    steep = [each.item for each in items if each.slope.value > STEEPEST]
    if steep:
        message = f"a slope so steep is seldom real: {', '.join(steep)}"
        yield Finding("slope_extreme", message, str(STEEPEST), "de Ayala 2009")
    low, high = FIT_RANGE
    odd = [
        each.item for each in items if not low <= each.fit.infit <= high or not low <= each.fit.outfit <= high
    ]
    if odd:
        message = f"responses surprise more, or less, than the model allows: {', '.join(odd)}"
        yield Finding("item_misfit", message, f"{low} to {high}", "Wright & Linacre 1994")
