"""Logistic regression of grouped counts by iteratively reweighted least squares, refusing separated data."""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from assessments.arrays import Floats
from assessments.errors import NotEstimable

STEPS = 25
"""Far more than a maximum needs; where there is none, each step adds about one to some log odds for ever."""
CLOSE = 1e-9
"""A last step in log odds below it leaves an error near its square."""
EXTREME = 30.0
"""Log odds that no sample of persons can support."""


@dataclass(frozen=True, slots=True, eq=False)
class LogitFit:
    """Maximum likelihood coefficients (n_columns,), their covariance, and the log-likelihood reached."""

    coefficients: Floats
    covariance: Floats
    log_likelihood: float


def fit_logit(design: Floats, trials: Floats, successes: Floats) -> LogitFit:
    """Fit log odds of success = design x coefficients to counts of persons who share a row of the design.

    `design` (n_rows, n_columns), best with columns of like size; `trials` and `successes` (n_rows,), trials
    positive. Raises NotEstimable `collinear` when a column follows from others, `separated` when the
    likelihood has no maximum: some combination of columns tells successes from failures without error (at
    least on one side of it), so that a coefficient grows without end. Source: McCullagh & Nelder 1989;
    Albert & Anderson 1984 (separation).
    """
    if np.linalg.matrix_rank(design) < design.shape[1]:
        raise NotEstimable("collinear")
    coefficients = np.zeros(design.shape[1])
    for _ in range(STEPS):
        fitted = expit(design @ coefficients)
        information = design.T @ ((trials * fitted * (1 - fitted))[:, np.newaxis] * design)
        try:
            newton = np.linalg.solve(information, design.T @ (successes - trials * fitted))
        except np.linalg.LinAlgError:
            # Some log odds are so large that their persons carry no information to machine precision.
            break
        step = _not_too_far(design, trials, successes, coefficients, np.asarray(newton, np.float64))
        coefficients = coefficients + step
        if np.abs(design @ step).max() < CLOSE and np.abs(design @ coefficients).max() < EXTREME:
            covariance = np.asarray(np.linalg.inv(information), np.float64)
            return LogitFit(coefficients, covariance, _likelihood(design @ coefficients, trials, successes))
    raise NotEstimable("separated")


def _not_too_far(
    design: Floats, trials: Floats, successes: Floats, coefficients: Floats, step: Floats
) -> Floats:
    """Halve a step until it no longer lowers the likelihood: far from the maximum it may overshoot."""
    before = _likelihood(design @ coefficients, trials, successes)
    while _likelihood(design @ (coefficients + step), trials, successes) < before - 1e-9 * (1 + abs(before)):
        step = step / 2
    return step


def _likelihood(log_odds: Floats, trials: Floats, successes: Floats) -> float:
    """Compute the log-likelihood of single persons, without the number of their orders."""
    return float((successes * log_odds - trials * np.logaddexp(0, log_odds)).sum())
