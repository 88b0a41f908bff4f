"""How dependably a test sorts persons at a cut on its own scale: Brennan and Kane's Phi(lambda)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from assessments.arrays import Floats
from assessments.bootstrap import Bootstrap, Resampled, resampled
from assessments.consistency.model import LEAST_PERSONS, ensure_cuts
from assessments.errors import AssessmentError, NotEstimable
from assessments.estimates import Direction, Estimate, Provenance, Threshold
from assessments.responses import Missing, Responses, complete
from assessments.results import Finding, Json

PHI_VERSION = "phi-lambda/1"
DEPENDABLE = Threshold(0.80, Direction.AT_LEAST, "Brennan 2001; AMEE guides on the OSCE")


@dataclass(frozen=True, slots=True)
class CutDependability:
    """Phi(lambda) at one cut, which stands in total score points."""

    cut: float
    phi_lambda: Estimate


@dataclass(frozen=True, slots=True)
class Dependability:
    """Phi(lambda) at each cut, and Phi, which it would be if the cut were the mean.

    `person_variance` and `error_variance` (absolute) are on the scale of mean item scores.
    """

    cuts: tuple[CutDependability, ...]
    phi: Estimate
    person_variance: float
    error_variance: float
    provenance: Provenance


def phi_lambda(
    values: ArrayLike,
    *,
    cuts: Sequence[float],
    maximum: float = 1.0,
    corrected: bool = True,
    missing: Missing = "raise",
    bootstrap: Bootstrap | None = None,
) -> Dependability:
    """Estimate the dependability of decisions at cuts, with items a random sample of their universe.

    `values`: (n_persons, n_items) item scores from 0 to `maximum`, NaN = missing; `cuts`: total scores,
    increasing. Phi(lambda) = (s²p + d²) / (s²p + d² + s²abs), where d is the distance of the mean from the
    cut, s²p the variance of persons and s²abs = (s²i + s²pi) / n_items, from the persons-by-items analysis
    of variance. The squared distance is overestimated by the error variance of the mean; `corrected` takes
    that off, so that near the mean Phi(lambda) may lie a little below Phi; of right-or-wrong items it is
    KR-21 there. Negative variances of persons or items are set to 0 and reported. Raises what
    `assessments.responses.complete` and `ensure_cuts` raise; AssessmentError `score_out_of_range`;
    NotEstimable `too_few_persons` under 50, `too_few_items` under 2, `constant_table`. Source: Brennan &
    Kane 1977; Brennan 2001.
    """
    responses = _responses(values, maximum, missing)
    ensure_cuts(cuts, lowest=0.0, highest=maximum * responses.n_items)
    lines = np.array(cuts, dtype=np.float64) / responses.n_items

    def statistic(rows: NDArray[np.intp]) -> Floats:
        return _phis(responses.table[rows], lines, corrected=corrected)

    person, error, _ = _components(responses.table)
    found = resampled(statistic, responses.n_persons, bootstrap)
    *of_cuts, phi = (estimate for estimate in found.estimates if estimate is not None)
    options: dict[str, Json] = {"missing": missing, "corrected": corrected, "maximum": repr(float(maximum))}
    rows = tuple(CutDependability(float(cut), estimate) for cut, estimate in zip(cuts, of_cuts, strict=True))
    return Dependability(rows, phi, person, error, _provenance(responses, options, found))


def _responses(values: ArrayLike, maximum: float, missing: Missing) -> Responses:
    """Read item scores from 0 to their maximum, of persons and items enough."""
    responses = complete(values, missing=missing, least=LEAST_PERSONS)
    if responses.n_items < 2:
        raise NotEstimable("too_few_items", items=responses.n_items, least=2)
    if responses.table.min() < 0 or responses.table.max() > maximum:
        raise AssessmentError("score_out_of_range", lowest=0.0, highest=maximum)
    return responses


def _phis(table: Floats, lines: Floats, *, corrected: bool) -> Floats:
    """Compute Phi(lambda) at each line, in mean item scores, and Phi last."""
    person, error, of_mean = _components(table)
    distance = (table.mean() - lines) ** 2 - (of_mean if corrected else 0.0)
    signal = np.maximum(person + np.append(distance, 0.0), 0.0)
    return np.asarray(signal / (signal + error))


def _mean_squares(table: Floats) -> tuple[float, float, float]:
    """Return the mean squares of persons, items and residual."""
    n_persons, n_items = table.shape
    grand, of_persons, of_items = table.mean(), table.mean(axis=1), table.mean(axis=0)
    residual = table - of_persons[:, np.newaxis] - of_items + grand
    return (
        float(n_items * ((of_persons - grand) ** 2).sum() / (n_persons - 1)),
        float(n_persons * ((of_items - grand) ** 2).sum() / (n_items - 1)),
        float((residual**2).sum() / ((n_persons - 1) * (n_items - 1))),
    )


def _components(table: Floats) -> tuple[float, float, float]:
    """Return the variance of persons, the absolute error variance, and the error variance of the mean.

    Raises NotEstimable `constant_table` when neither persons nor errors vary.
    """
    if np.ptp(table) == 0:
        raise NotEstimable("constant_table", score=float(table[0, 0]))
    n_persons, n_items = table.shape
    persons, items, residual = _mean_squares(table)
    person = max((persons - residual) / n_items, 0.0)
    item = max((items - residual) / n_persons, 0.0)
    of_mean = person / n_persons + item / n_items + residual / (n_persons * n_items)
    return person, (item + residual) / n_items, of_mean


def _negative(table: Floats) -> tuple[Finding, ...]:
    """Report variances that came out negative."""
    persons, items, residual = _mean_squares(table)
    below = [name for name, square in (("persons", persons), ("items", items)) if square < residual]
    if not below:
        return ()
    message = f"the variance of {' and '.join(below)} came out negative and counts as 0"
    return (Finding("negative_variance", message, "0", "Brennan 2001"),)


def _provenance(responses: Responses, options: dict[str, Json], found: Resampled) -> Provenance:
    """Say from what and how it was computed."""
    return Provenance(
        "phi_lambda",
        PHI_VERSION,
        responses.n_persons,
        responses.n_items,
        responses.n_missing,
        options | found.options,
        responses.findings + _negative(responses.table) + found.findings,
    )
