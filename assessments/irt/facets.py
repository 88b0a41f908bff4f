"""Many-facet Rasch measurement: how severe raters are, and what scores would be without their differences."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

from assessments.arrays import Floats
from assessments.estimates import Estimate, Provenance
from assessments.irt.facet_estimators import FacetsFound, is_extreme, joint, marginal, without_extremes
from assessments.irt.items import CalibratedItem, trace
from assessments.irt.ratings import Rating, RatingTable, read_ratings
from assessments.irt.residuals import MeanSquares
from assessments.irt.responses import Ints
from assessments.irt.wald import wald
from assessments.results import Finding

FACETS_VERSION = "facets/1"
ADVISED_RATINGS = 30
WIDEST_SEVERITY = 0.5
FIT_RANGE = (0.5, 1.5)


class Step(Enum):
    """Whether all items share one set of steps (rating scale) or each has its own (partial credit)."""

    RSM = "rsm"
    PCM = "pcm"


class Estimator(Enum):
    """Marginal likelihood over a normal ability, or joint likelihood, whose measures spread more."""

    MML = "mml"
    JML = "jml"


@dataclass(frozen=True, slots=True)
class FacetElement:
    """A rater or an item: `measure` is its severity or difficulty in logits, high where scores are low."""

    label: str
    n: int
    """Ratings that it took part in."""
    measure: Estimate
    observed_average: float
    fair_average: float
    """What a person of mean ability would score: from this rater on average over items, or on this item."""
    fit: MeanSquares


@dataclass(frozen=True, slots=True)
class FacetPerson:
    """A person's ability with differences between raters and items taken out."""

    person: str
    n: int
    ability: Estimate
    observed_average: float
    fair_average: float
    """Mean score over all items from a rater of severity 0."""
    is_extreme: bool


@dataclass(frozen=True, slots=True)
class FacetsFit:
    """A many-facet calibration; severities have mean 0, and so have the steps of each scale.

    By MML abilities have mean 0 and `population_sd`; by JML difficulties have mean 0, and it is None.
    """

    step: Step
    estimator: Estimator
    raters: tuple[FacetElement, ...]
    items: tuple[FacetElement, ...]
    persons: tuple[FacetPerson, ...]
    steps: tuple[tuple[Estimate, ...], ...]
    """One set for each item, or one for all of them."""
    population_sd: Estimate | None
    log_likelihood: float
    iterations: int
    converged: bool
    provenance: Provenance


def fit_facets(
    ratings: Sequence[Rating],
    *,
    step: Step = Step.RSM,
    estimator: Estimator = Estimator.MML,
    nodes: int = 61,
    tol: float = 1e-5,
    limit: int = 1_000,
) -> FacetsFit:
    """Calibrate raters, items and persons from single ratings (n_ratings,), in any order.

    Log-odds of a score against the one below: ability - difficulty - severity - step. MML is the default;
    JML removes persons with only lowest or only highest scores, then gives them a measure with their total
    moved by .3 points. Every rater need not see every person, but the design must connect all raters and
    items through persons. Raises what `read_ratings` raises, and under JML NotEstimable `extreme_rater` or
    `extreme_item` for what only extreme persons tell. Warns of raters with under 30 ratings, with severities
    beyond .5 logits, with fit outside .5 to 1.5, and of a fit that spent its `limit`. Source: Linacre 1989;
    Myford & Wolfe 2003.
    """
    is_shared = step is Step.RSM
    table = read_ratings(ratings, is_shared=is_shared)
    if estimator is Estimator.MML:
        found = marginal(table, is_shared=is_shared, nodes=nodes, tol=tol, limit=limit)
    else:
        scale = without_extremes(table, ratings, is_shared=is_shared)
        found = joint(table, scale, is_shared=is_shared, tol=tol, limit=limit)
    return _described(table, found, step, estimator)


def _described(table: RatingTable, found: FacetsFound, step: Step, estimator: Estimator) -> FacetsFit:
    """Put what was found under its labels."""
    design, is_marginal = found.design, estimator is Estimator.MML
    items = tuple(wald(*each) for each in _measures(design.items, found))
    steps = tuple(tuple(wald(*each) for each in _measures(scale, found)) for scale in design.steps)
    bank = _bank(items, steps)
    middle = 0.0 if is_marginal else float(found.theta.mean())
    raters = _raters(table, found, bank, middle)
    spread = None if found.covariance is None else float(found.covariance[0, 0])
    return FacetsFit(
        step=step,
        estimator=estimator,
        raters=raters,
        items=_items(table, found, items, bank, middle),
        persons=_persons(table, found, bank),
        steps=steps,
        population_sd=wald(found.free[0], spread) if is_marginal else None,
        log_likelihood=found.log_likelihood,
        iterations=found.ascent.evaluations,
        converged=found.ascent.converged,
        provenance=Provenance(
            method=f"facets_{step.value}_{estimator.value}",
            version=FACETS_VERSION,
            n_persons=len(table.persons),
            n_items=len(table.items),
            n_missing=len(table.persons) * len(table.item_of) - len(table.score),
            options={"n_raters": len(table.raters)},
            warnings=tuple(_cautions(raters, found)),
        ),
    )


def _measures(rows: Floats, found: FacetsFound) -> list[tuple[float, float | None]]:
    """Give measures with their variances, from linear maps (n_measures, n_free) of the free parameters."""
    values = (rows @ found.free).tolist()
    if found.covariance is None:
        return [(value, None) for value in values]
    return list(zip(values, ((rows @ found.covariance) * rows).sum(axis=1).tolist(), strict=True))


def _bank(items: Sequence[Estimate], steps: Sequence[Sequence[Estimate]]) -> tuple[CalibratedItem, ...]:
    """Give the items as a rater of severity 0 applies them."""
    scales = steps if len(steps) == len(items) else [steps[0]] * len(items)
    return tuple(
        CalibratedItem(str(number), 1.0, tuple(item.value + one.value for one in scale))
        for number, (item, scale) in enumerate(zip(items, scales, strict=True))
    )


def _fair(bank: Sequence[CalibratedItem], theta: Floats) -> list[float]:
    """Give the mean expected score over items at abilities (n,)."""
    return list(np.mean([trace(item, theta).expected for item in bank], axis=0).tolist())


def _raters(
    table: RatingTable, found: FacetsFound, bank: Sequence[CalibratedItem], middle: float
) -> tuple[FacetElement, ...]:
    """Describe the raters; a severity shifts the ability at which a rater sees a person."""
    measures = [wald(*each) for each in _measures(found.design.raters, found)]
    n, averages = _averages(table, table.rater_of[table.column], len(measures))
    fair = _fair(bank, np.array([middle - each.value for each in measures]))
    return tuple(map(FacetElement, table.raters, n, measures, averages, fair, found.fits[0]))


def _items(
    table: RatingTable,
    found: FacetsFound,
    measures: Sequence[Estimate],
    bank: Sequence[CalibratedItem],
    middle: float,
) -> tuple[FacetElement, ...]:
    """Describe the items."""
    n, averages = _averages(table, table.item_of[table.column], len(measures))
    fair = [_fair([item], np.array([middle]))[0] for item in bank]
    return tuple(map(FacetElement, table.items, n, measures, averages, fair, found.fits[1]))


def _persons(
    table: RatingTable, found: FacetsFound, bank: Sequence[CalibratedItem]
) -> tuple[FacetPerson, ...]:
    """Describe the persons."""
    n, averages = _averages(table, table.person, len(table.persons))
    measures = [wald(*each) for each in zip(found.theta.tolist(), (found.theta_se**2).tolist(), strict=True)]
    extreme = is_extreme(table).tolist()
    return tuple(map(FacetPerson, table.persons, n, measures, averages, _fair(bank, found.theta), extreme))


def _averages(table: RatingTable, index: Ints, count: int) -> tuple[list[int], list[float]]:
    """Count and average the ratings of each element."""
    n = np.bincount(index, minlength=count)
    return n.tolist(), (np.bincount(index, table.score, minlength=count) / n).tolist()


def _cautions(raters: Sequence[FacetElement], found: FacetsFound) -> Iterator[Finding]:
    """Name the raters whom a body should look at."""
    low, high = FIT_RANGE
    for code, threshold, source, is_odd in (
        ("few_ratings", str(ADVISED_RATINGS), "Linacre 1994", [one.n < ADVISED_RATINGS for one in raters]),
        (
            "severity_apart",
            f"{-WIDEST_SEVERITY} to {WIDEST_SEVERITY} logits",
            "Myford & Wolfe 2003; house rule",
            [abs(one.measure.value) > WIDEST_SEVERITY for one in raters],
        ),
        (
            "rater_misfit",
            f"{low} to {high}",
            "Wright & Linacre 1994",
            [not (low <= one.fit.infit <= high and low <= one.fit.outfit <= high) for one in raters],
        ),
    ):
        odd = [one.label for one, so in zip(raters, is_odd, strict=True) if so]
        if odd:
            yield Finding(code, ", ".join(odd), threshold, source)
    if not found.ascent.converged:
        message = f"after {found.ascent.evaluations} evaluations a step still changes a measure"
        yield Finding("not_converged", message, "tol", "house rule")
