"""Read the published tables, and turn tables of counts back into ratings."""

from pathlib import Path

import numpy as np

DATA = Path(__file__).parents[2] / "data" / "agreement"


def table(name: str) -> np.ndarray:
    return np.genfromtxt(DATA / f"{name}.csv", delimiter=",")


def pairs(name: str) -> tuple[np.ndarray, np.ndarray]:
    """Two raters' categories 0, 1, … from a cross table."""
    counts = table(name).astype(int)
    rows, columns = np.indices(counts.shape)
    return np.repeat(rows.ravel(), counts.ravel()), np.repeat(columns.ravel(), counts.ravel())


def rows(name: str) -> np.ndarray:
    """Ratings (n_units, n_raters) in categories 0, 1, … from counts per category."""
    counts = table(name).astype(int)
    return np.array([np.repeat(np.arange(counts.shape[1]), row) for row in counts])
