"""Which plots a report has: scores and cuts, items, severity, and how many assessors are enough."""

from collections.abc import Iterator, Sequence
from functools import partial

from app.reports.labels import label, number
from app.reports.listing import heading, told
from app.reports.plots import Plot
from app.statements import inks
from app.statements.flow import Piece
from assessments.estimates import FigureVerdict
from assessments.items import ITEM_LINES, ItemRow
from assessments.report import FormReport, JudgedReport

_DIFFICULTY, _DISCRIMINATION = ("too_hard", "hard", "easy", "too_easy"), "weak_discrimination"


def of_form(language: str, report: FormReport) -> Iterator[Piece]:
    """Yield the plots of a form whose items could be analysed."""
    if not report.items:
        return
    say = partial(label, language)
    yield heading(say("scores"))
    yield _scores(language, report)
    yield heading(say("plane"))
    yield told(say("plane_note"), keeps=True)
    yield _plane(language, report.items)


def of_judged(language: str, report: JudgedReport) -> Iterator[Piece]:
    """Yield the plots of a judged component that has enough candidates."""
    say = partial(label, language)
    known = [one for one in report.assessors if one.severity.estimate is not None]
    if known:
        yield heading(say("severity_plot"), size=10.5)
        yield _severity(language, report)
    if report.raters:
        yield heading(say("raters"))
        reached = report.raters_enough
        yield told(say("not_enough") if reached is None else say("enough", number=reached), keeps=True)
        yield _raters(language, report)


def _scores(language: str, report: FormReport) -> Piece:
    counts = {float(entry.score): entry.n for entry in report.distribution}
    lowest = max(0, int(min(counts)) - 2)
    most = max(counts.values())
    step = max(1, -(-most // 4))
    told_cuts = ", ".join(f"{cut.level}: {cut.cut}" for cut in report.cuts)
    plot = Plot(
        x=(lowest - 1, report.maximum + 1),
        y=(0, step * 4.6),
        language=language,
        alt=f"{label(language, 'scores')}: {min(counts):g}\u2013{max(counts):g}; {told_cuts}",
        x_title=label(language, "scores_axis"),
        x_ticks=_ticks(lowest, report.maximum),
        y_ticks=[step * number_ for number_ in range(5)],
        places=(0, 0),
    )
    for score, n in counts.items():
        plot.bar(score, 0.82, n)
    for place, cut in enumerate(report.cuts):
        plot.line((cut.cut - 0.5, 0), (cut.cut - 0.5, step * 4.6), inks.TARGET, wide=1.2)
        name = label(language, "passes_level", level=cut.level)
        plot.word(name, cut.cut - 0.5, step * (4.25 - 0.4 * place), inks.TARGET)
    return plot.piece()


def _ticks(lowest: int, highest: int) -> Sequence[float]:
    step = next(size for size in (1, 2, 5, 10, 20, 50, 100) if (highest - lowest) / size <= 12)
    return [float(tick) for tick in range(-(-lowest // step) * step, highest + 1, step)]


def _plane(language: str, items: Sequence[ItemRow]) -> Piece:
    known = [(item, item.discrimination.value) for item in items if item.discrimination is not None]
    least = min([-0.2, *(r for _, r in known)])
    plot = Plot(
        x=(0, 1),
        y=(least - 0.05, max([0.6, *(r for _, r in known)]) + 0.1),
        language=language,
        alt=f"{label(language, 'plane')}: {_flagged_words(items)}",
        x_title=f"{label(language, 'plane_x')}  \u00b7  {label(language, 'plane_y')}",
        x_ticks=[tick / 10 for tick in range(0, 11, 2)],
        y_ticks=[
            tick / 5 for tick in range(round(least * 5), 5) if tick / 5 <= max(0.6, *(r for _, r in known))
        ],
        places=(1, 1),
    )
    for code in _DIFFICULTY:
        line = ITEM_LINES[code].value
        plot.line((line, plot.y[0]), (line, plot.y[1]), inks.LINE, dashed=True)
    line = ITEM_LINES[_DISCRIMINATION].value
    plot.line((0, line), (1, line), inks.TARGET, dashed=True, wide=0.7)
    for item, r in known:
        missed = _misses(item)
        plot.dot(
            item.difficulty.value, r, inks.WARNING if missed else inks.SHAPE, side=4.6 if missed else 3.2
        )
    return plot.piece()


def _flagged_words(items: Sequence[ItemRow]) -> str:
    return ", ".join(item.item for item in items if _misses(item)) or "\u2013"


def _misses(item: ItemRow) -> bool:
    """Tell whether the item itself, not one of its options, clearly misses a line."""
    return any(flag.verdict is FigureVerdict.NOT_MET and flag.option is None for flag in item.flags)


def _severity(language: str, report: JudgedReport) -> Piece:
    rows = [one for one in report.assessors if one.severity.estimate is not None]
    ends = [end for one in rows for end in _ends(one.severity.estimate)]
    line = rows[0].severity.threshold
    limit = 0.5 if line is None else line.value
    widest = max(limit + 0.1, *(abs(end) for end in ends))
    plot = Plot(
        x=(-widest * 1.05, widest * 1.05),
        y=(0.3, len(rows) + 0.7),
        language=language,
        alt="; ".join(f"{one.assessor[-6:]} {_value(language, one.severity.estimate)}" for one in rows),
        x_title=label(language, "severity"),
        x_ticks=[tick / 2 for tick in range(-8, 9) if abs(tick / 2) <= widest],
        y_ticks=[float(place) for place in range(1, len(rows) + 1)],
        places=(1, 0),
        names={float(len(rows) - place): one.assessor[-6:] for place, one in enumerate(rows)},
    )
    for edge in (-limit, limit):
        plot.line((edge, 0.3), (edge, len(rows) + 0.7), inks.TARGET, dashed=True, wide=0.7)
    for place, one in enumerate(rows):
        up = float(len(rows) - place)
        ink = inks.WARNING if one.severity.verdict is FigureVerdict.NOT_MET else inks.SHAPE
        low, high = _ends(one.severity.estimate)
        plot.line((low, up), (high, up), ink, wide=1.2)
        plot.dot(one.severity.estimate.value if one.severity.estimate else 0, up, ink, side=5)
    return plot.piece()


def _raters(language: str, report: JudgedReport) -> Piece:
    line = report.dependability.threshold
    plot = Plot(
        x=(0.5, len(report.raters) + 0.5),
        y=(0, 1.02),
        language=language,
        alt="; ".join(f"{one.raters}: {number(language, one.phi.value)}" for one in report.raters),
        x_title=label(language, "raters_axis"),
        x_ticks=[float(one.raters) for one in report.raters],
        y_ticks=[tick / 5 for tick in range(6)],
        places=(0, 1),
    )
    if line is not None:
        plot.line((0.5, line.value), (len(report.raters) + 0.5, line.value), inks.TARGET, dashed=True)
    for one in report.raters:
        low, high = _ends(one.phi)
        plot.line((one.raters, low), (one.raters, high), inks.SHAPE, wide=1.2)
        plot.dot(one.raters, one.phi.value, side=5)
    return plot.piece()


def _ends(estimate: object) -> tuple[float, float]:
    ends = getattr(estimate, "ci", None)
    value = float(getattr(estimate, "value", 0.0))
    return (value, value) if ends is None else (float(ends[0]), float(ends[1]))


def _value(language: str, estimate: object) -> str:
    return number(language, float(getattr(estimate, "value", 0.0)))
