"""How severe examiners are: the additive model candidate minus examiner, by least squares."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csgraph

from assessments.agreement.outcome import ensure_level
from assessments.arrays import Floats
from assessments.errors import NotEstimable
from assessments.estimates import Estimate, Provenance
from assessments.examiners.ratings import Panel, Rating, panel_of, with_t

SEVERITY_VERSION = "examiner-severity/1"


@dataclass(frozen=True, slots=True)
class Severity:
    """One examiner's severity, in points of the scale: how far her ratings lie *below* the panel's."""

    examiner: str
    n_double_marked: int
    estimate: Estimate


@dataclass(frozen=True, slots=True)
class SeverityResult:
    """All examiners who shared work; their severities add up to zero."""

    rows: tuple[Severity, ...]
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Fit:
    """Severities (n_examiners,) with their covariance; `shared` (n_examiners,) counts candidates."""

    severity: Floats
    covariance: Floats
    shared: tuple[int, ...]


def severities(ratings: Sequence[Rating], *, ci_level: float = 0.95) -> SeverityResult:
    """Estimate each examiner's severity against all others, fair to who got the weaker candidates.

    A rating = quality of the work - severity of the examiner + error, least squares, severities adding up to
    zero; positive is severe. Only shared work counts. Standard errors allow ratings of one candidate to hang
    together. Raises AssessmentError `not_finite`, `rating_repeated`, `ci_level`; NotEstimable `no_ratings`,
    `no_double_marking`, and `disconnected_design`, naming the `components`: groups of examiners that no
    shared work joins cannot be compared. Source: de Gruijter 1984; Braun 1988. Covariance: Liang & Zeger
    1986.
    """
    ensure_level(ci_level)
    panel = panel_of(ratings)
    apart = components(panel)
    if len(apart) > 1:
        raise NotEstimable("disconnected_design", components=apart)
    fit = fitted(panel)
    origin = Provenance("examiner_severity", SEVERITY_VERSION, panel.n_candidates, panel.n_items)
    return SeverityResult(
        tuple(
            Severity(name, fit.shared[place], severity_of(fit, place, ci_level))
            for place, name in enumerate(panel.examiners)
            if fit.shared[place]
        ),
        origin,
    )


def components(panel: Panel) -> tuple[tuple[str, ...], ...]:
    """List the groups of examiners that shared work joins; those who shared none belong to no group."""
    marked = (~np.isnan(panel.values)).astype(np.int64)
    links = marked.T @ marked
    _, label = csgraph.connected_components(links > 0, directed=False)
    active = np.flatnonzero(np.diag(links))
    groups: dict[int, list[str]] = {}
    for place in active:
        groups.setdefault(int(label[place]), []).append(panel.examiners[place])
    return tuple(tuple(group) for group in groups.values())


def fitted(panel: Panel) -> Fit:
    """Fit the additive model to a connected panel: works swept out, the examiners' normal equations solved.

    The pseudo-inverse makes the severities add up to zero, and gives zero to who shared no work.
    """
    marked = ~np.isnan(panel.values)
    sizes = marked.sum(axis=1)
    ratings = np.where(marked, panel.values, 0.0)
    centred = np.where(marked, ratings - (ratings.sum(axis=1) / sizes)[:, None], 0.0)
    shared = marked.T @ (marked / sizes[:, None])
    inverse = np.linalg.pinv(np.diag(marked.sum(axis=0)) - shared, hermitian=True)
    severity = -inverse @ centred.sum(axis=0)
    lifted = np.where(marked, severity, 0.0)
    errors = centred + np.where(marked, lifted - (lifted.sum(axis=1) / sizes)[:, None], 0.0)
    owners = np.unique(panel.owners, return_inverse=True)[1]
    n = int(owners.max()) + 1
    scores, met = np.zeros((n, marked.shape[1])), np.zeros((n, marked.shape[1]), dtype=bool)
    np.add.at(scores, owners, errors)
    np.logical_or.at(met, owners, marked)
    middle = scores.T @ scores * (n / max(n - 1, 1))
    return Fit(severity, inverse @ middle @ inverse, tuple(int(count) for count in met.sum(axis=0)))


def severity_of(fit: Fit, examiner: int, ci_level: float) -> Estimate:
    """Give one examiner's severity; without an interval below two shared candidates."""
    n = fit.shared[examiner]
    se = float(np.sqrt(max(fit.covariance[examiner, examiner], 0.0))) if n > 1 else 0.0
    return with_t(float(fit.severity[examiner]), se, n=n, ci_level=ci_level)
