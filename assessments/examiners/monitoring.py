"""The examiner table: how often and how well each examiner agrees with co-markers, and the state of PER-5."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from math import exp, log

import numpy as np
from numpy.typing import ArrayLike

from assessments.agreement.coding import coded, scale_of
from assessments.agreement.exact import Weights
from assessments.agreement.outcome import ensure_level
from assessments.agreement.pairs import disagreement, kappa_parts, wilson
from assessments.arrays import Floats
from assessments.errors import AssessmentError
from assessments.estimates import Estimate, Provenance
from assessments.examiners.ratings import CoRatings, Panel, Rating, clustered, co_ratings, panel_of, with_t
from assessments.examiners.severity import Fit, components, fitted, severity_of
from assessments.results import Finding

EXAMINERS_VERSION = "examiner-table/1"
LEAST_DOUBLE_MARKED = 20


class ExaminerState(Enum):
    """What PER-5 makes of an examiner's agreement."""

    CLEAR = "clear"
    WATCH = "watch"
    BLOCKED = "blocked"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class ExaminerRow:
    """One examiner beside her co-markers; None where the shared work does not tell."""

    examiner: str
    n_double_marked: int
    """Candidates, not ratings."""
    n_pairs: int
    severity: Estimate | None
    """From the additive model, positive = severe; None if the design is not connected."""
    raw_severity: Estimate | None
    """Co-markers' ratings minus her own on the same work, whoever they were."""
    kappa: Estimate | None
    exact: Estimate | None
    adjacent: Estimate | None
    spread: Estimate | None
    """Her standard deviation over her co-markers'; below 1 she avoids the ends of the scale."""
    state: ExaminerState
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class ExaminerTable:
    """All examiners by name."""

    rows: tuple[ExaminerRow, ...]
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Rule:
    """How agreement is measured, and where PER-5 draws its line."""

    scale: Floats
    cost: Floats
    gate: float
    least: int
    ci_level: float


def examiner_table(
    ratings: Sequence[Rating],
    *,
    categories: Sequence[float],
    gate: float,
    weights: Weights | ArrayLike = Weights.QUADRATIC,
    least: int = LEAST_DOUBLE_MARKED,
    ci_level: float = 0.95,
) -> ExaminerTable:
    """Compare every examiner with her co-markers (PER-5; ISO/IEC 17024, 6.2.2.2).

    `categories`: the whole scale in order; `gate`: the kappa that is asked for, weighted as by `weights`
    (see `cohen_kappa`); `least`: double-marked candidates below which PER-5 says nothing. An examiner's
    pairs are her rating and each co-marker's of the same work, pooled; kappa is Cohen's over these pairs.
    Intervals count candidates: clustered errors with t quantiles, and for shares of agreement Wilson's with
    the effective number of pairs (Korn & Graubard 1998). A design that falls apart leaves `severity` out and
    is reported. Raises AssessmentError `not_finite`, `rating_repeated`, `category_repeated`,
    `unknown_category`, `ci_level`, `least_not_positive`, `gate_out_of_range` (0 to 1), and those of the
    weights; NotEstimable `no_ratings`, `no_double_marking`, `one_category`.
    """
    ensure_level(ci_level)
    if least < 1:
        raise AssessmentError("least_not_positive", least=least)
    if not 0 < gate < 1:
        raise AssessmentError("gate_out_of_range", gate=gate)
    panel, scale = panel_of(ratings), scale_of(categories)
    rule = Rule(scale, disagreement(weights, len(scale)), gate, least, ci_level)
    coded(panel.values, scale)
    apart = components(panel)
    fit = fitted(panel) if len(apart) == 1 else None
    rows = tuple(_row(panel, place, fit, rule) for place in range(len(panel.examiners)))
    return ExaminerTable(rows, _origin(panel, rule, fell_apart(apart)))


def examiner_state(n: int, kappa: Estimate | None, *, gate: float, least: int) -> ExaminerState:
    """Decide PER-5 for n double-marked candidates: blocked only if the whole interval lies below the gate.

    At or above the gate an examiner is `clear`. Below it, or where kappa cannot be estimated, she is to be
    watched: neither the estimate alone nor the lack of one proves anything against her.
    """
    if n < least:
        return ExaminerState.TOO_FEW
    if kappa is None:
        return ExaminerState.WATCH
    if kappa.value >= gate:
        return ExaminerState.CLEAR
    is_proven = kappa.ci is not None and kappa.ci[1] < gate
    return ExaminerState.BLOCKED if is_proven else ExaminerState.WATCH


def kappa_of(pairs: CoRatings, rule: Rule) -> Estimate | None:
    """Give weighted kappa with its clustered error; None when chance alone would bring full agreement."""
    one, other = (coded(values, rule.scale).astype(np.int64) for values in (pairs.own, pairs.other))
    k = len(rule.scale)
    cells = one * k + other
    parts = kappa_parts(np.bincount(cells, minlength=k * k).reshape(k, k).astype(np.float64), rule.cost)
    if parts.expected == 0:
        return None
    value = 1 - parts.observed / parts.expected
    se = clustered(parts.influence(value)[cells], pairs.owners)
    return with_t(value, se, n=pairs.n_candidates, ci_level=rule.ci_level, top=1.0)


def log_spread(pairs: CoRatings) -> tuple[float, float] | None:
    """Give the logarithm of the ratio of standard deviations, and its clustered error; None at a zero."""
    own, other = ((values - values.mean()) ** 2 for values in (pairs.own, pairs.other))
    if own.max() < 1e-18 or other.max() < 1e-18:
        return None
    influence = (own / own.mean() - other / other.mean()) / 2
    return log(own.mean() / other.mean()) / 2, clustered(influence, pairs.owners)


def spread_of(logged: tuple[float, float] | None, *, n: int, ci_level: float) -> Estimate | None:
    """Turn a logarithm of a ratio into the ratio, with an interval that is symmetric in logarithms."""
    if logged is None:
        return None
    value, se = exp(logged[0]), logged[1]
    ends = with_t(logged[0], se, n=n, ci_level=ci_level)
    if ends.ci is None:
        return Estimate(value)
    return Estimate(value, value * se, (exp(ends.ci[0]), exp(ends.ci[1])), ci_level, ends.ci_method)


def fell_apart(groups: tuple[tuple[str, ...], ...]) -> tuple[Finding, ...]:
    """Report groups of examiners that cannot be compared."""
    if len(groups) < 2:
        return ()
    message = "no shared work joins " + " | ".join(", ".join(group) for group in groups)
    return (Finding("disconnected_design", message, "1 component", "Linacre 1989"),)


def _origin(panel: Panel, rule: Rule, warnings: tuple[Finding, ...]) -> Provenance:
    """Say how the table can be computed again."""
    return Provenance(
        method="examiner_table",
        version=EXAMINERS_VERSION,
        n_persons=panel.n_candidates,
        n_items=panel.n_items,
        options={
            "categories": [repr(float(category)) for category in rule.scale],
            "disagreement": [[repr(float(cell)) for cell in row] for row in rule.cost],
            "gate": repr(rule.gate),
            "least": rule.least,
        },
        warnings=warnings,
    )


def _row(panel: Panel, place: int, fit: Fit | None, rule: Rule) -> ExaminerRow:
    """Describe one examiner."""
    pairs = co_ratings(panel, place)
    n = pairs.n_candidates
    if not n:
        return ExaminerRow(panel.examiners[place], 0, 0, *(None,) * 6, ExaminerState.TOO_FEW, ())
    kappa = kappa_of(pairs, rule)
    spread = spread_of(log_spread(pairs), n=n, ci_level=rule.ci_level)
    below = pairs.other - pairs.own
    return ExaminerRow(
        examiner=panel.examiners[place],
        n_double_marked=n,
        n_pairs=len(below),
        severity=None if fit is None else severity_of(fit, place, rule.ci_level),
        raw_severity=with_t(
            float(below.mean()), clustered(below - below.mean(), pairs.owners), n=n, ci_level=rule.ci_level
        ),
        kappa=kappa,
        exact=rate_of(pairs, 0, rule),
        adjacent=rate_of(pairs, 1, rule),
        spread=spread,
        state=examiner_state(n, kappa, gate=rule.gate, least=rule.least),
        findings=_findings(kappa, spread),
    )


def rate_of(pairs: CoRatings, steps: int, rule: Rule) -> Estimate:
    """Give the share of pairs at most `steps` categories apart."""
    one, other = (coded(values, rule.scale).astype(np.int64) for values in (pairs.own, pairs.other))
    hits = (np.abs(one - other) <= steps).astype(np.float64)
    share = float(hits.mean())
    se = clustered(hits - share, pairs.owners)
    effective = share * (1 - share) / se**2 if se > 1e-12 else float(pairs.n_candidates)
    return wilson(share, min(effective, float(len(hits))), rule.ci_level)


def _findings(kappa: Estimate | None, spread: Estimate | None) -> tuple[Finding, ...]:
    """Name what a reader of the row must know."""
    found = []
    if kappa is None:
        message = "all ratings of this examiner and of her co-markers are alike"
        found.append(Finding("kappa_not_estimable", message, "expected disagreement above 0", "Cohen 1968"))
    if spread is not None and spread.ci is not None and spread.ci[1] < 1:
        message = f"her ratings spread {spread.value:.2f} times as far as her co-markers'"
        found.append(Finding("range_restricted", message, "interval below 1", "Myford & Wolfe 2004"))
    return tuple(found)
