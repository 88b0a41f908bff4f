"""Answers given too fast to have read the item: how many, by whom, and at which items."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import ArrayLike

from assessments.arrays import names
from assessments.errors import AssessmentError, NotEstimable
from assessments.estimates import Provenance
from assessments.results import Finding
from assessments.security.evidence import Booleans, screening, taken_seconds

VERSION = "rapid-guessing/1"
LOW_EFFORT = 0.9
LEAST_TIMES = 30


@dataclass(frozen=True, slots=True)
class Effort:
    """One person: the share of answers that took at least the item's threshold; flagged below .90."""

    person: str
    effort: float
    n_rapid: int
    n_times: int
    is_flagged: bool


@dataclass(frozen=True, slots=True)
class RapidItem:
    """One item: its threshold in seconds, and the share of persons who were faster."""

    item: str
    threshold: float
    rapid_share: float
    n_times: int


@dataclass(frozen=True, slots=True)
class RapidGuessing:
    """All persons with a time, and all items; low effort is no sign of fraud, and never sole evidence."""

    persons: tuple[Effort, ...]
    items: tuple[RapidItem, ...]
    provenance: Provenance


def rapid_guessing(
    seconds: ArrayLike,
    *,
    share: float = 0.10,
    cap: float = 10.0,
    persons: Sequence[str] | None = None,
    items: Sequence[str] | None = None,
) -> RapidGuessing:
    """Count as rapid each answer faster than `share` of the item's mean time, and at most `cap` seconds.

    `seconds` (n_persons, n_items), above 0, NaN = none taken. Effort is 1 minus the share of rapid answers.
    Raises AssessmentError `share_out_of_range`, `cap_not_positive`, and as `taken_seconds` does;
    NotEstimable `no_times` for an item without any. Warns when an item has fewer than 30 times. Source: Wise
    & Kong 2005 (effort, .90); Wise & Ma 2012 (normative threshold of 10 %, capped at 10 seconds).
    """
    _ensure_limits(share, cap)
    table = taken_seconds(seconds)
    item_labels = names(items, count=table.shape[1], stem="item")
    taken = ~np.isnan(table)
    counts = taken.sum(axis=0)
    if counts.min() == 0:
        raise NotEstimable("no_times", item=item_labels[int(counts.argmin())])
    threshold = np.minimum(share * np.where(taken, table, 0.0).sum(axis=0) / counts, cap)
    rapid = taken & (np.where(taken, table, np.inf) < threshold)
    return RapidGuessing(
        persons=_efforts(names(persons, count=len(table), stem="person"), rapid, taken),
        items=tuple(
            RapidItem(label, float(limit), float(hits / count), int(count))
            for label, limit, hits, count in zip(
                item_labels, threshold, rapid.sum(axis=0), counts, strict=True
            )
        ),
        provenance=screening(
            VERSION,
            taken,
            {"share": str(share), "cap": str(cap), "low_effort": str(LOW_EFFORT)},
            _few(int(counts.min())),
            left_out=int((~taken.any(axis=1)).sum()),
        ),
    )


def _ensure_limits(share: float, cap: float) -> None:
    """Refuse limits that no time, or every time, would be under."""
    if not 0 < share < 1:
        raise AssessmentError("share_out_of_range", share=share)
    if not 0 < cap < inf:
        raise AssessmentError("cap_not_positive", cap=cap)


def _efforts(labels: tuple[str, ...], rapid: Booleans, taken: Booleans) -> tuple[Effort, ...]:
    """Compute the effort of every person with a time."""
    efforts = []
    for label, n_rapid, n_times in zip(labels, rapid.sum(axis=1), taken.sum(axis=1), strict=True):
        if n_times:
            effort = 1 - float(n_rapid / n_times)
            efforts.append(Effort(label, effort, int(n_rapid), int(n_times), effort < LOW_EFFORT))
    return tuple(efforts)


def _few(fewest: int) -> tuple[Finding, ...]:
    """Warn when a threshold rests on few times."""
    if fewest >= LEAST_TIMES:
        return ()
    message = f"an item has only {fewest} times to take its mean from"
    return (Finding("few_times", message, f"{LEAST_TIMES} times", "house rule"),)
