"""The tables of a statement: all elements as they are rated, and the steps to the target."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from app.certificates.fonts import BOLD, REGULAR, width
from app.certificates.lettering import Block, wrap
from app.certificates.sheet import Colour, Group, Sheet, Words
from app.statements import inks
from app.statements.content import ElementFound, StatementContent, StepAhead, UnitFound
from app.statements.flow import Piece
from app.statements.labels import figure, label
from skillcard.framework import HIGHEST_RATING

_SIZE = 8.0
_SMALL = 7.0
_PAD = 2.4
_GAP = 10.0
_WIDEST_CODE = 104.0
_HEAD_HEIGHT = 17.0
_BAR, _BAR_HEIGHT = 52.0, 4.6


@dataclass(frozen=True)
class _Column:
    """Where a column stands and how wide its words may run."""

    title: str
    x: float
    width: float


@dataclass(frozen=True)
class _Cell:
    """Words in a column; a cell that heads its row is a TH."""

    lines: Block
    colour: Colour = inks.TEXT_INK
    role: str = "TD"


class _Listing:
    """A table that may run over several pages and stays one for a screen reader."""

    def __init__(self, columns: Sequence[_Column]) -> None:
        self.columns = columns
        self._group: Group | None = None

    def head(self) -> Piece:
        """Return the row of heads; it never stands alone at the foot of a page."""

        def put(sheet: Sheet, top: float) -> None:
            self._group = sheet.group("Table")
            row = sheet.group("TR", self._group, heads="Column")
            for words in self._titles(top):
                sheet.write("TH", words.block, x=words.x, y=words.y, colour=words.colour, within=row)
            sheet.decorate(inks.rule(top - 14, colour=inks.INK))

        return Piece(_HEAD_HEIGHT, put, keeps=True)

    def row(self, cells: Sequence[_Cell], *, bar: str = "", is_unit: bool = False) -> Piece:
        """Return a row as high as its highest cell; `bar` is drawn on its first base line."""
        height = max(cell.lines.height for cell in cells) + 2 * _PAD

        def put(sheet: Sheet, top: float) -> None:
            if is_unit:
                sheet.decorate(inks.box(inks.LEFT - 5, top - height, inks.RIGHT + 5, top, inks.WASH))
            else:
                sheet.decorate(inks.rule(top - height))
            base = top - _PAD - _SIZE + 0.4
            if bar:
                sheet.decorate(f"q 1 0 0 1 0 {base:.2f} cm {bar} Q")
            row = sheet.group("TR", self._group)
            for cell, column in zip(cells, self.columns, strict=True):
                sheet.write(cell.role, cell.lines, x=column.x, y=base, colour=cell.colour, within=row)

        return Piece(height, put, keeps=is_unit, again=Piece(_HEAD_HEIGHT, self._put_again))

    def _put_again(self, sheet: Sheet, top: float) -> None:
        for words in self._titles(top):
            sheet.repeat(words)
        sheet.decorate(inks.rule(top - 14, colour=inks.INK))

    def _titles(self, top: float) -> Iterator[Words]:
        for column in self.columns:
            yield Words(Block((column.title,), BOLD, _SMALL), column.x, top - 9, inks.INK)


def _cell(
    text: str,
    column: _Column,
    *,
    face: str = REGULAR,
    size: float = _SIZE,
    colour: Colour = inks.TEXT_INK,
    role: str = "TD",
) -> _Cell:
    return _Cell(Block(wrap(text, face, size, column.width), face, size), colour, role)


def _heading(text: str, note: str) -> Piece:
    """Return a heading and the sentence that explains what follows."""
    title = Block(wrap(text, BOLD, 14, inks.TEXT), BOLD, 14)
    told = Block(wrap(note, REGULAR, _SIZE, inks.TEXT), REGULAR, _SIZE)

    def put(sheet: Sheet, top: float) -> None:
        below = sheet.write("H2", title, x=inks.LEFT, y=top - 14, colour=inks.INK)
        sheet.write("P", told, x=inks.LEFT, y=below + 3, colour=inks.GREY)

    return Piece(title.height + told.height + 13, put, keeps=True, above=26)


def elements(content: StatementContent) -> Iterator[Piece]:
    """Yield the table of all elements, unit by unit."""
    card, say = content.card, partial(label, content.language)
    note = say("elements_note", level=card.target)
    if any(element.critical for element in card.elements):
        note += " " + say("critical_note")
    yield _heading(say("elements"), note)
    listing = _Listing(_element_columns(content))
    yield listing.head()
    for unit in card.units:
        yield _unit_row(content, unit, listing)
        for element in unit.elements:
            yield _element_row(content, element, listing)


def _element_columns(content: StatementContent) -> list[_Column]:
    say, code = partial(label, content.language), _code_width(content)
    after, bar, rating, day = inks.LEFT + code + _GAP, *(inks.RIGHT - far for far in (218, 156, 42))
    return [
        _Column(say("code"), inks.LEFT, code),
        _Column(say("element"), after, bar - after - _GAP),
        _Column(say("rating"), bar, _BAR),
        _Column("", rating, day - rating - _GAP),
        _Column(say("rated_on"), day, 60),
    ]


def _code_width(content: StatementContent) -> float:
    codes = [unit.code for unit in content.card.units] + [found.code for found in content.card.elements]
    return min(_WIDEST_CODE, max(width(code, BOLD, _SMALL) for code in codes))


def _unit_row(content: StatementContent, unit: UnitFound, listing: _Listing) -> Piece:
    code, title, bar, rating, day = listing.columns
    mean, least = (figure(content.language, value) for value in (unit.mean, unit.least))
    told = label(content.language, "mean", mean=mean, least=least)
    cells = (
        _cell(unit.code, code, face=BOLD, size=_SMALL, colour=inks.INK),
        _cell(unit.title, title, face=BOLD, colour=inks.INK, role="TH"),
        _cell("", bar),
        _cell(told, _Column("", rating.x, inks.RIGHT - rating.x), face=BOLD, colour=inks.INK),
        _cell("", day),
    )
    return listing.row(cells, bar=_bar(float(unit.mean), float(unit.least), bar.x), is_unit=True)


def _element_row(content: StatementContent, element: ElementFound, listing: _Listing) -> Piece:
    say = partial(label, content.language)
    code, title, bar, rating, day = listing.columns
    named = f"{element.title} ({say('critical')})" if element.critical else element.title
    cells = (
        _cell(element.code, code, size=_SMALL, colour=inks.GREY),
        _cell(named, title, face=BOLD if element.critical else REGULAR, role="TH"),
        _cell("", bar),
        _cell(_rating(content, element), rating),
        _cell(element.rated_on.isoformat() if element.rated_on else "", day, size=_SMALL, colour=inks.GREY),
    )
    return listing.row(cells, bar=_bar(float(element.rating or 0), element.least, bar.x))


def _rating(content: StatementContent, element: ElementFound) -> str:
    say = partial(label, content.language)
    if element.rating is None:
        return say("not_rated")
    name = content.card.name_of(element.rating) or say("below_lowest")
    return f"{figure(content.language, element.rating)}  {name}"


def _bar(rating: float, least: float, left: float) -> str:
    """Return a track of five steps, filled as far as the rating goes, with a mark at the least."""
    step, parts = _BAR / HIGHEST_RATING, [inks.filled(inks.LINE)]
    for n in range(HIGHEST_RATING):
        parts.append(f"{left + n * step:.2f} 0.6 {step - 1.2:.2f} {_BAR_HEIGHT} re f")
    parts.append(inks.filled(inks.SHAPE))
    for n in range(HIGHEST_RATING):
        share = min(1.0, max(0.0, rating - n))
        if share:
            parts.append(f"{left + n * step:.2f} 0.6 {(step - 1.2) * share:.2f} {_BAR_HEIGHT} re f")
    if least:
        x = left + least * step - 0.6
        parts.append(f"1.2 w {inks.stroked(inks.TARGET)} {x:.2f} -1.4 m {x:.2f} {_BAR_HEIGHT + 2.6:.2f} l S")
    return " ".join(parts)


def steps(content: StatementContent) -> Iterator[Piece]:
    """Yield what is missing to the target, step by step, with what can be seen once it is there."""
    card, say = content.card, partial(label, content.language)
    title = say("steps", level=card.target, name=card.name_of(card.target))
    yield _heading(title, say("steps_note" if card.steps else "steps_none"))
    if not card.steps:
        return
    listing = _Listing(_step_columns(content))
    yield listing.head()
    for step in card.steps:
        yield _step_row(content, step, listing)


def _step_columns(content: StatementContent) -> list[_Column]:
    say, code = partial(label, content.language), _code_width(content)
    after, why, span, seen = inks.LEFT + code + _GAP, *(inks.RIGHT - far for far in (314, 246, 208))
    return [
        _Column(say("code"), inks.LEFT, code),
        _Column(say("element"), after, why - after - _GAP),
        _Column(say("why"), why, span - why - _GAP),
        _Column(say("from_to"), span, 28),
        _Column(say("can_be_seen"), seen, inks.RIGHT - seen),
    ]


def _step_row(content: StatementContent, step: StepAhead, listing: _Listing) -> Piece:
    say = partial(label, content.language)
    code, title, why, span, seen = listing.columns
    cells = (
        _cell(step.element, code, size=_SMALL, colour=inks.GREY),
        _cell(step.title, title, face=BOLD, role="TH"),
        _cell(say(f"why_{step.why}"), why, size=_SMALL, colour=inks.GREY),
        _cell(say("step_line", has=step.has, needs=step.needs), span, face=BOLD, colour=inks.INK),
        _cell(step.descriptor, seen),
    )
    return listing.row(cells)
