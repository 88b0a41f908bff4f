"""Hofstee's compromise: judges' limits of cut and failing rate span a box; the cohort says where in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from numpy.typing import ArrayLike

from assessments.errors import AssessmentError, NotEstimable
from assessments.estimates import Provenance
from assessments.results import rounded
from assessments.standard_setting.cohort import ensure_persons, exact_scores, few_persons
from assessments.standard_setting.cuts import CutScore, Rounding, Scale, cut_score
from assessments.standard_setting.failing import FailingCurve, failing_curve
from assessments.standard_setting.panel import ensure_number, ensure_panel, small_panel
from assessments.standard_setting.uncertainty import broken_jackknife, jackknife_error, jackknife_estimate

HOFSTEE_VERSION = "hofstee/1"


@dataclass(frozen=True, slots=True)
class Limits:
    """One judge's limits, or their means: cuts in raw points, failing rates as shares 0 to 1."""

    lowest_cut: Decimal
    """Acceptable even if everybody passed it."""
    highest_cut: Decimal
    """Acceptable even if everybody failed it."""
    lowest_fail: Decimal
    highest_fail: Decimal


@dataclass(frozen=True, slots=True)
class HofsteeStudy:
    """The cut with the box of mean limits and the share of the cohort that the whole cut would fail."""

    cut_score: CutScore
    box: Limits
    """The judges' mean limits, rounded for reading."""
    fail_rate: Decimal


Box = tuple[Fraction, Fraction, Fraction, Fraction]
"""Mean lowest and highest cut, mean lowest and highest failing rate, exact."""


def hofstee(
    limits: Mapping[str, Limits],
    scores: ArrayLike,
    *,
    scale: Scale,
    rounding: Rounding,
    level: float = 0.95,
) -> HofsteeStudy:
    """Compute the cut at which the diagonal of the judges' box meets the cohort's failing curve.

    `limits`: judge → limits (n_judges,); `scores`: (n_persons,) raw points on the scale. The diagonal runs
    from (lowest cut, highest failing rate) to (highest cut, lowest failing rate), all means over judges;
    the curve joins the shares below each whole score by straight lines. Exact; where they meet along a
    stretch, its lower end. The standard error is over judges (jackknife) with the cohort as it is. Raises
    NotEstimable `no_crossing` with the failing rates at both ends of the box when the curve passes it by,
    `too_few_judges` under 5, `too_few_persons` under 10; AssessmentError `limit_not_decimal`,
    `limit_out_of_scale`, `limits_crossed`, `score_out_of_scale`, `missing_cell`, `level_out_of_range`.
    Warns under 8 judges and under 50 candidates. Source: Hofstee 1983; Cizek & Bunch 2007.
    """
    for judge, stated in limits.items():
        _ensure_limits(judge, stated, scale)
    ensure_panel(len(limits))
    exact = exact_scores(scores, scale)
    ensure_persons(len(exact))
    curve, judges = failing_curve(exact, scale), list(limits.values())
    box = _box(judges)
    cut_raw = _crossing(box, curve)
    se = jackknife_error(judges, lambda some: _crossing(_box(some), curve))
    warnings = (*small_panel(len(judges)), *few_persons(len(exact)), *broken_jackknife(se))
    found = cut_score(
        cut_raw,
        jackknife_estimate(cut_raw, se, judges=len(judges), level=level),
        scale=scale,
        rounding=rounding,
        n_judges=len(judges),
        provenance=Provenance("hofstee", HOFSTEE_VERSION, len(exact), 0, warnings=warnings),
    )
    return HofsteeStudy(found, Limits(*map(rounded, box)), rounded(curve.at(Fraction(found.cut))))


def _ensure_limits(judge: str, limits: Limits, scale: Scale) -> None:
    """Refuse limits that are off the scale, or of which the lower exceeds the higher."""
    cuts, rates = (limits.lowest_cut, limits.highest_cut), (limits.lowest_fail, limits.highest_fail)
    for cut in cuts:
        ensure_number(judge, cut, scale.lowest, scale.highest)
    for rate in rates:
        ensure_number(judge, rate, 0, 1)
    for low, high in (cuts, rates):
        if low > high:
            raise AssessmentError("limits_crossed", judge=judge, lowest=str(low), highest=str(high))


def _box(judges: Sequence[Limits]) -> Box:
    """Average the judges' limits."""
    n = len(judges)
    return (
        sum((Fraction(judge.lowest_cut) for judge in judges), Fraction(0)) / n,
        sum((Fraction(judge.highest_cut) for judge in judges), Fraction(0)) / n,
        sum((Fraction(judge.lowest_fail) for judge in judges), Fraction(0)) / n,
        sum((Fraction(judge.highest_fail) for judge in judges), Fraction(0)) / n,
    )


def _crossing(box: Box, curve: FailingCurve) -> Fraction:
    """Return where the diagonal meets the curve; a box without width is one cut, allowed or not."""
    lowest, highest, least, most = box
    if lowest == highest:
        met = lowest if least <= curve.at(lowest) <= most else None
    else:
        met = curve.meets((lowest, most), (highest, least))
    if met is None:
        at = {"lowest_cut": float(curve.at(lowest)), "highest_cut": float(curve.at(highest))}
        raise NotEstimable("no_crossing", failing_at=at, allowed=(float(least), float(most)))
    return met
