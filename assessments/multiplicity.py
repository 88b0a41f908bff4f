"""Many tests at once: p values adjusted so that a list of items or pairs is not flagged by sheer number."""

from collections.abc import Sequence

import numpy as np
from scipy import stats

from assessments.arrays import Floats, vector
from assessments.errors import AssessmentError


def benjamini_hochberg(p_values: Sequence[float]) -> tuple[float, ...]:
    """Adjust p values (n,) so that a flag below q leaves at most a share q of false flags, in expectation.

    For screening (items of a form). An empty list gives an empty list. Raises AssessmentError
    `not_a_probability`, and as `assessments.arrays.vector` does. Source: Benjamini & Hochberg 1995 (step up;
    independent or positively dependent tests).
    """
    if not len(p_values):
        return ()
    adjusted = stats.false_discovery_control(_probabilities(p_values), method="bh")
    return tuple(float(p) for p in adjusted)


def holm(p_values: Sequence[float] | Floats) -> tuple[float, ...]:
    """Adjust p values (n,) so that one false flag among all of them is no likelier than the level.

    For accusations (pairs of candidates). An empty list gives an empty list. Raises AssessmentError
    `not_a_probability`, and as `assessments.arrays.vector` does. Source: Holm 1979 (step down; holds under
    any dependence).
    """
    if not len(p_values):
        return ()
    p = _probabilities(p_values)
    order = np.argsort(p, kind="stable")
    remaining = np.arange(len(p), 0, -1)
    adjusted = np.empty_like(p)
    adjusted[order] = np.minimum(np.maximum.accumulate(p[order] * remaining), 1.0)
    return tuple(float(value) for value in adjusted)


def _probabilities(p_values: Sequence[float] | Floats) -> Floats:
    """Refuse what is not between 0 and 1."""
    p = vector(p_values)
    if p.min() < 0 or p.max() > 1:
        raise AssessmentError("not_a_probability", lowest=float(p.min()), highest=float(p.max()))
    return p
