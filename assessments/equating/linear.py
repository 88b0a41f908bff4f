"""The linear equating functions, each as a line computed from moments; see `moments` for why complex.

In all of them population 1 sat the new form X, population 2 the old form Y, and V is the anchor.
"""

from dataclasses import dataclass

import numpy as np

from assessments.equating.moments import Moments, Numbers
from assessments.errors import NotEstimable


@dataclass(frozen=True, slots=True)
class Setting:
    """What a line needs besides moments."""

    weight: float
    """The share of population 1 in the synthetic population, 0 to 1."""
    internal: bool
    """Whether the anchor is part of the score."""
    lengths: tuple[float, float]
    """How many times longer the new and the old form are than the anchor, in points."""


@dataclass(frozen=True, slots=True)
class Line:
    """An equivalent on the old form is slope times score plus intercept."""

    slope: Numbers
    intercept: Numbers


def identity(new: Moments, _: Moments, __: Setting) -> Line:
    """Leave every score as it is."""
    return Line(np.ones_like(new.mean), np.zeros_like(new.mean))


def mean(new: Moments, old: Moments, _: Setting) -> Line:
    """Shift by the difference of means."""
    return Line(np.ones_like(new.mean), old.mean - new.mean)


def linear(new: Moments, old: Moments, _: Setting) -> Line:
    """Give equal deviations from the mean, in standard deviations, the same equivalent."""
    slope = _root(old.variance) / _root(new.variance)
    return Line(slope, old.mean - slope * new.mean)


def nominal_weights_mean(new: Moments, old: Moments, setting: Setting) -> Line:
    """Shift by the difference of means in the synthetic population, gammas from the lengths of the tests.

    Source: Babcock, Albano & Raymond 2012; Kolen & Brennan 2014, chapter 4.
    """
    long, other = (np.full_like(new.mean, length) for length in setting.lengths)
    synthetic_new, synthetic_old = _synthetic(new, old, (long, other), setting.weight)
    return mean(synthetic_new, synthetic_old, setting)


def tucker(new: Moments, old: Moments, setting: Setting) -> Line:
    """Take the regression of score on anchor to be the same in both populations.

    Source: Gulliksen 1950 (Tucker); Kolen & Brennan 2014, chapter 4.
    """
    gammas = (_ratio(new.covariance, new.anchor_variance), _ratio(old.covariance, old.anchor_variance))
    return linear(*_synthetic(new, old, gammas, setting.weight), setting)


def levine_observed(new: Moments, old: Moments, setting: Setting) -> Line:
    """Take the regression of true score on true anchor to be the same in both populations.

    Gammas under a classical congeneric model. Source: Levine 1955; Kolen & Brennan 2014, chapter 4.
    """
    return linear(*_synthetic(new, old, _levine_gammas(new, old, setting), setting.weight), setting)


def levine_true(new: Moments, old: Moments, setting: Setting) -> Line:
    """Equate true scores under the assumptions of `levine_observed`, and apply the line to observed ones.

    No synthetic population enters. Source: Levine 1955; Hanson 1991; Kolen & Brennan 2014, chapter 4.
    """
    return _through_anchor(new, old, _levine_gammas(new, old, setting))


def chained_linear(new: Moments, old: Moments, _: Setting) -> Line:
    """Equate the new form to the anchor in population 1, and the anchor to the old form in population 2.

    Source: Angoff 1971; Kolen & Brennan 2014, chapter 4.
    """
    gammas = (
        _ratio(_root(new.variance), _root(new.anchor_variance)),
        _ratio(_root(old.variance), _root(old.anchor_variance)),
    )
    return _through_anchor(new, old, gammas)


def _levine_gammas(new: Moments, old: Moments, setting: Setting) -> tuple[Numbers, Numbers]:
    """Estimate how many times longer each form is than the anchor, in true-score units."""
    first, second = (_ratio(group.variance, group.covariance) for group in (new, old))
    if setting.internal:
        return first, second
    return (
        (first + 1) / (_ratio(new.anchor_variance, new.covariance) + 1),
        (second + 1) / (_ratio(old.anchor_variance, old.covariance) + 1),
    )


def _synthetic(
    new: Moments, old: Moments, gammas: tuple[Numbers, Numbers], weight: float
) -> tuple[Moments, Moments]:
    """Move the means and variances of both forms to the population that mixes 1 and 2.

    Source: Kolen & Brennan 2014, chapter 4.
    """
    gap = new.anchor_mean - old.anchor_mean
    spread = new.anchor_variance - old.anchor_variance
    rest = 1.0 - weight
    first, second = gammas
    both = weight * rest * gap**2
    return (
        Moments(
            new.mean - rest * first * gap,
            new.anchor_mean,
            new.variance + first**2 * (both - rest * spread),
            new.anchor_variance,
            new.covariance,
        ),
        Moments(
            old.mean + weight * second * gap,
            old.anchor_mean,
            old.variance + second**2 * (both + weight * spread),
            old.anchor_variance,
            old.covariance,
        ),
    )


def _through_anchor(new: Moments, old: Moments, gammas: tuple[Numbers, Numbers]) -> Line:
    """Join the line from the new form to the anchor with the line from the anchor to the old form."""
    slope = gammas[1] / gammas[0]
    level = old.mean + gammas[1] * (new.anchor_mean - old.anchor_mean)
    return Line(slope, level - slope * new.mean)


def _root(variance: Numbers) -> Numbers:
    """Take a standard deviation; a form or anchor on which nobody differs cannot be equated."""
    if np.any(variance.real <= 0):
        raise NotEstimable("no_spread")
    return np.sqrt(variance)


def _ratio(above: Numbers, below: Numbers) -> Numbers:
    """Divide two quantities that both have to be positive for an anchor to link anything."""
    if np.any(above.real <= 0) or np.any(below.real <= 0):
        raise NotEstimable("anchor_unrelated")
    return above / below
