"""McDonald's omega: reliability under one common factor on which items may load differently."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import linalg, optimize

from assessments.arrays import Floats, names
from assessments.bootstrap import Bootstrap, resampled
from assessments.errors import NotEstimable
from assessments.estimates import Estimate, Provenance
from assessments.reliability.internal import read_test
from assessments.reliability.precision import standard_error_of_measurement
from assessments.responses import Missing, Responses
from assessments.results import Finding, Json

OMEGA_VERSION = "omega-total-ml/1"
SMALLEST_UNIQUENESS = 0.005
LARGEST_RESIDUAL = 0.08
NO_LOADING = 1e-4
LEAST_CARRIERS = 3
"""A factor of one or two items has no loadings of its own: many would reproduce their correlation."""


@dataclass(frozen=True, slots=True)
class OneFactor:
    """A common factor of standardised items: loadings (n_items,) and unique variances (n_items,)."""

    loadings: Floats
    uniquenesses: Floats


@dataclass(frozen=True, slots=True)
class ItemLoading:
    """What an item shares with the common factor, on the scale of correlations."""

    item: str
    loading: float
    uniqueness: float


@dataclass(frozen=True, slots=True)
class Omega:
    """Omega total with the model that it rests on; `srmr` is the root mean square residual correlation."""

    coefficient: Estimate
    sem: float
    mean: float
    sd: float
    loadings: tuple[ItemLoading, ...]
    srmr: float
    provenance: Provenance


def omega_total(
    values: ArrayLike,
    *,
    items: Sequence[str] | None = None,
    missing: Missing = "raise",
    bootstrap: Bootstrap | None = None,
) -> Omega:
    """Estimate reliability of a sum of congeneric items as (sum l)² / ((sum l)² + sum u²), in raw units.

    `values`: (n_persons, n_items) item scores, NaN = missing, at least 3 items, more persons than items.
    Loadings l and unique variances u² are those of a one-factor model fitted by maximum likelihood to the
    Pearson correlations and rescaled by the items' standard deviations; the denominator is the variance that
    the model implies (McDonald's form), not the observed one. Interval by bootstrap over persons. Warns at a
    Heywood case (a uniqueness held at 0.005), at negative loadings, and when the residual correlations are
    large (small groups and right-or-wrong items inflate them). Raises what `cronbach_alpha` raises;
    NotEstimable `too_few_items` under 3, `too_few_persons`, `constant_item`, `factor_not_found`. Source:
    McDonald 1999; Jöreskog 1967 (estimation).
    """
    responses = read_test(values, missing)
    table = responses.table
    labels = names(items, count=responses.n_items, stem="item")
    _ensure_factorable(table, labels)
    correlations = _correlations(table)
    factor = one_factor(correlations)

    def statistic(rows: NDArray[np.intp]) -> Floats:
        scale = table[rows].std(axis=0, ddof=1)
        refitted = one_factor(_correlations(table[rows]), start=factor.uniquenesses)
        return np.array([_omega(refitted, scale)])

    found = resampled(statistic, responses.n_persons, bootstrap)
    coefficient = found.estimates[0]
    assert coefficient is not None  # a fitted model has an omega
    srmr = _srmr(correlations, factor)
    findings = found.findings + _findings(labels, factor, srmr)
    provenance = _provenance(responses, {"missing": missing, **found.options}, findings)
    totals = table.sum(axis=1)
    sd = float(totals.std(ddof=1))
    sem = standard_error_of_measurement(sd, coefficient.value)
    return Omega(coefficient, sem, float(totals.mean()), sd, _rows(labels, factor), srmr, provenance)


def one_factor(correlations: Floats, *, start: Floats | None = None) -> OneFactor:
    """Fit one common factor to correlations (n_items, n_items) by maximum likelihood.

    Minimises over the uniquenesses alone, for which the best loadings are known from the largest eigenvalue
    of the correlations scaled by them; uniquenesses stay in [0.005, 1]. Signs are chosen so that the sum of
    loadings is not negative. With a `start` nearby, as in resamples, it stops sooner (about 1e-5). Raises
    NotEstimable `factor_not_found` when fewer than 3 items load. Source: Jöreskog 1967.
    """
    n_items = len(correlations)
    bounds = [(SMALLEST_UNIQUENESS, 1.0)] * n_items
    first = np.full(n_items, 0.5) if start is None else start
    # TNC rather than L-BFGS-B, which hands its tiny products to threads that wait for each other.
    fit = optimize.minimize(
        _discrepancy,
        first,
        args=(correlations,),
        jac=True,
        method="TNC",
        bounds=bounds,
        options={"ftol": 1e-14 if start is None else 1e-9, "xtol": 1e-10, "gtol": 1e-8, "maxfun": 5000},
    )
    loadings = _loadings(fit.x, correlations)
    carriers = int((np.abs(loadings) > NO_LOADING).sum())
    if carriers < LEAST_CARRIERS:
        raise NotEstimable("factor_not_found", carriers=carriers, least=LEAST_CARRIERS)
    return OneFactor(loadings if loadings.sum() >= 0 else -loadings, np.asarray(fit.x))


def _discrepancy(uniquenesses: Floats, correlations: Floats) -> tuple[float, Floats]:
    """Return the likelihood discrepancy at the best loadings for these uniquenesses, and its gradient."""
    loadings = _loadings(uniquenesses, correlations)
    scaled = loadings**2 / uniquenesses
    communal = scaled.sum()
    # With S = L L' + U, log|S| = log|U| + log(1 + c) and trace(S⁻¹ R) follows from Woodbury's identity.
    through = loadings / uniquenesses
    trace = (1 / uniquenesses).sum() - through @ correlations @ through / (1 + communal)
    value = np.log(uniquenesses).sum() + np.log1p(communal) + trace
    gradient = (loadings**2 + uniquenesses - 1) / uniquenesses**2
    return float(value), gradient


def _loadings(uniquenesses: Floats, correlations: Floats) -> Floats:
    """Return the best loadings for given uniquenesses; all 0 where no factor explains anything."""
    root = np.sqrt(uniquenesses)
    last = len(root) - 1
    values, vectors = linalg.eigh(correlations / np.outer(root, root), subset_by_index=[last, last])
    return np.asarray(root * vectors[:, 0] * np.sqrt(max(values[0] - 1, 0.0)))


def _correlations(table: Floats) -> Floats:
    """Return the correlations of items; raises NotEstimable `constant_item`, as a resample may need it."""
    if not np.ptp(table, axis=0).all():
        raise NotEstimable("constant_item")
    return np.asarray(np.corrcoef(table, rowvar=False))


def _ensure_factorable(table: Floats, labels: tuple[str, ...]) -> None:
    """Refuse a table that cannot carry the model, naming what is wrong."""
    n_persons, n_items = table.shape
    if n_items < 3:
        raise NotEstimable("too_few_items", items=n_items, least=3)
    if n_persons <= n_items:
        raise NotEstimable("too_few_persons", persons=n_persons, least=n_items + 1)
    constant = [label for label, spread in zip(labels, np.ptp(table, axis=0), strict=True) if spread == 0]
    if constant:
        raise NotEstimable("constant_item", items=tuple(constant))


def _rows(labels: tuple[str, ...], factor: OneFactor) -> tuple[ItemLoading, ...]:
    """Describe the factor item by item."""
    return tuple(
        ItemLoading(label, float(loading), float(uniqueness))
        for label, loading, uniqueness in zip(labels, factor.loadings, factor.uniquenesses, strict=True)
    )


def _omega(factor: OneFactor, scale: Floats) -> float:
    """Compute omega total of the sum of items with these standard deviations."""
    common = (scale * factor.loadings).sum() ** 2
    return float(common / (common + (scale**2 * factor.uniquenesses).sum()))


def _srmr(correlations: Floats, factor: OneFactor) -> float:
    """Compute the root mean square of the residual correlations of different items."""
    implied = np.outer(factor.loadings, factor.loadings)
    above = np.triu_indices(len(correlations), 1)
    return float(np.sqrt(((correlations - implied)[above] ** 2).mean()))


def _findings(labels: tuple[str, ...], factor: OneFactor, srmr: float) -> tuple[Finding, ...]:
    """Name what speaks against the model."""
    found = []
    at_bound = [
        label for label, u in zip(labels, factor.uniquenesses, strict=True) if u < 1.01 * SMALLEST_UNIQUENESS
    ]
    if at_bound:
        message = f"no unique variance is left in {', '.join(at_bound)}"
        found.append(Finding("heywood_case", message, str(SMALLEST_UNIQUENESS), "Jöreskog 1967"))
    negative = [label for label, loading in zip(labels, factor.loadings, strict=True) if loading < 0]
    if negative:
        message = f"{', '.join(negative)} runs against the common factor; check its key"
        found.append(Finding("negative_loading", message, "0", "McDonald 1999"))
    if srmr > LARGEST_RESIDUAL:
        message = (
            f"the residual correlations are {srmr:.3f} in root mean square; one factor may not be enough"
        )
        found.append(Finding("one_factor_doubtful", message, str(LARGEST_RESIDUAL), "Hu & Bentler 1999"))
    return tuple(found)


def _provenance(responses: Responses, options: dict[str, Json], findings: tuple[Finding, ...]) -> Provenance:
    """Say from what and how it was computed."""
    return Provenance(
        "omega_total",
        OMEGA_VERSION,
        responses.n_persons,
        responses.n_items,
        responses.n_missing,
        options,
        responses.findings + findings,
    )
