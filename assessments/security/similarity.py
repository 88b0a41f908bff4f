"""Answers that two candidates share, against what their abilities make likely: omega and GBT."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import norm

from assessments.arrays import Floats, names
from assessments.errors import AssessmentError
from assessments.estimates import Provenance
from assessments.multiplicity import holm
from assessments.results import Finding, Json
from assessments.security.evidence import (
    Integers,
    chosen_options,
    compared_pairs,
    ensure_level,
    grouped,
    screening,
)

VERSION = "answer-similarity/1"
SHORTEST = 40
KEPT = 50


@dataclass(frozen=True, slots=True)
class SimilarPair:
    """One suspected copier and source; p values: as many matches or more, given the source's answers."""

    copier: str
    source: str
    n_items: int
    """Items that both answered; the others do not count."""
    matches: int
    expected: float
    omega: float
    omega_p: float
    omega_p_adjusted: float
    gbt_p: float
    gbt_p_adjusted: float
    """Both adjusted by Holm over all pairs tested."""
    is_flagged: bool


@dataclass(frozen=True, slots=True)
class Similarity:
    """The flagged pairs, and besides them the least likely ones up to 50; never sole evidence."""

    pairs: tuple[SimilarPair, ...]
    n_pairs: int
    n_flagged: int
    provenance: Provenance


def answer_similarity(
    choices: ArrayLike,
    probabilities: ArrayLike,
    *,
    pairs: Sequence[tuple[str, str]] | None = None,
    persons: Sequence[str] | None = None,
    level: float = 0.001,
) -> Similarity:
    """Compare the answers that each suspected copier shares with the source with what ability makes likely.

    `choices` (n_persons, n_items), options counted from 0, NaN = no answer; `probabilities` (n_persons,
    n_items, n_options), what each person would choose, from `option_probabilities`; `pairs` of labels
    (copier, source), None = every ordered pair, at a cost in power. Omega is standard normal; GBT sums the
    exact distribution. A pair is flagged when both p values, adjusted by Holm over all pairs, are below
    `level`. The copier's ability is estimated from the answers under suspicion, which hides copying rather
    than inventing it. Raises AssessmentError `not_probabilities`, `impossible_choice`, `level_out_of_range`,
    and as `chosen_options` and `compared_pairs` do. Warns below 40 items. Source: Wollack 1997 (omega); van
    der Linden & Sotaridona 2006 (GBT, given the source).
    """
    ensure_level(level)
    chances = _chances(probabilities)
    chosen = _possible(choices, chances)
    labels = names(persons, count=len(chosen), stem="person")
    rows = compared_pairs(pairs, labels)
    counts = _count(chosen, chances, rows)
    # Without an item in common, or with certain matches only, there is nothing to test.
    testable = counts[3] > 0
    rows = rows[testable]
    evidence, n_flagged = _evidence(counts[:, testable], rows, labels, level)
    options: dict[str, Json] = {
        "level": str(level),
        "adjustment": "holm",
        "untestable_pairs": int((~testable).sum()),
    }
    return Similarity(
        pairs=evidence,
        n_pairs=len(rows),
        n_flagged=n_flagged,
        provenance=screening(VERSION, chosen >= 0, options, _short(chosen.shape[1])),
    )


def at_least(probabilities: Floats, observed: Integers) -> Floats:
    """Compute the chance (n_rows,) of at least `observed` (n_rows,) successes among unequal trials.

    `probabilities` (n_rows, n_trials). The recursion of the generalised binomial distribution, exact.
    Source: Lord & Wingersky 1984; van der Linden & Sotaridona 2006.
    """
    n_rows, n_trials = probabilities.shape
    chance = np.zeros((n_rows, n_trials + 1))
    chance[:, 0] = 1
    for trial in range(n_trials):
        success = probabilities[:, trial : trial + 1]
        moved = chance[:, :-1] * success
        chance *= 1 - success
        chance[:, 1:] += moved
    tail = np.flip(np.cumsum(np.flip(chance, axis=1), axis=1), axis=1)
    reached: Floats = np.minimum(tail[np.arange(n_rows), observed], 1.0)
    return reached


def _chances(probabilities: ArrayLike) -> Floats:
    """Refuse option probabilities that are no distributions."""
    try:
        chances = np.asarray(probabilities, dtype=np.float64)
    except (TypeError, ValueError) as wrong:
        raise AssessmentError("not_probabilities", reason=str(wrong)) from wrong
    if chances.ndim != 3 or chances.size == 0 or not np.isfinite(chances).all():
        raise AssessmentError("not_probabilities", shape=chances.shape)
    if chances.min() < 0 or np.abs(chances.sum(axis=2) - 1).max() > 1e-6:
        raise AssessmentError("not_probabilities", lowest=float(chances.min()))
    return np.minimum(chances, 1.0)


def _possible(choices: ArrayLike, chances: Floats) -> Integers:
    """Refuse a model under which somebody could not have chosen what she chose: any match would convict."""
    chosen, _ = chosen_options(choices, chances.shape[2])
    if chosen.shape != chances.shape[:2]:
        raise AssessmentError("not_probabilities", expected=chosen.shape, found=chances.shape)
    own = np.take_along_axis(chances, np.maximum(chosen, 0)[:, :, np.newaxis], axis=2)[:, :, 0]
    wrong = np.argwhere((own == 0) & (chosen >= 0))
    if len(wrong):
        raise AssessmentError("impossible_choice", row=int(wrong[0][0]), column=int(wrong[0][1]))
    return chosen


def _count(chosen: Integers, chances: Floats, rows: Integers) -> Floats:
    """Return (5, n_pairs): items in common, matches, their mean, standard deviation and GBT's p value.

    One suspected copier at a time, which bounds memory.
    """
    counts = np.empty((5, len(rows)))
    for copier, pairs in grouped(rows[:, 0]):
        sources = chosen[rows[pairs, 1]]
        common = (sources >= 0) & (chosen[copier] >= 0)
        match = np.take_along_axis(chances[copier].T, np.maximum(sources, 0), axis=0) * common
        matches = (common & (sources == chosen[copier])).sum(axis=1)
        spread = np.sqrt((match * (1 - match)).sum(axis=1))
        counts[:, pairs] = (
            common.sum(axis=1),
            matches,
            match.sum(axis=1),
            spread,
            at_least(match, matches),
        )
    return counts


def _evidence(
    counts: Floats, rows: Integers, labels: tuple[str, ...], level: float
) -> tuple[tuple[SimilarPair, ...], int]:
    """Judge all pairs together and put the least likely into words."""
    n_items, matches, expected, spread, tail = counts
    omega = (matches - expected) / spread
    p = norm.sf(omega)
    adjusted, tail_adjusted = np.array(holm(p)), np.array(holm(tail))
    flagged = (adjusted < level) & (tail_adjusted < level)
    order = np.lexsort((p, tail, ~flagged))[: max(KEPT, int(flagged.sum()))]
    pairs = tuple(
        SimilarPair(
            copier=labels[int(rows[pair, 0])],
            source=labels[int(rows[pair, 1])],
            n_items=int(n_items[pair]),
            matches=int(matches[pair]),
            expected=float(expected[pair]),
            omega=float(omega[pair]),
            omega_p=float(p[pair]),
            omega_p_adjusted=float(adjusted[pair]),
            gbt_p=float(tail[pair]),
            gbt_p_adjusted=float(tail_adjusted[pair]),
            is_flagged=bool(flagged[pair]),
        )
        for pair in order
    )
    return pairs, int(flagged.sum())


def _short(n_items: int) -> tuple[Finding, ...]:
    """Warn about a form shorter than those on which omega was studied."""
    if n_items >= SHORTEST:
        return ()
    message = f"{n_items} items: the normal approximation of omega is rough"
    return (Finding("few_items", message, f"{SHORTEST} items", "Wollack 1997 studied 40 and 80 items"),)
