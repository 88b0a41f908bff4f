"""Requirements evaluated as data: from a requirement and a measured value to an answer with its reason.

An answer carries all that led to it, so that it can be judged again later from itself alone (DEC-3).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, Self


class Kind(StrEnum):
    """The closed set of predicates that a requirement can be."""

    AT_LEAST = "at_least"
    AT_LEAST_EACH = "at_least_each"
    RECORD_PRESENT = "record_present"
    PHASES_EVIDENCED = "phases_evidenced"
    AGREEMENT_ACCEPTED = "agreement_accepted"
    COMPONENT_PASSED = "component_passed"
    FORMATIVE_COMPLETED = "formative_completed"


OVER_PRACTICE = frozenset({Kind.AT_LEAST, Kind.AT_LEAST_EACH, Kind.PHASES_EVIDENCED, Kind.RECORD_PRESENT})
"""The kinds that are answered from a person's practice; the others from her case."""


class AsOf(StrEnum):
    """At which moment a requirement is judged (7.0, amendment 1)."""

    APPLICATION = "application"
    DECISION = "decision"


@dataclass(frozen=True)
class Requirement:
    """One requirement of a scheme version, as it applies to one level."""

    id: str
    kind: Kind
    as_of: AsOf
    title: Mapping[str, str]
    threshold: Decimal
    """Least value; 1 for requirements that are simply met or not."""
    measure: str | None = None
    window_months: int | None = None
    engagements_per_phase: int | None = None
    component: str | None = None
    period_months: int | None = None
    record: str | None = None
    attested: bool | None = None

    @property
    def demand(self) -> tuple[object, ...]:
        """What is asked, without the words, which may change while it stays the same."""
        return tuple(value for name, value in vars(self).items() if name != "title")


@dataclass(frozen=True)
class Answer:
    """What was found for a requirement: value, whether it is met, and from which records."""

    requirement: Requirement
    value: Decimal
    sources: tuple[str, ...]

    @property
    def is_met(self) -> bool:
        """Whether the value reaches the threshold."""
        return self.value >= self.requirement.threshold

    def to_document(self) -> dict[str, Any]:
        """Return the answer in the canonical profile."""
        requirement = self.requirement
        return {
            "requirement": requirement.id,
            "kind": str(requirement.kind),
            "as_of": str(requirement.as_of),
            "title": dict(requirement.title),
            "measure": requirement.measure,
            "window_months": requirement.window_months,
            "engagements_per_phase": requirement.engagements_per_phase,
            "component": requirement.component,
            "period_months": requirement.period_months,
            "record": requirement.record,
            "attested": requirement.attested,
            "threshold": format(requirement.threshold, "f"),
            "value": format(self.value, "f"),
            "met": self.is_met,
            "sources": list(self.sources),
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """Take up an answer from its document; whether it is met is judged anew."""
        requirement = Requirement(
            id=document["requirement"],
            kind=Kind(document["kind"]),
            as_of=AsOf(document["as_of"]),
            title=document["title"],
            threshold=Decimal(document["threshold"]),
            measure=document["measure"],
            window_months=document["window_months"],
            engagements_per_phase=document["engagements_per_phase"],
            component=document["component"],
            period_months=document.get("period_months"),
            record=document.get("record"),
            attested=document.get("attested"),
        )
        return cls(requirement, Decimal(document["value"]), tuple(document["sources"]))


def requirements_for(package: Mapping[str, Any], level: int) -> tuple[Requirement, ...]:
    """Return what a scheme version asks for a level, in the order of the package."""
    components = {part["code"]: part["levels"] for part in package["assessment"]["components"]}
    return tuple(
        _requirement(item, level)
        for item in package["requirements"].get("items", [])
        if _applies(item, level, components.get(item.get("component"), [level]))
    )


def upkeep_for(package: Mapping[str, Any], section: str, level: int) -> tuple[Requirement, ...]:
    """Return what `surveillance` or `recertification` asks of a level, judged on the day of the decision."""
    components = {part["code"]: part["levels"] for part in package[section].get("components", [])}
    return tuple(
        _requirement({"as_of": AsOf.DECISION, **item}, level)
        for item in package[section].get("requirements", [])
        if _applies(item, level, components.get(item.get("component"), [level]))
    )


def _applies(item: Mapping[str, Any], level: int, component_levels: Iterable[int]) -> bool:
    thresholds = item.get("thresholds")
    return level in component_levels if thresholds is None else str(level) in thresholds


def _requirement(item: Mapping[str, Any], level: int) -> Requirement:
    thresholds = item.get("thresholds")
    return Requirement(
        id=item["id"],
        kind=Kind(item["kind"]),
        as_of=AsOf(item["as_of"]),
        title=item["title"],
        threshold=Decimal(1) if thresholds is None else Decimal(thresholds[str(level)]),
        measure=item.get("measure"),
        window_months=item.get("window_months"),
        engagements_per_phase=item.get("engagements_per_phase"),
        component=item.get("component"),
        period_months=item.get("period_months"),
        record=item.get("record"),
        attested=item.get("attested"),
    )
