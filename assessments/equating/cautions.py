"""What stands in the way of an equating, and what a reader of one has to be told."""

from collections.abc import Iterator

import numpy as np

from assessments.arrays import Floats
from assessments.equating.designs import Design, RawScale
from assessments.equating.methods import (
    FROM_DISTRIBUTIONS,
    SMALL,
    WITH_ANCHOR,
    WITHOUT_ANCHOR,
    Method,
    gate,
    samples,
)
from assessments.equating.moments import moments
from assessments.equating.standard_errors import Equivalents
from assessments.errors import AssessmentError, NotEstimable
from assessments.results import Finding

TINY = 25
SHORT_ANCHOR = 0.2
GROUP_GAP = 0.3
SPREAD_RATIOS = (0.8, 1.2)
KOLEN_BRENNAN = "Kolen & Brennan 2014, chapter 8"


def ensure_equatable(design: Design, method: Method, *, smoothed: bool, least: int | None) -> None:
    """Refuse what a method cannot or, by its gate, should not be asked for.

    Raises AssessmentError `method_not_for_design`, `smoothing_not_used` and `scales_differ` (the identity
    between unlike scales); NotEstimable `too_few_persons`, `no_spread` and `anchor_unrelated`.
    """
    unfit = WITHOUT_ANCHOR if design.kind.has_anchor else WITH_ANCHOR
    if method in unfit:
        raise AssessmentError("method_not_for_design", method=method.value, design=design.kind.value)
    if smoothed and method not in FROM_DISTRIBUTIONS:
        raise AssessmentError("smoothing_not_used", method=method.value)
    _ensure_persons(design, method, least)
    if method is Method.IDENTITY:
        if design.new != design.old:
            raise AssessmentError("scales_differ", new=design.new.width, old=design.old.width)
        return
    if any(np.count_nonzero(margin) < 2 for margin in design.margins()):
        raise NotEstimable("no_spread")
    if design.kind.has_anchor and any(_covariance(design)[group] <= 0 for group in range(2)):
        raise NotEstimable("anchor_unrelated", covariances=_covariance(design))


def cautions(design: Design, method: Method, *, smoothed: bool, least: int | None) -> tuple[Finding, ...]:
    """List what is known before equating: small groups, an assumed identity, weak anchors, empty scores."""
    found = list(_of_size(design, method, least))
    if method is Method.IDENTITY:
        message = "the forms are taken to be equally difficult; nothing in the scores was used to find out"
        found.append(Finding("difficulty_assumed_equal", message, "none", "Kolen & Brennan 2014, chapter 8"))
        return tuple(found)
    found += _of_anchor(design)
    empty = sum(int((margin == 0).sum()) for margin in design.margins())
    if method in FROM_DISTRIBUTIONS and not smoothed and empty:
        message = f"{empty} scores were reached by nobody; without presmoothing their equivalents are guesses"
        found.append(Finding("empty_scores", message, "0", "Kolen & Brennan 2014, chapter 2"))
    return tuple(found)


def caution_of_range(values: Floats, old: RawScale) -> tuple[Finding, ...]:
    """Tell when a line leaves the old scale by more than rounding takes back."""
    outside = int(((values < old.low - 0.5) | (values > old.high + 0.5)).sum())
    if not outside:
        return ()
    message = f"{outside} equivalents lie outside the old scale; rounded ones stop at its ends"
    return (Finding("beyond_scale", message, f"{old.low} to {old.high}", "Kolen & Brennan 2014, chapter 2"),)


def cautions_of_errors(method: Method, found: Equivalents) -> tuple[Finding, ...]:
    """Tell when equivalents come without a standard error, and when resamples failed."""
    if found.failed:
        message = f"{found.failed} of {found.replications} resamples could not be equated and were left out"
        return (Finding("resamples_failed", message, "0", "house rule"),)
    if found.estimates[0].se is None and method is not Method.IDENTITY:
        message = "this method has standard errors by the bootstrap only, and none was asked for"
        return (Finding("no_standard_errors", message, "none", "Kolen & Brennan 2014, chapter 7"),)
    return ()


def _ensure_persons(design: Design, method: Method, least: int | None) -> None:
    """Refuse groups below the gate, the method's own or the one that the body has set."""
    needed = gate(method).least if least is None else max(least, gate(Method.MEAN).least)
    if method is not Method.IDENTITY and min(design.sizes) < needed:
        raise NotEstimable(
            "too_few_persons", persons=min(design.sizes), least=needed, source=gate(method).source
        )


def _covariance(design: Design) -> tuple[float, ...]:
    """Return the covariance of form and anchor in each group."""
    return tuple(float(moments(sample)[4]) for sample in samples(design))


def _of_size(design: Design, method: Method, least: int | None) -> Iterator[Finding]:
    """Tell of groups smaller than a method is trusted with, and of tiny ones."""
    persons, default = min(design.sizes), gate(method)
    if persons < default.least and least is not None:
        message = f"{persons} persons in the smaller group; by default this method takes {default.least}"
        yield Finding("below_gate", message, str(default.least), default.source)
    if persons < TINY and default is SMALL:
        message = f"{persons} persons in the smaller group; the identity may be no worse"
        yield Finding("tiny_group", message, str(TINY), "Skaggs 2005")


def _of_anchor(design: Design) -> Iterator[Finding]:
    """Tell of an anchor that is short, and of groups that differ so much that the methods will."""
    if design.anchor is None:
        return
    share = design.anchor.width / max(design.new.width, design.old.width)
    if share < SHORT_ANCHOR:
        message = f"the anchor has {share:.0%} of the points of the longer form"
        yield Finding("short_anchor", message, f"{SHORT_ANCHOR:.0%}", "Angoff 1971; " + KOLEN_BRENNAN)
    (_, first, _, first_variance, _), (_, second, _, second_variance, _) = (
        moments(sample) for sample in samples(design)
    )
    pooled = np.average([first_variance, second_variance], weights=design.sizes)
    gap = abs(first - second) / np.sqrt(pooled)
    if gap > GROUP_GAP:
        message = f"the groups differ by {gap:.2f} standard deviations on the anchor; methods will disagree"
        yield Finding("groups_differ", message, str(GROUP_GAP), KOLEN_BRENNAN)
    ratio = np.sqrt(first_variance / second_variance)
    if not SPREAD_RATIOS[0] <= ratio <= SPREAD_RATIOS[1]:
        message = f"the groups' standard deviations on the anchor have the ratio {ratio:.2f}"
        yield Finding("spreads_differ", message, "0.8 to 1.2", KOLEN_BRENNAN)
