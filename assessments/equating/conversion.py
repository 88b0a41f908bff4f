"""Equating two forms: from a design and a method to the table that turns new raw scores into old ones."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.random import Generator

from assessments.equating.cautions import caution_of_range, cautions, cautions_of_errors, ensure_equatable
from assessments.equating.designs import Design, DesignKind, RawScale
from assessments.equating.methods import (
    FROM_DISTRIBUTIONS,
    STRAIGHT_LINES,
    SYNTHETIC,
    Method,
    Recipe,
    samples,
)
from assessments.equating.presmoothing import Presmoothing, Smoothing, plan_smoothing
from assessments.equating.standard_errors import Equivalents, by_bootstrap, by_delta, without_errors
from assessments.errors import AssessmentError, NotEstimable
from assessments.estimates import Estimate, Provenance
from assessments.results import PLACES, Finding, Json
from assessments.standard_setting import Rounding, round_cut

EQUATING_VERSION = "equating/1"


@dataclass(frozen=True, slots=True)
class Conversion:
    """What one raw score of the new form is worth on the old one."""

    raw: int
    share: float
    """The share of the new form's candidates who had this score."""
    equivalent: Estimate
    """In points of the old form, not rounded and not cut off at the ends of its scale."""
    rounded: int
    """The nearest whole score of the old scale, a half upwards."""


@dataclass(frozen=True, slots=True)
class ConversionTable:
    """Every raw score of the new form with its equivalent on the old form, strictly rising."""

    method: Method
    design: DesignKind
    new: RawScale
    old: RawScale
    rows: tuple[Conversion, ...]
    slope: float | None
    """Of a straight line, else None; with `intercept`, equivalent = slope times raw plus intercept."""
    intercept: float | None
    smoothing: tuple[Smoothing, ...]
    provenance: Provenance


def equate(
    design: Design,
    method: Method,
    *,
    weight: float = 0.5,
    presmooth: Presmoothing | None = None,
    rng: Generator | None = None,
    replications: int = 1000,
    least: int | None = None,
    level: float = 0.95,
) -> ConversionTable:
    """Equate a new form to an old one, so that either could be sat at the same standard (EXM-2).

    `weight`: share of the new form's population in the synthetic one, 0 to 1. `presmooth`: for methods that
    need whole distributions. Standard errors, in points of the old form at confidence `level`: by the
    bootstrap with `replications` resamples when `rng` is given, else by the delta method for methods of
    moments, else none. `least` replaces the method's least number of persons per group (10 for mean and
    circle-arc, 100 for lines, 1500 for equipercentile) but never goes under 10; what lies under the default
    is warned of.

    Raises AssessmentError `weight`, `level`, `method_not_for_design`, `smoothing_not_used`, `scales_differ`,
    `too_few_replications`; NotEstimable `too_few_persons`, `no_spread`, `anchor_unrelated`,
    `anchor_not_covered`, `middle_at_end`, `middle_too_far`, `not_rising`, `bootstrap_unstable` and what
    `loglinear.fit` raises. Source: Kolen & Brennan 2014; each method names its own.
    """
    _ensure_shares(weight, level)
    smoothed = presmooth is not None
    ensure_equatable(design, method, smoothed=smoothed, least=least)
    smoothing = plan_smoothing(design, presmooth) if presmooth is not None else ()
    recipe = Recipe(method, weight, smoothing)
    values = recipe.apply(design)
    if np.any(np.diff(values) <= 0):
        raise NotEstimable("not_rising", method=method.value)
    found = _with_errors(recipe, design, rng, replications, level)
    warnings = (
        *cautions(design, method, smoothed=smoothed, least=least),
        *caution_of_range(values, design.old),
        *cautions_of_errors(method, found),
    )
    return _table(recipe, design, found, warnings)


def to_whole(value: float, rounding: Rounding) -> int:
    """Round a computed score as declared, after six decimal places have taken away the noise of floats."""
    return round_cut(Fraction(round(value * 10**PLACES), 10**PLACES), rounding)


def _with_errors(
    recipe: Recipe, design: Design, rng: Generator | None, replications: int, level: float
) -> Equivalents:
    """Choose how standard errors are estimated, if they can be."""
    if recipe.method is Method.IDENTITY:
        return without_errors(recipe.apply(design))
    if rng is not None:
        return by_bootstrap(recipe.apply, design, rng=rng, replications=replications, level=level)
    if recipe.method in FROM_DISTRIBUTIONS:
        return without_errors(recipe.apply(design))
    return by_delta(recipe.from_moments(design), samples(design), level)


def _table(
    recipe: Recipe, design: Design, found: Equivalents, warnings: tuple[Finding, ...]
) -> ConversionTable:
    """Put the equivalents into a table, with slope and intercept where they lie on a line."""
    slope = intercept = None
    if recipe.method in STRAIGHT_LINES:
        first, last = found.estimates[0].value, found.estimates[-1].value
        slope = (last - first) / design.new.width
        intercept = first - slope * design.new.low
    return ConversionTable(
        method=recipe.method,
        design=design.kind,
        new=design.new,
        old=design.old,
        rows=_rows(design, found),
        slope=slope,
        intercept=intercept,
        smoothing=recipe.smoothing,
        provenance=_provenance(recipe, design, found, warnings),
    )


def _rows(design: Design, found: Equivalents) -> tuple[Conversion, ...]:
    """Put each score beside its share and its equivalent, rounded within the old scale."""
    counts = design.margins()[0]
    return tuple(
        Conversion(
            raw=raw,
            share=float(count / counts.sum()),
            equivalent=estimate,
            rounded=min(max(to_whole(estimate.value, Rounding.NEAREST), design.old.low), design.old.high),
        )
        for raw, count, estimate in zip(
            range(design.new.low, design.new.high + 1), counts, found.estimates, strict=True
        )
    )


def _provenance(
    recipe: Recipe, design: Design, found: Equivalents, warnings: tuple[Finding, ...]
) -> Provenance:
    """Say by which method and options, and from whom, a table was made; items are counted as raw points."""
    options: dict[str, Json] = {"groups": [*design.sizes]}
    if recipe.method in SYNTHETIC:
        options["weight"] = repr(float(recipe.weight))
    if found.replications:
        options |= {"replications": found.replications, "failed_replications": found.failed}
    return Provenance(
        method=recipe.method.value,
        version=EQUATING_VERSION,
        n_persons=sum(design.sizes),
        n_items=design.new.width,
        options=options,
        warnings=warnings,
    )


def _ensure_shares(weight: float, level: float) -> None:
    """Refuse a weight outside 0 to 1 and a confidence level that is not between them."""
    if not 0 <= weight <= 1:
        raise AssessmentError("weight", found=weight)
    if not 0 < level < 1:
        raise AssessmentError("level", found=level)
