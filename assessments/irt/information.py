"""How much items tell at each ability, and what score they lead to expect."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from assessments.arrays import vector
from assessments.irt.items import CalibratedItem, ensure_bank, trace


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """A test at one ability: `se` is None where the items tell nothing."""

    theta: float
    expected_score: float
    information: float
    se: float | None


def category_probabilities(item: CalibratedItem, thetas: ArrayLike) -> tuple[tuple[float, ...], ...]:
    """Give the probability of each score at each ability: (n_theta, n_categories).

    Raises what `vector` raises. Source: Birnbaum 1968; Masters 1982; Muraki 1992; Samejima 1969.
    """
    return tuple(map(tuple, trace(item, vector(thetas)).p.tolist()))


def item_information(item: CalibratedItem, thetas: ArrayLike) -> tuple[float, ...]:
    """Give an item's Fisher information at abilities (n_theta,), in 1 / theta². Source: Samejima 1969."""
    return tuple(trace(item, vector(thetas)).information.tolist())


def characteristic_curve(bank: Sequence[CalibratedItem], thetas: ArrayLike) -> tuple[CurvePoint, ...]:
    """Give expected score, information and standard error of a test at abilities (n_theta,).

    The standard error is that of a maximum likelihood estimate, 1 / sqrt(information). Raises AssessmentError
    `no_items`, `item_repeated` and what `vector` raises. Source: Lord 1980.
    """
    ensure_bank(bank)
    theta = vector(thetas)
    traces = [trace(item, theta) for item in bank]
    expected = np.sum([each.expected for each in traces], axis=0).tolist()
    information = np.sum([each.information for each in traces], axis=0).tolist()
    return tuple(
        CurvePoint(at, score, told, told**-0.5 if told > 0 else None)
        for at, score, told in zip(theta.tolist(), expected, information, strict=True)
    )
