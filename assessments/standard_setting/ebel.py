"""Ebel's method: judges sort items by relevance and difficulty, and say what each cell of the grid asks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise, product

from assessments.errors import AssessmentError
from assessments.estimates import Provenance
from assessments.results import Finding, root, rounded
from assessments.standard_setting.cuts import CutScore, Rounding, Scale, cut_score
from assessments.standard_setting.panel import (
    Ratings,
    ensure_complete,
    ensure_panel,
    ensure_probability,
    items_of,
    judge_cut,
    large_error,
    small_panel,
    spread,
)
from assessments.standard_setting.uncertainty import t_estimate

EBEL_VERSION = "ebel/1"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the grid, such as essential and easy."""

    relevance: str
    difficulty: str


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows and columns of the grid, from most to least relevant and from easiest to hardest.

    Raises AssessmentError `grid_empty`, `grid_repeated`.
    """

    relevance: tuple[str, ...] = ("essential", "important", "acceptable", "questionable")
    difficulty: tuple[str, ...] = ("easy", "medium", "hard")

    def __post_init__(self) -> None:
        """Refuse a grid without cells, or with two cells of one name."""
        for names in (self.relevance, self.difficulty):
            if not names:
                raise AssessmentError("grid_empty")
            if len(set(names)) != len(names):
                raise AssessmentError("grid_repeated", names=names)

    def cells(self) -> tuple[Cell, ...]:
        """Return all cells, row by row."""
        return tuple(Cell(*names) for names in product(self.relevance, self.difficulty))

    def steps(self) -> tuple[tuple[Cell, Cell], ...]:
        """Return the pairs of neighbours of which the second is less relevant or harder."""
        along = [(Cell(row, a), Cell(row, b)) for row in self.relevance for a, b in pairwise(self.difficulty)]
        down = [(Cell(a, col), Cell(b, col)) for col in self.difficulty for a, b in pairwise(self.relevance)]
        return (*along, *down)


@dataclass(frozen=True, slots=True)
class EbelCell:
    """What the panel made of one cell: mean number of items placed in it, mean share expected right."""

    cell: Cell
    items: Decimal
    expected: Decimal


@dataclass(frozen=True, slots=True)
class EbelStudy:
    """The panel's cut, its grid, and the items whose place the judges did not agree on."""

    cut_score: CutScore
    judge_cuts: tuple[tuple[str, Decimal], ...]
    cells: tuple[EbelCell, ...]
    split: tuple[str, ...]
    """Items that were placed in two cells or more, the most scattered first."""


def ebel(
    placements: Mapping[str, Mapping[str, Cell]],
    expected: Mapping[str, Mapping[Cell, Decimal]],
    *,
    rounding: Rounding,
    grid: Grid | None = None,
    level: float = 0.95,
) -> EbelStudy:
    """Compute a form's cut from a panel's placement of its items in a grid of relevance by difficulty.

    `placements`: judge → item → cell (n_judges, n_items); `expected`: judge → cell → share of such items
    that a minimally competent candidate answers right, Decimals 0 to 1 in steps of 0.01 for every cell of
    the `grid` (Ebel's four by three unless given); a panel that agreed on one grid of shares states it for
    every judge. A judge's cut is the sum over items of the share of their cells; the cut is the mean over
    judges, exact. Raises NotEstimable `too_few_judges` under 5; AssessmentError `unknown_cell`,
    `no_ratings`, `panel_changed`, `missing_cell`, `rating_not_decimal`, `rating_out_of_range`,
    `rating_step`, `level_out_of_range`. Warns as `angoff` does, and when a judge expects more of harder or
    less relevant items. Source: Ebel 1972; Cizek & Bunch 2007.
    """
    grid = grid or Grid()
    _ensure_grid(expected, grid)
    table = _ratings(placements, expected)
    ensure_panel(len(table))
    mean, variance = spread(table)
    n_judges, n_items = len(table), len(items_of(table))
    squared = variance / n_judges
    warnings = (*small_panel(n_judges), *large_error(squared), *_rising(expected, grid))
    return EbelStudy(
        cut_score=cut_score(
            mean,
            t_estimate(float(mean), float(root(squared)), freedom=n_judges - 1, level=level),
            scale=Scale(0, n_items),
            rounding=rounding,
            n_judges=n_judges,
            provenance=Provenance("ebel", EBEL_VERSION, 0, n_items, warnings=warnings),
        ),
        judge_cuts=tuple((judge, rounded(judge_cut(row), 2)) for judge, row in table.items()),
        cells=tuple(_cell(cell, placements, expected) for cell in grid.cells()),
        split=_split(placements, items_of(table)),
    )


def _ensure_grid(expected: Mapping[str, Mapping[Cell, Decimal]], grid: Grid) -> None:
    """Refuse shares for cells outside the grid, missing ones, and what is no share."""
    cells = grid.cells()
    for judge, row in expected.items():
        for cell in (*cells, *row):
            name = f"{cell.relevance}, {cell.difficulty}"
            if cell not in cells:
                raise AssessmentError("unknown_cell", judge=judge, cell=name)
            if cell not in row:
                raise AssessmentError("missing_cell", judge=judge, item=name)
            ensure_probability(judge, name, row[cell])


def _ratings(
    placements: Mapping[str, Mapping[str, Cell]], expected: Mapping[str, Mapping[Cell, Decimal]]
) -> Ratings:
    """Read a placement as a rating: the share that the judge expects of the item's cell."""
    if placements.keys() != expected.keys():
        raise AssessmentError("panel_changed", judges=tuple(sorted(placements.keys() ^ expected.keys())))
    if not placements:
        raise AssessmentError("no_ratings")
    for judge, row in placements.items():
        for item, cell in row.items():
            if cell not in expected[judge]:
                raise AssessmentError("unknown_cell", judge=judge, item=item, cell=str(cell))
    table = {
        judge: {item: expected[judge][cell] for item, cell in row.items()}
        for judge, row in placements.items()
    }
    ensure_complete(table, table)
    return table


def _cell(
    cell: Cell,
    placements: Mapping[str, Mapping[str, Cell]],
    expected: Mapping[str, Mapping[Cell, Decimal]],
) -> EbelCell:
    """Describe one cell over the panel."""
    placed = sum(place == cell for row in placements.values() for place in row.values())
    shares = sum((Fraction(row[cell]) for row in expected.values()), Fraction(0))
    return EbelCell(cell, rounded(Fraction(placed, len(placements))), rounded(shares / len(expected)))


def _split(placements: Mapping[str, Mapping[str, Cell]], items: Sequence[str]) -> tuple[str, ...]:
    """Name the items that stand in several cells."""
    places = {item: len({row[item] for row in placements.values()}) for item in items}
    return tuple(item for item in sorted(items, key=lambda item: -places[item]) if places[item] > 1)


def _rising(expected: Mapping[str, Mapping[Cell, Decimal]], grid: Grid) -> tuple[Finding, ...]:
    """Name each judge who expects more of a harder or less relevant cell than of its neighbour."""
    judges = [
        judge
        for judge, row in expected.items()
        if any(row[harder] > row[easier] for easier, harder in grid.steps())
    ]
    return tuple(
        Finding(
            "expectation_rises",
            f"{judge} expects more of a harder or less relevant cell than of the one beside it",
            "shares that fall along both sides of the grid",
            "Ebel 1972",
        )
        for judge in judges
    )
