"""Draws a statement: upright A4 pages from frozen content; the same content gives the same bytes.

It is made to look like no certificate: upright, plain, in other colours, without frame or ornament, and each
page says that it is none.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from app.certificates.fonts import BOLD, REGULAR
from app.certificates.labels import day_in_words
from app.certificates.lettering import LEADING, Block, fit, wrap
from app.certificates.sheet import Colour, Facts, Sheet, Words
from app.certificates.symbol import symbol
from app.statements import inks, listing
from app.statements.content import StatementContent
from app.statements.flow import lay, paged
from app.statements.labels import label
from app.statements.paper_chart import put_chart
from skillcard.profile import Source

SEAL_BOX = (56, 62, 246, 118)
"""Left, bottom, right and top of the place where a reader shows the seal."""

_QR_SIDE = 58.0
_CHART_TOP_GAP = 12.0


@dataclass(frozen=True)
class _Fact:
    """A label with what stands under it."""

    title: str
    text: str
    face: str = REGULAR
    size: float = 9.5


def draw(content: StatementContent) -> bytes:
    """Return the statement as an unsealed PDF (CRT-2); raise ContentError if a text has no place on it."""
    sheet = Sheet((inks.WIDTH, inks.HEIGHT), _facts(content))
    following = paged([*listing.elements(content), *listing.steps(content)], inks.TOP - inks.BOTTOM)
    pages = 1 + len(following)
    _ground(sheet, content, page=1, pages=pages)
    _front(sheet, content)
    for page, pieces in enumerate(following, start=2):
        sheet.turn()
        _ground(sheet, content, page=page, pages=pages)
        lay(sheet, pieces, inks.TOP)
    return sheet.finish()


def _facts(content: StatementContent) -> Facts:
    title = label(content.language, content.kind)
    subject = label(content.language, "subject", title=title, number=content.number)
    return Facts(
        title=f"{subject}: {content.person_name}",
        author=content.body_name,
        subject=label(content.language, "not_a_certificate"),
        keywords=f"{content.number} {content.code}",
        language=content.language,
        day=content.found_on,
    )


def _ground(sheet: Sheet, content: StatementContent, *, page: int, pages: int) -> None:
    """Draw what stands on every page: a plain bar, whose paper it is, and that it is no certificate."""
    say = partial(label, content.language)
    sheet.decorate(inks.box(0, inks.HEIGHT - 7, inks.WIDTH, inks.HEIGHT, inks.INK))
    if content.demonstration:
        sheet.watermark(say("demonstration"), size=76, angle=52, colour=inks.WATERMARK)
    sheet.decorate(inks.rule(46))
    foot = Block((say("foot", number=content.number),), REGULAR, 7.5)
    sheet.repeat(Words(foot, inks.LEFT, 34, inks.GREY))
    count = Block((say("page", page=page, pages=pages),), REGULAR, 7.5)
    sheet.repeat(Words(count, inks.RIGHT, 34, inks.GREY, "end"))


def _front(sheet: Sheet, content: StatementContent) -> None:
    y = _head(sheet, content, inks.HEIGHT - 40)
    y = _notices(sheet, content, y)
    y = _person(sheet, content, y - 10)
    y = _table_of_facts(sheet, content, y - 6)
    put_chart(sheet, content, top=y - _CHART_TOP_GAP, bottom=SEAL_BOX[3] + 14)
    _seal(sheet, content)
    _check(sheet, content)


def _head(sheet: Sheet, content: StatementContent, y: float) -> float:
    say = partial(label, content.language)
    body = fit([content.body_name], BOLD, sizes=(10, 5), width=inks.TEXT, height=13, field="body_name")
    sheet.write("P", body, x=inks.LEFT, y=y, colour=inks.INK)
    if content.demonstration:
        line = Block((say("demonstration_line"),), BOLD, 7.5)
        sheet.write("P", line, x=inks.LEFT, y=y - 12, colour=inks.WARNING)
    title = Block((say(content.kind),), REGULAR, 28)
    sheet.write("H1", title, x=inks.LEFT, y=y - 46, colour=inks.INK)
    return y - 60


def _notices(sheet: Sheet, content: StatementContent, y: float) -> float:
    """Say in plain words what this is not, and whether anybody has checked it."""
    say = partial(label, content.language)
    told = [say(f"not_a_certificate_{content.kind}")]
    if content.card.certified:
        told.append(say("certified", levels=", ".join(map(str, content.card.certified))))
    if content.pilot:
        told.append(say("pilot"))
    y = _notice(sheet, say("not_a_certificate"), told, y, inks.INK, inks.WASH)
    source = content.card.source
    is_self = source is Source.SELF
    ink, wash = (inks.WARNING, inks.WARNING_WASH) if is_self else (inks.INK, inks.WASH)
    return _notice(sheet, say(f"{source}_title"), [say(f"{source}_text")], y - 7, ink, wash)


def _notice(
    sheet: Sheet, title: str, told: list[str], y: float, ink: Colour, wash: Colour
) -> float:  # fmt: skip
    inner = inks.TEXT - 26
    head = Block((title,), BOLD, 13)
    text = Block(tuple(line for part in told for line in wrap(part, REGULAR, 8.5, inner)), REGULAR, 8.5)
    height = head.height + text.height + 15
    sheet.decorate(inks.box(inks.LEFT, y - height, inks.RIGHT, y, wash))
    sheet.decorate(inks.box(inks.LEFT, y - height, inks.LEFT + 4, y, ink))
    below = sheet.write("P", head, x=inks.LEFT + 16, y=y - 18, colour=ink)
    sheet.write("P", text, x=inks.LEFT + 16, y=below + 2.5, colour=inks.TEXT_INK)
    return y - height


def _person(sheet: Sheet, content: StatementContent, y: float) -> float:
    say = partial(label, content.language)
    sheet.write("P", Block((say("about"),), BOLD, 7.5), x=inks.LEFT, y=y - 8, colour=inks.GREY)
    name = fit([content.person_name], BOLD, sizes=(19, 8), width=inks.TEXT, height=48, field="person_name")
    below = sheet.write("P", name, x=inks.LEFT, y=y - 10 - name.size, colour=inks.TEXT_INK)
    return below + name.size * (LEADING - 0.35)


def _table_of_facts(sheet: Sheet, content: StatementContent, y: float) -> float:
    """Write what the statement rests on, two facts side by side."""
    facts = list(_told_facts(content))
    column = (inks.TEXT - 24) / 2
    for pair in zip(facts[::2], facts[1::2], strict=True):
        blocks = [Block(wrap(fact.text, fact.face, fact.size, column), fact.face, fact.size) for fact in pair]
        for fact, block, x in zip(pair, blocks, (inks.LEFT, inks.LEFT + column + 24), strict=True):
            sheet.write("P", Block((fact.title,), BOLD, 7.5), x=x, y=y - 8, colour=inks.GREY)
            sheet.write("P", block, x=x, y=y - 10.5 - block.size, colour=inks.TEXT_INK)
        y -= 14 + max(block.height for block in blocks)
    return y


def _told_facts(content: StatementContent) -> Iterator[_Fact]:
    say, card = partial(label, content.language), content.card
    scheme = say(
        "scheme_line", title=content.scheme_title, code=content.scheme_code, version=content.scheme_version
    )
    yield _Fact(say("level"), _level(content, card.level), BOLD, 12)
    yield _Fact(say("target"), _level(content, card.target), REGULAR, 12)
    yield _Fact(say("rests_on"), say(f"source_{card.source}"))
    yield _Fact(say("rated"), say("rated_line", rated=card.rated, all=len(card.elements)))
    yield _Fact(say("scheme"), scheme)
    yield _Fact(say("found_on"), day_in_words(content.language, content.found_on))


def _level(content: StatementContent, level: int | None) -> str:
    if level is None:
        return label(content.language, "level_none")
    return label(content.language, "level_line", level=level, name=content.card.name_of(level))


def _seal(sheet: Sheet, content: StatementContent) -> None:
    """Draw the place of the seal. It says where to look and never that the seal is valid: ink cannot know."""
    left, bottom, right, top = SEAL_BOX
    edge = f"{left} {bottom} {right - left} {top - bottom} re S"
    sheet.decorate(f"q 0.5 w {inks.stroked(inks.LINE)} {edge} Q")
    say, inner = partial(label, content.language), right - left - 20
    y = sheet.write("P", Block((say("seal"),), BOLD, 8), x=left + 10, y=top - 15, colour=inks.INK)
    body = fit([content.body_name], REGULAR, sizes=(7.5, 5), width=inner, height=20, field="body_name")
    y = sheet.write("P", body, x=left + 10, y=y, colour=inks.TEXT_INK)
    note = fit([say("seal_note")], REGULAR, sizes=(6.5, 5), width=inner, height=17, field="seal_note")
    sheet.write("P", note, x=left + 10, y=y - 1, colour=inks.GREY)


def _check(sheet: Sheet, content: StatementContent) -> None:
    """Write number and address where the statement is checked, and draw the address as a small plain code."""
    say, url = partial(label, content.language), content.verify_url
    left, right, top = SEAL_BOX[2] + 20, inks.RIGHT - _QR_SIDE - 16, SEAL_BOX[3]
    sheet.write("P", Block((say("number"),), BOLD, 7.5), x=left, y=top - 8, colour=inks.GREY)
    number = fit([content.number], BOLD, sizes=(9.5, 5), width=right - left, height=13, field="number")
    sheet.write("P", number, x=left, y=top - 20, colour=inks.TEXT_INK)
    sheet.write("P", Block((say("check"),), BOLD, 7.5), x=left, y=top - 35, colour=inks.GREY)
    shown = [url.removesuffix(content.code), content.code]
    address = fit(shown, REGULAR, sizes=(7.5, 4), width=right - left, height=20, field="verify_url")
    sheet.write("P", address, x=left, y=top - 45, colour=inks.INK)
    sheet.link(url, (left, top - 58, right, top - 37))
    code = symbol(url)
    squares = code.squares(inks.RIGHT - _QR_SIDE, top + 1, _QR_SIDE / len(code.rows))
    drawn = "\n".join([f"q {inks.filled(inks.INK)}", *squares, "f Q"])
    sheet.figure(drawn, alt=f"{say('check')}: {url}")
    sheet.link(url, (inks.RIGHT - _QR_SIDE, top + 1 - _QR_SIDE, inks.RIGHT, top + 1))
