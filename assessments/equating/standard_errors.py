"""How far equivalents would differ with other candidates: by the delta method, or by the bootstrap."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.random import Generator
from scipy.special import ndtri

from assessments.arrays import Floats
from assessments.equating.designs import Design
from assessments.equating.moments import Moments, Numbers, Sample, with_errors
from assessments.errors import AssessmentError, NotEstimable
from assessments.estimates import Estimate

LEAST_REPLICATIONS = 100
LARGEST_FAILURE = 0.05
"""The largest share of resamples that may refuse an equating before its standard errors are refused."""


@dataclass(frozen=True, slots=True)
class Equivalents:
    """An equivalent per score of the new form, from how many resamples, and how many of them gave none."""

    estimates: tuple[Estimate, ...]
    replications: int = 0
    failed: int = 0


def without_errors(values: Floats) -> Equivalents:
    """Wrap equivalents (n_new,) of which no standard error is known."""
    return Equivalents(tuple(Estimate(float(value)) for value in values))


def by_delta(
    function: Callable[[Sequence[Moments]], Numbers], samples: tuple[Sample, ...], level: float
) -> Equivalents:
    """Estimate equivalents from moments, with delta-method standard errors and normal intervals."""
    values, errors = with_errors(function, samples)
    reach = ndtri(0.5 + level / 2) * errors
    return Equivalents(
        tuple(
            Estimate(
                float(value), float(se), (float(value - half), float(value + half)), level, "delta_normal"
            )
            for value, se, half in zip(values, errors, reach, strict=True)
        )
    )


def by_bootstrap(
    function: Callable[[Design], Floats], design: Design, *, rng: Generator, replications: int, level: float
) -> Equivalents:
    """Estimate equivalents with standard errors and percentile intervals from resampled candidates.

    Each group is resampled for itself, with replacement and to its own size (Efron & Tibshirani 1993; Kolen &
    Brennan 2014, chapter 7). Raises AssessmentError `too_few_replications` under 100; NotEstimable
    `bootstrap_unstable` when more than 5 % of the resamples cannot be equated.
    """
    if replications < LEAST_REPLICATIONS:
        raise AssessmentError("too_few_replications", found=replications, least=LEAST_REPLICATIONS)
    values = function(design)
    resampled, failed = [], 0
    for _ in range(replications):
        try:
            resampled.append(function(_resample(design, rng)))
        except NotEstimable:
            failed += 1
    if failed > LARGEST_FAILURE * replications:
        raise NotEstimable("bootstrap_unstable", failed=failed, replications=replications)
    table = np.array(resampled)
    errors = table.std(axis=0, ddof=1)
    low, high = np.quantile(table, [0.5 - level / 2, 0.5 + level / 2], axis=0)
    estimates = tuple(
        Estimate(float(value), float(se), (float(bottom), float(top)), level, "bootstrap_percentile")
        for value, se, bottom, top in zip(values, errors, low, high, strict=True)
    )
    return Equivalents(estimates, replications, failed)


def _resample(design: Design, rng: Generator) -> Design:
    """Draw as many candidates again from each group's table."""
    groups = tuple(
        rng.multinomial(int(counts.sum()), counts.ravel() / counts.sum())
        .astype(np.float64)
        .reshape(counts.shape)
        for counts in design.groups
    )
    return replace(design, groups=groups)
