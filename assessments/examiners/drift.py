"""Whether examiners changed between two periods: severity, agreement, spread."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot, sqrt

import numpy as np
from numpy.typing import ArrayLike

from assessments.agreement.coding import coded, scale_of
from assessments.agreement.exact import Weights
from assessments.agreement.outcome import ensure_level
from assessments.agreement.pairs import disagreement
from assessments.estimates import Estimate, Provenance
from assessments.examiners.monitoring import Rule, fell_apart, kappa_of, log_spread, spread_of
from assessments.examiners.ratings import CoRatings, Panel, Rating, co_ratings, panel_of, with_t
from assessments.examiners.severity import Fit, components, fitted
from assessments.results import Finding

DRIFT_VERSION = "examiner-drift/1"


@dataclass(frozen=True, slots=True)
class DriftRow:
    """One examiner, later minus earlier; `spread` is the later ratio over the earlier one."""

    examiner: str
    n_before: int
    n_after: int
    severity: Estimate | None
    kappa: Estimate | None
    spread: Estimate | None


@dataclass(frozen=True, slots=True)
class DriftTable:
    """The examiners who shared work in both periods, by name."""

    rows: tuple[DriftRow, ...]
    provenance: Provenance


def examiner_drift(
    before: Sequence[Rating],
    after: Sequence[Rating],
    *,
    categories: Sequence[float],
    weights: Weights | ArrayLike = Weights.QUADRATIC,
    ci_level: float = 0.95,
) -> DriftTable:
    """Compare every examiner of two periods with herself.

    Severity is measured in each period against the mean of the examiners of both, so that newcomers do not
    move it: a drift of all together cannot be seen. The periods count as independent samples; t quantiles
    with the smaller number of candidates. Severity is None, with a finding, where a period's design falls
    apart or fewer than two examiners are of both. Raises as `examiner_table` does. Source: Myford & Wolfe
    2009 for the kinds of drift.
    """
    ensure_level(ci_level)
    scale = scale_of(categories)
    rule = Rule(scale, disagreement(weights, len(scale)), gate=0.0, least=0, ci_level=ci_level)
    panels = panel_of(before), panel_of(after)
    for panel in panels:
        coded(panel.values, scale)
    common = sorted(_active(panels[0]) & _active(panels[1]))
    changes, findings = _severities(panels, common, ci_level)
    rows = tuple(_row(name, panels, changes.get(name), rule) for name in common)
    origin = Provenance(
        method="examiner_drift",
        version=DRIFT_VERSION,
        n_persons=sum(panel.n_candidates for panel in panels),
        n_items=max(panel.n_items for panel in panels),
        warnings=findings,
    )
    return DriftTable(rows, origin)


def _active(panel: Panel) -> set[str]:
    """Name the examiners who shared work."""
    return {panel.examiners[place] for place in np.flatnonzero((~np.isnan(panel.values)).any(axis=0))}


def _severities(
    panels: tuple[Panel, Panel], common: list[str], ci_level: float
) -> tuple[dict[str, Estimate], tuple[Finding, ...]]:
    """Give each common examiner's change of severity, or why there is none."""
    apart = tuple(finding for panel in panels for finding in fell_apart(components(panel)))
    if apart:
        return {}, apart
    if len(common) < 2:
        message = f"{len(common)} examiners shared work in both periods"
        return {}, (Finding("too_few_common_examiners", message, "2", "house rule"),)
    fits = [fitted(panel) for panel in panels]
    found = {}
    for name in common:
        old, new = (_against(fit, panel, name, common) for fit, panel in zip(fits, panels, strict=True))
        n = min(old[2], new[2])
        se = hypot(old[1], new[1]) if n > 1 else 0.0
        found[name] = with_t(new[0] - old[0], se, n=n, ci_level=ci_level)
    return found, ()


def _against(fit: Fit, panel: Panel, name: str, common: list[str]) -> tuple[float, float, int]:
    """Give severity against the mean of the common examiners, its error, and the candidates shared."""
    place = panel.examiners.index(name)
    contrast = np.array([-float(other in common) / len(common) for other in panel.examiners])
    contrast[place] += 1
    variance = float(contrast @ fit.covariance @ contrast)
    return float(contrast @ fit.severity), sqrt(max(variance, 0.0)), fit.shared[place]


def _row(name: str, panels: tuple[Panel, Panel], severity: Estimate | None, rule: Rule) -> DriftRow:
    """Describe one examiner's change."""
    old, new = (co_ratings(panel, panel.examiners.index(name)) for panel in panels)
    return DriftRow(
        name, old.n_candidates, new.n_candidates, severity, _kappa(old, new, rule), _spread(old, new, rule)
    )


def _kappa(old: CoRatings, new: CoRatings, rule: Rule) -> Estimate | None:
    """Give the change of kappa; None where a period has none with an error."""
    earlier, later = kappa_of(old, rule), kappa_of(new, rule)
    if earlier is None or later is None or earlier.se is None or later.se is None:
        return None
    n = min(old.n_candidates, new.n_candidates)
    return with_t(later.value - earlier.value, hypot(earlier.se, later.se), n=n, ci_level=rule.ci_level)


def _spread(old: CoRatings, new: CoRatings, rule: Rule) -> Estimate | None:
    """Give the change of spread as a ratio of ratios."""
    earlier, later = log_spread(old), log_spread(new)
    n = min(old.n_candidates, new.n_candidates)
    if earlier is None or later is None or n < 2:
        return None
    change = later[0] - earlier[0], hypot(earlier[1], later[1])
    return spread_of(change, n=n, ci_level=rule.ci_level)
