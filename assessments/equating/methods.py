"""The methods of equating: for which design, from how many candidates on, and what each computes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

from assessments.arrays import Floats
from assessments.equating import linear
from assessments.equating.arc import circle_arc
from assessments.equating.designs import Design, DesignKind
from assessments.equating.equipercentile import equipercentile, frequency_estimation
from assessments.equating.linear import Line, Setting
from assessments.equating.moments import Moments, Numbers, Sample, as_moments, moments
from assessments.equating.presmoothing import Smoothing, distributions


class Method(Enum):
    """How scores of the new form are turned into equivalents on the old one."""

    IDENTITY = "identity"
    MEAN = "mean"
    LINEAR = "linear"
    CIRCLE_ARC = "circle_arc"
    EQUIPERCENTILE = "equipercentile"
    NOMINAL_WEIGHTS_MEAN = "nominal_weights_mean"
    TUCKER = "tucker"
    LEVINE_OBSERVED = "levine_observed"
    LEVINE_TRUE = "levine_true"
    CHAINED_LINEAR = "chained_linear"
    BRAUN_HOLLAND = "braun_holland"
    FREQUENCY_ESTIMATION = "frequency_estimation"
    CHAINED_EQUIPERCENTILE = "chained_equipercentile"


@dataclass(frozen=True, slots=True)
class Gate:
    """The least number of candidates per group that a method is trusted with by default."""

    least: int
    source: str


SMALL = Gate(10, "house rule; Skaggs 2005, Livingston & Kim 2009 on very small groups")
STRAIGHT = Gate(100, "house rule for linear equating; Kolen & Brennan 2014, chapter 8, on sample sizes")
CURVED = Gate(1500, "Kolen & Brennan 2014, chapter 8, rule of thumb for equipercentile equating")
NONE = Gate(1, "the identity estimates nothing")

GATES: Mapping[Method, Gate] = {
    Method.IDENTITY: NONE,
    Method.MEAN: SMALL,
    Method.CIRCLE_ARC: SMALL,
    Method.NOMINAL_WEIGHTS_MEAN: SMALL,
    Method.EQUIPERCENTILE: CURVED,
    Method.FREQUENCY_ESTIMATION: CURVED,
    Method.CHAINED_EQUIPERCENTILE: CURVED,
}
"""Every method that is not named here is a straight line with its own slope."""

WITHOUT_ANCHOR = frozenset({Method.MEAN, Method.LINEAR, Method.EQUIPERCENTILE})
WITH_ANCHOR = frozenset(
    {
        Method.NOMINAL_WEIGHTS_MEAN,
        Method.TUCKER,
        Method.LEVINE_OBSERVED,
        Method.LEVINE_TRUE,
        Method.CHAINED_LINEAR,
        Method.BRAUN_HOLLAND,
        Method.FREQUENCY_ESTIMATION,
        Method.CHAINED_EQUIPERCENTILE,
    }
)
FROM_DISTRIBUTIONS = frozenset(
    {
        Method.EQUIPERCENTILE,
        Method.BRAUN_HOLLAND,
        Method.FREQUENCY_ESTIMATION,
        Method.CHAINED_EQUIPERCENTILE,
    }
)
"""Methods that need whole distributions, which may be smoothed first; the others need moments only."""
SYNTHETIC = frozenset(
    {
        Method.NOMINAL_WEIGHTS_MEAN,
        Method.TUCKER,
        Method.LEVINE_OBSERVED,
        Method.BRAUN_HOLLAND,
        Method.FREQUENCY_ESTIMATION,
    }
)
"""Methods that equate in a synthetic population and so depend on its weight."""

LINES: Mapping[Method, Callable[[Moments, Moments, Setting], Line]] = {
    Method.IDENTITY: linear.identity,
    Method.MEAN: linear.mean,
    Method.LINEAR: linear.linear,
    Method.NOMINAL_WEIGHTS_MEAN: linear.nominal_weights_mean,
    Method.TUCKER: linear.tucker,
    Method.LEVINE_OBSERVED: linear.levine_observed,
    Method.LEVINE_TRUE: linear.levine_true,
    Method.CHAINED_LINEAR: linear.chained_linear,
}
STRAIGHT_LINES = frozenset({*LINES, Method.BRAUN_HOLLAND})


def gate(method: Method) -> Gate:
    """Return the default gate of a method."""
    return GATES.get(method, STRAIGHT)


@dataclass(frozen=True, slots=True)
class Recipe:
    """A method with all that it needs besides candidates, so that it can be applied to resampled ones."""

    method: Method
    weight: float
    smoothing: tuple[Smoothing, ...] = ()

    def apply(self, design: Design) -> Floats:
        """Compute the equivalent of each score of the new form (n_new,)."""
        if self.method in FROM_DISTRIBUTIONS:
            return _from_distributions(self, design)
        groups = [as_moments(moments(sample)[None, :]) for sample in samples(design)]
        return np.asarray(self.from_moments(design)(groups)[0].real)

    def from_moments(self, design: Design) -> Callable[[Sequence[Moments]], Numbers]:
        """Return the method as a function of moments (k, 1) of each group, to equivalents (k, n_new)."""
        points = design.new.points()
        setting = _setting(design, self.weight)

        def equivalents(groups: Sequence[Moments]) -> Numbers:
            new, old = groups if len(groups) == 2 else (groups[0], groups[0].turned())
            if self.method is not Method.CIRCLE_ARC:
                line = LINES[self.method](new, old, setting)
                return line.slope * points + line.intercept
            through = linear.chained_linear if design.kind.has_anchor else linear.mean
            line = through(new, old, setting)
            middle = (new.mean, line.slope * new.mean + line.intercept)
            return circle_arc(middle, new=design.new, old=design.old, points=points)

        return equivalents


def samples(design: Design) -> tuple[Sample, ...]:
    """Return the groups with the scores that their tables count."""
    return tuple(Sample(counts, *design.axes(group)) for group, counts in enumerate(design.groups))


def _setting(design: Design, weight: float) -> Setting:
    """Gather what the lines need; without an anchor its lengths are never asked for."""
    common = design.anchor.width if design.anchor is not None else 1
    internal = design.kind is DesignKind.INTERNAL_ANCHOR
    return Setting(weight, internal, (design.new.width / common, design.old.width / common))


def _from_distributions(recipe: Recipe, design: Design) -> Floats:
    """Compute the equivalents (n_new,) of a method that needs whole distributions."""
    new, old = distributions(design, recipe.smoothing)
    points, scales = design.new.points(), (design.new, design.old)
    if recipe.method is Method.EQUIPERCENTILE:
        return equipercentile(new, old, scales=scales, points=points)
    if recipe.method is Method.CHAINED_EQUIPERCENTILE:
        return _chained(design, new, old)
    synthetic = frequency_estimation(new, old, recipe.weight)
    if recipe.method is Method.FREQUENCY_ESTIMATION:
        return equipercentile(*synthetic, scales=scales, points=points)
    return _braun_holland(design, synthetic)


def _chained(design: Design, new: Floats, old: Floats) -> Floats:
    """Equate the new form to the anchor in population 1, and the anchor to the old form in population 2.

    Source: Angoff 1971; Kolen & Brennan 2014, chapter 5.
    """
    assert design.anchor is not None
    common = equipercentile(
        new.sum(axis=1), new.sum(axis=0), scales=(design.new, design.anchor), points=design.new.points()
    )
    return equipercentile(old.sum(axis=0), old.sum(axis=1), scales=(design.anchor, design.old), points=common)


def _braun_holland(design: Design, synthetic: tuple[Floats, Floats]) -> Floats:
    """Equate linearly the means and spreads that frequency estimation gives the synthetic population.

    Unlike Tucker's, the regression on the anchor need not be straight. Source: Braun & Holland 1982; Kolen &
    Brennan 2014, chapter 5.
    """
    new, old = (
        as_moments(moments(Sample(shares[:, None], form.points(), np.zeros(1)))[None, :])
        for shares, form in zip(synthetic, (design.new, design.old), strict=True)
    )
    line = linear.linear(new, old, _setting(design, 1.0))
    return np.asarray((line.slope * design.new.points() + line.intercept).real[0])
