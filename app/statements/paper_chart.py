"""The radar chart on paper: shapes and words from the pure geometry, in the place that the page leaves it."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from app.certificates.fonts import BOLD, REGULAR
from app.certificates.lettering import Block, wrap
from app.certificates.sheet import Colour, Sheet, Words
from app.statements import inks
from app.statements.chart import axes, geometry, in_words, is_by_unit, rise
from app.statements.content import StatementContent
from app.statements.labels import figure, label
from skillcard.radar import Point, Radar

_LARGEST = 124.0
_TITLE = 7.5
_HEADING, _LEGEND, _LABELS = 24.0, 22.0, 32.0
Place = Callable[[Point], Point]
"""Leads from the chart's own points to those of the page."""


def put_chart(sheet: Sheet, content: StatementContent, *, top: float, bottom: float) -> None:
    """Draw the chart between two heights of the page; a card with too few elements has none."""
    if not axes(content.card):
        return
    chart, room = geometry(content.card), top - bottom - _HEADING - _LEGEND
    highest, lowest = (turn(up for _, up in chart.spokes) for turn in (max, min))
    radius = min(_LARGEST, (room - 2 * _LABELS) / (highest - lowest))
    middle = bottom + _LEGEND + room / 2 - (highest + lowest) / 2 * radius
    place = partial(_placed, (inks.WIDTH / 2, middle), radius)
    kind = "" if is_by_unit(content.card) else "_elements"
    heading = Block((label(content.language, f"chart{kind}"),), BOLD, 12)
    sheet.write("H2", heading, x=inks.LEFT, y=top - 12, colour=inks.INK)
    sheet.figure(
        "\n".join(_shapes(chart, place)),
        alt=in_words(content.card, content.language),
        words=[*_numbers(chart, place), *_titles(content, chart, place)],
    )
    _legend(sheet, content, kind, bottom)


def _placed(centre: Point, radius: float, point: Point) -> Point:
    return centre[0] + point[0] * radius, centre[1] + point[1] * radius


def _shapes(chart: Radar, place: Place) -> Iterator[str]:
    yield f"q 1 J 1 j 0.5 w {inks.stroked(inks.LINE)}"
    for ring in chart.rings:
        yield f"{_path(ring.corners, place)} s"
    for end in chart.spokes:
        yield "{:.2f} {:.2f} m {:.2f} {:.2f} l S".format(*place((0, 0)), *place(end))
    yield f"{inks.filled(inks.SHAPE_WASH)} {inks.stroked(inks.SHAPE)} 1.5 w"
    # the wash lets the scale be seen through it: it is drawn first, the rings once more over it
    yield f"{_path(chart.values, place)} f"
    yield f"0.4 w {inks.stroked(inks.LINE)}"
    for ring in chart.rings:
        yield f"{_path(ring.corners, place)} s"
    yield f"1.1 w {inks.stroked(inks.TARGET)} [3.2 2.6] 0 d {_path(chart.target, place)} s [] 0 d"
    yield f"1.6 w {inks.stroked(inks.SHAPE)} {_path(chart.values, place)} s {inks.filled(inks.SHAPE)}"
    for point in chart.values:
        x, y = place(point)
        yield f"{x - 1.9:.2f} {y - 1.9:.2f} 3.8 3.8 re f"
    yield "Q"


def _path(points: Sequence[Point], place: Place) -> str:
    first, *others = (f"{x:.2f} {y:.2f}" for x, y in map(place, points))
    return " ".join([f"{first} m", *(f"{other} l" for other in others)])


def _numbers(chart: Radar, place: Place) -> Iterator[Words]:
    for ring in chart.rings:
        x, y = place(ring.at)
        yield Words(Block((str(ring.value),), REGULAR, 6), x - 3, y - 6.5, inks.GREY, "end")


def _titles(content: StatementContent, chart: Radar, place: Place) -> Iterator[Words]:
    """Yield each axis' title, in lines that fit beside the chart, with its value below."""
    for axis, spot in zip(axes(content.card), chart.labels, strict=True):
        x, y = place(spot.at)
        room = {"start": inks.RIGHT - x, "end": x - inks.LEFT, "middle": 170.0}[spot.side]
        title = Block(wrap(axis.title, REGULAR, _TITLE, min(room, 140.0)), REGULAR, _TITLE)
        value = Block((figure(content.language, axis.value),), BOLD, 8.5)
        first = y + (title.height + value.height - 9) * rise(spot) - 2.5
        yield Words(title, x, first, inks.TEXT_INK, spot.side)
        yield Words(value, x, first - title.height - 1, inks.INK, spot.side)


def _legend(sheet: Sheet, content: StatementContent, kind: str, bottom: float) -> None:
    """Say what solid and dashed lines mean, each behind a piece of the line."""
    y, x = bottom + 3, inks.LEFT
    told: tuple[tuple[str, Colour, str], ...] = (
        (label(content.language, f"chart_values{kind}"), inks.SHAPE, "1.8 w"),
        (
            label(content.language, "chart_target", level=content.card.target),
            inks.TARGET,
            "1.2 w [3.2 2.6] 0 d",
        ),
    )
    for text, colour, line in told:
        sheet.decorate(
            f"q {line} {inks.stroked(colour)} {x:.2f} {y + 2.6:.2f} m {x + 20:.2f} {y + 2.6:.2f} l S Q"
        )
        block = Block(wrap(text, REGULAR, 8, 190), REGULAR, 8)
        sheet.write("P", block, x=x + 26, y=y, colour=inks.GREY)
        x += inks.TEXT / 2
