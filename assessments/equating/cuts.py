"""The cut of a new form that asks for the same as the old form's cut, with its uncertainty."""

from dataclasses import dataclass, replace
from math import floor, hypot, inf

import numpy as np
from scipy.special import ndtri

from assessments.equating.conversion import ConversionTable, to_whole
from assessments.errors import AssessmentError, NotEstimable
from assessments.estimates import Estimate, Provenance
from assessments.results import Finding
from assessments.standard_setting import Rounding


@dataclass(frozen=True, slots=True)
class CutOption:
    """A whole cut within the interval, and the share of the new form's candidates who would reach it."""

    cut: int
    passing: float


@dataclass(frozen=True, slots=True)
class EquatedCut:
    """The raw cut of the new form that corresponds to a cut of the old one."""

    cut: int
    """`exact` rounded as declared; a candidate passes with this score or a higher one."""
    rounding: Rounding
    exact: Estimate
    """The score of the new form whose equivalent is the old cut, in points of the new form."""
    old_cut: float
    options: tuple[CutOption, ...]
    """Every whole cut that the interval of `exact` leaves open under the same rounding."""
    provenance: Provenance


def equated_cut(
    table: ConversionTable,
    old_cut: float,
    *,
    rounding: Rounding,
    cut_se: float = 0.0,
    level: float = 0.95,
) -> EquatedCut:
    """Find the new form's raw cut that corresponds to the old form's cut (EXM-2).

    `old_cut`: raw points of the old form, exact or whole; `cut_se`: its own standard error from standard
    setting, if the interval is to hold it too. The cut lies where the conversion, joined by straight lines
    between whole scores, meets `old_cut`, and is rounded as declared. Its standard error divides that of the
    equivalent by the slope there (delta method), and is None if the table has none. Warns when the interval
    leaves more than one whole cut open, and when it holds `old_cut`, so that the equating changes nothing
    that its error would not. Raises AssessmentError `negative_error`, `level`; NotEstimable
    `cut_outside_scale` when no score of the new form corresponds. Source: Kolen & Brennan 2014, chapter 7.
    """
    if not 0 <= cut_se < inf:
        raise AssessmentError("negative_error", found=cut_se)
    if not 0 < level < 1:
        raise AssessmentError("level", found=level)
    values = [row.equivalent.value for row in table.rows]
    if not values[0] <= old_cut <= values[-1]:
        raise NotEstimable("cut_outside_scale", cut=old_cut, lowest=values[0], highest=values[-1])
    score = float(np.interp(old_cut, values, table.new.points()))
    exact = _with_error(table, score, cut_se, level)
    cut = to_whole(score, rounding)
    options = _options(table, exact, rounding)
    warnings = (*table.provenance.warnings, *_cautions(exact, old_cut, options))
    return EquatedCut(
        cut=cut,
        rounding=rounding,
        exact=exact,
        old_cut=float(old_cut),
        options=options,
        provenance=replace(table.provenance, warnings=warnings),
    )


def _with_error(table: ConversionTable, score: float, cut_se: float, level: float) -> Estimate:
    """Give the exact cut the standard error of the equivalents beside it, in points of the new form."""
    below = min(floor(score), table.new.high - 1) - table.new.low
    first, second = (table.rows[place].equivalent for place in (below, below + 1))
    if first.se is None or second.se is None:
        return Estimate(score)
    part = score - table.new.low - below
    vertical = hypot((1 - part) * first.se + part * second.se, cut_se)
    se = vertical / (second.value - first.value)
    reach = float(ndtri(0.5 + level / 2)) * se
    return Estimate(score, se, (score - reach, score + reach), level, "delta_normal")


def _options(table: ConversionTable, exact: Estimate, rounding: Rounding) -> tuple[CutOption, ...]:
    """List the whole cuts between the rounded ends of the interval, as far as the scale goes."""
    low, high = exact.ci if exact.ci is not None else (exact.value, exact.value)
    first = max(to_whole(max(low, table.new.low), rounding), table.new.low)
    last = min(to_whole(min(high, table.new.high), rounding), table.new.high)
    return tuple(
        CutOption(cut, sum(row.share for row in table.rows if row.raw >= cut))
        for cut in range(first, last + 1)
    )


def _cautions(exact: Estimate, old_cut: float, options: tuple[CutOption, ...]) -> tuple[Finding, ...]:
    """Tell when the error of equating leaves the whole cut open, or is larger than what equating changed."""
    found = []
    if len(options) > 1:
        message = f"the interval of the exact cut leaves the whole cuts {options[0].cut} to {options[-1].cut}"
        found.append(Finding("cut_left_open", message, "one whole cut", "house rule"))
    if exact.ci is not None and exact.ci[0] <= old_cut <= exact.ci[1]:
        message = "the new cut cannot be told from the old one: the forms may be equally difficult there"
        source = "Hanson, Zeng & Colton 1994; Kolen & Brennan 2014, chapter 8"
        found.append(Finding("identity_not_excluded", message, f"{exact.ci_level} interval", source))
    return tuple(found)
