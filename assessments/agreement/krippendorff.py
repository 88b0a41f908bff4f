"""Agreement of any number of raters, with gaps, on any level of measurement: Krippendorff's alpha.

alpha = 1 - observed / expected disagreement over all pairable values. The bootstrap draws whole units anew,
as often as there are units, and takes percentiles; it works on the counts of unit patterns, so that its time
does not grow with the number of units.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike

from assessments.agreement.coding import Patterns, coded, patterns_of, scale_of
from assessments.agreement.outcome import AgreementResult, ensure_level, few_units
from assessments.arrays import Floats, matrix
from assessments.errors import AssessmentError, NotEstimable
from assessments.estimates import Estimate, Provenance
from assessments.results import Finding, Json

KRIPPENDORFF_VERSION = "krippendorff-alpha/1"
LEAST_RESAMPLES = 100
LEAST_DEFINED = 0.95
_CHUNK = 2_000_000
"""Cells of resamples by patterns that are held at once."""


class Level(Enum):
    """What the categories mean: names, an order, equal distances, or multiples of a unit."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"
    RATIO = "ratio"


def krippendorff_alpha(
    ratings: ArrayLike,
    *,
    level: Level,
    categories: Sequence[float] | None = None,
    resamples: int = 0,
    rng: Generator | None = None,
    ci_level: float = 0.95,
) -> AgreementResult:
    """Give Krippendorff's alpha, on request with a bootstrap interval.

    `ratings`: (n_units, n_raters), NaN where a rater did not rate; units with fewer than two ratings are
    left out. `categories`: the scale, in order for the ordinal level; without it the values that occur,
    ascending. `resamples`: 0, or 100 and more, for which `rng` must be given. Raises AssessmentError
    `not_a_table`, `not_finite`, `category_repeated`, `unknown_category`, `negative_ratio`,
    `too_few_resamples`, `generator_missing`, `table_too_large`, `ci_level`; NotEstimable `no_data`,
    `one_category`, `too_few_units` (under 2 with two ratings), `no_expected_disagreement`. Source:
    Krippendorff 2011; 2019, chapter 12. Bootstrap over units: Zapf et al. 2016.
    """
    ensure_level(ci_level)
    _ensure_resampling(resamples, rng)
    table = matrix(ratings, missing=True)
    sample = _sample(table, categories, level)
    observed, expected = (float(part[0]) for part in sample.disagreements(sample.units.frequency[None, :]))
    if expected == 0:
        raise NotEstimable("no_expected_disagreement", n=sample.n)
    estimate, warnings = Estimate(1 - observed / expected), few_units(sample.n)
    if resamples and rng is not None:
        alphas = sample.resampled(resamples, rng)
        estimate, found = _percentile(estimate.value, alphas, resamples, ci_level)
        warnings += found
    origin = _origin(table, sample, resamples, rng, warnings)
    return AgreementResult(origin.method, estimate, observed, expected, origin)


@dataclass(frozen=True, slots=True)
class _Sample:
    """The pairable units, and how far apart their values are."""

    units: Patterns
    level: Level
    scale: Floats

    @property
    def n(self) -> int:
        """Pairable units."""
        return int(self.units.frequency.sum())

    def disagreements(self, weights: Floats) -> tuple[Floats, Floats]:
        """Give observed and expected disagreement, (n_weightings,) each, of weighted patterns.

        `weights`: (n_weightings, n_patterns), how often each pattern counts.
        """
        counts, sizes = self.units.counts, self.units.sizes
        values = weights @ counts
        n = values.sum(axis=1)
        per_unit = weights / (sizes - 1)
        if self.level is Level.ORDINAL:
            # The squared distance of two categories is that of their midranks, which move with the weighting.
            midranks = values.cumsum(axis=1) - values / 2
            within = sizes[:, None] * (counts @ (midranks**2).T) - (counts @ midranks.T) ** 2
            observed = 2 * np.einsum("wp,pw->w", per_unit, within)
            apart = n * (values * midranks**2).sum(axis=1) - (values * midranks).sum(axis=1) ** 2
            return observed / n, 2 * apart / (n * (n - 1))
        cost = _distance(self.level, self.scale)
        observed = per_unit @ ((counts @ cost) * counts).sum(axis=1)
        return observed / n, ((values @ cost) * values).sum(axis=1) / (n * (n - 1))

    def resampled(self, resamples: int, rng: Generator) -> Floats:
        """Draw units anew and give alpha of each draw, but of those that hold one category only."""
        frequency = self.units.frequency
        rows = max(1, _CHUNK // len(frequency))
        alphas = []
        for start in range(0, resamples, rows):
            size = min(rows, resamples - start)
            drawn = rng.multinomial(self.n, frequency / self.n, size=size).astype(np.float64)
            several = np.count_nonzero(drawn @ self.units.counts, axis=1) > 1
            observed, expected = self.disagreements(drawn[several])
            alphas.append(1 - observed / expected)
        return np.concatenate(alphas)


def _ensure_resampling(resamples: int, rng: Generator | None) -> None:
    """Refuse a bootstrap too small for the ends of an interval, or without its source of chance."""
    if resamples and resamples < LEAST_RESAMPLES:
        raise AssessmentError("too_few_resamples", resamples=resamples, least=LEAST_RESAMPLES)
    if resamples and rng is None:
        raise AssessmentError("generator_missing", resamples=resamples)


def _sample(table: Floats, categories: Sequence[float] | None, level: Level) -> _Sample:
    """Read the pairable units and the scale, or find the scale among the ratings."""
    found = np.unique(table[~np.isnan(table)]).tolist() if categories is None else categories
    if categories is None and not found:
        raise NotEstimable("too_few_units", units=0, least=2)
    scale = scale_of(found)
    if level is Level.RATIO and scale.min() < 0:
        raise AssessmentError("negative_ratio", value=float(scale.min()))
    sample = _Sample(patterns_of(coded(table, scale), categories=len(scale)).with_pairs(), level, scale)
    if sample.n < 2:
        raise NotEstimable("too_few_units", units=sample.n, least=2)
    return sample


def _distance(level: Level, scale: Floats) -> Floats:
    """Give the squared distance between any two categories, (n_categories, n_categories)."""
    difference = scale[:, None] - scale
    if level is Level.NOMINAL:
        return np.sign(np.abs(difference))
    total = np.where(difference == 0, 1, scale[:, None] + scale) if level is Level.RATIO else 1.0
    return np.square(difference / total)


def _percentile(
    value: float, alphas: Floats, resamples: int, ci_level: float
) -> tuple[Estimate, tuple[Finding, ...]]:
    """Take the interval from the resampled values, if enough of them are defined."""
    found: tuple[Finding, ...] = ()
    if len(alphas) < resamples:
        message = f"{resamples - len(alphas)} of {resamples} resamples held one category only"
        found = (Finding("undefined_resamples", message, f"{LEAST_DEFINED:.0%} defined", "house rule"),)
    if len(alphas) < LEAST_DEFINED * resamples:
        return Estimate(value), found
    low, high = np.quantile(alphas, [(1 - ci_level) / 2, (1 + ci_level) / 2])
    ends = (float(low), float(high))
    return Estimate(value, float(alphas.std(ddof=1)), ends, ci_level, "bootstrap percentile"), found


def _origin(
    table: Floats, sample: _Sample, resamples: int, rng: Generator | None, warnings: tuple[Finding, ...]
) -> Provenance:
    """Say where the figure came from, and from what kind of generator its interval."""
    options: dict[str, Json] = {"level": sample.level.value, "resamples": resamples}
    if resamples and rng is not None:
        options["generator"] = type(rng.bit_generator).__name__
    return Provenance(
        method=f"krippendorff_alpha_{sample.level.value}",
        version=KRIPPENDORFF_VERSION,
        n_persons=sample.n,
        n_items=table.shape[1],
        n_missing=int(np.isnan(table).sum()),
        options=options,
        warnings=warnings,
    )
