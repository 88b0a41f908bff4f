"""Beuk's compromise: between the cut and the pass rate that judges expect, nearer to what they agree on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import sqrt

from numpy.typing import ArrayLike

from assessments.errors import NotEstimable
from assessments.estimates import Provenance
from assessments.results import rounded
from assessments.standard_setting.cohort import (
    ensure_persons,
    exact_scores,
    few_persons,
    mean_and_variance,
)
from assessments.standard_setting.cuts import CutScore, Rounding, Scale, cut_score
from assessments.standard_setting.failing import FailingCurve, failing_curve
from assessments.standard_setting.panel import ensure_number, ensure_panel, small_panel
from assessments.standard_setting.uncertainty import broken_jackknife, jackknife_error, jackknife_estimate

BEUK_VERSION = "beuk/1"


@dataclass(frozen=True, slots=True)
class Expectation:
    """What one judge would ask, and how many that judge expects to pass: raw points, and a share 0 to 1."""

    cut: Decimal
    pass_rate: Decimal


@dataclass(frozen=True, slots=True)
class BeukStudy:
    """The cut beside the judges' mean expectations, and the share that the whole cut would pass."""

    cut_score: CutScore
    mean_cut: Decimal
    mean_pass_rate: Decimal
    pass_rate: Decimal


def beuk(
    expectations: Mapping[str, Expectation],
    scores: ArrayLike,
    *,
    scale: Scale,
    rounding: Rounding,
    level: float = 0.95,
) -> BeukStudy:
    """Compute the cut at which a line through the judges' mean expectations meets the cohort's pass rates.

    `expectations`: judge → cut and pass rate (n_judges,); `scores`: (n_persons,) raw points on the scale.
    The line has the slope sd(pass rates) / sd(cuts), so that the side on which the judges agree gives way
    less; the pass rates of whole scores are joined by straight lines. The standard error is over judges
    (jackknife) with the cohort as it is. Raises NotEstimable `no_spread` when the judges agree on both,
    `no_crossing` when even the highest score would pass too many, `too_few_judges` under 5,
    `too_few_persons` under 10; AssessmentError `limit_not_decimal`, `limit_out_of_scale`,
    `score_out_of_scale`, `missing_cell`, `level_out_of_range`. Warns under 8 judges and 50 candidates.
    Source: Beuk 1984; Cizek & Bunch 2007.
    """
    for judge, stated in expectations.items():
        ensure_number(judge, stated.cut, scale.lowest, scale.highest)
        ensure_number(judge, stated.pass_rate, 0, 1)
    ensure_panel(len(expectations))
    exact = exact_scores(scores, scale)
    ensure_persons(len(exact))
    curve, judges = failing_curve(exact, scale), list(expectations.values())
    met = _crossing(judges, curve)
    se = jackknife_error(judges, lambda some: _crossing(some, curve))
    warnings = (*small_panel(len(judges)), *few_persons(len(exact)), *broken_jackknife(se))
    found = cut_score(
        float(met),
        jackknife_estimate(met, se, judges=len(judges), level=level),
        scale=scale,
        rounding=rounding,
        n_judges=len(judges),
        provenance=Provenance("beuk", BEUK_VERSION, len(exact), 0, warnings=warnings),
    )
    cuts, rates = [judge.cut for judge in judges], [judge.pass_rate for judge in judges]
    return BeukStudy(found, _mean(cuts), _mean(rates), rounded(1 - curve.at(Fraction(found.cut))))


def _mean(stated: Sequence[Decimal]) -> Decimal:
    """Average what the judges stated, for reading."""
    return rounded(sum(map(Fraction, stated), Fraction(0)) / len(stated))


def _crossing(judges: Sequence[Expectation], curve: FailingCurve) -> Fraction:
    """Return where Beuk's line, drawn in failing rates and so falling, meets the failing curve."""
    cut, cut_variance = mean_and_variance([Fraction(judge.cut) for judge in judges])
    rate, rate_variance = mean_and_variance([Fraction(judge.pass_rate) for judge in judges])
    if cut_variance == 0:
        if rate_variance == 0:
            raise NotEstimable("no_spread", cut=float(cut), pass_rate=float(rate))
        return cut
    slope = Fraction(sqrt(rate_variance / cut_variance))
    ends = [Fraction(curve.scale.lowest), Fraction(curve.scale.highest)]
    start, end = [(at, 1 - rate - slope * (at - cut)) for at in ends]
    met = curve.meets(start, end)
    if met is None:
        raise NotEstimable("no_crossing", cut=float(cut), pass_rate=float(rate))
    return met
