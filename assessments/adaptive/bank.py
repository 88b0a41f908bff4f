"""A calibrated bank: item parameters as values, and what they say at an ability."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit

from assessments.arrays import Floats
from assessments.errors import AssessmentError

_STEEPEST = 10.0
_FURTHEST = 10.0


@dataclass(frozen=True, slots=True)
class Parameters:
    """The parameters of one item, on the logistic scale (no factor 1.7), abilities in logits.

    P(right) = c + (1 - c) / (1 + exp(-a (ability - b))); with c = 0 the 2PL, with equal a the Rasch model.
    Raises AssessmentError `parameter_out_of_range` outside 0 < a <= 10, -10 <= b <= 10, 0 <= c < 1: beyond
    it a calibration has failed. Source: Birnbaum 1968.
    """

    label: str
    a: float
    b: float
    c: float = 0.0
    unit: str | None = None

    def __post_init__(self) -> None:
        """Refuse parameters that no item has."""
        sound = {
            "a": isfinite(self.a) and 0 < self.a <= _STEEPEST,
            "b": isfinite(self.b) and abs(self.b) <= _FURTHEST,
            "c": 0 <= self.c < 1,
        }
        for name, holds in sound.items():
            if not holds:
                value = getattr(self, name)
                raise AssessmentError("parameter_out_of_range", item=self.label, parameter=name, value=value)


@dataclass(frozen=True, slots=True, eq=False)
class Bank:
    """The items that an adaptive test may give, in a fixed order that settles ties.

    Raises AssessmentError `no_items`, `item_repeated`.
    """

    items: tuple[Parameters, ...]
    places: Mapping[str, int] = field(init=False, repr=False)
    a: Floats = field(init=False, repr=False)
    b: Floats = field(init=False, repr=False)
    c: Floats = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Refuse a bank without items or with two of one name; lay its parameters out in columns."""
        places = {item.label: place for place, item in enumerate(self.items)}
        if not places:
            raise AssessmentError("no_items")
        if len(places) != len(self.items):
            raise AssessmentError("item_repeated", items=tuple(item.label for item in self.items))
        object.__setattr__(self, "places", places)
        for name in ("a", "b", "c"):
            column = np.array([getattr(item, name) for item in self.items])
            column.flags.writeable = False
            object.__setattr__(self, name, column)

    def place(self, label: str) -> int:
        """Return the place of an item; raises AssessmentError `unknown_item`."""
        if label not in self.places:
            raise AssessmentError("unknown_item", item=label)
        return self.places[label]

    def curves(self, ability: ArrayLike, items: Sequence[int] | None = None) -> "Curves":
        """Give what some items (all, if not said) do at abilities (n_points,), as (n_items, n_points)."""
        chosen: Sequence[int] | slice = slice(None) if items is None else items
        a, b, c = (column[chosen, np.newaxis] for column in (self.a, self.b, self.c))
        z = a * (np.atleast_1d(np.asarray(ability, dtype=np.float64)) - b)
        known, unknown = expit(z), expit(-z)
        right = c + (1 - c) * known
        # (P'/PQ) = a known / P, written so that nothing is divided by a vanishing Q.
        weight = a * known / right
        slope = (1 - c) * a * known * unknown
        return Curves(right, (1 - c) * unknown, weight, slope, slope * a * (unknown - known))


@dataclass(frozen=True, slots=True, eq=False)
class Curves:
    """Items (rows) at abilities (columns): P, Q, P' / (P Q), P', P''."""

    right: Floats
    wrong: Floats
    weight: Floats
    slope: Floats
    bend: Floats

    def information(self) -> Floats:
        """Give each item's Fisher information P'² / (P Q), (n_items, n_points). Source: Birnbaum 1968."""
        return self.slope * self.weight

    def log_likelihood(self, right: NDArray[np.bool_]) -> Floats:
        """Give the log-likelihood of answers (n_items,) at each ability, (n_points,)."""
        likelihoods = np.where(right[:, np.newaxis], self.right, self.wrong)
        total: Floats = np.log(likelihoods).sum(axis=0)
        return total
