"""The plots of a report: shapes in a frame with two axes, each with its words for who cannot see it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.certificates.fonts import REGULAR
from app.certificates.lettering import Anchor, Block
from app.certificates.sheet import Colour, Sheet, Words
from app.reports.labels import number
from app.statements import inks
from app.statements.flow import Piece

HEIGHT = 176.0
_BELOW, _BESIDE, _SIZE = 30.0, 40.0, 7.0
Span = tuple[float, float]


@dataclass
class Plot:
    """A frame over two spans of numbers; what is put into it is in those numbers."""

    x: Span
    y: Span
    language: str
    alt: str
    x_title: str
    x_ticks: Sequence[float]
    y_ticks: Sequence[float]
    places: tuple[int, int] = (0, 1)
    """Decimal places of the ticks."""
    names: dict[float, str] = field(default_factory=dict)
    """Words in place of numbers along y."""
    _shapes: list[str] = field(default_factory=list)
    _words: list[tuple[str, float, float, Colour, Anchor]] = field(default_factory=list)

    def bar(self, x: float, width: float, top: float, colour: Colour = inks.SHAPE) -> None:
        """Draw a bar from the bottom of the frame."""
        left, bottom = self._at(x - width / 2, self.y[0])
        right, upper = self._at(x + width / 2, top)
        self._shapes.append(inks.box(left, bottom, right, upper, colour))

    def dot(self, x: float, y: float, colour: Colour = inks.SHAPE, *, side: float = 3.4) -> None:
        """Draw a small square around a point."""
        across, up = self._at(x, y)
        half = side / 2
        self._shapes.append(inks.box(across - half, up - half, across + half, up + half, colour))

    def line(self, start: Span, end: Span, colour: Colour, *, dashed: bool = False, wide: float = 1) -> None:
        """Draw a line between two points."""
        (left, low), (right, high) = self._at(*start), self._at(*end)
        dash = "[3 2] 0 d " if dashed else ""
        drawn = f"{left:.2f} {low:.2f} m {right:.2f} {high:.2f} l S"
        self._shapes.append(f"q {wide} w {dash}{inks.stroked(colour)} {drawn} Q")

    def word(self, text: str, x: float, y: float, colour: Colour, anchor: Anchor = "start") -> None:
        """Write a word at a point, a little above it."""
        across, up = self._at(x, y)
        self._words.append((text, across + (3 if anchor == "start" else 0), up + 3, colour, anchor))

    def piece(self) -> Piece:
        """Return the plot as a piece of a page."""

        def put(sheet: Sheet, top: float) -> None:
            move = top - HEIGHT
            shapes = "\n".join([*self._frame(), *self._shapes])
            words = [
                Words(Block((text,), REGULAR, _SIZE), x, y + move, colour, anchor)
                for text, x, y, colour, anchor in [*self._scale(), *self._words]
            ]
            sheet.figure(f"q 1 0 0 1 0 {move:.2f} cm\n{shapes}\nQ", alt=self.alt, words=words)

        return Piece(HEIGHT + 8, put)

    def _at(self, x: float, y: float) -> Span:
        across = (x - self.x[0]) / (self.x[1] - self.x[0])
        up = (y - self.y[0]) / (self.y[1] - self.y[0])
        left, right = inks.LEFT + _BESIDE, inks.RIGHT - 6
        return left + across * (right - left), _BELOW + up * (HEIGHT - _BELOW - 12)

    def _frame(self) -> list[str]:
        left, bottom = self._at(self.x[0], self.y[0])
        right, _ = self._at(self.x[1], self.y[1])
        ticks = [inks.rule(self._at(self.x[0], tick)[1], left=left, right=right) for tick in self.y_ticks]
        return [*ticks, inks.rule(bottom, left=left, right=right, colour=inks.GREY)]

    def _scale(self) -> list[tuple[str, float, float, Colour, Anchor]]:
        found: list[tuple[str, float, float, Colour, Anchor]] = []
        for tick in self.x_ticks:
            across, bottom = self._at(tick, self.y[0])
            told = number(self.language, tick, self.places[0])
            found.append((told, across, bottom - 10, inks.GREY, "middle"))
        for tick in self.y_ticks:
            left, up = self._at(self.x[0], tick)
            told = self.names.get(tick) or number(self.language, tick, self.places[1])
            found.append((told, left - 5, up - 2.4, inks.GREY, "end"))
        middle = self._at(sum(self.x) / 2, self.y[0])[0]
        found.append((self.x_title, middle, 6, inks.GREY, "middle"))
        return found
