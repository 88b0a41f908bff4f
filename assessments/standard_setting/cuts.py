"""How an exact cut becomes the whole raw score that candidates are held against."""

from enum import Enum
from fractions import Fraction

from assessments.results import rounded


class Rounding(Enum):
    """How the exact cut becomes a whole raw score; the study declares it before the ratings are read."""

    UP = "up"
    NEAREST = "nearest"
    DOWN = "down"


def round_cut(exact: Fraction, rounding: Rounding) -> int:
    """Round an exact cut to a whole raw score as the study declared; `nearest` takes a half upwards."""
    if rounding is Rounding.UP:
        return -(-exact.numerator // exact.denominator)
    if rounding is Rounding.DOWN:
        return exact.numerator // exact.denominator
    return int(rounded(exact, 0))
