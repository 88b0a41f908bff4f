"""Answers to simulated forms, for two groups: where the truth is known, methods can be held to it."""

import numpy as np

LABELS = np.array(["R", "F"])


def rasch_answers(*, seed, n_persons, n_items, harder=None, impact=0.0):
    """Scores (n_persons, n_items) and labels; `harder`: item -> logits added for the focal group."""
    draw = np.random.default_rng(seed)
    group = np.arange(n_persons) % 2
    ability = draw.normal(-impact * group, 1)
    difficulty = np.linspace(-1.5, 1.5, n_items)
    shift = np.zeros(n_items)
    for item, logits in (harder or {}).items():
        shift[item] = logits
    log_odds = ability[:, None] - difficulty - shift * group[:, None]
    right = draw.random((n_persons, n_items)) < 1 / (1 + np.exp(-log_odds))
    return right.astype(float), list(LABELS[group])
