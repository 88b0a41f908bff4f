"""Standardised difference in proportion right between matched groups (STD P-DIF)."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum
from math import sqrt

import numpy as np

from assessments.arrays import Floats
from assessments.dif.comparison import (
    Comparison,
    Refusal,
    anchor_items,
    ensure_dichotomous,
    matching_findings,
    matching_score,
    provenance,
    strata,
)
from assessments.dif.tables import count_tables
from assessments.estimates import Estimate, Provenance

VERSION = "standardisation-dif/1"
Z95 = 1.959963984540054
WATCH, LARGE = 0.05, 0.10


class Weights(Enum):
    """Whose score distribution weights the differences; the focal group's is the standard."""

    FOCAL = "focal"
    REFERENCE = "reference"
    TOTAL = "total"


class Attention(Enum):
    """What a STD P-DIF asks for: nothing, a look at the item, or a careful examination of it."""

    NEGLIGIBLE = "negligible"
    INSPECT = "inspect"
    EXAMINE = "examine"


@dataclass(frozen=True, slots=True)
class StandardisedItem:
    """One item: negative `p_dif` means that fewer of the focal group are right than of their equals."""

    item: str
    p_dif: Estimate
    attention: Attention
    n_strata: int
    n_matched: int


@dataclass(frozen=True, slots=True)
class StandardisationDif:
    """All items, those without a stratum in common, and the items that persons were matched on."""

    items: tuple[StandardisedItem, ...]
    refused: tuple[Refusal, ...]
    anchor: tuple[str, ...]
    provenance: Provenance


def standardisation(
    comparison: Comparison,
    *,
    anchor: Collection[str] | None = None,
    weights: Weights = Weights.FOCAL,
    bands: int | None = None,
) -> StandardisationDif:
    """Average, over strata of equal score, the difference in proportion right (focal minus reference).

    In proportions, -1 to 1. `anchor`: items matched on besides the studied one, best those that
    `mantel_haenszel` kept; None = all. Within .05 negligible, to .10 inspect, beyond examine. The standard
    error takes groups in a stratum as independent binomials with their observed proportions, so it is too
    small where strata hold one or two persons. Raises AssessmentError `not_dichotomous`, `unknown_item`,
    `too_few_bands`; NotEstimable `no_anchor`; an item with no stratum in common is refused (`no_overlap`).
    Source: Dorans & Kulick 1986; Dorans & Holland 1993.
    """
    ensure_dichotomous(comparison)
    columns = anchor_items(comparison, anchor)
    answers = [_item(comparison, item, columns, weights, bands) for item in range(len(comparison.items))]
    tested = tuple(answer for answer in answers if isinstance(answer, StandardisedItem))
    options = {"weights": weights.value, "bands": bands, "inspect": str(WATCH), "examine": str(LARGE)}
    findings = matching_findings(comparison, [answer.n_matched for answer in tested])
    return StandardisationDif(
        items=tested,
        refused=tuple(answer for answer in answers if isinstance(answer, Refusal)),
        anchor=tuple(comparison.items[item] for item in sorted(columns)),
        provenance=provenance(comparison, "standardisation_dif", VERSION, options, findings),
    )


def _item(
    comparison: Comparison, item: int, anchor: frozenset[int], weights: Weights, bands: int | None
) -> StandardisedItem | Refusal:
    """Compute the STD P-DIF of one item, or say why there is none."""
    stratum = strata(matching_score(comparison, item, anchor), bands)
    tables = count_tables(comparison.scores[:, item], comparison.is_focal, stratum)
    sizes = tables.sum(axis=2)
    overlap = (sizes > 0).all(axis=1)
    if not overlap.any():
        return Refusal(comparison.items[item], "no_overlap")
    sizes = sizes[overlap]
    right = tables[overlap, :, 0] / sizes
    weight = _weight(sizes, weights)
    value = float((weight * (right[:, 1] - right[:, 0])).sum())
    se = sqrt(float((weight[:, np.newaxis] ** 2 * right * (1 - right) / sizes).sum()))
    return StandardisedItem(
        item=comparison.items[item],
        p_dif=Estimate(
            value, se, (value - Z95 * se, value + Z95 * se), 0.95, "normal, independent binomials"
        ),
        attention=_attention(value),
        n_strata=len(sizes),
        n_matched=int(sizes.sum()),
    )


def _weight(sizes: Floats, weights: Weights) -> Floats:
    """Return the share of each stratum (n_strata,) in the group that weights."""
    persons: Floats = {
        Weights.REFERENCE: sizes[:, 0],
        Weights.FOCAL: sizes[:, 1],
        Weights.TOTAL: sizes.sum(axis=1),
    }[weights]
    share: Floats = persons / persons.sum()
    return share


def _attention(value: float) -> Attention:
    """Hold a STD P-DIF against the limits; a hair beyond one from rounding is still within."""
    size = round(abs(value), 12)
    if size > LARGE:
        return Attention.EXAMINE
    return Attention.INSPECT if size > WATCH else Attention.NEGLIGIBLE
