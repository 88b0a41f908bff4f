"""Invented panels of examiners with known faults."""

from collections.abc import Sequence

import numpy as np

from assessments.examiners import Rating


def panel(
    pairs: Sequence[tuple[str, ...]],
    *,
    seed: int = 1,
    items: int = 4,
    severity: dict[str, float] | None = None,
    noise: dict[str, float] | None = None,
    halo: float = 0.0,
) -> list[Rating]:
    """Let each group of examiners rate one candidate on a scale from 0 to 5."""
    rng = np.random.default_rng(seed)
    found = []
    for number, group in enumerate(pairs):
        quality = rng.normal(2.5, 1) + rng.normal(0, 0.7, items)
        for examiner in group:
            bias = rng.normal(0, halo) - (severity or {}).get(examiner, 0.0)
            ratings = quality + bias + rng.normal(0, (noise or {}).get(examiner, 0.4), items)
            found += [
                Rating(f"c{number:03}", examiner, f"e{item}", float(np.clip(round(rating), 0, 5)))
                for item, rating in enumerate(ratings)
            ]
    return found


def ring(count: int, *names: str) -> list[tuple[str, str]]:
    """Pair neighbours in a ring, `count` candidates each."""
    return [(name, names[(place + 1) % len(names)]) for place, name in enumerate(names) for _ in range(count)]
