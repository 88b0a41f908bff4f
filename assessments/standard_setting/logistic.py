"""Logistic regression on one score by Newton's method, as much of it as contrasting groups need."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy import special

from assessments.arrays import Floats
from assessments.errors import NotEstimable

STEPS = 100
CLOSE = 1e-10


@dataclass(frozen=True, slots=True)
class LogisticFit:
    """Log-odds of competence as a line over the score, fitted on standardised scores."""

    centre: float
    spread: float
    """Mean and standard deviation by which scores were standardised, in raw points."""
    level: float
    steepness: float
    """Intercept and slope over standardised scores."""
    covariance: tuple[float, float, float]
    """Of intercept; of both; of slope."""

    @property
    def slope(self) -> float:
        """Log-odds per raw point."""
        return self.steepness / self.spread

    @property
    def slope_error(self) -> float:
        """Standard error of the slope."""
        return sqrt(self.covariance[2]) / self.spread

    def score_at(self, log_odds: float) -> tuple[float, float]:
        """Return the score at which the line reaches some log-odds, and its error by the delta method."""
        place = (log_odds - self.level) / self.steepness
        own, both, other = self.covariance
        variance = (own + 2 * place * both + place**2 * other) / self.steepness**2
        return self.centre + self.spread * place, self.spread * sqrt(variance)


def fit_logistic(failing: Floats, passing: Floats) -> LogisticFit:
    """Fit by maximum likelihood the log-odds that a score is of the second group rather than the first.

    Two lists of scores that overlap, else there is no maximum. Raises NotEstimable `not_converged`. Source:
    Newton-Raphson (iteratively reweighted least squares), McCullagh & Nelder 1989.
    """
    scores = np.concatenate([failing, passing])
    second = np.concatenate([np.zeros(len(failing)), np.ones(len(passing))])
    side = 2 * second - 1
    centre, spread = float(scores.mean()), float(scores.std())
    x = np.stack([np.ones(len(scores)), (scores - centre) / spread], axis=1)
    line = np.zeros(2)
    for _ in range(STEPS):
        chance = special.expit(x @ line)
        information = x.T @ (x * (chance * (1 - chance))[:, None])
        step = np.linalg.solve(information, x.T @ (second - chance))
        line = line + _damped(x * side[:, None], line, step) * step
        if np.abs(step).max() <= CLOSE * (1 + np.abs(line).max()):
            (own, both), (_, other) = np.linalg.inv(information)
            covariance = float(own), float(both), float(other)
            return LogisticFit(centre, spread, float(line[0]), float(line[1]), covariance)
    raise NotEstimable("not_converged", steps=STEPS)


def _damped(sided: Floats, line: Floats, step: Floats) -> float:
    """Halve a step until it does not raise the misfit beyond rounding: Newton may overshoot."""
    share, most = 1.0, _misfit(sided, line) * (1 + CLOSE)
    while _misfit(sided, line + share * step) > most:
        share /= 2
    return share


def _misfit(sided: Floats, line: Floats) -> float:
    """Return minus the log-likelihood of a line, from rows that are negated for the first group."""
    return float(np.logaddexp(0, -(sided @ line)).sum())
