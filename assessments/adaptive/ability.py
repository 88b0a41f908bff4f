"""How able somebody is, from answers to items with known parameters."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from math import isfinite, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from assessments.adaptive.bank import Bank
from assessments.arrays import Floats
from assessments.errors import AssessmentError, NotEstimable

ABILITY_VERSION = "ability/1"
_WIDTH = 6.0
_SEARCHED = np.linspace(-_WIDTH, _WIDTH, 121)
_DEVIATES = np.linspace(-8.0, 8.0, 161)


class Estimator(Enum):
    """How an ability is estimated."""

    EAP = "eap"
    """Mean of the posterior: stable from the first answer on, drawn towards the prior."""
    WLE = "wle"
    """Warm's weighted likelihood: hardly biased, no prior, needs an answer."""


@dataclass(frozen=True, slots=True)
class Prior:
    """The normal distribution of ability among candidates, in logits.

    Raises AssessmentError `prior_out_of_range` unless -6 <= mean <= 6 and 0 < sd <= 6.
    """

    mean: float = 0.0
    sd: float = 1.0

    def __post_init__(self) -> None:
        """Refuse what is no distribution of ability."""
        if not (isfinite(self.mean) and abs(self.mean) <= _WIDTH and 0 < self.sd <= _WIDTH):
            raise AssessmentError("prior_out_of_range", mean=self.mean, sd=self.sd)


@dataclass(frozen=True, slots=True)
class Ability:
    """An ability in logits with its standard error."""

    value: float
    se: float
    estimator: Estimator
    version: str
    n_items: int
    at_bound: bool = False
    """The estimate lies at the end of the scale searched (-6 or 6), where its error says little."""


def eap(bank: Bank, answers: Mapping[str, bool], *, prior: Prior | None = None) -> Ability:
    """Estimate an ability as the mean of its posterior, with the posterior's standard deviation as error.

    `answers`: item → answered right; none gives the prior itself. Sums over 161 equally spaced nodes, 8 prior
    standard deviations to each side. Raises AssessmentError `unknown_item`. Source: Bock & Mislevy 1982.
    """
    believed = prior or Prior()
    nodes = believed.mean + believed.sd * _DEVIATES
    curves = bank.curves(nodes, [bank.place(item) for item in answers])
    logs = curves.log_likelihood(np.array([*answers.values()], dtype=bool)) - _DEVIATES**2 / 2
    weights = np.exp(logs - logs.max())
    weights /= weights.sum()
    mean = float(weights @ nodes)
    variance = float(weights @ (nodes - mean) ** 2)
    return Ability(mean, sqrt(variance), Estimator.EAP, ABILITY_VERSION, len(answers))


def wle(bank: Bank, answers: Mapping[str, bool]) -> Ability:
    """Estimate an ability by weighted likelihood, with 1 / sqrt(information) as error.

    `answers`: item → answered right. Solves sum (u - P) P' / (P Q) + J / (2 I) = 0, J = sum P' P'' / (P Q),
    on -6 to 6; where there are several solutions (possible with c > 0) the one of the highest weighted
    likelihood. Finite also when all is right or all wrong; flagged `at_bound` when the solution lies outside.
    Raises NotEstimable `no_answers`, AssessmentError `unknown_item`. Source: Warm 1989.
    """
    if not answers:
        raise NotEstimable("no_answers")
    items = [bank.place(item) for item in answers]
    right = np.array([*answers.values()], dtype=bool)
    slopes = _weighted_score(bank, items, right, _SEARCHED)
    # The height of the weighted log-likelihood at each node: its slope, summed up by trapezia.
    steps = (slopes[1:] + slopes[:-1]) / 2 * np.diff(_SEARCHED)
    top = int(np.argmax(np.concatenate([[0.0], np.cumsum(steps)])))
    rising = _SEARCHED[max(top - 1, 0)] if slopes[top] <= 0 else _SEARCHED[top]
    falling = _SEARCHED[min(top + 1, len(_SEARCHED) - 1)] if slopes[top] > 0 else _SEARCHED[top]
    at_bound = bool((top == 0 and slopes[top] <= 0) or (top == len(_SEARCHED) - 1 and slopes[top] > 0))
    value = float(_SEARCHED[top])
    if not at_bound:
        value = float(
            brentq(
                lambda at: float(_weighted_score(bank, items, right, [at])[0]), rising, falling, xtol=1e-12
            )
        )
    se = 1 / sqrt(float(bank.curves(value, items).information().sum()))
    return Ability(value, se, Estimator.WLE, ABILITY_VERSION, len(answers), at_bound)


def _weighted_score(
    bank: Bank, items: list[int], right: NDArray[np.bool_], at: Floats | list[float]
) -> Floats:
    """Give Warm's estimating function at abilities (n_points,)."""
    curves = bank.curves(at, items)
    score = ((right[:, np.newaxis] - curves.right) * curves.weight).sum(axis=0)
    bias = (curves.bend * curves.weight).sum(axis=0) / (2 * curves.information().sum(axis=0))
    total: Floats = score + bias
    return total
