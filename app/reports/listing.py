"""Headings and tables of a report, as pieces that are laid on pages."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.certificates.fonts import BOLD, REGULAR
from app.certificates.lettering import Block, wrap
from app.certificates.sheet import Colour, Group, Sheet, Words
from app.statements import inks
from app.statements.flow import Piece

_SIZE = 7.5
_PAD = 2.4
_HEAD = 17.0
_GAP = 8.0


@dataclass(frozen=True)
class Cell:
    """What stands in a column of a row."""

    text: str
    colour: Colour = inks.TEXT_INK
    face: str = REGULAR


class Table:
    """A table over the width of the page, one for a screen reader however many pages it takes."""

    def __init__(self, titles: Sequence[str], shares: Sequence[float]) -> None:
        self._titles = titles
        self._widths = [share / sum(shares) * (inks.TEXT + _GAP) - _GAP for share in shares]
        self._places = [inks.LEFT + sum(self._widths[:place]) + _GAP * place for place in range(len(shares))]
        self._group: Group | None = None

    def head(self) -> Piece:
        """Return the row of heads."""

        def put(sheet: Sheet, top: float) -> None:
            self._group = sheet.group("Table")
            row = sheet.group("TR", self._group, heads="Column")
            for words in self._heads(top):
                sheet.write("TH", words.block, x=words.x, y=words.y, colour=words.colour, within=row)
            sheet.decorate(inks.rule(top - 14, colour=inks.INK))

        return Piece(_HEAD, put, keeps=True)

    def row(self, cells: Sequence[Cell]) -> Piece:
        """Return a row as high as its highest cell."""
        blocks = [
            Block(wrap(cell.text, cell.face, _SIZE, width), cell.face, _SIZE)
            for cell, width in zip(cells, self._widths, strict=True)
        ]
        height = max(block.height for block in blocks) + 2 * _PAD

        def put(sheet: Sheet, top: float) -> None:
            sheet.decorate(inks.rule(top - height))
            row = sheet.group("TR", self._group)
            for place, (cell, block) in enumerate(zip(cells, blocks, strict=True)):
                role, x = "TD" if place else "TH", self._places[place]
                sheet.write(role, block, x=x, y=top - _PAD - _SIZE + 0.4, colour=cell.colour, within=row)

        return Piece(height, put, again=Piece(_HEAD, self._again))

    def _again(self, sheet: Sheet, top: float) -> None:
        for words in self._heads(top):
            sheet.repeat(words)
        sheet.decorate(inks.rule(top - 14, colour=inks.INK))

    def _heads(self, top: float) -> list[Words]:
        return [
            Words(Block((title,), BOLD, 7.0), x, top - 9, inks.INK)
            for title, x in zip(self._titles, self._places, strict=True)
        ]


def heading(text: str, *, size: float = 13) -> Piece:
    """Return a heading that is never the last on its page."""
    block = Block(wrap(text, BOLD, size, inks.TEXT), BOLD, size)

    def put(sheet: Sheet, top: float) -> None:
        sheet.write("H2", block, x=inks.LEFT, y=top - size, colour=inks.INK)

    return Piece(block.height + 5, put, keeps=True, above=18)


def told(text: str, *, size: float = 8, colour: Colour = inks.GREY, keeps: bool = False) -> Piece:
    """Return a paragraph."""
    block = Block(wrap(text, REGULAR, size, inks.TEXT), REGULAR, size)

    def put(sheet: Sheet, top: float) -> None:
        sheet.write("P", block, x=inks.LEFT, y=top - size, colour=colour)

    return Piece(block.height + 4, put, keeps=keeps)
