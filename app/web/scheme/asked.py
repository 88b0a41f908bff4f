"""From the requirements that the engine evaluates to the sentences and figures of a page (PUB-3).

Each kind of requirement, and for practice each measure and record, has one sentence; what narrows it (a
window, a period, that it must be attested) is a sentence of its own, so that each language keeps its grammar.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from app.schemes.requirements import AsOf, Kind, Requirement, requirements_for, upkeep_for
from app.web.languages import Reader

Package = Mapping[str, Any]

_DONE_OR_NOT = frozenset({Kind.AGREEMENT_ACCEPTED, Kind.COMPONENT_PASSED, Kind.FORMATIVE_COMPLETED})
"""The kinds without a figure of the scheme: what they ask was done or was not."""


@dataclass(frozen=True)
class Asked:
    """One requirement with the least value at each level that asks it."""

    requirement: Requirement
    by_level: Mapping[int, Decimal]

    @property
    def has_figures(self) -> bool:
        """Whether the levels differ in how much they ask, not only in whether they do."""
        return self.requirement.kind not in _DONE_OR_NOT


@dataclass(frozen=True)
class Table:
    """Requirements with the levels that ask anything of this kind."""

    levels: Sequence[int]
    rows: Sequence[Asked]


@dataclass(frozen=True)
class Demands:
    """What a scheme asks, as its page tells it to one reader."""

    package: Package
    reader: Reader

    @property
    def at_application(self) -> Table:
        """What is judged as of the application: the prerequisites."""
        return self._initial(AsOf.APPLICATION)

    @property
    def at_decision(self) -> Table:
        """What is judged on the day of the decision."""
        return self._initial(AsOf.DECISION)

    def _initial(self, as_of: AsOf) -> Table:
        found = {level: requirements_for(self.package, level) for level in self._levels()}
        of_then = {level: [one for one in listed if one.as_of is as_of] for level, listed in found.items()}
        return self._table(of_then, self.package["requirements"].get("items", ()))

    def upkeep(self, section: str) -> Table:
        """Return what surveillance or recertification asks."""
        found = {level: upkeep_for(self.package, section, level) for level in self._levels()}
        return self._table(found, self.package[section].get("requirements", ()))

    def _table(
        self, found: Mapping[int, Sequence[Requirement]], written: Sequence[Mapping[str, Any]]
    ) -> Table:
        """Bring together what the levels ask under one name, in the order in which the package writes it.

        A level that is not certified, on which nobody decides, has a column only if a figure is asked of it.
        """
        order = [item["id"] for item in written]
        names = sorted({one.id for listed in found.values() for one in listed}, key=order.index)
        rows = [_row(name, found) for name in names]
        certified = {item["level"] for item in self.package["levels"]["items"] if item["certifiable"]}
        levels = {level for row in rows for level in row.by_level if row.has_figures or level in certified}
        return Table(sorted(levels), rows)

    def _levels(self) -> list[int]:
        return [item["level"] for item in self.package["levels"]["items"]]

    def sentences(self, requirement: Requirement) -> list[Markup]:
        """Tell what a requirement asks, in whole sentences."""
        return [self._main(requirement), *self._narrowing(requirement)]

    def _main(self, requirement: Requirement) -> Markup:
        told = self.reader.told
        match requirement.kind:
            case Kind.AT_LEAST | Kind.AT_LEAST_EACH:
                return told(f"asks_measure_{requirement.measure}")
            case Kind.RECORD_PRESENT:
                return told(f"asks_record_{requirement.record}")
            case Kind.PHASES_EVIDENCED:
                return told("asks_phases", count=requirement.engagements_per_phase)
            case Kind.AGREEMENT_ACCEPTED:
                return told("asks_agreement")
            case _:
                return told(f"asks_{requirement.kind}", component=self._component(requirement))

    def _narrowing(self, requirement: Requirement) -> Iterator[Markup]:
        told, window = self.reader.told, requirement.window_months
        if requirement.attested:
            yield told("asks_attested")
        if requirement.period_months is not None:
            period = self._months(requirement.period_months)
            yield told("asks_each", period=period, window=self._months(window or 0))
        elif window is not None:
            yield told("asks_window", window=self._months(window))
        if self._parts.get(requirement.component or "", {}).get("when") == "scheme_changed":
            yield told("asks_if_changed")

    def _months(self, count: int) -> str:
        return self.reader.span(count, "month")

    @property
    def _parts(self) -> dict[str, Mapping[str, Any]]:
        parts = (*self.package["assessment"]["components"], *self.package["recertification"]["components"])
        return {part["code"]: part for part in parts}

    def _component(self, requirement: Requirement) -> Markup:
        """Lead to the component that a requirement names, by its title."""
        code = requirement.component or ""
        title = self.reader.say(self._parts[code]["title"]) if code in self._parts else Markup("")
        return Markup('<a href="#{0}">{1} ({0})</a>').format(code, title)


def _row(name: str, found: Mapping[int, Sequence[Requirement]]) -> Asked:
    """Bring together one requirement; between levels it differs in its least value alone."""
    by_level = {level: one for level, listed in found.items() for one in listed if one.id == name}
    first = by_level[min(by_level)]
    return Asked(first, {level: one.threshold for level, one in by_level.items()})
