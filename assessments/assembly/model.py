"""Form assembly as a linear program in whole numbers: the rules become rows, family by family.

Variables: x[form, item], 0 or 1, for each new form; y[pair of forms, item], 1 where both take it; the common
level of each statistic without a target; last the largest deviation, which is minimised.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp

from assessments.assembly.rules import BankItem, Family, Rules, Statistic

Row = tuple[dict[int, float], float, float]
"""Coefficients by variable, least and greatest value of their sum."""


@dataclass(frozen=True, slots=True)
class Model:
    """The program for one bank, its rules and a number of forms; items in the order of their labels."""

    items: tuple[BankItem, ...]
    rules: Rules
    n_forms: int
    statistics: tuple[Statistic, ...] = ()

    @property
    def pairs(self) -> tuple[tuple[int, int], ...]:
        """Pairs of forms whose common items are counted."""
        return tuple(combinations(range(self.n_forms), 2)) if self.rules.most_shared else ()

    @property
    def n_choices(self) -> int:
        """Number of variables that say which form takes which item."""
        return self.n_forms * len(self.items)

    @property
    def n_variables(self) -> int:
        """Number of all variables."""
        return self.n_choices + len(self.pairs) * len(self.items) + len(self.statistics) + 1

    def x(self, form: int, item: int) -> int:
        """Return the variable that says whether a form takes an item."""
        return form * len(self.items) + item

    def y(self, pair: int, item: int) -> int:
        """Return the variable that says whether both forms of a pair take an item."""
        return self.n_choices + pair * len(self.items) + item

    def level(self, statistic: int) -> int:
        """Return the variable of a statistic's common level."""
        return self.n_variables - 1 - len(self.statistics) + statistic

    def rows(self, family: Family) -> list[Row]:
        """Write one family of rules as rows."""
        return list(_WRITERS[family](self))

    def total(self, form: int, items: Collection[int], low: float, high: float) -> Row:
        """Bound how many of some items a form takes."""
        return {self.x(form, item): 1.0 for item in items}, low, high

    def where(self, holds: Iterable[bool]) -> list[int]:
        """Return the places of items for which something holds, told item by item."""
        return [place for place, held in enumerate(holds) if held]


def families(rules: Rules, *, n_forms: int, items: Sequence[BankItem]) -> tuple[Family, ...]:
    """List the families that bind, besides the length of the form, which always does."""
    binding = {
        Family.BLUEPRINT: True,
        Family.KINDS: bool(rules.kinds),
        Family.ENEMIES: bool(rules.enemies),
        Family.ITEM_SETS: any(item.item_set is not None for item in items),
        Family.EXPOSURE: rules.most_uses is not None,
        Family.EARLIER_FORMS: bool(rules.earlier),
        Family.SHARED_ITEMS: n_forms > 1,
        Family.REQUIRED: bool(rules.required),
        Family.FORBIDDEN: bool(rules.forbidden),
        Family.TIME: rules.most_seconds is not None,
    }
    return tuple(family for family, binds in binding.items() if binds)


def solve(model: Model, rows: Sequence[Row], *, tolerance: float, nodes: int) -> OptimizeResult:
    """Minimise the largest deviation under the rows, but not below the tolerance, where all are alike.

    Only status 2 of the answer means that there is no form: a search that ends at its last node comes back
    with a status that scipy does not know, with or without a solution.
    """
    low, high = np.zeros(model.n_variables), np.ones(model.n_variables)
    low[model.level(0) :], high[model.level(0) :] = -np.inf, np.inf
    low[-1] = tolerance
    if not model.statistics:
        high[-1] = tolerance  # a program without a bound may be called "unbounded or infeasible" by presolve
    cost = np.zeros(model.n_variables)
    cost[-1] = 1.0
    whole = np.zeros(model.n_variables)
    whole[: model.n_choices] = 1
    places = [(number, column, value) for number, row in enumerate(rows) for column, value in row[0].items()]
    numbers, columns, values = zip(*places, strict=True)
    table = sparse.csr_array((values, (numbers, columns)), shape=(len(rows), model.n_variables))
    bounds = LinearConstraint(table, [row[1] for row in rows], [row[2] for row in rows])
    options = {"node_limit": nodes, "mip_rel_gap": 1e-6}
    return milp(cost, integrality=whole, bounds=Bounds(low, high), constraints=bounds, options=options)


OPTIMAL, INFEASIBLE = 0, 2
"""Statuses of the solver's answer that are certain."""


def deviation_rows(model: Model) -> Iterator[Row]:
    """Bound each form's distance from target or common level by the largest deviation.

    Items without a value count as average ones: as the target's share of one item, or as the mean of the
    bank's known values; so they neither help nor harm a form.
    """
    largest = model.n_variables - 1
    for number, statistic in enumerate(model.statistics):
        centre = centre_of(statistic, model.rules.blueprint.n_items)
        # Without a target the range between forms counts: twice the distance from the middle.
        unit = statistic.scale if statistic.target is not None else statistic.scale / 2
        for form in range(model.n_forms):
            sums = {
                model.x(form, place): statistic.values[item.label] - centre
                for place, item in enumerate(model.items)
                if item.label in statistic.values
            }
            middle = {model.level(number): -1.0} if statistic.target is None else {}
            yield {**sums, **middle, largest: -unit}, -np.inf, 0.0
            yield {**sums, **middle, largest: unit}, 0.0, np.inf


def centre_of(statistic: Statistic, n_items: int) -> float:
    """Return what an item without a value counts as."""
    if statistic.target is not None:
        return statistic.target / n_items
    return sum(statistic.values.values()) / max(len(statistic.values), 1)


def _length(model: Model) -> Iterator[Row]:
    n_items = model.rules.blueprint.n_items
    for form in range(model.n_forms):
        yield model.total(form, range(len(model.items)), n_items, n_items)


def _blueprint(model: Model) -> Iterator[Row]:
    blueprint = model.rules.blueprint
    cells = [blueprint.cell(item.unit, item.cognitive_level) for item in model.items]
    for line in blueprint.lines:
        own = model.where(cell == (line.unit, line.cognitive_level) for cell in cells)
        for form in range(model.n_forms):
            yield model.total(form, own, line.count, line.count)


def _kinds(model: Model) -> Iterator[Row]:
    for kind, count in model.rules.kinds:
        own = model.where(item.kind is kind for item in model.items)
        for form in range(model.n_forms):
            yield model.total(form, own, count, count)


def _enemies(model: Model) -> Iterator[Row]:
    for group in model.rules.enemies:
        own = model.where(item.label in group for item in model.items)
        for form in range(model.n_forms):
            yield model.total(form, own, 0, 1)


def _item_sets(model: Model) -> Iterator[Row]:
    members: dict[str, list[int]] = {}
    for place, item in enumerate(model.items):
        if item.item_set is not None:
            members.setdefault(item.item_set, []).append(place)
    for own in members.values():
        for one, next_one in pairwise(own):
            for form in range(model.n_forms):
                yield {model.x(form, one): 1.0, model.x(form, next_one): -1.0}, 0, 0


def _exposure(model: Model) -> Iterator[Row]:
    assert model.rules.most_uses is not None, "asked for only where it binds"
    for place, item in enumerate(model.items):
        left = max(model.rules.most_uses - item.uses, 0)
        if left < model.n_forms:
            yield {model.x(form, place): 1.0 for form in range(model.n_forms)}, 0, left


def _earlier_forms(model: Model) -> Iterator[Row]:
    for earlier in model.rules.earlier:
        own = model.where(item.label in earlier.items for item in model.items)
        for form in range(model.n_forms):
            yield model.total(form, own, 0, model.rules.most_of_earlier)


def _shared_items(model: Model) -> Iterator[Row]:
    every = range(len(model.items))
    if not model.rules.most_shared:
        for place in every:
            yield {model.x(form, place): 1.0 for form in range(model.n_forms)}, 0, 1
    for pair, (one, other) in enumerate(model.pairs):
        for place in every:
            both = {model.x(one, place): 1.0, model.x(other, place): 1.0, model.y(pair, place): -1.0}
            yield both, -np.inf, 1
        yield {model.y(pair, place): 1.0 for place in every}, 0, model.rules.most_shared


def _required(model: Model) -> Iterator[Row]:
    own = model.where(item.label in model.rules.required for item in model.items)
    for form in range(model.n_forms):
        yield model.total(form, own, len(own), len(own))


def _forbidden(model: Model) -> Iterator[Row]:
    own = model.where(item.label in model.rules.forbidden for item in model.items)
    for form in range(model.n_forms):
        yield model.total(form, own, 0, 0)


def _time(model: Model) -> Iterator[Row]:
    assert model.rules.most_seconds is not None, "asked for only where it binds"
    for form in range(model.n_forms):
        seconds = {model.x(form, place): float(item.seconds or 0) for place, item in enumerate(model.items)}
        yield seconds, 0, model.rules.most_seconds


_WRITERS: dict[Family, Callable[[Model], Iterator[Row]]] = {
    Family.LENGTH: _length,
    Family.BLUEPRINT: _blueprint,
    Family.KINDS: _kinds,
    Family.ENEMIES: _enemies,
    Family.ITEM_SETS: _item_sets,
    Family.EXPOSURE: _exposure,
    Family.EARLIER_FORMS: _earlier_forms,
    Family.SHARED_ITEMS: _shared_items,
    Family.REQUIRED: _required,
    Family.FORBIDDEN: _forbidden,
    Family.TIME: _time,
}
