"""Breaking lines and choosing sizes, so that every text of a certificate fits and none is cut off."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from app.certificates import fonts
from app.certificates.content import ContentError

LEADING = 1.28
"""Distance of base lines as a multiple of the size; room for stacked accents."""


Anchor = Literal["start", "middle", "end"]
"""Which part of a line stands at its place."""


@dataclass(frozen=True)
class Block:
    """Lines of one face and size."""

    lines: tuple[str, ...]
    face: str
    size: float

    @property
    def height(self) -> float:
        """Return how much height the lines take."""
        return len(self.lines) * self.size * LEADING


def wrap(text: str, face: str, size: float, width: float) -> tuple[str, ...]:
    """Break a text at blanks, and a word only where it alone is wider than the line."""
    lines: list[str] = []
    line = ""
    for word in _pieces(text.split(" "), face, size, width):
        longer = f"{line} {word}" if line else word
        if line and fonts.width(longer, face, size) > width:
            lines.append(line)
            line = word
        else:
            line = longer
    return (*lines, line)


def _pieces(words: Sequence[str], face: str, size: float, width: float) -> Iterable[str]:
    for word in words:
        rest = word
        while fonts.width(rest, face, size) > width and len(rest) > 1:
            cut = next(
                n for n in range(len(rest) - 1, 0, -1) if n == 1 or fonts.width(rest[:n], face, size) <= width
            )
            yield rest[:cut]
            rest = rest[cut:]
        yield rest


def fit(
    paragraphs: Sequence[str],
    face: str,
    *,
    sizes: tuple[float, float],
    width: float,
    height: float,
    field: str,
) -> Block:
    """Return the paragraphs in the largest size that fits the box; raise ContentError if none does."""
    for size in _downwards(*sizes):
        lines = tuple(line for text in paragraphs for line in wrap(text, face, size, width))
        block = Block(lines, face, size)
        if block.height <= height:
            return block
    raise ContentError(field, "does not fit its place on the certificate")


def fit_name(name: str, face: str, *, width: float) -> Block:
    """Return a holder's name on one line of 26 to 14 points, else on two, else as small as it must be."""
    for size in _downwards(26, 14):
        if fonts.width(name, face, size) <= width:
            return Block((name,), face, size)
    for size in _downwards(18, 14):
        lines = _halves(name, face, size)
        if len(lines) == 2 and max(fonts.width(line, face, size) for line in lines) <= width:
            return Block(lines, face, size)
    return fit([name], face, sizes=(14, 7), width=width, height=46, field="holder_name")


def _halves(text: str, face: str, size: float) -> tuple[str, ...]:
    """Break a text at the blank that leaves its two lines closest in width."""
    words = text.split(" ")
    breaks = [(" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words))]
    return min(breaks, key=lambda pair: max(fonts.width(line, face, size) for line in pair), default=(text,))


def _downwards(largest: float, smallest: float) -> Iterable[float]:
    return (half / 2 for half in range(round(largest * 2), round(smallest * 2) - 1, -1))
