"""What every method of decision consistency comes to: chances of each level, mixed over true scores."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from assessments.arrays import Floats
from assessments.bootstrap import Resampled
from assessments.errors import AssessmentError
from assessments.estimates import Direction, Estimate, Provenance, Threshold
from assessments.results import Finding

LEAST_PERSONS = 50
CONSISTENT = Threshold(0.80, Direction.AT_LEAST, "Prometric, classical item analysis guidelines")
CONSISTENT_ONE_OFF = Threshold(0.85, Direction.AT_LEAST, "Subkoviak 1988")
KAPPA_ONE_OFF = Threshold(0.60, Direction.AT_LEAST, "Subkoviak 1988")
LARGEST_MISFIT = 0.05
TINY = 1e-9


@dataclass(frozen=True, slots=True)
class Mixture:
    """Points of true score with their weight (n_points,), and what happens at each of the cuts.

    `passing` (n_points, n_cuts): chance to reach the cut in one sitting; `reached` (n_points, n_cuts):
    whether the true score itself does, None where the method knows no true status.
    """

    weights: Floats
    passing: Floats
    reached: NDArray[np.bool_] | None = None


@dataclass(frozen=True, slots=True)
class Indices:
    """How reliably candidates are put into levels; every figure is a share of all candidates, 0 to 1.

    `agreement` is p0, the chance that two parallel sittings agree on a candidate; `chance` is what agreement
    would be if sittings had nothing in common, by the fitted share of each level; kappa = (p0 - chance) /
    (1 - chance), None where one level holds all. `accuracy` is the chance that a sitting agrees with the
    true score, `false_positive` that it puts a candidate above her true level, `false_negative` below;
    None where the method knows no true status.
    """

    agreement: Estimate
    chance: Estimate
    kappa: Estimate | None
    accuracy: Estimate | None
    false_positive: Estimate | None
    false_negative: Estimate | None


@dataclass(frozen=True, slots=True)
class CutConsistency:
    """The indices of one cut alone, with the share that reached it and the share that the model expects."""

    cut: float
    pass_rate: float
    expected_pass_rate: float
    indices: Indices


@dataclass(frozen=True, slots=True)
class BetaTrueScores:
    """A beta distribution of true proportion scores between `lower` and `upper`."""

    alpha: float
    beta: float
    lower: float = 0.0
    upper: float = 1.0


@dataclass(frozen=True, slots=True)
class DecisionConsistency:
    """Indices over all levels at once (`overall`) and at each cut; `trials` is the length of the binomial.

    `true_scores` and `trials` are None for methods without them.
    """

    overall: Indices
    cuts: tuple[CutConsistency, ...]
    reliability: float
    true_scores: BetaTrueScores | None
    trials: int | None
    provenance: Provenance


def figures(mixture: Mixture) -> Floats:
    """Compute the six figures of `Indices`, over all levels first, then cut by cut; NaN = not defined."""
    n_cuts = mixture.passing.shape[1]
    groups = [np.arange(n_cuts), *(np.array([cut]) for cut in range(n_cuts))]
    return np.concatenate([_six(mixture, cuts) for cuts in groups])


def indices(found: Resampled, group: int) -> Indices:
    """Return the indices of one group of figures: 0 over all levels, then the cuts from 1."""
    agreement, chance, kappa, accuracy, above, below = found.estimates[6 * group : 6 * group + 6]
    assert agreement is not None
    assert chance is not None  # both are sums of products of probabilities
    return Indices(agreement, chance, kappa, accuracy, above, below)


def cut_rows(
    cuts: Sequence[float], scores: Floats, mixture: Mixture, found: Resampled
) -> tuple[CutConsistency, ...]:
    """Describe each cut, with the share of the persons who reached it."""
    expected = mixture.weights @ mixture.passing
    return tuple(
        CutConsistency(
            cut=float(cut),
            pass_rate=float((scores >= cut - TINY).mean()),
            expected_pass_rate=float(expected[number]),
            indices=indices(found, number + 1),
        )
        for number, cut in enumerate(cuts)
    )


def misfit_findings(rows: Sequence[CutConsistency]) -> tuple[Finding, ...]:
    """Caution where the model expects clearly more or fewer to pass than did."""
    return tuple(
        Finding(
            "pass_rate_misfit",
            f"at the cut {row.cut:g} the model expects {row.expected_pass_rate:.3f} to pass, "
            f"{row.pass_rate:.3f} did",
            str(LARGEST_MISFIT),
            "house rule",
        )
        for row in rows
        if abs(row.pass_rate - row.expected_pass_rate) > LARGEST_MISFIT
    )


def ensure_cuts(cuts: Sequence[float], *, lowest: float, highest: float) -> None:
    """Refuse cuts that are none, out of order, or that nobody or everybody must reach.

    Raises AssessmentError `no_cuts`, `cuts_not_increasing`, and `cut_out_of_range` unless lowest < cut <=
    highest.
    """
    if not len(cuts):
        raise AssessmentError("no_cuts")
    for cut in cuts:
        if not lowest < cut <= highest:
            raise AssessmentError("cut_out_of_range", cut=float(cut), lowest=lowest, highest=highest)
    if any(low >= high for low, high in pairwise(cuts)):
        raise AssessmentError("cuts_not_increasing", cuts=tuple(float(cut) for cut in cuts))


def _six(mixture: Mixture, cuts: NDArray[np.intp]) -> Floats:
    """Compute the figures for the levels that some of the cuts make."""
    levels = _levels(mixture.passing[:, cuts])
    joint = levels.T @ (mixture.weights[:, np.newaxis] * levels)
    marginal = joint.sum(axis=0)
    agreement, chance = np.trace(joint), (marginal**2).sum()
    kappa = (agreement - chance) / (1 - chance) if 1 - chance > TINY else np.nan
    if mixture.reached is None:
        return np.array([agreement, chance, kappa, np.nan, np.nan, np.nan])
    true_level = mixture.reached[:, cuts].sum(axis=1)
    distance = np.arange(levels.shape[1]) - true_level[:, np.newaxis]
    shares = mixture.weights[:, np.newaxis] * levels
    right, above, below = (shares[side].sum() for side in (distance == 0, distance > 0, distance < 0))
    return np.array([agreement, chance, kappa, right, above, below])


def _levels(passing: Floats) -> Floats:
    """Turn chances to reach each cut into chances of each level, lowest first: (n_points, n_cuts + 1)."""
    ones, zeros = np.ones((len(passing), 1)), np.zeros((len(passing), 1))
    return -np.diff(np.hstack([ones, passing, zeros]), axis=1)
