"""Ratings as category codes, and units as patterns: what every coefficient over many ratings starts from."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assessments.arrays import Floats, vector
from assessments.errors import AssessmentError, NotEstimable

Codes = NDArray[np.int16]
LARGEST_TABLE = 20_000_000
"""Cells of the table units by categories: 160 MB of floats."""
_LARGEST_KEY = 2**62
_DENSE_KEYS = 2**20


@dataclass(frozen=True, slots=True)
class Patterns:
    """Units that received the same ratings, whoever gave them, counted once.

    `counts`: (n_patterns, n_categories), how often a unit of the pattern received each category;
    `frequency`: (n_patterns,), how many units show it.
    """

    counts: Floats
    frequency: Floats

    @property
    def sizes(self) -> Floats:
        """Ratings per unit of each pattern, (n_patterns,)."""
        sizes: Floats = self.counts.sum(axis=1)
        return sizes

    def with_pairs(self) -> "Patterns":
        """Keep the units that two or more raters rated."""
        pairable = self.sizes >= 2
        return Patterns(self.counts[pairable], self.frequency[pairable])


def scale_of(categories: Sequence[float]) -> Floats:
    """Read a scale, (n_categories,).

    Raises AssessmentError `category_repeated`; NotEstimable `one_category` when it leaves no choice.
    """
    scale = vector(categories)
    if len(np.unique(scale)) != len(scale):
        raise AssessmentError("category_repeated", categories=tuple(scale.tolist()))
    if len(scale) < 2:
        raise NotEstimable("one_category", category=float(scale[0]))
    return scale


def coded(ratings: Floats, scale: Floats) -> Codes:
    """Replace each rating by its place on the scale, and a missing one by the length of the scale.

    Raises AssessmentError `unknown_category` at the first rating that is not on the scale, and
    `too_many_categories` over 32,000.
    """
    absent = len(scale)
    if absent > 32_000:
        raise AssessmentError("too_many_categories", categories=absent)
    codes = np.full(ratings.shape, absent, dtype=np.int16)
    for place, category in enumerate(scale):
        np.putmask(codes, ratings == category, place)
    stray = ratings[(codes == absent) & ~np.isnan(ratings)]
    if stray.size:
        raise AssessmentError("unknown_category", category=float(stray[0]))
    return codes


def patterns_of(codes: Codes, *, categories: int) -> Patterns:
    """Count the patterns among units, `codes`: (n_units, n_raters) as `coded` gives them.

    A pattern's key is the number whose digits, to the base n_raters + 1, are its counts, so that adding one
    weight per rating makes it. Where such numbers would not fit a machine word, each unit is kept as its own
    pattern; raises AssessmentError `table_too_large` if that table would pass 20 million cells.
    """
    n_units, n_raters = codes.shape
    base = n_raters + 1
    if base**categories > _LARGEST_KEY:
        return _one_by_one(codes, categories)
    digits = np.array([base**place for place in range(categories)], dtype=np.int64)
    weights = np.append(digits, 0)
    keys = np.zeros(n_units, dtype=np.int64)
    for column in codes.T:
        keys += weights.take(column)
    if base**categories <= _DENSE_KEYS:
        tally = np.bincount(keys)
        found = np.flatnonzero(tally)
        frequency = tally[found]
    else:
        found, frequency = np.unique(keys, return_counts=True)
    counts = found[:, None] // digits % base
    return Patterns(counts.astype(np.float64), frequency.astype(np.float64))


def _one_by_one(codes: Codes, categories: int) -> Patterns:
    """Take each unit as a pattern of its own."""
    n_units = len(codes)
    if n_units * (categories + 1) > LARGEST_TABLE:
        raise AssessmentError("table_too_large", units=n_units, categories=categories, cells=LARGEST_TABLE)
    cells = codes + np.arange(n_units)[:, None] * (categories + 1)
    counts = np.bincount(cells.ravel(), minlength=n_units * (categories + 1)).reshape(n_units, -1)
    return Patterns(counts[:, :categories].astype(np.float64), np.ones(n_units))
