"""Public tables and simulated responses for the tests of item response theory."""

import csv
from pathlib import Path

import numpy as np

DATA = Path(__file__).parents[2] / "data" / "irt"


def patterns(name):
    """Responses (n_persons, n_items) from a table of pattern frequencies."""
    with (DATA / f"{name}.csv").open(encoding="utf-8") as file:
        rows = [[int(cell) for cell in row] for row in list(csv.reader(file))[1:]]
    return np.repeat([row[:-1] for row in rows], [row[-1] for row in rows], axis=0).astype(float)


def dichotomous(rng, slopes, difficulties, *, persons, theta=None):
    theta = rng.normal(size=persons) if theta is None else theta
    p = 1 / (1 + np.exp(-np.asarray(slopes) * (theta[:, None] - np.asarray(difficulties))))
    return (rng.random(p.shape) < p).astype(float)


def partial_credit(rng, slopes, thresholds, *, persons, sd=1.0, theta=None):
    """Draw scores of items with thresholds (n_items, n_steps) between neighbouring scores."""
    theta = rng.normal(0, sd, size=persons) if theta is None else theta
    steps = np.asarray(slopes)[:, None] * (theta[:, None, None] - np.asarray(thresholds))
    logits = np.concatenate([np.zeros((*steps.shape[:2], 1)), steps.cumsum(axis=2)], axis=2)
    p = np.exp(logits) / np.exp(logits).sum(axis=2, keepdims=True)
    return (rng.random((*steps.shape[:2], 1)) > p.cumsum(axis=2)).sum(axis=2).astype(float)


def graded(rng, slopes, thresholds, *, persons):
    theta = rng.normal(size=persons)
    at_least = 1 / (
        1 + np.exp(-np.asarray(slopes)[:, None] * (theta[:, None, None] - np.asarray(thresholds)))
    )
    return (rng.random((persons, len(slopes), 1)) < at_least).sum(axis=2).astype(float)


def holed(rng, x, share):
    """Take cells away at random, leaving each person the first item."""
    gone = rng.random(x.shape) < share
    gone[:, 0] = False
    return np.where(gone, np.nan, x)
