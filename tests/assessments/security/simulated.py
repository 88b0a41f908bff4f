"""Choices and times of simulated candidates, honest unless a test makes them otherwise."""

import numpy as np
from scipy.special import softmax

N_OPTIONS = 4


def honest_choices(*, seed, n_persons, n_items):
    """Options chosen under a nominal model whose key is option 0, with abilities, slopes and intercepts."""
    draw = np.random.default_rng(seed)
    ability = draw.normal(size=n_persons)
    slopes = np.column_stack([draw.uniform(0.5, 1.2, n_items), draw.normal(-0.2, 0.3, (n_items, 3))])
    intercepts = np.column_stack([draw.normal(0.8, 0.6, n_items), draw.normal(0, 0.6, (n_items, 3))])
    chances = softmax(ability[:, None, None] * slopes + intercepts, axis=2)
    choices = (draw.random((n_persons, n_items, 1)) > np.cumsum(chances, axis=2)).sum(axis=2)
    return np.minimum(choices, 3).astype(float), ability, slopes, intercepts


def copied(choices, *, copier, source, share, seed=0):
    """Let one person take a share of her answers from another."""
    items = np.random.default_rng(seed).random(choices.shape[1]) < share
    changed = choices.copy()
    changed[copier, items] = choices[source, items]
    return changed


def lognormal_seconds(*, seed, n_persons, n_items, speed_sd=0.3):
    """Seconds (n_persons, n_items) under the lognormal model, with its true parameters."""
    draw = np.random.default_rng(seed)
    intensity, spread = draw.normal(4, 0.4, n_items), draw.uniform(0.3, 0.6, n_items)
    speed = draw.normal(0, speed_sd, n_persons)
    logs = intensity - speed[:, None] + draw.normal(size=(n_persons, n_items)) * spread
    return np.exp(logs), intensity, spread, speed
