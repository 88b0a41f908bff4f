"""How alike raters' scores are on an interval scale: the six intraclass correlations, each by its name."""

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from assessments.agreement.outcome import ensure_level, few_units, no_interval
from assessments.arrays import Floats, matrix
from assessments.errors import NotEstimable
from assessments.estimates import Estimate, Provenance

ICC_VERSION = "icc/1"


class IccForm(Enum):
    """Which raters, and whether one rating or the mean of k is meant (Shrout & Fleiss 1979).

    1: each unit has its own raters. 2: the raters are a sample and their severity counts as error (absolute
    agreement). 3: these raters and no others, severity set aside (consistency; 3,k is Cronbach's alpha).
    """

    ONE_WAY_SINGLE = "1,1"
    TWO_WAY_RANDOM_SINGLE = "2,1"
    TWO_WAY_FIXED_SINGLE = "3,1"
    ONE_WAY_MEAN = "1,k"
    TWO_WAY_RANDOM_MEAN = "2,k"
    TWO_WAY_FIXED_MEAN = "3,k"

    @property
    def is_mean(self) -> bool:
        """Whether the reliability of the mean of all k ratings is meant."""
        return self.value.endswith("k")


_ONE_WAY = (IccForm.ONE_WAY_SINGLE, IccForm.ONE_WAY_MEAN)
_TWO_WAY_RANDOM = (IccForm.TWO_WAY_RANDOM_SINGLE, IccForm.TWO_WAY_RANDOM_MEAN)
Ends = tuple[float, float]


@dataclass(frozen=True, slots=True)
class MeanSquares:
    """The analysis of variance behind every form: between units and raters, within units, residual."""

    units: float
    raters: float
    within: float
    residual: float


@dataclass(frozen=True, slots=True)
class IccResult:
    """An intraclass correlation, which means nothing without its `form`."""

    form: IccForm
    estimate: Estimate
    mean_squares: MeanSquares
    provenance: Provenance


def icc(ratings: ArrayLike, *, form: IccForm, ci_level: float = 0.95) -> IccResult:
    """Give one of the six intraclass correlations with its interval from the F distribution.

    `ratings`: (n_units, n_raters), complete. Intervals: exact for forms 1 and 3, Satterthwaite's
    approximation for form 2 (Fleiss & Shrout 1978); no standard error, since the interval is not symmetric.
    Raises AssessmentError `not_a_table`, `not_finite`, `missing_cell`, `ci_level`; NotEstimable `no_data`,
    `too_few_units`, `too_few_raters` (under 2 each), and `no_variance_between_units` when all ratings are
    alike, or when a mean of k is asked for and the units' means do not differ (the figure would be minus
    infinity). Source: Shrout & Fleiss 1979; McGraw & Wong 1996.
    """
    ensure_level(ci_level)
    table = matrix(ratings)
    n, k = table.shape
    if n < 2:
        raise NotEstimable("too_few_units", units=n, least=2)
    if k < 2:
        raise NotEstimable("too_few_raters", raters=k, least=2)
    squares = _mean_squares(table)
    estimate = _estimate(squares, n, k, form, ci_level)
    return IccResult(
        form=form,
        estimate=estimate,
        mean_squares=squares,
        provenance=Provenance(
            method=f"icc({form.value})",
            version=ICC_VERSION,
            n_persons=n,
            n_items=k,
            options={"form": form.value},
            warnings=few_units(n) + no_interval(estimate),
        ),
    )


def _mean_squares(table: Floats) -> MeanSquares:
    """Split the variation of a complete table (n_units, n_raters); what is rounding error counts as zero."""
    n, k = table.shape
    centred = table - table.mean()
    of_units = centred.mean(axis=1, keepdims=True)
    of_raters = centred.mean(axis=0, keepdims=True)
    noise = n * k * (1e-13 * float(np.abs(table).max())) ** 2

    def mean_square(part: Floats, times: int, df: int) -> float:
        squared = times * float(np.vdot(part, part))
        return squared / df if squared > noise else 0.0

    centred -= of_units
    within = mean_square(centred, 1, n * (k - 1))
    centred -= of_raters
    return MeanSquares(
        units=mean_square(of_units, k, n - 1),
        raters=mean_square(of_raters, n, k - 1),
        within=within,
        residual=mean_square(centred, 1, (n - 1) * (k - 1)),
    )


def _estimate(squares: MeanSquares, n: int, k: int, form: IccForm, ci_level: float) -> Estimate:
    """Give value and interval for one rating, stepped up to the mean of k where the form says so."""
    single = _single(squares, n, k, form)
    ends = single_ends(squares, n, k, form, ci_level)
    if not form.is_mean:
        return _with_ends(single, ends, ci_level)
    value = _stepped_up(single, k)
    if value is None:
        raise NotEstimable("no_variance_between_units", form=form.value)
    means = None if ends is None else (_stepped_up(ends[0], k), _stepped_up(ends[1], k))
    return _with_ends(value, means, ci_level)


def single_ends(squares: MeanSquares, n: int, k: int, form: IccForm, ci_level: float) -> Ends | None:
    """Give the interval of the correlation of single ratings; None where the F distribution gives none."""
    if form in _TWO_WAY_RANDOM:
        return _random_ends(squares, n, k, _single(squares, n, k, form), ci_level)
    if form in _ONE_WAY:
        return _ratio_ends(squares.units, squares.within, k, (n - 1, n * (k - 1)), ci_level)
    return _ratio_ends(squares.units, squares.residual, k, (n - 1, (n - 1) * (k - 1)), ci_level)


def _single(squares: MeanSquares, n: int, k: int, form: IccForm) -> float:
    """Give the correlation of single ratings."""
    error = squares.within if form in _ONE_WAY else squares.residual
    whole = squares.units + (k - 1) * error
    if form in _TWO_WAY_RANDOM:
        whole += k * (squares.raters - error) / n
    if whole <= 0:
        raise NotEstimable("no_variance_between_units", form=form.value)
    return (squares.units - error) / whole


def _ratio_ends(units: float, error: float, k: int, df: tuple[int, int], ci_level: float) -> Ends | None:
    """Give the exact interval of forms 1 and 3, which depend on one F ratio; none at its limits."""
    if units == 0 or error == 0:
        return None
    upper = (1 + ci_level) / 2
    low = units / error / float(stats.f.ppf(upper, *df))
    high = units / error * float(stats.f.ppf(upper, df[1], df[0]))
    return (low - 1) / (low + k - 1), (high - 1) / (high + k - 1)


def _random_ends(squares: MeanSquares, n: int, k: int, single: float, ci_level: float) -> Ends | None:
    """Give the interval of form 2 by Satterthwaite's degrees of freedom, without dividing by the residual.

    A negative estimate enters the degrees of freedom as 0, below which no share of variance can lie.
    """
    share, error = max(single, 0.0), squares.residual
    of_raters = k * share * squares.raters
    of_error = (n * (1 + (k - 1) * share) - k * share) * error
    spread = of_raters**2 / (k - 1) + of_error**2 / ((n - 1) * (k - 1))
    if squares.units == 0 or spread == 0:
        return None
    df, upper = (of_raters + of_error) ** 2 / spread, (1 + ci_level) / 2
    high = float(stats.f.ppf(upper, n - 1, df))
    low = float(stats.f.ppf(upper, df, n - 1))
    rest = k * squares.raters + (k * n - k - n) * error
    return (
        n * (squares.units - high * error) / (high * rest + n * squares.units),
        n * (low * squares.units - error) / (rest + n * low * squares.units),
    )


def _stepped_up(single: float, k: int) -> float | None:
    """Go from one rating to the mean of k (Spearman & Brown); None below the limit -1 / (k - 1)."""
    whole = 1 + (k - 1) * single
    return k * single / whole if whole > 1e-12 else None


def _with_ends(value: float, ends: tuple[float | None, float | None] | None, ci_level: float) -> Estimate:
    """Attach the interval if both its ends exist."""
    if ends is None or ends[0] is None or ends[1] is None:
        return Estimate(value)
    return Estimate(value, None, (ends[0], ends[1]), ci_level, "F")
