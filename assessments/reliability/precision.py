"""How exact a single score is: errors of measurement, overall, of a difference, and at each score."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike

from assessments.errors import AssessmentError, NotEstimable
from assessments.estimates import Provenance
from assessments.responses import Missing, complete

LORD_VERSION = "csem-lord/1"
PARTS_VERSION = "csem-feldt-qualls/1"


@dataclass(frozen=True, slots=True)
class ConditionalError:
    """The standard error of measurement at one score, in score points; `n` persons had this score."""

    score: float
    error: float
    n: int | None = None


@dataclass(frozen=True, slots=True)
class ConditionalErrors:
    """The standard error of measurement along the score scale, and over all persons (`overall`)."""

    points: tuple[ConditionalError, ...]
    overall: float
    provenance: Provenance


def standard_error_of_measurement(sd: float, reliability: float) -> float:
    """Compute sd sqrt(1 - reliability), in score points.

    Raises AssessmentError `sd_negative`, `reliability_out_of_range` above 1; a negative coefficient gives
    an error larger than the sd. Source: Lord & Novick 1968.
    """
    if sd < 0:
        raise AssessmentError("sd_negative", sd=sd)
    if reliability > 1:
        raise AssessmentError("reliability_out_of_range", reliability=reliability)
    return sd * sqrt(1 - reliability)


def standard_error_of_difference(first: float, second: float) -> float:
    """Compute the standard error of a difference of two scores with independent errors: sqrt(a² + b²).

    `first`, `second`: standard errors of measurement on the same scale, of one person's two scores or of two
    persons. Raises AssessmentError `error_negative`. Source: Gulliksen 1950.
    """
    if min(first, second) < 0:
        raise AssessmentError("error_negative", first=first, second=second)
    return sqrt(first**2 + second**2)


def spearman_brown(reliability: float, factor: float) -> float:
    """Project the reliability of a test made `factor` times as long with parallel items.

    Raises AssessmentError `factor_not_positive`, `reliability_out_of_range` unless 0 <= reliability <= 1.
    Source: Spearman 1910; Brown 1910.
    """
    if factor <= 0:
        raise AssessmentError("factor_not_positive", factor=factor)
    if not 0 <= reliability <= 1:
        raise AssessmentError("reliability_out_of_range", reliability=reliability)
    return factor * reliability / (1 + (factor - 1) * reliability)


def csem_lord(n_items: int) -> tuple[ConditionalError, ...]:
    """List the standard error of measurement at every number-correct score: sqrt(x (k - x) / (k - 1)).

    (n_items + 1,) values in raw points, from the binomial error model, in which every candidate meets her own
    random sample of items; so it is 0 at both ends, and averages to the error that goes with KR-21. Raises
    NotEstimable `too_few_items` under 2. Source: Lord 1955.
    """
    if n_items < 2:
        raise NotEstimable("too_few_items", items=n_items, least=2)
    return tuple(
        ConditionalError(float(score), sqrt(score * (n_items - score) / (n_items - 1)))
        for score in range(n_items + 1)
    )


def csem_parts(parts: ArrayLike, *, missing: Missing = "raise") -> ConditionalErrors:
    """Estimate the standard error of measurement at each total score of a test in parts of equal length.

    `parts`: (n_persons, n_parts) part scores, NaN = missing, at least 2 parts that measure alike (essentially
    tau-equivalent); with exactly 2 it is Thorndike's method of differences. A person's error variance is
    d/(d-1) times the squared deviations of her part scores, less the parts' means, about her own mean; it
    is averaged over persons of equal total, unsmoothed. `overall` is the error that goes with alpha of the
    parts. Raises what `assessments.responses.complete` raises; NotEstimable `too_few_parts`. Source: Feldt &
    Qualls 1996; Thorndike 1951.
    """
    responses = complete(parts, missing=missing)
    n_persons, n_parts = responses.table.shape
    if n_parts < 2:
        raise NotEstimable("too_few_parts", parts=n_parts, least=2)
    centred = responses.table - responses.table.mean(axis=0)
    within = centred - centred.mean(axis=1, keepdims=True)
    squares = n_parts / (n_parts - 1) * (within**2).sum(axis=1)
    # Equal totals may differ in their last bits when part scores are fractions.
    scores, level, counts = np.unique(
        responses.table.sum(axis=1).round(9), return_inverse=True, return_counts=True
    )
    means = np.bincount(level, weights=squares) / counts
    return ConditionalErrors(
        points=tuple(
            ConditionalError(float(score), sqrt(mean), int(count))
            for score, mean, count in zip(scores, means, counts, strict=True)
        ),
        overall=sqrt(squares.sum() / (n_persons - 1)),
        provenance=Provenance(
            "csem_feldt_qualls",
            PARTS_VERSION,
            n_persons,
            n_parts,
            responses.n_missing,
            {"missing": missing},
            responses.findings,
        ),
    )
