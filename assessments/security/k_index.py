"""Wrong answers that two candidates share, against what others of the copier's score share: the K indices."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import binom

from assessments.arrays import Floats, names
from assessments.estimates import Provenance
from assessments.multiplicity import holm
from assessments.security.evidence import (
    Booleans,
    Integers,
    chosen_options,
    compared_pairs,
    ensure_enough,
    ensure_level,
    grouped,
    keyed_options,
    screening,
)

VERSION = "k-index/1"
KEPT = 50
LOWEST, HIGHEST = 0.001, 0.999


class Variant(Enum):
    """How the share of matching wrong answers is estimated from those who score as the copier does.

    K: their mean; K1, K2: a line, or a parabola as far as they are enough, through the means of all
    number-wrong groups.
    """

    K = "k"
    K1 = "k1"
    K2 = "k2"


@dataclass(frozen=True, slots=True)
class KPair:
    """One suspected copier and source, with the chance of as many matching wrong answers or more."""

    copier: str
    source: str
    source_wrong: int
    matches: int
    share: float
    """Expected share of the source's wrong answers that match."""
    p: float
    p_adjusted: float
    """Adjusted by Holm over all pairs tested."""
    is_flagged: bool


@dataclass(frozen=True, slots=True)
class KIndex:
    """The flagged pairs, and besides them the least likely ones up to 50; never sole evidence."""

    pairs: tuple[KPair, ...]
    n_pairs: int
    n_flagged: int
    provenance: Provenance


def k_index(
    choices: ArrayLike,
    key: ArrayLike,
    *,
    n_options: ArrayLike,
    variant: Variant = Variant.K2,
    pairs: Sequence[tuple[str, str]] | None = None,
    persons: Sequence[str] | None = None,
    level: float = 0.001,
) -> KIndex:
    """Compare the wrong answers that a suspected copier shares with the source with a binomial chance.

    `choices` (n_persons, n_items), options counted from 0, NaN = no answer (neither wrong nor a match);
    `key` (n_items,); `pairs` of labels (copier, source), None = every ordered pair. Trials are the source's
    wrong answers; the share expected comes from everybody but the source, in groups of equal number wrong,
    unweighted in K1 and K2; where their curve leaves .001 to .999, the mean of the copier's own group stands
    in, so that extrapolation accuses nobody (our safeguard). A pair is flagged when its p value, adjusted by
    Holm over all pairs, is below `level`. No model is needed, but only wrong answers speak. Raises
    NotEstimable `too_few_persons` below 50; AssessmentError as `chosen_options`, `keyed_options` and
    `compared_pairs` do, `level_out_of_range`. Source: Holland 1996 (K); Sotaridona & Meijer 2002 (K1, K2).
    """
    ensure_level(level)
    chosen, offered = chosen_options(choices, n_options)
    right = keyed_options(key, offered)
    findings = ensure_enough(len(chosen))
    labels = names(persons, count=len(chosen), stem="person")
    rows = compared_pairs(pairs, labels)
    wrong = (chosen >= 0) & (chosen != right)
    rows = rows[wrong[rows[:, 1]].any(axis=1)]
    matches, share = _matches(chosen, wrong, rows, variant)
    trials = wrong.sum(axis=1)[rows[:, 1]]
    evidence, n_flagged = _evidence(rows, labels, trials, matches, share, level)
    options = {"variant": variant.value, "level": str(level), "adjustment": "holm"}
    return KIndex(
        pairs=evidence,
        n_pairs=len(rows),
        n_flagged=n_flagged,
        provenance=screening(VERSION, chosen >= 0, options, findings),
    )


def _matches(
    chosen: Integers,
    wrong: Booleans,
    rows: Integers,
    variant: Variant,
) -> tuple[Integers, Floats]:
    """Count, per pair (n_pairs,), matching wrong answers, and the share of them expected."""
    n_wrong = wrong.sum(axis=1)
    matches, share = np.empty(len(rows), dtype=np.intp), np.empty(len(rows))
    for source, pairs in grouped(rows[:, 1]):
        missed = wrong[source]
        shared = (chosen[:, missed] == chosen[source, missed]).sum(axis=1)
        others = np.arange(len(chosen)) != source
        expected = _expected(n_wrong, shared / missed.sum(), others, variant)
        copiers = rows[pairs, 0]
        matches[pairs] = shared[copiers]
        share[pairs] = expected[copiers]
    return matches, np.clip(share, LOWEST, HIGHEST)


def _expected(n_wrong: Integers, shares: Floats, others: Booleans, variant: Variant) -> Floats:
    """Estimate, for each person's number wrong (n_persons,), the mean share of matches with the source."""
    values, group = np.unique(n_wrong[others], return_inverse=True)
    means = np.bincount(group, weights=shares[others]) / np.bincount(group)
    # The source's own number wrong may be nobody else's; she is no copier of herself, so any value does.
    own_group: Floats = np.interp(n_wrong, values, means)
    if variant is Variant.K:
        return own_group
    degree = min(1 if variant is Variant.K1 else 2, len(values) - 1)
    centre = float(values.mean())
    curve = np.polyval(np.polyfit(values - centre, means, degree), n_wrong - centre)
    # A share held at a bound would make a few chance matches look impossible.
    share: Floats = np.where((curve > LOWEST) & (curve < HIGHEST), curve, own_group)
    return share


def _evidence(
    rows: Integers, labels: tuple[str, ...], trials: Integers, matches: Integers, share: Floats, level: float
) -> tuple[tuple[KPair, ...], int]:
    """Judge all pairs together and put the least likely into words."""
    p = binom.sf(matches - 1, trials, share)
    adjusted = np.array(holm(p))
    flagged = adjusted < level
    order = np.argsort(p, kind="stable")[: max(KEPT, int(flagged.sum()))]
    pairs = tuple(
        KPair(
            copier=labels[int(rows[pair, 0])],
            source=labels[int(rows[pair, 1])],
            source_wrong=int(trials[pair]),
            matches=int(matches[pair]),
            share=float(share[pair]),
            p=float(p[pair]),
            p_adjusted=float(adjusted[pair]),
            is_flagged=bool(flagged[pair]),
        )
        for pair in order
    )
    return pairs, int(flagged.sum())
