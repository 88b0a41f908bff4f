"""Bring item parameters of one calibration onto the scale of another, by the items that both hold."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import least_squares

from assessments.arrays import Floats, vector
from assessments.errors import AssessmentError, NotEstimable
from assessments.estimates import Provenance
from assessments.irt.items import CalibratedItem, ensure_bank, trace
from assessments.results import Finding

LINKING_VERSION = "irt-linking/1"
LEAST_COMMON = 2
ADVISED_COMMON = 10
WIDEST_SHIFT = 0.3
GRID = tuple(np.linspace(-4.0, 4.0, 40).tolist())
"""Abilities, weighted alike, at which the curve methods compare unless told otherwise (as in plink)."""


class Method(Enum):
    """How slope and intercept of the transformation are chosen."""

    MEAN_MEAN = "mean_mean"
    MEAN_SIGMA = "mean_sigma"
    HAEBARA = "haebara"
    STOCKING_LORD = "stocking_lord"


@dataclass(frozen=True, slots=True)
class Link:
    """Theta on the target scale = slope * theta + intercept."""

    method: Method
    slope: float
    intercept: float
    common: tuple[str, ...]
    """Items that both calibrations hold, by which they were linked."""
    provenance: Provenance

    def apply(self, item: CalibratedItem) -> CalibratedItem:
        """Give an item of the source calibration with its parameters on the target scale."""
        moved = tuple(self.slope * threshold + self.intercept for threshold in item.thresholds)
        return replace(item, slope=item.slope / self.slope, thresholds=moved)


def link(
    source: Sequence[CalibratedItem],
    target: Sequence[CalibratedItem],
    *,
    method: Method,
    thetas: ArrayLike = GRID,
    limit: int = 200,
) -> Link:
    """Find the linear transformation from the scale of `source` to that of `target`, by their common items.

    Items are common when they have the same name. Mean/mean uses mean slopes and thresholds, mean/sigma the
    population standard deviation of thresholds; Haebara squares the differences of each item's category
    curves, Stocking-Lord those of the test's expected score, summed over `thetas` on the target scale
    (one-sided, equal weights, 40 points on [-4, 4]). Does not estimate an error of linking. Raises
    AssessmentError `no_items`, `item_repeated`, `categories_differ`; NotEstimable `too_few_common_items`
    under 2, `no_spread` when mean/sigma meets equal thresholds, `link_not_found` when curves take more than
    `limit` evaluations. Warns under 10 common items, and of items whose threshold lies .3 off after linking.
    Source: Loyd & Hoover 1980; Marco 1977; Haebara 1980; Stocking & Lord 1983; Kolen & Brennan 2004.
    """
    ensure_bank(source)
    ensure_bank(target)
    grid = vector(thetas)
    by_name = {item.item: item for item in target}
    pairs = [(item, by_name[item.item]) for item in source if item.item in by_name]
    _ensure_linkable(pairs)
    slope, intercept = _moments(pairs, method)
    if method in {Method.HAEBARA, Method.STOCKING_LORD}:
        slope, intercept = _by_curves(pairs, method, grid, (slope, intercept), limit=limit)
    found = Link(method, slope, intercept, tuple(item.item for item, _ in pairs), _provenance(pairs, method))
    return replace(found, provenance=replace(found.provenance, warnings=tuple(_cautions(found, pairs))))


Pairs = Sequence[tuple[CalibratedItem, CalibratedItem]]
"""Each common item in the source and in the target calibration."""


def _ensure_linkable(pairs: Pairs) -> None:
    """Refuse too few common items, and items that are not the same."""
    if len(pairs) < LEAST_COMMON:
        raise NotEstimable("too_few_common_items", items=len(pairs), least=LEAST_COMMON)
    for one, other in pairs:
        if (one.highest, one.is_graded) != (other.highest, other.is_graded):
            raise AssessmentError("categories_differ", item=one.item)


def _moments(pairs: Pairs, method: Method) -> tuple[float, float]:
    """Link by means, and by standard deviations where the method says so."""
    ours, theirs = (np.concatenate([pair[side].thresholds for pair in pairs]) for side in (0, 1))
    if method is Method.MEAN_SIGMA:
        if not min(np.ptp(ours), np.ptp(theirs)) > 0:
            raise NotEstimable("no_spread", items=len(pairs))
        slope = float(theirs.std() / ours.std())
    else:
        slope = sum(one.slope for one, _ in pairs) / sum(other.slope for _, other in pairs)
    return slope, float(theirs.mean() - slope * ours.mean())


def _by_curves(
    pairs: Pairs, method: Method, grid: Floats, start: tuple[float, float], *, limit: int
) -> tuple[float, float]:
    """Link by least squares between curves, from the mean/mean transformation."""
    targets = [trace(item, grid) for _, item in pairs]

    def residuals(free: Floats) -> Floats:
        # An item moved by the transformation answers at theta as the unmoved one at (theta - B) / A.
        ours = [trace(item, (grid - free[1]) / np.exp(free[0])) for item, _ in pairs]
        if method is Method.HAEBARA:
            return np.concatenate(
                [(one.p - other.p)[:, 1:].ravel() for one, other in zip(ours, targets, strict=True)]
            )
        return np.asarray(
            np.sum([one.expected - other.expected for one, other in zip(ours, targets, strict=True)], axis=0)
        )

    begin = (np.log(start[0]), start[1])
    best = least_squares(residuals, begin, xtol=1e-12, ftol=1e-14, gtol=1e-12, max_nfev=limit)
    if not best.success:
        raise NotEstimable("link_not_found", evaluations=int(best.nfev))
    return float(np.exp(best.x[0])), float(best.x[1])


def _provenance(pairs: Pairs, method: Method) -> Provenance:
    """Say how the link was made."""
    return Provenance(f"link_{method.value}", LINKING_VERSION, n_persons=0, n_items=len(pairs))


def _cautions(found: Link, pairs: Pairs) -> list[Finding]:
    """Say so when few items carry the link, and name those that moved."""
    cautions = []
    if len(pairs) < ADVISED_COMMON:
        message = f"{len(pairs)} common items; {ADVISED_COMMON} or more are advised"
        cautions.append(Finding("few_common_items", message, str(ADVISED_COMMON), "Kolen & Brennan 2004"))
    moved = [
        one.item
        for one, other in pairs
        if np.abs(np.subtract(found.apply(one).thresholds, other.thresholds)).max() > WIDEST_SHIFT
    ]
    if moved:
        message = f"thresholds that lie apart after linking: {', '.join(moved)}"
        cautions.append(Finding("item_drift", message, f"{WIDEST_SHIFT} on the target scale", "house rule"))
    return cautions
