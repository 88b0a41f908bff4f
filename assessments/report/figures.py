"""One figure of a report: what was estimated by which method, or why not, and what its line says to it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from assessments.errors import NotEstimable
from assessments.estimates import Estimate, FigureVerdict, Threshold, judge
from assessments.items import Lines
from assessments.results import Finding

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Estimated:
    """What a method says: None where it is not defined for this group; `method` with its version."""

    estimate: Estimate | None
    method: str
    n: int
    cautions: tuple[Finding, ...] = ()
    both_sides: bool = False
    """Whether the line is drawn for the size of a figure that is good at nil."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure; without `estimate` the verdict is `not_estimable` and `reason` names the gate."""

    code: str
    estimate: Estimate | None
    n: int
    method: str | None
    threshold: Threshold | None
    verdict: FigureVerdict | None
    """None where no line is drawn and there is a figure."""
    reason: str | None
    cautions: tuple[Finding, ...] = ()


def tried(compute: Callable[[], Found]) -> Found | NotEstimable:
    """Return what a method finds, or its refusal."""
    try:
        return compute()
    except NotEstimable as refusal:
        return refusal


def figure(
    code: str, lines: Lines, n: int, found: Found | NotEstimable, read: Callable[[Found], Estimated]
) -> Figure:
    """Read a figure from what a method found, and hold it against its line, if one is drawn for its code.

    `n`: persons there are, for a figure that is refused. A refusal becomes the reason.
    """
    if isinstance(found, NotEstimable):
        return refused(code, lines, n, found.code)
    told = read(found)
    if told.estimate is None:
        return refused(code, lines, told.n, "not_defined")
    line = lines.get(code)
    verdict = None if line is None else judge(size(told.estimate) if told.both_sides else told.estimate, line)
    return Figure(code, told.estimate, told.n, told.method, line, verdict, None, told.cautions)


def refused(code: str, lines: Lines, n: int, reason: str) -> Figure:
    """Say that a figure cannot be estimated, and why."""
    return Figure(code, None, n, None, lines.get(code), FigureVerdict.NOT_ESTIMABLE, reason)


def size(estimate: Estimate) -> Estimate:
    """Return the size of a figure that may lie on either side of nil: one line then holds for both."""
    if estimate.ci is None:
        return Estimate(abs(estimate.value), estimate.se)
    low, high = estimate.ci
    nearest = 0.0 if low <= 0 <= high else min(abs(low), abs(high))
    ends = (nearest, max(abs(low), abs(high)))
    return Estimate(abs(estimate.value), estimate.se, ends, estimate.ci_level, estimate.ci_method)
