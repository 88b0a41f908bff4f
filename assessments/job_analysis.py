"""From a job analysis to a blueprint: how much of a form each unit deserves, and in whole items."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from assessments.arrays import Floats, matrix
from assessments.errors import AssessmentError, NotEstimable
from assessments.estimates import Estimate, Provenance
from assessments.forms.blueprints import Blueprint, BlueprintLine
from assessments.results import Finding

JOB_ANALYSIS_VERSION = "criticality-times-frequency/1"
ADVISED_RATERS = 10
CI_LEVEL = 0.95
_PLACES = 6
"""Quotas that agree to this many decimals are equal when items are shared out."""


@dataclass(frozen=True, slots=True)
class Link:
    """A line of the blueprint that a task calls for."""

    unit: str
    cognitive_level: str | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """Something that the holder of a certificate does; its weight is shared equally among its links."""

    code: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class TaskWeight:
    """What the raters say of one task, in the units of their scales, and its share of all tasks (0 to 1)."""

    task: str
    n_raters: int
    criticality: Estimate
    frequency: Estimate
    weight: Estimate


@dataclass(frozen=True, slots=True)
class LineWeight:
    """The share of a form (0 to 1) that a unit, or a cognitive level of it, deserves."""

    unit: str
    cognitive_level: str | None
    weight: Estimate


@dataclass(frozen=True, slots=True)
class JobAnalysis:
    """Weights of tasks and of blueprint lines, in the order in which the tasks name them."""

    tasks: tuple[TaskWeight, ...]
    lines: tuple[LineWeight, ...]
    provenance: Provenance


def analyse_tasks(tasks: Sequence[Task], *, criticality: ArrayLike, frequency: ArrayLike) -> JobAnalysis:
    """Weigh tasks and the units they belong to by criticality times frequency.

    `criticality`, `frequency`: (n_raters, n_tasks) on any scale from 0 up (0: not at all, never), NaN where
    a rater said nothing; only cells in which both are given count. A task's importance is the mean over its
    raters of the product, its weight the share of that in the sum over tasks; a line's weight is the sum of
    its tasks' shares. Standard errors: of means, sd / sqrt(n); of weights, the jackknife over raters.
    Intervals: t with n - 1 degrees of freedom, weights cut off at 0 and 1. Raises AssessmentError as
    `matrix` does, and `shapes_differ`, `task_count`, `task_repeated`, `link_repeated`, `task_without_link`,
    `rating_negative`; NotEstimable `too_few_raters` naming a task that fewer than two rated, `no_weight` when
    all products are 0 (also without some one rater). Warns under 10 raters. Source: the multiplicative
    model of Kane, Kingsbury, Colton & Estes 1989; jackknife, Efron & Tibshirani 1993.
    """
    critical, frequent = _paired(matrix(criticality, missing=True), matrix(frequency, missing=True))
    _ensure_tasks(tasks, count=critical.shape[1])
    products = critical * frequent
    rated = ~np.isnan(products)
    counts = rated.sum(axis=0)
    for task, count in zip(tasks, counts, strict=True):
        if count < 2:
            raise NotEstimable("too_few_raters", task=task.code, raters=int(count), least=2)
    shares = _shares(products[rated.any(axis=1)])
    lines, membership = _lines(tasks)
    return JobAnalysis(
        tasks=tuple(
            TaskWeight(
                task.code,
                int(counts[place]),
                _mean(critical[rated[:, place], place]),
                _mean(frequent[rated[:, place], place]),
                _weight(shares[:, place]),
            )
            for place, task in enumerate(tasks)
        ),
        lines=tuple(
            LineWeight(line.unit, line.cognitive_level, _weight(column))
            for line, column in zip(lines, (shares @ membership).T, strict=True)
        ),
        provenance=_provenance(rated),
    )


def blueprint_of(analysis: JobAnalysis, *, n_items: int, minutes: int) -> Blueprint:
    """Turn line weights into a blueprint of whole item counts, by `apportion`.

    Raises NotEstimable `too_few_items`, naming the lines that would get none: a longer form, or fewer lines,
    would be needed. Raises AssessmentError as `apportion` and `Blueprint` do.
    """
    counts = apportion([line.weight.value for line in analysis.lines], total=n_items)
    bare = tuple(
        (line.unit, line.cognitive_level)
        for line, count in zip(analysis.lines, counts, strict=True)
        if count == 0
    )
    if bare:
        raise NotEstimable("too_few_items", lines=bare, items=n_items)
    lines = zip(analysis.lines, counts, strict=True)
    return Blueprint(
        tuple(BlueprintLine(line.unit, count, line.cognitive_level) for line, count in lines), minutes
    )


def apportion(weights: Sequence[float | Fraction], *, total: int) -> tuple[int, ...]:
    """Share out a whole number by weights, so that the parts add up to it (largest remainders).

    `weights`: (n,), not negative, not all 0, of any sum. Each part gets the whole of its quota, and the items
    left over go to the largest remainders, compared to 6 decimals, so that equal ones tie in spite of
    floating point; ties go to the larger weight, then to the one named first. Raises
    AssessmentError `weight_negative`, `not_finite`, `total_negative`; NotEstimable `no_weight`. Source:
    Hamilton's method, Balinski & Young 2001.
    """
    if total < 0:
        raise AssessmentError("total_negative", total=total)
    for place, weight in enumerate(weights):
        if isinstance(weight, float) and not np.isfinite(weight):
            raise AssessmentError("not_finite", at=place)
        if weight < 0:
            raise AssessmentError("weight_negative", at=place, weight=float(weight))
    exact = [Fraction(weight) for weight in weights]
    whole = sum(exact, Fraction(0))
    if whole == 0:
        raise NotEstimable("no_weight")
    quotas = [weight * total / whole for weight in exact]
    parts = [quota.numerator // quota.denominator for quota in quotas]
    left = total - sum(parts)
    by_remainder = sorted(
        range(len(parts)),
        key=lambda place: (round(parts[place] - quotas[place], _PLACES), -round(quotas[place], _PLACES)),
    )
    for place in by_remainder[:left]:
        parts[place] += 1
    return tuple(parts)


def _paired(criticality: Floats, frequency: Floats) -> tuple[Floats, Floats]:
    """Refuse tables that do not belong together, and ratings below the scale."""
    if criticality.shape != frequency.shape:
        raise AssessmentError("shapes_differ", criticality=criticality.shape, frequency=frequency.shape)
    for name, table in (("criticality", criticality), ("frequency", frequency)):
        below = np.argwhere(table < 0)
        if len(below):
            raise AssessmentError(
                "rating_negative", table=name, row=int(below[0][0]), column=int(below[0][1])
            )
    return criticality, frequency


def _ensure_tasks(tasks: Sequence[Task], *, count: int) -> None:
    """Refuse tasks that do not name the columns one by one, or lead to no line."""
    if len(tasks) != count:
        raise AssessmentError("task_count", expected=count, found=len(tasks))
    codes = [task.code for task in tasks]
    if len(set(codes)) != len(codes):
        raise AssessmentError("task_repeated", tasks=tuple(codes))
    for task in tasks:
        if not task.links:
            raise AssessmentError("task_without_link", task=task.code)
        if len(set(task.links)) != len(task.links):
            raise AssessmentError("link_repeated", task=task.code)


def _shares(products: Floats) -> Floats:
    """Give (1 + n_raters, n_tasks) shares: of all raters, then without each of them in turn."""
    rated = ~np.isnan(products)
    filled = np.where(rated, products, 0.0)
    sums = filled.sum(axis=0) - np.vstack([np.zeros(products.shape[1]), filled])
    counts = rated.sum(axis=0) - np.vstack([np.zeros(products.shape[1]), rated])
    # Sums are differences, so a zero can come out as a hair below it.
    means = np.maximum(sums, 0.0) / counts
    totals = means.sum(axis=1, keepdims=True)
    if (totals <= 0).any():
        raise NotEstimable("no_weight")
    shares: Floats = means / totals
    return shares


def _lines(tasks: Sequence[Task]) -> tuple[tuple[Link, ...], Floats]:
    """List the lines in the order of the tasks, with the part of each task that each line gets."""
    lines = tuple(dict.fromkeys(link for task in tasks for link in task.links))
    membership = np.zeros((len(tasks), len(lines)))
    for place, task in enumerate(tasks):
        for link in task.links:
            membership[place, lines.index(link)] = 1 / len(task.links)
    return lines, membership


def _mean(ratings: Floats) -> Estimate:
    """Estimate the mean rating of a task."""
    se = float(ratings.std(ddof=1)) / sqrt(len(ratings))
    value = float(ratings.mean())
    return Estimate(value, se, _interval(value, se, len(ratings)), CI_LEVEL, "t")


def _weight(shares: Floats) -> Estimate:
    """Estimate a weight from its value with all raters and its values without each of them."""
    value, without = float(shares[0]), shares[1:]
    n_raters = len(without)
    se = sqrt((n_raters - 1) / n_raters * float(((without - without.mean()) ** 2).sum()))
    low, high = _interval(value, se, n_raters)
    return Estimate(value, se, (max(low, 0.0), min(high, 1.0)), CI_LEVEL, "t, jackknife")


def _interval(value: float, se: float, n_raters: int) -> tuple[float, float]:
    """Put an interval around a mean over raters."""
    half = float(stats.t.ppf((1 + CI_LEVEL) / 2, n_raters - 1)) * se
    return value - half, value + half


def _provenance(rated: NDArray[np.bool_]) -> Provenance:
    """Say what the weights were made from."""
    n_raters = int(rated.any(axis=1).sum())
    warnings: tuple[Finding, ...] = ()
    if n_raters < ADVISED_RATERS:
        message = f"{n_raters} raters; under {ADVISED_RATERS} the weights lean on a few persons"
        warnings = (Finding("few_raters", message, str(ADVISED_RATERS), "house rule"),)
    return Provenance(
        method="criticality_times_frequency",
        version=JOB_ANALYSIS_VERSION,
        n_persons=n_raters,
        n_items=int(rated.shape[1]),
        n_missing=int((~rated).sum()),
        warnings=warnings,
    )
