"""Calibrated banks for adaptive tests."""

import numpy as np

from assessments.adaptive import Bank, Parameters


def a_bank(n_items=60, *, guessing=0.0, units=("U1", "U2", "U3"), seed=3):
    rng = np.random.default_rng(seed)
    return Bank(
        tuple(
            Parameters(
                f"I{place:02d}",
                float(rng.lognormal(0.1, 0.25)),
                float(rng.normal(0, 1.2)),
                guessing,
                units[place % len(units)],
            )
            for place in range(n_items)
        )
    )
