"""The radar chart on a page of the web: SVG whose looks come from the style sheet. It needs no script."""

from collections.abc import Iterator, Sequence
from html import escape

from app.statements.chart import axes, geometry, rise
from app.statements.content import CardFound
from app.statements.labels import figure
from skillcard.radar import Label, Point

_WIDTH, _HEIGHT, _RADIUS = 600, 400, 132
_LETTERS = 22
"""About as many letters fit beside the chart before a label is broken."""
_LEADING = 16


def svg(card: CardFound, language: str, alt: str) -> str:
    """Return the chart as SVG, every text escaped; nothing where there is no area to be seen.

    `alt` names it for whoever does not see it, and tells where the same stands in words.
    """
    directions = axes(card)
    if not directions:
        return ""
    chart = geometry(card)
    parts = [
        f'<svg class="radar" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{escape(alt)}">',
        _polygon("values", chart.values),
        *(_polygon("ring", ring.corners) for ring in chart.rings),
        *(_spoke(end) for end in chart.spokes),
        *(_number(ring.value, ring.at) for ring in chart.rings),
        _polygon("target", chart.target),
        _polygon("edge", chart.values),
        *(_dot(point) for point in chart.values),
    ]
    for axis, place in zip(directions, chart.labels, strict=True):
        parts += _label(place, figure(language, axis.value))
    return "".join([*parts, "</svg>"])


def _at(point: Point) -> Point:
    """Return where a point of the chart lies in the picture, whose y runs downwards."""
    return _WIDTH / 2 + point[0] * _RADIUS, _HEIGHT / 2 - point[1] * _RADIUS


def _polygon(name: str, points: Sequence[Point]) -> str:
    corners = " ".join(f"{x:.1f},{y:.1f}" for x, y in map(_at, points))
    return f'<polygon class="{name}" points="{corners}"/>'


def _spoke(end: Point) -> str:
    (x, y), (right, down) = _at((0, 0)), _at(end)
    return f'<line class="ring" x1="{x:.1f}" y1="{y:.1f}" x2="{right:.1f}" y2="{down:.1f}"/>'


def _dot(point: Point) -> str:
    x, y = _at(point)
    return f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="3.2"/>'


def _number(value: int, point: Point) -> str:
    x, y = _at(point)
    return f'<text class="scale" x="{x - 5:.1f}" y="{y + 12:.1f}" text-anchor="end">{value}</text>'


def _label(place: Label, value: str) -> Iterator[str]:
    """Write a title broken into short lines, and its value below."""
    x, y = _at(place.at)
    lines = [*broken(place.title, _LETTERS), value]
    first = y - (len(lines) - 1) * _LEADING * rise(place) + 4
    for index, line in enumerate(lines):
        kind = "value" if index == len(lines) - 1 else "title"
        yield (
            f'<text class="{kind}" x="{x:.1f}" y="{first + index * _LEADING:.1f}"'
            f' text-anchor="{place.side}">{escape(line)}</text>'
        )


def broken(text: str, most: int) -> list[str]:
    """Break a text at blanks into lines of at most so many letters; a longer word stays whole."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and len(longer) > most:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
