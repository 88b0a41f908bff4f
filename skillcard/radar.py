"""The geometry of a radar chart: points and places of words on a circle of radius 1, whoever draws them.

The centre is (0, 0), x runs to the right and y upwards. The first axis points up, others follow clockwise.
Nothing here knows paper, screens, fonts or colours.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import cos, pi, sin
from typing import Literal

FEWEST_AXES = 3
"""With fewer there is no area to be seen."""
_UPRIGHT = 0.12
"""How far from the vertical through the centre a label may lie and still be centred on its place."""

Point = tuple[float, float]
Side = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Axis:
    """One direction of the chart: what it is called, the value on it, and the least that a target asks."""

    title: str
    value: Decimal
    least: Decimal


@dataclass(frozen=True, slots=True)
class Label:
    """An axis' title in its place; `side` says which end of the words is nearest to that place."""

    title: str
    at: Point
    side: Side


@dataclass(frozen=True, slots=True)
class Ring:
    """One whole step of the scale: its value, its corners, and the place of its number on the first axis."""

    value: int
    corners: tuple[Point, ...]
    at: Point


@dataclass(frozen=True, slots=True)
class Radar:
    """A chart without looks: scale, axes, the shape of the values, and the shape that the target asks."""

    rings: tuple[Ring, ...]
    spokes: tuple[Point, ...]
    values: tuple[Point, ...]
    target: tuple[Point, ...]
    labels: tuple[Label, ...]


def radar(axes: Sequence[Axis], *, highest: int, reach: float = 1.1) -> Radar:
    """Return the chart of at least three axes on a scale from 0 to `highest` (n_axes points a shape).

    Labels lie at `reach` times the radius. Raises ValueError for fewer axes, for a scale without a step, and
    for a value or a least value that lies outside the scale.
    """
    if len(axes) < FEWEST_AXES:
        raise ValueError("a radar chart has three axes at least")
    if highest < 1:
        raise ValueError("the scale has one step at least")
    for axis in axes:
        if not (0 <= axis.value <= highest and 0 <= axis.least <= highest):
            raise ValueError(f"{axis.title}: {axis.value} or {axis.least} lies outside the scale")
    ends = tuple(_direction(index, len(axes)) for index in range(len(axes)))
    return Radar(
        rings=tuple(_ring(ends, value, highest) for value in range(1, highest + 1)),
        spokes=ends,
        values=_shape(axes, ends, lambda axis: axis.value, highest),
        target=_shape(axes, ends, lambda axis: axis.least, highest),
        labels=tuple(
            Label(axis.title, _scaled(end, reach), _side(end)) for axis, end in zip(axes, ends, strict=True)
        ),
    )


def _direction(index: int, count: int) -> Point:
    turn = 2 * pi * index / count
    return sin(turn), cos(turn)


def _ring(ends: Sequence[Point], value: int, highest: int) -> Ring:
    corners = tuple(_scaled(end, value / highest) for end in ends)
    return Ring(value, corners, corners[0])


def _shape(
    axes: Sequence[Axis], ends: Sequence[Point], of: Callable[[Axis], Decimal], highest: int
) -> tuple[Point, ...]:
    return tuple(_scaled(end, float(of(axis)) / highest) for axis, end in zip(axes, ends, strict=True))


def _scaled(point: Point, factor: float) -> Point:
    return point[0] * factor, point[1] * factor


def _side(end: Point) -> Side:
    """Return which end of a label points at the chart: words never run across it."""
    if abs(end[0]) < _UPRIGHT:
        return "middle"
    return "start" if end[0] > 0 else "end"
