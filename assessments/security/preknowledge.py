"""Whether persons answered items that may have leaked faster than their speed on the others explains."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import norm

from assessments.arrays import Floats, names
from assessments.errors import AssessmentError, NotEstimable
from assessments.estimates import Estimate, Provenance
from assessments.multiplicity import holm
from assessments.security.evidence import Booleans, ensure_level, screening
from assessments.security.response_times import TimeModel, model_seconds, standardising

VERSION = "speed-shift/1"
Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class SpeedShift:
    """One person: speed on the suspected items minus speed on the others, above 0 = faster there."""

    person: str
    shift: Estimate
    """In log seconds; 0.69 is twice as fast."""
    z: float
    p: float
    """One-sided: faster on the suspected items."""
    p_adjusted: float
    """Holm over the persons."""
    is_flagged: bool


@dataclass(frozen=True, slots=True)
class Preknowledge:
    """All persons with times on both sets of items; never sole evidence."""

    persons: tuple[SpeedShift, ...]
    suspected: tuple[str, ...]
    provenance: Provenance


def speed_shift(
    seconds: ArrayLike,
    model: TimeModel,
    suspected: Collection[str],
    *,
    persons: Sequence[str] | None = None,
    level: float = 0.01,
) -> Preknowledge:
    """Compare each person's speed on suspected items with the speed on the others, given a model of both.

    `seconds` (n_persons, n_items) as in the model, NaN = none taken; `suspected`: items named before the
    times were looked at, for example because a copy was found. The difference of the two maximum likelihood
    speeds, in units of its standard error, is standard normal when nothing was known beforehand; the model
    should rest on persons who could not have known. Persons without a time in both sets are left out. A
    person is flagged when the one-sided p value, adjusted by Holm over persons, is below `level`. Raises
    AssessmentError `unknown_item`, `no_comparison` when the sets are not both filled, `model_does_not_fit`,
    `level_out_of_range`, and as `taken_seconds` does; NotEstimable `no_times`. Source: Sinharay 2020
    (preknowledge from response times, lognormal model).
    """
    ensure_level(level)
    times = model_seconds(seconds, model)
    marked = _marked(model, suspected)
    labels = names(persons, count=len(times), stem="person")
    taken = ~np.isnan(times)
    kept = np.flatnonzero(taken[:, marked].any(axis=1) & taken[:, ~marked].any(axis=1))
    if not len(kept):
        raise NotEstimable("no_times")
    gap, precision = standardising(times[kept], model)
    there, there_variance = _speed(gap[:, marked], precision[:, marked])
    here, here_variance = _speed(gap[:, ~marked], precision[:, ~marked])
    se = np.sqrt(there_variance + here_variance)
    options = {"level": str(level), "model": model.provenance.version}
    return Preknowledge(
        persons=_shifts(there - here, se, tuple(labels[row] for row in kept), level),
        suspected=tuple(item.item for item, is_marked in zip(model.items, marked, strict=True) if is_marked),
        provenance=screening(
            VERSION, taken, options, model.provenance.warnings, left_out=len(times) - len(kept)
        ),
    )


def _marked(model: TimeModel, suspected: Collection[str]) -> Booleans:
    """Mark the suspected among the items of a model."""
    labels = [item.item for item in model.items]
    unknown = sorted(set(suspected) - set(labels))
    if unknown:
        raise AssessmentError("unknown_item", item=unknown[0])
    marked = np.array([label in suspected for label in labels])
    if marked.all() or not marked.any():
        raise AssessmentError("no_comparison", suspected=int(marked.sum()), items=len(labels))
    return marked


def _speed(gap: Floats, precision: Floats) -> tuple[Floats, Floats]:
    """Estimate speed (n_persons,) and its variance from some items."""
    information = precision.sum(axis=1)
    return (precision * gap).sum(axis=1) / information, 1 / information


def _shifts(shift: Floats, se: Floats, labels: tuple[str, ...], level: float) -> tuple[SpeedShift, ...]:
    """Test all persons together."""
    z = shift / se
    p = norm.sf(z)
    adjusted = holm(p)
    return tuple(
        SpeedShift(
            person=label,
            shift=_shift(float(shift[row]), float(se[row])),
            z=float(z[row]),
            p=float(p[row]),
            p_adjusted=adjusted[row],
            is_flagged=adjusted[row] < level,
        )
        for row, label in enumerate(labels)
    )


def _shift(value: float, se: float) -> Estimate:
    """Give a shift its interval."""
    return Estimate(value, se, (value - Z95 * se, value + Z95 * se), 0.95, "normal, item parameters known")
