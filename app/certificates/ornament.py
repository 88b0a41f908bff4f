"""The drawn ground of a certificate: frame, guilloche, rosettes, as page operators computed once per process.

Only decoration: nothing here carries meaning, and all of it is marked as such for screen readers.
"""

from functools import cache
from math import cos, pi, sin

Point = tuple[float, float]

_INK = "0.10 0.24 0.27"  # the dark green-blue of rules and headings
_LINE = "0.52 0.66 0.65"  # guilloche of the frame
_FAINT = "0.915 0.94 0.935"  # rosette under the text: light enough never to disturb it
_GOLD = "0.72 0.58 0.33"
_STRANDS = 6
_PIECES = 4  # curve pieces per wave: enough for the eye, and small
_BAND = 29.0
_BAND_STRANDS = 9
_CORNER = 8.5


@cache
def ground(width: float, height: float) -> str:
    """Return the operators of frame and rosette for a page of that size."""
    parts = ["q 1 J 1 j", f"0.35 w {_FAINT} RG", _rosette((width / 2, height * 0.56), radius=190, petals=24)]
    parts += [f"0.3 w {_LINE} RG", _band(width, height, inset=_BAND, depth=5.5), _corners(width, height)]
    parts += [
        f"0.9 w {_INK} RG",
        _frame(width, height, 20.5),
        f"0.5 w {_GOLD} RG",
        _frame(width, height, 37.5),
    ]
    parts += [f"0.3 w {_INK} RG", _frame(width, height, 40)]
    return "\n".join([*parts, "Q"])


@cache
def medallion(x: float, y: float, radius: float) -> str:
    """Return the operators of the small rosette in the box of the seal."""
    inner = _circle((x, y), radius * 1.08)
    return "\n".join(
        [
            "q 1 J 1 j",
            f"0.3 w {_LINE} RG",
            _rosette((x, y), radius=radius, petals=12),
            f"0.5 w {_GOLD} RG",
            inner,
            "Q",
        ]
    )


def _frame(width: float, height: float, inset: float) -> str:
    return f"{inset:g} {inset:g} {width - 2 * inset:g} {height - 2 * inset:g} re S"


def _rosette(centre: Point, *, radius: float, petals: int) -> str:
    """Return closed waves around a circle, each turned a little against the last."""
    rings = []
    for ring in range(_STRANDS):
        turn = 2 * pi * ring / (_STRANDS * petals)
        rings.append(_ring(centre, base=radius * 0.72, swing=radius * 0.28, petals=petals, turn=turn))
        rings.append(
            _ring(centre, base=radius * 0.40, swing=radius * 0.17, petals=petals // 2, turn=turn * 2)
        )
    return "\n".join(rings)


def _ring(centre: Point, *, base: float, swing: float, petals: int, turn: float) -> str:
    steps = petals * _PIECES

    def at(step: int) -> Point:
        angle = 2 * pi * step / steps
        reach = base + swing * sin(petals * (angle + turn))
        return centre[0] + reach * cos(angle), centre[1] + reach * sin(angle)

    return _smooth([at(step) for step in range(steps)], closed=True)


def _band(width: float, height: float, *, inset: float, depth: float) -> str:
    """Interlaced waves along the four sides, from corner piece to corner piece."""
    begin = inset + _CORNER
    horizontal, vertical = width - 2 * begin, height - 2 * begin
    sides = [
        ((begin, inset), (1.0, 0.0), horizontal),
        ((begin, height - inset), (1.0, 0.0), horizontal),
        ((inset, begin), (0.0, 1.0), vertical),
        ((width - inset, begin), (0.0, 1.0), vertical),
    ]
    return "\n".join(
        _wave(start, along, length=length, depth=depth, phase=2 * pi * strand / _BAND_STRANDS)
        for start, along, length in sides
        for strand in range(_BAND_STRANDS)
    )


def _corners(width: float, height: float) -> str:
    """Return a square with a small rosette for each place where two bands meet."""
    parts = []
    for x in (_BAND, width - _BAND):
        for y in (_BAND, height - _BAND):
            side = 2 * _CORNER
            parts.append(_rosette((x, y), radius=_CORNER * 0.86, petals=8))
            parts.append(f"{x - _CORNER:.2f} {y - _CORNER:.2f} {side:g} {side:g} re S")
    return "\n".join(parts)


def _wave(start: Point, along: Point, *, length: float, depth: float, phase: float) -> str:
    waves = round(length / 34)
    steps = waves * _PIECES
    points = []
    for step in range(steps + 1):
        way = length * step / steps
        off = depth * sin(2 * pi * waves * step / steps + phase)
        points.append(
            (start[0] + along[0] * way + along[1] * off, start[1] + along[1] * way + along[0] * off)
        )
    return _smooth(points, closed=False)


def _circle(centre: Point, radius: float) -> str:
    points = [
        (centre[0] + radius * cos(pi * n / 16), centre[1] + radius * sin(pi * n / 16)) for n in range(32)
    ]
    return _smooth(points, closed=True)


def _smooth(points: list[Point], *, closed: bool) -> str:
    """Return a curve through the points: each piece leaves and arrives in the direction of its neighbours."""
    count = len(points)
    pieces = [f"{points[0][0]:.2f} {points[0][1]:.2f} m"]
    for index in range(count if closed else count - 1):
        before, here = _at(points, index - 1, closed=closed), points[index]
        there, after = _at(points, index + 1, closed=closed), _at(points, index + 2, closed=closed)
        lead = (here[0] + (there[0] - before[0]) / 6, here[1] + (there[1] - before[1]) / 6)
        trail = (there[0] - (after[0] - here[0]) / 6, there[1] - (after[1] - here[1]) / 6)
        pieces.append(" ".join(f"{value:.2f}" for value in (*lead, *trail, *there)) + " c")
    return "\n".join([*pieces, "s" if closed else "S"])


def _at(points: list[Point], index: int, *, closed: bool) -> Point:
    if closed:
        return points[index % len(points)]
    return points[min(max(index, 0), len(points) - 1)]
