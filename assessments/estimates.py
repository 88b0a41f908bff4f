"""What statistical results share: the estimate with its interval, where it came from, and its verdict.

Numbers that decide about a person (scores, cuts, reconciled marks) stay exact and live in their own modules;
what stands here describes instruments and raters, is computed in floating point and never decides by itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from assessments.results import Finding, Json


@dataclass(frozen=True, slots=True)
class Estimate:
    """A headline number with its uncertainty; `se` and `ci` are None where the method gives none."""

    value: float
    se: float | None = None
    ci: tuple[float, float] | None = None
    """Lower and upper end of the confidence interval, in the unit of `value`."""
    ci_level: float | None = None
    ci_method: str | None = None


@dataclass(frozen=True, slots=True)
class Provenance:
    """By what method and version, from how many persons and items, with which options and cautions."""

    method: str
    version: str
    n_persons: int
    n_items: int
    n_missing: int = 0
    options: Mapping[str, Json] | None = None
    warnings: tuple[Finding, ...] = ()


class Direction(Enum):
    """Which side of a threshold is the good one."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"


@dataclass(frozen=True, slots=True)
class Threshold:
    """A line that a figure is held against; a default of the field, which a body may set otherwise."""

    value: float
    direction: Direction
    source: str


class FigureVerdict(Enum):
    """What a figure says of its threshold; `uncertain` when its interval holds both sides of the line."""

    MET = "met"
    NOT_MET = "not_met"
    UNCERTAIN = "uncertain"
    NOT_ESTIMABLE = "not_estimable"


def judge(estimate: Estimate | None, threshold: Threshold) -> FigureVerdict:
    """Hold an estimate against a threshold: by its whole interval if it has one, else by its value.

    None stands for a quantity that could not be estimated. Source: ISO/IEC 17024, 9.3.5 asks for documented
    methods; that an interval across the line is no finding in either direction is our house rule.
    """
    if estimate is None:
        return FigureVerdict.NOT_ESTIMABLE
    low, high = estimate.ci if estimate.ci is not None else (estimate.value, estimate.value)
    if threshold.direction is Direction.AT_LEAST:
        met, missed = low >= threshold.value, high < threshold.value
    else:
        met, missed = high <= threshold.value, low > threshold.value
    if met:
        return FigureVerdict.MET
    return FigureVerdict.NOT_MET if missed else FigureVerdict.UNCERTAIN
