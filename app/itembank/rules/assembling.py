"""Putting forms together from the bank: what is asked for, what it is found from, and what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import chain
from typing import Any

from app.core.errors import Invalid
from assessments.assembly import Assembly, BankItem, EarlierForm, Rules, assemble, difficulty
from assessments.errors import AssessmentError
from assessments.forms import Blueprint, BlueprintLine, ItemKind
from assessments.results import document


class AssemblyState(StrEnum):
    """Where an assembly stands; it is answered once."""

    ASKED = "asked"
    DONE = "done"
    REFUSED = "refused"
    """The rules contradict themselves, or no form obeys them all."""


@dataclass(frozen=True)
class Problem:
    """What forms are to be found from: the items that may be used, and the rules as they were asked for."""

    items: Sequence[BankItem]
    units: Mapping[str, int]
    """Unit → items of it that each form takes, by the scheme's blueprint."""
    minutes: int
    wanted: Mapping[str, Any]
    """As `AssemblyCreate` keeps it."""
    earlier: Sequence[EarlierForm] = ()
    expected: Mapping[str, float] = field(default_factory=dict)
    """Item → share of right answers that panels expected of it."""


@dataclass(frozen=True)
class Solution:
    """The forms found, each by its items' codes, or none; and what is told of them."""

    forms: tuple[tuple[str, ...], ...]
    outcome: Mapping[str, Any]


def lines_of(units: Mapping[str, int], levels: Mapping[str, Mapping[str, int]]) -> tuple[BlueprintLine, ...]:
    """Return the blueprint's lines, with those units divided by cognitive level for which that was asked."""
    for unit, divided in levels.items():
        if sum(divided.values()) != units.get(unit, 0):
            pointer = f"/cognitive_levels/{unit}"
            raise Invalid("levels_do_not_add_up", pointer=pointer, unit=unit, items=units.get(unit, 0))
    return tuple(
        chain.from_iterable(
            (BlueprintLine(unit, number, level) for level, number in levels[unit].items())
            if unit in levels
            else (BlueprintLine(unit, count),)
            for unit, count in units.items()
        )
    )


def solve(problem: Problem) -> Solution:
    """Find the forms that obey all rules and are most alike, or say what stands in the way (EXM-1)."""
    try:
        found = assemble(
            problem.items,
            _rules(problem),
            n_forms=len(problem.wanted["codes"]),
            statistics=[difficulty(problem.expected)] if problem.expected else (),
        )
    except AssessmentError as refusal:
        facts = {name: _plain(value) for name, value in refusal.facts.items()}
        return Solution((), {"code": refusal.code, "facts": facts})
    return Solution(tuple(form.items for form in found.forms), _told(found))


def _rules(problem: Problem) -> Rules:
    wanted = problem.wanted
    return Rules(
        blueprint=Blueprint(lines_of(problem.units, wanted["cognitive_levels"]), problem.minutes),
        kinds=tuple((ItemKind(kind), count) for kind, count in wanted["kinds"].items()),
        enemies=tuple(frozenset(group) for group in wanted["enemies"]),
        required=frozenset(wanted["required"]),
        forbidden=frozenset(wanted["forbidden"]),
        most_seconds=wanted["most_seconds"],
        most_uses=wanted["most_uses"],
        earlier=tuple(problem.earlier),
        most_of_earlier=wanted["most_of_earlier"],
        most_shared=wanted["most_shared"],
    )


def _told(found: Assembly) -> dict[str, Any]:
    """Tell how alike the forms are, by what method, and what a reader must know."""
    return {
        "largest_deviation": _plain(found.largest_deviation),
        "proven": found.proven,
        "method": found.provenance.method,
        "version": found.provenance.version,
        "options": _plain(found.provenance.options),
        "warnings": [_plain(warning) for warning in found.provenance.warnings],
    }


def _plain(value: object) -> Any:
    """Turn a fact into plain values; what has no such form is told as text."""
    try:
        return document(value)
    except TypeError:
        return str(value)
