"""Calibrate Rasch items by conditional likelihood: without any assumption about the population."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse.csgraph import connected_components

from assessments.arrays import Floats, names
from assessments.errors import AssessmentError, NotEstimable
from assessments.estimates import Estimate, Provenance
from assessments.irt.ascent import Ascent, Point, climb
from assessments.irt.models import Model
from assessments.irt.residuals import MeanSquares
from assessments.irt.responses import Responses, read_responses
from assessments.irt.symmetric import Conditional, ScoreGroup, condition
from assessments.irt.wald import wald
from assessments.results import Finding

CML_VERSION = "rasch-cml/1"
MOST_ITEMS = 300
TOLERANCE = 1e-7


@dataclass(frozen=True, slots=True)
class RaschItem:
    """One item's difficulty in logits, the mean of all items being 0, and how its responses fit."""

    item: str
    n: int
    """Persons who answered it and whose score is not extreme."""
    difficulty: Estimate
    fit: MeanSquares


@dataclass(frozen=True, slots=True)
class CmlFit:
    """A conditional calibration from the `n_used` persons whose score is not extreme."""

    items: tuple[RaschItem, ...]
    log_likelihood: float
    n_used: int
    iterations: int
    converged: bool
    provenance: Provenance


def fit_rasch_cml(x: ArrayLike, *, items: Sequence[str] | None = None, limit: int = 200) -> CmlFit:
    """Estimate difficulties from 0/1 responses (n_persons, n_items), NaN where not presented.

    The likelihood is conditional on each person's score over the items she answered, so that abilities drop
    out. Difficulties in logits, centred on 0; standard errors from the conditional information; fit from
    residuals given the score. A fit that spent its `limit` of evaluations says so. Raises AssessmentError
    `not_dichotomous`, `too_many_items` (over 300); NotEstimable `constant_item`, `disconnected_design` when
    the items fall into sets between which nothing compares, naming them, `too_few_persons` with under 100
    scores that are not extreme, and what `read_responses` raises. Source: Andersen 1972; Fischer 1981;
    conditional fit: Christensen & Kreiner 2013.
    """
    responses = read_responses(x)
    labels = names(items, count=len(responses.counts), stem="item ")
    if len(labels) > MOST_ITEMS:
        raise AssessmentError("too_many_items", items=len(labels), most=MOST_ITEMS)
    if responses.counts.shape[1] > 2:
        wrong = tuple(labels[column] for column in np.flatnonzero(responses.highest > 1))
        raise AssessmentError("not_dichotomous", items=wrong)
    _ensure_comparable(responses, labels)
    groups = _groups(responses)
    n_used = _informative(groups)
    if n_used < Model.RASCH.least_persons:
        raise NotEstimable("too_few_persons", persons=n_used, least=Model.RASCH.least_persons)
    return _fitted(responses, groups, labels, limit)


def _ensure_comparable(responses: Responses, labels: tuple[str, ...]) -> None:
    """Refuse items that are not linked by persons who got one right and another wrong, in both directions."""
    right, wrong = _right_and_wrong(responses)
    wins = (right * responses.weight[:, None]).T @ wrong
    is_constant = (wins.sum(axis=0) == 0) | (wins.sum(axis=1) == 0)
    if is_constant.any():
        raise NotEstimable("constant_item", items=tuple(labels[item] for item in np.flatnonzero(is_constant)))
    count, component = connected_components(wins > 0, directed=True, connection="strong")
    if count > 1:
        parts = tuple(
            tuple(labels[item] for item in np.flatnonzero(component == number)) for number in range(count)
        )
        raise NotEstimable("disconnected_design", components=parts)


def _right_and_wrong(responses: Responses) -> tuple[Floats, Floats]:
    """Give indicators (n_rows, n_items) of right and of wrong answers."""
    return responses.scores, responses.answered[responses.pattern] - responses.scores


def _groups(responses: Responses) -> list[ScoreGroup]:
    """Count right answers by score among the persons who answered the same items."""
    groups = []
    for number, answered in enumerate(responses.answered):
        items, rows = np.flatnonzero(answered), responses.pattern == number
        scores, weight = responses.scores[np.ix_(rows, items)], responses.weight[rows]
        is_score = scores.sum(axis=1)[:, None] == np.arange(len(items) + 1)
        is_score[:, [0, -1]] = False
        by_score = is_score * weight[:, None]
        groups.append(ScoreGroup(items, by_score.sum(axis=0), scores.T @ by_score))
    return groups


def _fitted(responses: Responses, groups: list[ScoreGroup], labels: tuple[str, ...], limit: int) -> CmlFit:
    """Climb to the maximum by Newton steps, and describe it."""
    count, n_used = len(labels), _informative(groups)

    def evaluate(difficulty: Floats) -> Point:
        each = [condition(group, difficulty[group.items]) for group in groups]
        information, uphill = _total(groups, each, count)
        # Adding a constant matrix pins the mean, along which the information is zero, to where it is.
        step = np.asarray(np.linalg.solve(information + 1.0, uphill), dtype=np.float64)
        return Point(difficulty, sum(one.log_likelihood for one in each), step)

    right, wrong = (responses.weight @ one for one in _right_and_wrong(responses))
    start = np.log(wrong / right)
    ascent = climb(evaluate, start - start.mean(), tolerance=TOLERANCE, limit=limit)
    difficulty = ascent.point.free + ascent.point.step
    each = [condition(group, difficulty[group.items]) for group in groups]
    information, _ = _total(groups, each, count)
    variances = np.diag(np.linalg.inv(information + 1.0)) - 1 / count**2
    return CmlFit(
        items=tuple(
            RaschItem(label, n, wald(value, variance), fit)
            for (n, fit), label, value, variance in zip(
                _fits(groups, each, count), labels, difficulty.tolist(), variances.tolist(), strict=True
            )
        ),
        log_likelihood=float(sum(one.log_likelihood for one in each)),
        n_used=n_used,
        iterations=ascent.evaluations,
        converged=ascent.converged,
        provenance=Provenance(
            method="cml_rasch",
            version=CML_VERSION,
            n_persons=responses.n_persons,
            n_items=count,
            n_missing=responses.n_missing,
            warnings=_cautions(n_used, ascent),
        ),
    )


def _informative(groups: list[ScoreGroup]) -> int:
    """Count the persons whose score is not extreme."""
    return int(sum(group.persons.sum() for group in groups))


def _total(groups: list[ScoreGroup], each: list[Conditional], count: int) -> tuple[Floats, Floats]:
    """Sum information (n_items, n_items) and gradient (n_items,) over the groups."""
    information, uphill = np.zeros((count, count)), np.zeros(count)
    for group, one in zip(groups, each, strict=True):
        information[np.ix_(group.items, group.items)] += one.information
        uphill[group.items] += one.p @ group.persons - group.right.sum(axis=1)
    return information, uphill


def _fits(groups: list[ScoreGroup], each: list[Conditional], count: int) -> list[tuple[int, MeanSquares]]:
    """Give, for each item, the persons it was answered by and the mean squares of their residuals."""
    persons, squares, variances, standardised = np.zeros((4, count))
    for group, one in zip(groups, each, strict=True):
        p, right = one.p[:, 1:-1], group.right[:, 1:-1]
        wrong, variance = group.persons[1:-1] - right, p * (1 - p)
        residual = right * (1 - p) ** 2 + wrong * p**2
        persons[group.items] += group.persons[1:-1].sum()
        squares[group.items] += residual.sum(axis=1)
        variances[group.items] += (group.persons[1:-1] * variance).sum(axis=1)
        standardised[group.items] += (residual / variance).sum(axis=1)
    return [
        (int(n), MeanSquares(float(square / variance), float(standard / n)))
        for n, square, variance, standard in zip(persons, squares, variances, standardised, strict=True)
    ]


def _cautions(n_used: int, ascent: Ascent) -> tuple[Finding, ...]:
    """Say so when there are fewer persons than a calibration wants, or it is not at its end."""
    found, advised = [], Model.RASCH.advised_persons
    if n_used < advised:
        message = f"{n_used} scores that are not extreme; {advised} are advised"
        found.append(Finding("small_sample", message, str(advised), "Linacre 1994"))
    if not ascent.converged:
        message = f"after {ascent.evaluations} evaluations a step still changes a difficulty"
        found.append(Finding("not_converged", message, str(TOLERANCE), "house rule"))
    return tuple(found)
