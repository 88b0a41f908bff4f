"""Who is compared with whom, and on what they are matched: what all methods of this package share."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from assessments.arrays import Floats, matrix, names
from assessments.errors import AssessmentError, NotEstimable
from assessments.estimates import Provenance
from assessments.results import Finding, Json

LEAST_GROUP = 50
SMALL_GROUP = 100
MODERATE_GROUP = 200
LARGEST_SCORE = 1e6
MATCHED_SHARE = 0.8
SOURCE = "Zwick 2012; gates are house rules"

Strata = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """The scores (n_persons, n_items) of the two groups, complete, with those who are focal marked."""

    scores: Floats
    is_focal: NDArray[np.bool_]
    items: tuple[str, ...]
    options: Mapping[str, Json]
    n_missing: int
    findings: tuple[Finding, ...] = field(default=())


class ItemClass(Enum):
    """How large the difference is: negligible, moderate or large (ETS A, B, C; for rubrics AA, BB, CC)."""

    A = "A"
    B = "B"
    C = "C"


@dataclass(frozen=True, slots=True)
class Refusal:
    """An item for which the method says nothing, and why; the other items keep their answers."""

    item: str
    reason: str


def compare_groups(
    responses: ArrayLike,
    groups: Sequence[str | None],
    *,
    reference: str,
    focal: str,
    items: Sequence[str] | None = None,
    missing: Literal["raise", "listwise"] = "raise",
) -> Comparison:
    """Take from a table of scores (n_persons, n_items) the two groups that are to be compared.

    `groups`: one label per person, given with her consent; None = not given, and her row is not used. Other
    labels than the two are left out. NaN = missing: refused, or with `listwise` the person is left out.
    Raises AssessmentError `label_count`, `groups_alike`, `score_too_large`, `missing_cell` and as
    `assessments.arrays.matrix` does; NotEstimable `too_few_items` below 2, `too_few_persons` when a group
    has fewer than 50. Warns below 100 and below 200 per group.
    """
    if reference == focal:
        raise AssessmentError("groups_alike", group=focal)
    table = _labelled(responses, groups)
    taken = np.array([label in {reference, focal} for label in groups])
    empty = np.isnan(table) & taken[:, np.newaxis]
    complete = ~empty.any(axis=1)
    if missing == "raise" and not complete.all():
        raise AssessmentError("missing_cell", row=int(np.flatnonzero(~complete)[0]))
    scores = table[taken & complete]
    is_focal = np.array([label == focal for label in groups])[taken & complete]
    sizes = {reference: int((~is_focal).sum()), focal: int(is_focal.sum())}
    findings = _size_findings(sizes)
    labels = names(items, count=table.shape[1], stem="item")
    options: dict[str, Json] = {
        "reference": reference,
        "focal": focal,
        "n_reference": sizes[reference],
        "n_focal": sizes[focal],
        "n_label_withheld": sum(label is None for label in groups),
        "n_incomplete": int((~complete).sum()),
    }
    return Comparison(scores, is_focal, labels, options, int(empty.sum()), findings)


def ensure_dichotomous(comparison: Comparison) -> None:
    """Refuse scores other than 0 and 1 with AssessmentError `not_dichotomous`, naming the item."""
    wrong = np.argwhere((comparison.scores != 0) & (comparison.scores != 1))
    if len(wrong):
        raise AssessmentError("not_dichotomous", item=comparison.items[int(wrong[0][1])])


def anchor_items(comparison: Comparison, anchor: Collection[str] | None) -> frozenset[int]:
    """Turn the labels of the matching items into columns, all where None; AssessmentError `unknown_item`."""
    if anchor is None:
        return frozenset(range(len(comparison.items)))
    unknown = sorted(set(anchor) - set(comparison.items))
    if unknown:
        raise AssessmentError("unknown_item", item=unknown[0])
    if not anchor:
        raise NotEstimable("no_anchor")
    return frozenset(comparison.items.index(item) for item in anchor)


def matching_score(comparison: Comparison, item: int, anchor: frozenset[int]) -> Floats:
    """Sum the anchor and the studied item (n_persons,): without the latter the test would be biased.

    Source: Holland & Thayer 1988.
    """
    columns = sorted(anchor | {item})
    # Sums of rubric points such as 0.1 + 0.2 must not part persons who have the same score.
    total: Floats = np.round(comparison.scores[:, columns].sum(axis=1), 9)
    return total


def strata(score: Floats, bands: int | None) -> Strata:
    """Give each person (n_persons,) the number of her stratum: her score, or by equally filled bands of it.

    Bands waste fewer persons when groups are small and match less closely. Raises AssessmentError
    `too_few_bands` below 2. Source: Donoghue & Allen 1993 (thin and thick matching).
    """
    if bands is None:
        return np.unique(score, return_inverse=True)[1]
    if bands < 2:
        raise AssessmentError("too_few_bands", bands=bands)
    edges = np.unique(np.quantile(score, np.arange(1, bands) / bands))
    return np.unique(np.searchsorted(edges, score, side="right"), return_inverse=True)[1]


def provenance(
    comparison: Comparison,
    method: str,
    version: str,
    options: Mapping[str, Json],
    findings: tuple[Finding, ...] = (),
) -> Provenance:
    """Say where a result came from: the groups, the options and all cautions."""
    return Provenance(
        method=method,
        version=version,
        n_persons=len(comparison.scores),
        n_items=len(comparison.items),
        n_missing=comparison.n_missing,
        options={**comparison.options, **options},
        warnings=comparison.findings + findings,
    )


def matching_findings(comparison: Comparison, matched: Sequence[int]) -> tuple[Finding, ...]:
    """Warn when, for some item, many persons have nobody of the other group with their score."""
    share = min(matched, default=len(comparison.scores)) / len(comparison.scores)
    if share >= MATCHED_SHARE:
        return ()
    message = f"for some item only {share:.0%} of the persons have a counterpart in the other group"
    return (Finding("few_matched", message, f"{MATCHED_SHARE:.0%}", "house rule; consider bands"),)


def _labelled(responses: ArrayLike, groups: Sequence[str | None]) -> Floats:
    """Read a table of at least two items with one label per row."""
    table = matrix(responses, missing=True)
    if len(groups) != len(table):
        raise AssessmentError("label_count", expected=len(table), found=len(groups))
    if (np.abs(table) > LARGEST_SCORE).any():
        raise AssessmentError("score_too_large", largest=LARGEST_SCORE)
    if table.shape[1] < 2:
        raise NotEstimable("too_few_items", found=table.shape[1], needed=2)
    return table


def _size_findings(sizes: dict[str, int]) -> tuple[Finding, ...]:
    """Refuse groups that are too small, and warn about those that are small."""
    findings = []
    for group, size in sizes.items():
        if size < LEAST_GROUP:
            raise NotEstimable("too_few_persons", group=group, found=size, needed=LEAST_GROUP)
        if size < MODERATE_GROUP:
            least = SMALL_GROUP if size < SMALL_GROUP else MODERATE_GROUP
            message = f"{size} persons in group {group}: large differences may be missed or found by chance"
            findings.append(Finding("small_group", message, f"{least} persons", SOURCE))
    return tuple(findings)
