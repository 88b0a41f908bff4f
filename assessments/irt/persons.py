"""Abilities of persons from calibrated items: expected and modal a posteriori, and weighted likelihood."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import elementwise
from scipy.special import softmax

from assessments.arrays import Floats, names
from assessments.errors import AssessmentError
from assessments.estimates import Provenance
from assessments.irt.items import CalibratedItem, ensure_bank, trace
from assessments.irt.quadrature import normal_nodes
from assessments.irt.responses import Ints, Responses, read_responses

SCORING_VERSION = "irt-scores/1"
NODES = 121
TOLERANCE = 1e-9
TINY = 1e-290
LEAST_INFORMATION = 1e-9
"""Below that an ability is nowhere: its standard error would pass 30,000."""


class Scoring(Enum):
    """How an ability is estimated; EAP and MAP lean on the population, WLE on the responses alone."""

    EAP = "eap"
    MAP = "map"
    WLE = "wle"


@dataclass(frozen=True, slots=True)
class Ability:
    """One person's ability on the scale of the items.

    `theta` and `se` are None where the responses hold no estimate. `is_extreme`: every answered item has its
    lowest or every one its highest score, so that the estimate rests on the method more than on the person.
    """

    person: str
    theta: float | None
    se: float | None
    n_answered: int
    is_extreme: bool


@dataclass(frozen=True, slots=True)
class Abilities:
    """Abilities of a group, in the order of the responses."""

    method: Scoring
    persons: tuple[Ability, ...]
    provenance: Provenance


def score_persons(
    bank: Sequence[CalibratedItem],
    x: ArrayLike,
    *,
    method: Scoring,
    population: tuple[float, float] = (0.0, 1.0),
    persons: Sequence[str] | None = None,
) -> Abilities:
    """Estimate abilities from responses (n_persons, n_items), scores from 0 and NaN where not presented.

    `population`: mean and standard deviation of the normal distribution that EAP and MAP rely on. EAP is the
    posterior mean with the posterior standard deviation, MAP its mode with 1 / sqrt(information + 1 /
    variance), WLE Warm's estimate with 1 / sqrt(information): less biased than maximum likelihood, and finite
    for perfect scores. Items must be independent given ability. Raises AssessmentError `item_count`,
    `score_out_of_range`, `population_sd`, `no_items`, `item_repeated`, and what
    `read_responses` raises. Source: Bock & Mislevy 1982 (EAP); Samejima 1969 (MAP); Warm 1989 (WLE).
    """
    ensure_bank(bank)
    if not population[1] > 0:
        raise AssessmentError("population_sd", sd=population[1])
    rows = read_responses(x)
    _ensure_fits(rows, bank)
    labels = names(persons, count=rows.n_persons, stem="person ")
    return Abilities(
        method=method,
        persons=tuple(_labelled(bank, rows, labels, _abilities(bank, rows, method, population))),
        provenance=Provenance(
            method=f"irt_{method.value}",
            version=SCORING_VERSION,
            n_persons=rows.n_persons,
            n_items=len(bank),
            n_missing=rows.n_missing,
            options={"population": [str(float(value)) for value in population]},
        ),
    )


def _labelled(
    bank: Sequence[CalibratedItem], rows: Responses, labels: Sequence[str], found: tuple[Floats, Floats]
) -> Iterator[Ability]:
    """Give each person, in the caller's order, what was found for her row."""
    theta, se = found
    answered = rows.answered[rows.pattern]
    top = answered * np.array([item.highest for item in bank])
    is_extreme = (rows.scores == 0).all(axis=1) | (rows.scores == top).all(axis=1)
    n_answered = answered.sum(axis=1)
    for label, row in zip(labels, rows.row_of.tolist(), strict=True):
        extreme = bool(is_extreme[row])
        yield Ability(label, _known(theta[row]), _known(se[row]), int(n_answered[row]), extreme)


def _known(value: float) -> float | None:
    """Turn NaN, our mark of no estimate, into None."""
    return None if np.isnan(value) else float(value)


def _ensure_fits(rows: Responses, bank: Sequence[CalibratedItem]) -> None:
    """Refuse responses that are not those of the items."""
    if len(rows.counts) != len(bank):
        raise AssessmentError("item_count", expected=len(bank), found=len(rows.counts))
    for item, highest in zip(bank, rows.highest.tolist(), strict=True):
        if highest > item.highest:
            raise AssessmentError("score_out_of_range", item=item.item, score=highest, highest=item.highest)


def _abilities(
    bank: Sequence[CalibratedItem], rows: Responses, method: Scoring, population: tuple[float, float]
) -> tuple[Floats, Floats]:
    """Estimate theta and its standard error for each distinct row (n_rows,)."""
    theta, se = _posterior_moments(bank, rows, population)
    if method is Scoring.EAP:
        return theta, se
    mean, sd = population
    prior = 1 / sd**2 if method is Scoring.MAP else 0.0

    def uphill(theta: Floats, row: Ints) -> Floats:
        slope, information, bias = _evidence(bank, rows, row, theta)
        if method is Scoring.WLE:
            return slope + bias / (2 * information)
        return slope - prior * (theta - mean)

    every = np.arange(len(theta))
    # Started from the EAP, so that among several roots of a guessing model the one nearest to it is taken.
    bracket = elementwise.bracket_root(uphill, theta - se / 2, theta + se / 2, args=(every,))
    found = elementwise.find_root(uphill, bracket.bracket, args=(every,), tolerances={"xatol": TOLERANCE})
    _, information, _ = _evidence(bank, rows, every, found.x)
    is_known = bracket.success & found.success & (information + prior > LEAST_INFORMATION)
    return np.where(is_known, found.x, np.nan), np.where(is_known, 1 / np.sqrt(information + prior), np.nan)


def _posterior_moments(
    bank: Sequence[CalibratedItem], rows: Responses, population: tuple[float, float]
) -> tuple[Floats, Floats]:
    """Give posterior mean and standard deviation of ability for each distinct row."""
    nodes = normal_nodes(NODES)
    theta = population[0] + population[1] * nodes.theta
    log_p = np.zeros((len(bank), rows.counts.shape[1], len(theta)))
    for each, item in zip(log_p, bank, strict=True):
        known = np.log(np.maximum(trace(item, theta).p, TINY)).T[: len(each)]
        each[: len(known)] = known
    weights = rows.answered[rows.pattern] @ log_p[:, 0] + nodes.log_weight
    for score in range(1, log_p.shape[1]):
        weights += (rows.scores == score).astype(np.float64) @ (log_p[:, score] - log_p[:, 0])
    weights = softmax(weights, axis=1)
    mean = weights @ theta
    return mean, np.sqrt((weights * (theta - mean[:, None]) ** 2).sum(axis=1))


def _evidence(
    bank: Sequence[CalibratedItem], rows: Responses, row: Ints, theta: Floats
) -> tuple[Floats, Floats, Floats]:
    """Sum over a row's items, at one ability for each row: slope of the log-likelihood, information, bias."""
    slope, information, bias = np.zeros((3, len(theta)))
    answered = rows.answered[rows.pattern[row]]
    scores = rows.scores[row].astype(np.intp)
    for column, item in enumerate(bank):
        along = trace(item, theta)
        seen = answered[:, column]
        slope += seen * along.log_slope[np.arange(len(theta)), scores[:, column]]
        information += seen * along.information
        bias += seen * along.bias
    return slope, np.maximum(information, TINY), bias
