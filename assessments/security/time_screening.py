"""Response times that do not fit a person's own speed: whole patterns, and single answers."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from assessments.arrays import Floats, names
from assessments.errors import NotEstimable
from assessments.estimates import Estimate, Provenance
from assessments.multiplicity import benjamini_hochberg, holm
from assessments.security.evidence import ensure_level, screening
from assessments.security.response_times import TimeModel, model_seconds, standardising

VERSION = "time-screening/1"
Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class PersonTimes:
    """One person: speed (above 0 = faster than average), and whether the pattern of times fits any speed."""

    person: str
    speed: Estimate
    n_times: int
    chi2: float
    df: int
    p: float
    p_adjusted: float
    """Holm over the persons."""
    is_flagged: bool


@dataclass(frozen=True, slots=True)
class UnusualTime:
    """One answer whose time does not fit the person's times on the other items; negative = too fast."""

    person: str
    item: str
    seconds: float
    residual: float
    """Standard normal under the model."""
    p: float
    p_adjusted: float
    """Benjamini-Hochberg over all answers, two-sided."""


@dataclass(frozen=True, slots=True)
class TimeScreening:
    """All persons, and the answers flagged as unusual; never sole evidence."""

    persons: tuple[PersonTimes, ...]
    unusual: tuple[UnusualTime, ...]
    provenance: Provenance


def screen_times(
    seconds: ArrayLike, model: TimeModel, *, persons: Sequence[str] | None = None, level: float = 0.01
) -> TimeScreening:
    """Hold the times (n_persons, n_items) of persons against a model of the same items in the same order.

    A person is flagged when the squared standardised residuals around her own speed (chi-square with one
    degree of freedom less than times) are unlikely, `level` by Holm over persons; an answer when its time is
    unlikely given her times on the other items, `level` by Benjamini-Hochberg over all. Persons with fewer
    than two times are left out. Raises AssessmentError as `taken_seconds` does, `level_out_of_range`,
    `model_does_not_fit` (number of items); NotEstimable `no_times`. Source: van der Linden & Guo 2008
    (residuals); Marianti, Fox, Avetisyan, Veldkamp & Tijmstra 2014 (person fit).
    """
    ensure_level(level)
    times = model_seconds(seconds, model)
    labels = names(persons, count=len(times), stem="person")
    taken = ~np.isnan(times)
    kept = np.flatnonzero(taken.sum(axis=1) >= 2)
    if not len(kept):
        raise NotEstimable("no_times")
    gap, precision = standardising(times[kept], model)
    kept_labels = tuple(labels[row] for row in kept)
    return TimeScreening(
        persons=_persons(gap, precision, model, kept_labels, level),
        unusual=_unusual(times[kept], gap, precision, model, kept_labels, level),
        provenance=screening(
            VERSION,
            taken,
            {"level": str(level), "model": model.provenance.version},
            model.provenance.warnings,
            left_out=len(times) - len(kept),
        ),
    )


def _persons(
    gap: Floats, precision: Floats, model: TimeModel, labels: tuple[str, ...], level: float
) -> tuple[PersonTimes, ...]:
    """Estimate speeds, drawn towards the mean as their precision asks, and test the patterns of times."""
    information = precision.sum(axis=1)
    own_speed = (precision * gap).sum(axis=1) / information
    squares = (precision * (gap - own_speed[:, np.newaxis]) ** 2).sum(axis=1)
    df = (precision > 0).sum(axis=1) - 1
    p = stats.chi2.sf(squares, df)
    adjusted = holm(p)
    spread = 1 / (1 / model.speed_sd**2 + information)
    speed, se = spread * information * own_speed, np.sqrt(spread)
    return tuple(
        PersonTimes(
            person=label,
            speed=_speed(float(speed[row]), float(se[row])),
            n_times=int(df[row]) + 1,
            chi2=float(squares[row]),
            df=int(df[row]),
            p=float(p[row]),
            p_adjusted=adjusted[row],
            is_flagged=adjusted[row] < level,
        )
        for row, label in enumerate(labels)
    )


def _speed(value: float, se: float) -> Estimate:
    """Give a speed its interval."""
    return Estimate(value, se, (value - Z95 * se, value + Z95 * se), 0.95, "posterior, normal prior")


def _unusual(
    times: Floats, gap: Floats, precision: Floats, model: TimeModel, labels: tuple[str, ...], level: float
) -> tuple[UnusualTime, ...]:
    """Compare each log time with what the person's other times and the spread of speed predict for it."""
    taken = precision > 0
    elsewhere = 1 / model.speed_sd**2 + precision.sum(axis=1)[:, np.newaxis] - precision
    speed = ((precision * gap).sum(axis=1)[:, np.newaxis] - precision * gap) / elsewhere
    spread = np.sqrt(1 / np.where(taken, precision, 1.0) + 1 / elsewhere)
    residual = (speed - gap) / spread
    rows, columns = np.nonzero(taken)
    p = 2 * stats.norm.sf(np.abs(residual[rows, columns]))
    adjusted = np.array(benjamini_hochberg(p))
    return tuple(
        UnusualTime(
            person=labels[rows[cell]],
            item=model.items[columns[cell]].item,
            seconds=float(np.exp(times[rows[cell], columns[cell]])),
            residual=float(residual[rows[cell], columns[cell]]),
            p=float(p[cell]),
            p_adjusted=float(adjusted[cell]),
        )
        for cell in np.argsort(p, kind="stable")
        if adjusted[cell] < level
    )
