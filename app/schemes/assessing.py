"""What a scheme version says about its assessment, read from its checked package; pure.

The features that examine read the plan here, so that its shape is known in one place only.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from app.core.errors import NotFound
from assessments.job_analysis import apportion

Package = Mapping[str, Any]


@dataclass(frozen=True)
class Element:
    """An element of the skill card, as a rating sheet shows it."""

    code: str
    unit: str
    title: Mapping[str, str]
    descriptor: Mapping[str, str]
    """What the target level looks like, by language."""
    is_critical: bool


@dataclass(frozen=True)
class Retake:
    """When a failed component may be taken again, and how often."""

    wait_days: int
    most_retakes: int
    within_months: int


def component(package: Package, code: str) -> Mapping[str, Any]:
    """Return a component of the assessment plan; one that the plan lacks is not found (ASM-1)."""
    for entry in package["assessment"]["components"]:
        if entry["code"] == code:
            return dict(entry)
    raise NotFound("component")


def examined(package: Package, level: int) -> tuple[str, ...]:
    """Return the components that a candidate for a level must pass, in the order of the plan (ASM-1)."""
    return tuple(
        entry["code"]
        for entry in package["assessment"]["components"]
        if "examination" in entry["purposes"] and level in entry["levels"]
    )


def formative(package: Package, level: int) -> tuple[str, ...]:
    """Return the components whose completion the scheme demands before the final (7.0, amendment 9)."""
    demanded = {
        item["component"]
        for item in package["requirements"].get("items", [])
        if item["kind"] == "formative_completed"
    }
    return tuple(
        entry["code"]
        for entry in package["assessment"]["components"]
        if entry["code"] in demanded and level in entry["levels"]
    )


def retake(package: Package) -> Retake:
    """Return the rule for taking a failed component again."""
    rule = package["assessment"]["retake"]
    return Retake(rule["wait_days"], rule["attempts_max"], rule["within_months"])


def elements_of(package: Package, code: str, level: int) -> tuple[Element, ...]:
    """Return the elements that a component measures by the coverage table (7.0, amendment 5)."""
    known = {
        element["code"]: (unit["code"], element) for unit in package["units"] for element in unit["elements"]
    }
    found = []
    for row in package["coverage"]:
        if code in {*row["entry"], *row["continuing"], *row["final"]}:
            unit, element = known[row["element"]]
            descriptor = element["descriptors"][str(level)]
            found.append(Element(row["element"], unit, element["title"], descriptor, element["critical"]))
    return tuple(found)


def element_codes(package: Package) -> frozenset[str]:
    """Return the codes of all elements of the skill card."""
    return frozenset(element["code"] for unit in package["units"] for element in unit["elements"])


def critical_elements(package: Package) -> frozenset[str]:
    """Return the elements that nothing makes up for."""
    return frozenset(
        element["code"] for unit in package["units"] for element in unit["elements"] if element["critical"]
    )


def blueprint(package: Package, code: str) -> dict[str, int]:
    """Return the items that the scheme's blueprint takes of each unit; empty where a component has none."""
    return {line["unit"]: line["items"] for line in component(package, code).get("blueprint", [])}


def unit_weights(package: Package) -> dict[str, Fraction]:
    """Return what each unit deserves by importance times frequency of the tasks, in the units' order (SCH-4).

    A task's weight is split evenly among its elements; the weights add up to 1.
    """
    weights: dict[str, Fraction] = {}
    for task in package["job"]["tasks"]:
        for element in task["elements"]:
            unit = element.rpartition(".")[0]
            share = Fraction(task["importance"] * task["frequency"], len(task["elements"]))
            weights[unit] = weights.get(unit, Fraction(0)) + share
    total = sum(weights.values())
    return {unit: weights[unit] / total for unit in sorted(weights)}


def items_by_unit(package: Package, items: int) -> dict[str, int]:
    """Share out a test's items by the tasks' weights, by largest remainder (SCH-4)."""
    weights = unit_weights(package)
    return dict(zip(weights, apportion(list(weights.values()), total=items), strict=True))
