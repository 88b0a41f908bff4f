"""Outcomes and items by groups that candidates told with their consent, above the gates only.

Below the gate a group is not named and not counted: a report never tells of a few what they told of
themselves.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assessments.arrays import Floats
from assessments.dif.comparison import LEAST_GROUP, Comparison, ItemClass, compare_groups
from assessments.dif.mantel_haenszel import mantel_haenszel
from assessments.dif.ordinal import ordinal_dif
from assessments.errors import NotEstimable
from assessments.estimates import Estimate
from assessments.items.statistics import share
from assessments.report.passing import LEVEL
from assessments.results import Finding


@dataclass(frozen=True, slots=True)
class Outcome:
    """What share of a group passed, with Wilson's interval."""

    group: str
    n: int
    share: Estimate


@dataclass(frozen=True, slots=True)
class ItemDifference:
    """An item for the focal group beside equally able others; minus = harder for the focal group."""

    item: str
    item_class: ItemClass
    difference: Estimate
    """MH D-DIF on the delta scale for right-or-wrong forms, else the mean difference in points."""
    p: float
    p_adjusted: float


@dataclass(frozen=True, slots=True)
class GroupReport:
    """One way of grouping: the groups above the gate, and the items of each against the largest.

    Without `focal` there is no comparison, and `reason` says why.
    """

    grouping: str
    outcomes: tuple[Outcome, ...]
    reference: str | None
    focal: str | None
    method: str | None
    items: tuple[ItemDifference, ...]
    untested: tuple[str, ...]
    reason: str | None
    cautions: tuple[Finding, ...]


def group_reports(
    scores: Floats,
    items: Sequence[str],
    passed: Sequence[bool],
    groups: Mapping[str, Sequence[str | None]],
) -> tuple[GroupReport, ...]:
    """Compare the groups of each grouping; `scores` (n_persons, n_items), labels (n_persons,) or None.

    The largest group is the reference of every comparison. Source: Holland & Thayer 1988; Zwick, Donoghue &
    Grima 1993; see `assessments.dif`.
    """
    return tuple(
        report
        for grouping, labels in groups.items()
        for report in _reports(scores, items, passed, grouping, labels)
    )


def _reports(
    scores: Floats,
    items: Sequence[str],
    passed: Sequence[bool],
    grouping: str,
    labels: Sequence[str | None],
) -> Iterator[GroupReport]:
    counted = Counter(label for label in labels if label is not None)
    told = [group for group, n in sorted(counted.items(), key=lambda one: (-one[1], one[0]))]
    large = [group for group in told if counted[group] >= LEAST_GROUP]
    outcomes = tuple(_outcome(group, passed, labels) for group in large)
    if len(large) < 2:
        yield GroupReport(grouping, outcomes, None, None, None, (), (), "too_few_persons", ())
    for focal in large[1:]:
        yield _compared(scores, items, grouping, labels, outcomes, large[0], focal)


def _outcome(group: str, passed: Sequence[bool], labels: Sequence[str | None]) -> Outcome:
    own = [one for one, label in zip(passed, labels, strict=True) if label == group]
    return Outcome(group, len(own), share(sum(own), len(own), level=LEVEL))


def _compared(
    scores: Floats,
    items: Sequence[str],
    grouping: str,
    labels: Sequence[str | None],
    outcomes: tuple[Outcome, ...],
    reference: str,
    focal: str,
) -> GroupReport:
    try:
        comparison = compare_groups(scores, labels, reference=reference, focal=focal, items=items)
    except NotEstimable as refusal:
        return GroupReport(grouping, outcomes, reference, focal, None, (), (), refusal.code, ())
    rows, untested, cautions, method = _tested(comparison)
    return GroupReport(grouping, outcomes, reference, focal, method, rows, untested, None, cautions)


def _tested(
    comparison: Comparison,
) -> tuple[tuple[ItemDifference, ...], tuple[str, ...], tuple[Finding, ...], str]:
    if bool(np.isin(comparison.scores, (0.0, 1.0)).all()):
        right = mantel_haenszel(comparison)
        rows = tuple(
            ItemDifference(item.item, item.ets_class, item.d_dif, item.p, item.p_adjusted)
            for item in right.items
        )
        found, refused = right.provenance, right.refused
    else:
        points = ordinal_dif(comparison)
        rows = tuple(
            ItemDifference(item.item, item.dif_class, item.smd, item.mantel.p, item.mantel.p_adjusted)
            for item in points.items
        )
        found, refused = points.provenance, points.refused
    return rows, tuple(refusal.item for refusal in refused), found.warnings, found.version
