"""What every result shares: exact rounding, the warnings it carries, and its form as JSON values."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from math import isfinite, isqrt

PLACES = 6
"""Decimal places of reported statistics; comparisons that decide something use the exact fraction instead."""

Json = None | bool | int | str | list["Json"] | dict[str, "Json"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A caution that travels with a result: never a stop, always with its threshold and source."""

    code: str
    message: str
    threshold: str
    source: str


def rounded(value: Fraction, places: int = PLACES) -> Decimal:
    """Round an exact value half up (away from minus infinity at a tie) to a fixed number of places.

    Integer arithmetic only, so the ambient decimal context cannot change the outcome.
    """
    scaled = (2 * value.numerator * 10**places + value.denominator) // (2 * value.denominator)
    return Decimal(f"{scaled}E-{places}")


def root(value: Fraction, places: int = PLACES) -> Decimal:
    """Take the square root of a non-negative exact value, correctly rounded half up to `places`.

    floor(2x) = isqrt(floor(4x²)), and floor(x + 1/2) = (floor(2x) + 1) // 2, with x the root in units of
    the last place.
    """
    square = 4 * value.numerator * 10 ** (2 * places) // value.denominator
    return Decimal(f"{(isqrt(square) + 1) // 2}E-{places}")


def document(result: object) -> Json:
    """Turn a result into JSON values that keep every digit.

    Decimals and fractions become strings ('38.270000', '344/9'), floats the shortest string that reads back
    as the same float, enums their value, sets sorted lists. Raises ValueError for NaN and infinities, which
    no result may hold, and TypeError for anything else.
    """
    if isinstance(result, Enum):
        return document(result.value)
    if result is None or isinstance(result, bool | int | str):
        return result
    if isinstance(result, Decimal):
        return format(result, "f")
    if isinstance(result, Fraction):
        return f"{result.numerator}/{result.denominator}"
    if isinstance(result, float):
        return _float(result)
    return _container(result)


def _float(value: float) -> str:
    """Write a finite float so that reading it back gives the same; numpy's own floats included."""
    if not isfinite(value):
        raise ValueError(f"{value} is not a result")
    return repr(float(value))


def _container(result: object) -> Json:
    """Turn the composite values of a result into lists and objects."""
    if is_dataclass(result) and not isinstance(result, type):
        return {field.name: document(getattr(result, field.name)) for field in fields(result)}
    if isinstance(result, Mapping):
        return {str(name): document(value) for name, value in result.items()}
    if isinstance(result, frozenset | set):
        return [document(value) for value in sorted(result)]
    if isinstance(result, tuple | list):
        return [document(value) for value in result]
    raise TypeError(f"{type(result).__name__} has no exact JSON form")
