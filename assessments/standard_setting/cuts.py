"""The cut that every method answers with: exact or estimated, and the whole raw score that it becomes."""

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from assessments.errors import AssessmentError, NotEstimable
from assessments.estimates import Estimate, Provenance
from assessments.results import rounded


class Rounding(Enum):
    """How the exact cut becomes a whole raw score; the study declares it before the ratings are read."""

    UP = "up"
    NEAREST = "nearest"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Scale:
    """The raw scores that a form or a checklist can give, both ends included.

    Raises AssessmentError `scale_empty` when the lowest is not below the highest.
    """

    lowest: int
    highest: int

    def __post_init__(self) -> None:
        """Refuse a scale that cannot tell two candidates apart."""
        if self.lowest >= self.highest:
            raise AssessmentError("scale_empty", lowest=self.lowest, highest=self.highest)

    def holds(self, value: Fraction | float) -> bool:
        """Say whether a score lies on the scale."""
        return self.lowest <= value <= self.highest


@dataclass(frozen=True, slots=True)
class CutScore:
    """Where a method puts the pass line, what it was rounded from, and how sure the method is of it."""

    cut: int
    """The least whole raw score that passes."""
    cut_raw: Fraction | float
    """Before rounding: a fraction where the method's arithmetic is rational, else a float."""
    rounding: Rounding
    scale: Scale
    estimate: Estimate
    """The cut before rounding with its standard error and interval, in raw points."""
    n_judges: int
    """0 where no panel rated; the provenance counts the candidates."""
    provenance: Provenance


def round_cut(exact: Fraction, rounding: Rounding) -> int:
    """Round an exact cut to a whole raw score as the study declared; `nearest` takes a half upwards."""
    if rounding is Rounding.UP:
        return -(-exact.numerator // exact.denominator)
    if rounding is Rounding.DOWN:
        return exact.numerator // exact.denominator
    return int(rounded(exact, 0))


def whole_cut(cut_raw: Fraction | float, scale: Scale, rounding: Rounding) -> int:
    """Round a cut to a whole raw score of the scale; raises NotEstimable `cut_out_of_scale` beyond its ends.

    A float is first settled to six places, so that the last bits of an iteration never move the pass line.
    """
    exact = cut_raw if isinstance(cut_raw, Fraction) else Fraction(rounded(Fraction(cut_raw)))
    if not scale.holds(exact):
        facts = {"cut": float(cut_raw), "lowest": scale.lowest, "highest": scale.highest}
        raise NotEstimable("cut_out_of_scale", **facts)
    return round_cut(exact, rounding)


def cut_score(
    cut_raw: Fraction | float,
    estimate: Estimate,
    *,
    scale: Scale,
    rounding: Rounding,
    provenance: Provenance,
    n_judges: int = 0,
) -> CutScore:
    """Make a cut on a scale; raises NotEstimable `cut_out_of_scale` as `whole_cut` does."""
    return CutScore(
        cut=whole_cut(cut_raw, scale, rounding),
        cut_raw=cut_raw,
        rounding=rounding,
        scale=scale,
        estimate=estimate,
        n_judges=n_judges,
        provenance=provenance,
    )
