"""Reliability of a score that is put together from unlike parts: stratified alpha and Mosier's composite."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from assessments.arrays import Floats, vector
from assessments.bootstrap import Bootstrap, Resampled, resampled
from assessments.errors import AssessmentError, NotEstimable
from assessments.estimates import Provenance
from assessments.reliability.internal import Reliability, ensure_varying_totals, read_test
from assessments.reliability.precision import standard_error_of_measurement
from assessments.responses import Missing, Responses, complete
from assessments.results import Json

STRATIFIED_VERSION = "stratified-alpha/1"
COMPOSITE_VERSION = "mosier-composite/1"


def stratified_alpha(
    values: ArrayLike,
    strata: Sequence[str],
    *,
    missing: Missing = "raise",
    bootstrap: Bootstrap | None = None,
) -> Reliability:
    """Estimate the reliability of a test whose items come from several strata (units of a blueprint).

    `values`: (n_persons, n_items), NaN = missing; `strata`: (n_items,) the stratum of each item. 1 - sum of
    stratum variance times (1 - alpha of the stratum) / total variance; never below alpha when items agree
    more within strata than between them. With one stratum it is alpha. Interval by bootstrap over persons.
    Raises what `cronbach_alpha` raises; AssessmentError `label_count`; NotEstimable `stratum_too_small` for
    a stratum of one item. Source: Cronbach, Schönemann & McKie 1965.
    """
    responses = read_test(values, missing)
    columns = _columns(strata, responses.n_items)

    def statistic(rows: NDArray[np.intp]) -> Floats:
        table = responses.table[rows]
        ensure_varying_totals(table)
        errors = [_error_variance(table[:, column]) for column in columns.values()]
        return np.array([1 - sum(errors) / table.sum(axis=1).var(ddof=1)])

    found = resampled(statistic, responses.n_persons, bootstrap)
    options: dict[str, Json] = {
        "missing": missing,
        "strata": {name: len(column) for name, column in columns.items()},
    }
    return _reliability("stratified_alpha", STRATIFIED_VERSION, found, responses, options)


def composite_reliability(
    components: ArrayLike,
    *,
    weights: Sequence[float],
    reliabilities: Sequence[float],
    missing: Missing = "raise",
    bootstrap: Bootstrap | None = None,
) -> Reliability:
    """Estimate the reliability of a weighted sum of component scores from the components' reliabilities.

    `components`: (n_persons, n_components) scores, NaN = missing; `weights`, `reliabilities`:
    (n_components,), as the score is computed and as each component was estimated (0 to 1). 1 - sum of w² s²
    (1 - r) / variance of the composite, errors of components being independent. Error, mean and sd are in
    units of the weighted sum. The bootstrap holds the reliabilities fixed. Raises what
    `assessments.responses.complete` raises; AssessmentError `component_count`, `reliability_out_of_range`,
    `no_weight` when all weights are 0; NotEstimable `constant_scores`. Source: Mosier 1943.
    """
    responses = complete(components, missing=missing)
    weight, reliability = _per_component(responses.n_items, weights, reliabilities)
    weighted = Responses(responses.table * weight, responses.n_missing, responses.findings)

    def statistic(rows: NDArray[np.intp]) -> Floats:
        table = weighted.table[rows]
        ensure_varying_totals(table)
        errors = table.var(axis=0, ddof=1) * (1 - reliability)
        return np.array([1 - errors.sum() / table.sum(axis=1).var(ddof=1)])

    found = resampled(statistic, responses.n_persons, bootstrap)
    options: dict[str, Json] = {
        "missing": missing,
        "weights": [repr(value) for value in weight.tolist()],
        "reliabilities": [repr(value) for value in reliability.tolist()],
    }
    return _reliability("mosier_composite", COMPOSITE_VERSION, found, weighted, options)


def _per_component(
    n_components: int, weights: Sequence[float], reliabilities: Sequence[float]
) -> tuple[Floats, Floats]:
    """Read a weight and a reliability for each component."""
    weight, reliability = vector(weights), vector(reliabilities)
    if {len(weight), len(reliability)} != {n_components}:
        raise AssessmentError(
            "component_count", components=n_components, weights=len(weight), reliabilities=len(reliability)
        )
    if ((reliability < 0) | (reliability > 1)).any():
        raise AssessmentError("reliability_out_of_range", reliabilities=tuple(reliability.tolist()))
    if not weight.any():
        raise AssessmentError("no_weight")
    return weight, reliability


def _columns(strata: Sequence[str], n_items: int) -> dict[str, list[int]]:
    """Return the item columns of each stratum, in the order in which strata first appear."""
    if len(strata) != n_items:
        raise AssessmentError("label_count", expected=n_items, found=len(strata))
    columns: dict[str, list[int]] = {}
    for column, stratum in enumerate(strata):
        columns.setdefault(stratum, []).append(column)
    small = [stratum for stratum, found in columns.items() if len(found) < 2]
    if small:
        raise NotEstimable("stratum_too_small", strata=tuple(small), least=2)
    return columns


def _error_variance(table: Floats) -> float:
    """Return the error variance of a stratum's sum; 0 where everybody has the same sum."""
    variance = table.sum(axis=1).var(ddof=1)
    # variance (1 - alpha), written so that a sum without variance needs no case of its own.
    n_items = table.shape[1]
    error = (n_items * table.var(axis=0, ddof=1).sum() - variance) / (n_items - 1)
    return max(float(error), 0.0)


def _reliability(
    method: str, version: str, found: Resampled, responses: Responses, options: dict[str, Json]
) -> Reliability:
    """Wrap the coefficient of a sum with its error of measurement."""
    coefficient = found.estimates[0]
    assert coefficient is not None  # a sum that varies has a coefficient
    totals = responses.table.sum(axis=1)
    sd = float(totals.std(ddof=1))
    return Reliability(
        coefficient=coefficient,
        sem=standard_error_of_measurement(sd, coefficient.value),
        mean=float(totals.mean()),
        sd=sd,
        provenance=Provenance(
            method,
            version,
            responses.n_persons,
            responses.n_items,
            responses.n_missing,
            options | found.options,
            responses.findings + found.findings,
        ),
    )
