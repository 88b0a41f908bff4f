"""What stands below each other: pieces with a height, laid on as many pages as they need."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from app.certificates.sheet import Sheet

Put = Callable[[Sheet, float], None]
"""Draws something from this height of the page downwards."""


@dataclass(frozen=True)
class Piece:
    """Something that is never broken across pages."""

    height: float
    put: Put
    keeps: bool = False
    """Whether it must not be the last on a page, as a heading must not."""
    above: float = 0
    """Room above it, unless it begins a page."""
    again: "Piece | None" = None
    """What is repeated above it when a page begins with it: the head of its table."""


def paged(pieces: Sequence[Piece], height: float) -> list[list[Piece]]:
    """Lay pieces on pages of a height, in their order; what stays together is moved together."""
    pages: list[list[Piece]] = [[]]
    left = height
    for run in _runs(pieces):
        needed = run[0].above + sum(piece.height for piece in run)
        if pages[-1] and needed > left:
            pages.append([])
            left = height
        again = run[0].again
        if again is not None and not pages[-1]:
            pages[-1].append(again)
            needed += again.height
        pages[-1] += run
        left -= needed
    return pages


def _runs(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Yield pieces together with those before them that must not stand alone."""
    run: list[Piece] = []
    for piece in pieces:
        run.append(piece)
        if not piece.keeps:
            yield run
            run = []
    if run:
        yield run


def lay(sheet: Sheet, pieces: Sequence[Piece], top: float) -> None:
    """Draw a page's pieces from the top downwards."""
    for index, piece in enumerate(pieces):
        top -= piece.above if index else 0
        piece.put(sheet, top)
        top -= piece.height
