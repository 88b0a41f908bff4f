"""Whether each judge's ratings follow what candidates found hard: judged one by one, not as a panel."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import atanh, sqrt, tanh

import numpy as np
from scipy import special

from assessments.arrays import Floats
from assessments.errors import NotEstimable
from assessments.estimates import Estimate, Provenance
from assessments.results import Finding
from assessments.standard_setting.panel import Ratings, ensure_complete, ensure_observed, items_of
from assessments.standard_setting.uncertainty import ensure_level

CONSISTENCY_VERSION = "judge-consistency/1"
LEAST_ITEMS = 4
"""Fisher's interval divides by the root of n_items - 3."""


@dataclass(frozen=True, slots=True)
class JudgeConsistency:
    """How one judge's ratings run with the observed shares of right answers."""

    judge: str
    correlation: Estimate | None
    """Pearson's r over items; None when the judge rated all items alike."""
    mean_difference: float
    """Mean rating less mean observed share: what the judge asks beyond the cohort, as a probability."""
    inconsistency: float
    """Mean absolute deviation from the observed shares once that mean difference is taken out."""


@dataclass(frozen=True, slots=True)
class PanelConsistency:
    """The consistency of every judge of a panel, in the order of the panel."""

    judges: tuple[JudgeConsistency, ...]
    provenance: Provenance


def judge_consistency(
    table: Ratings, observed: Mapping[str, Decimal], *, level: float = 0.95
) -> PanelConsistency:
    """Compare each judge's ratings (n_judges, n_items) with the observed shares of right answers.

    `observed`: item → share right, better of candidates near the cut than of the whole cohort, because the
    ratings speak of the minimally competent. The intrajudge inconsistency is a mean absolute deviation in
    the spirit of van der Linden 1982, with observed shares in place of those of a response model, and with
    the judge's general severity taken out. Intervals of r by Fisher's z. Raises NotEstimable
    `too_few_items` under 4 and `constant_observed`; AssessmentError as `round_feedback` does, and
    `level_out_of_range`. Warns of judges who rated all items alike, or against the order of difficulty.
    """
    ensure_level(level)
    ensure_complete(table, table)
    items = items_of(table)
    ensure_observed(observed, items)
    if len(items) < LEAST_ITEMS:
        raise NotEstimable("too_few_items", items=len(items), least=LEAST_ITEMS)
    if len({observed[item] for item in items}) == 1:
        raise NotEstimable("constant_observed", share=str(observed[items[0]]))
    shares = np.array([float(observed[item]) for item in items])
    judges = tuple(
        _judge(judge, np.array([float(row[item]) for item in items]), shares, level)
        for judge, row in table.items()
    )
    warnings = tuple(finding for judge in judges for finding in _findings(judge))
    return PanelConsistency(
        judges, Provenance("judge_consistency", CONSISTENCY_VERSION, 0, len(items), warnings=warnings)
    )


def _judge(judge: str, ratings: Floats, shares: Floats, level: float) -> JudgeConsistency:
    """Describe one judge."""
    apart = ratings - shares
    return JudgeConsistency(
        judge=judge,
        correlation=None if np.all(ratings == ratings[0]) else _correlation(ratings, shares, level),
        mean_difference=float(apart.mean()),
        inconsistency=float(np.abs(apart - apart.mean()).mean()),
    )


def _correlation(first: Floats, second: Floats, level: float) -> Estimate:
    """Correlate two lists that both vary; a perfect correlation has no interval by Fisher's z."""
    one, other = first - first.mean(), second - second.mean()
    r = float(one @ other / sqrt(float(one @ one) * float(other @ other)))
    if abs(r) > 1 - 1e-12:
        return Estimate(max(-1.0, min(1.0, r)))
    reach = float(special.ndtri((1 + level) / 2)) / sqrt(len(first) - 3)
    return Estimate(r, None, (tanh(atanh(r) - reach), tanh(atanh(r) + reach)), level, "Fisher z")


def _findings(judge: JudgeConsistency) -> tuple[Finding, ...]:
    """Name what disqualifies nobody but is worth a talk with the judge."""
    if judge.correlation is None:
        message = f"{judge.judge} rated every item alike"
        return (Finding("constant_ratings", message, "more than one rating", "house rule"),)
    if judge.correlation.value <= 0:
        message = f"{judge.judge} expects more where candidates found it harder, or no less"
        return (Finding("against_difficulty", message, "correlation above 0", "house rule"),)
    return ()
