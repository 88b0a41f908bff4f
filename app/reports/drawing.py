"""Draws a report: upright A4 pages with tables and plots; the same figures give the same bytes."""

from collections.abc import Iterator
from functools import partial

from app.certificates.fonts import BOLD, REGULAR
from app.certificates.labels import day_in_words
from app.certificates.lettering import Block, wrap
from app.certificates.sheet import Colour, Facts, Sheet, Words
from app.reports.labels import label, named, number
from app.reports.listing import Cell, Table, heading, told
from app.reports.making import Head, Made
from app.reports.plotting import of_form, of_judged
from app.statements import inks
from app.statements.flow import Piece, lay, paged
from assessments.estimates import Estimate, FigureVerdict
from assessments.items import Flag, ItemRow
from assessments.report import AssessorReport, Figure, FormReport, JudgedReport

_INKS: dict[FigureVerdict, Colour] = {
    FigureVerdict.MET: (0.10, 0.42, 0.25),
    FigureVerdict.NOT_MET: inks.WARNING,
    FigureVerdict.UNCERTAIN: (0.55, 0.37, 0.02),
    FigureVerdict.NOT_ESTIMABLE: inks.GREY,
}
_WIDTHS = (132, 38, 66, 72, 104, 124)


def draw(head: Head, made: Made) -> bytes:
    """Return the report as a PDF."""
    sheet = Sheet((inks.WIDTH, inks.HEIGHT), _facts(head))
    pages = paged([*_head(head, made), *_body(head.language, made.report)], inks.TOP - inks.BOTTOM)
    for page, pieces in enumerate(pages, start=1):
        if page > 1:
            sheet.turn()
        _ground(sheet, head, page=page, pages=len(pages))
        lay(sheet, pieces, inks.TOP)
    return sheet.finish()


def _facts(head: Head) -> Facts:
    title = f"{label(head.language, 'title')}: {head.title}"
    return Facts(title, head.body_name, title, head.component, head.language, head.made_on)


def _ground(sheet: Sheet, head: Head, *, page: int, pages: int) -> None:
    """Draw what stands on every page."""
    sheet.decorate(inks.box(0, inks.HEIGHT - 7, inks.WIDTH, inks.HEIGHT, inks.INK))
    if head.demonstration:
        text = label(head.language, "demonstration")
        sheet.watermark(text, size=76, angle=52, colour=inks.WATERMARK)
    sheet.decorate(inks.rule(46))
    foot = Block((f"{label(head.language, 'title')}  \u00b7  {head.title}",), REGULAR, 7.5)
    sheet.repeat(Words(foot, inks.LEFT, 34, inks.GREY))
    count = Block((label(head.language, "page", page=page, pages=pages),), REGULAR, 7.5)
    sheet.repeat(Words(count, inks.RIGHT, 34, inks.GREY, "end"))


def _head(head: Head, made: Made) -> Iterator[Piece]:
    """Yield whose report this is, of what, and how to read it."""
    say, day = partial(label, head.language), partial(day_in_words, head.language)
    title = Block((say("title"),), REGULAR, 26)
    name = Block(wrap(head.title, BOLD, 13, inks.TEXT), BOLD, 13)

    def put(sheet: Sheet, top: float) -> None:
        sheet.write("P", Block((head.body_name,), BOLD, 10), x=inks.LEFT, y=top - 10, colour=inks.INK)
        below = sheet.write("H1", title, x=inks.LEFT, y=top - 44, colour=inks.INK)
        sheet.write("P", name, x=inks.LEFT, y=below + 7, colour=inks.TEXT_INK)

    yield Piece(66 + name.height, put)
    period = say(
        "head",
        component=head.component,
        starts=day(head.starts_on),
        ends=day(head.ends_on),
        n=made.report.n,
    )
    yield told(period, size=10, colour=inks.TEXT_INK)
    yield told(
        say(
            "made",
            day=day(head.made_on),
            version=made.report.version,
            sha256=made.material_sha256[:16],
        )
    )
    yield told(say("how"))
    for caution in made.report.cautions:
        yield told(named(head.language, "caution", caution.code), colour=inks.WARNING)


def _body(language: str, report: FormReport | JudgedReport) -> Iterator[Piece]:
    if isinstance(report, FormReport):
        yield from _form(language, report)
    else:
        yield from _judged(language, report)
    yield from _items(language, report)


def _form(language: str, report: FormReport) -> Iterator[Piece]:
    say = partial(label, language)
    yield heading(say("figures"))
    yield from _figures(language, [report.alpha, report.mean, report.sd, report.sem])
    yield from _passes(language, report)
    for cut in report.cuts:
        yield heading(say("cut", level=cut.level, cut=cut.cut, maximum=report.maximum), size=10.5)
        own = [cut.cut_error, cut.csem, cut.consistency, cut.kappa, cut.accuracy]
        yield from _figures(language, own)
    yield from of_form(language, report)


def _judged(language: str, report: JudgedReport) -> Iterator[Piece]:
    say, agreement = partial(label, language), report.agreement
    yield heading(say("figures"))
    own = [agreement.exact, agreement.adjacent, agreement.kappa, agreement.verdicts_agree]
    yield from _figures(language, [report.dependability, *own, agreement.adjudicated, report.alpha])
    yield from _passes(language, report)
    yield heading(say("assessors"))
    if report.assessors_reason is not None:
        yield told(say("assessors_none", reason=named(language, "why", report.assessors_reason)))
    else:
        yield from _assessors(language, report.assessors)
    yield from of_judged(language, report)


def _figures(language: str, figures: list[Figure]) -> Iterator[Piece]:
    say = partial(label, language)
    titles = ("figure", "value", "interval", "line", "source", "verdict")
    table = Table([say(title) for title in titles], _WIDTHS)
    yield table.head()
    for figure in figures:
        yield table.row(_figure(language, figure))


def _figure(language: str, figure: Figure) -> list[Cell]:
    say, line = partial(label, language), figure.threshold
    if figure.estimate is None:
        value = interval = "\u2013"
    else:
        value, interval = number(language, figure.estimate.value), _interval(language, figure.estimate)
    drawn = "" if line is None else say(line.direction.value, line=number(language, line.value))
    return [
        Cell(say(figure.code), face=BOLD),
        Cell(value, face=BOLD),
        Cell(interval),
        Cell(drawn),
        Cell("" if line is None else line.source, inks.GREY),
        _verdict(language, figure),
    ]


def _verdict(language: str, figure: Figure) -> Cell:
    if figure.verdict is None:
        return Cell("")
    text = label(language, figure.verdict.value)
    if figure.reason is not None:
        text += f": {named(language, 'why', figure.reason)}"
    return Cell(text, _INKS[figure.verdict], BOLD if figure.estimate else REGULAR)


def _interval(language: str, estimate: Estimate) -> str:
    if estimate.ci is None:
        return ""
    low, high = (number(language, end) for end in estimate.ci)
    return f"{low} \u2013 {high}"


def _passes(language: str, report: FormReport | JudgedReport) -> Iterator[Piece]:
    say = partial(label, language)
    yield heading(say("passes"), size=10.5)
    if not report.passes:
        yield told(say("none"))
        return
    table = Table(["", say("value"), say("interval"), ""], (196, 46, 72, 218))
    yield table.head()
    for found in report.passes:
        share = number(language, found.share.value)
        yield table.row(
            [
                Cell(say("passes_level", level=found.level), face=BOLD),
                Cell(share, face=BOLD),
                Cell(_interval(language, found.share)),
                Cell(say("passed", passed=found.passed, n=found.n)),
            ]
        )


def _assessors(language: str, rows: tuple[AssessorReport, ...]) -> Iterator[Piece]:
    say = partial(label, language)
    titles = ("assessor", "shared", "severity", "interval", "kappa", "interval", "state")
    table = Table([say(title) for title in titles], (70, 46, 50, 84, 50, 84, 90))
    yield table.head()
    for row in rows:
        cells = [Cell(row.assessor[-6:], face=BOLD), Cell(str(row.n_double_marked))]
        for figure in (row.severity, row.kappa):
            ink = _INKS[figure.verdict or FigureVerdict.MET]
            value = "\u2013" if figure.estimate is None else number(language, figure.estimate.value)
            interval = "" if figure.estimate is None else _interval(language, figure.estimate)
            cells += [Cell(value, ink, BOLD), Cell(interval, ink)]
        yield table.row([*cells, Cell(say(row.state.value))])


def _items(language: str, report: FormReport | JudgedReport) -> Iterator[Piece]:
    say = partial(label, language)
    kind = "item" if isinstance(report, FormReport) else "element"
    yield heading(say(f"{kind}s"))
    if report.items_reason is not None:
        yield told(say("items_none", reason=named(language, "why", report.items_reason)))
        return
    titles = (kind, "p", "interval", "r", "interval", "flags")
    table = Table([say(title) for title in titles], (92, 34, 70, 34, 70, 210))
    yield table.head()
    for item in report.items:
        yield table.row(_item(language, item))


def _item(language: str, item: ItemRow) -> list[Cell]:
    found, missed = item.discrimination, _is_flagged(item)
    return [
        Cell(item.item, face=BOLD),
        Cell(number(language, item.difficulty.value)),
        Cell(_interval(language, item.difficulty), inks.GREY),
        Cell("\u2013" if found is None else number(language, found.value)),
        Cell("" if found is None else _interval(language, found), inks.GREY),
        Cell(_flags(language, item.flags), inks.WARNING if missed else inks.GREY),
    ]


def _is_flagged(item: ItemRow) -> bool:
    """Tell whether a line of an item is clearly not met."""
    return any(flag.verdict is FigureVerdict.NOT_MET for flag in item.flags)


def _flags(language: str, flags: tuple[Flag, ...]) -> str:
    """Name the lines that are not met, and count those that may not be."""
    names = [
        label(language, f"flag_{flag.code}", option=flag.option)
        for flag in flags
        if flag.verdict is FigureVerdict.NOT_MET
    ]
    open_ones = sum(flag.verdict is FigureVerdict.UNCERTAIN for flag in flags)
    return "; ".join([*names, *([label(language, "and_uncertain", number=open_ones)] if open_ones else [])])
