"""Checks on the assessment plan: everything that counts is measured, and every measurement has its ground."""

from collections.abc import Iterator

from app.schemes.assessing import items_by_unit
from app.schemes.packaging.finding import Finding, pointer_to
from app.schemes.packaging.shape import CoverageRow, Element, Package

METHODS_FOR_CRITICAL = 2
COLUMNS = ("entry", "continuing", "final")


def orphans(package: Package) -> Iterator[Finding]:
    """Refuse an element that no examination measures at some certifiable level (SCH-3).

    A critical element needs two different methods, since it decides alone.
    """
    rows = {row["element"]: (index, row) for index, row in enumerate(package["coverage"])}
    levels = sorted(item["level"] for item in package["levels"]["items"] if item["certifiable"])
    for u, unit in enumerate(package["units"]):
        for e, element in enumerate(unit["elements"]):
            if element["code"] not in rows:
                at = pointer_to("units", u, "elements", e)
                yield Finding(at, "SCH-3", f"{element['code']} is not in the coverage table")
                continue
            index, row = rows[element["code"]]
            for level in levels:
                yield from _too_few(package, element, row, index, level)


def _too_few(
    package: Package, element: Element, row: CoverageRow, index: int, level: int
) -> Iterator[Finding]:
    methods = {
        component["method"]
        for component in package["assessment"]["components"]
        if component["code"] in row["final"]
        and "examination" in component["purposes"]
        and level in component["levels"]
    }
    at = pointer_to("coverage", index, "final")
    if not methods:
        yield Finding(at, "SCH-3", f"no component measures {element['code']} at level {level}")
    elif element["critical"] and len(methods) < METHODS_FOR_CRITICAL:
        yield Finding(at, "SCH-3", f"{element['code']} is critical and has one method only at level {level}")


def idle(package: Package) -> Iterator[Finding]:
    """Refuse a component that measures nothing (SCH-3)."""
    measuring = {
        code for row in package["coverage"] for code in (*row["entry"], *row["continuing"], *row["final"])
    }
    for index, component in enumerate(package["assessment"]["components"]):
        if component["code"] not in measuring and not component.get("checks_requirements"):
            at = pointer_to("assessment", "components", index)
            yield Finding(at, "SCH-3", f"{component['code']} measures nothing")


def columns(package: Package) -> Iterator[Finding]:
    """Refuse a component in a column of another kind (SCH-3)."""
    kinds = {component["code"]: component["kind"] for component in package["assessment"]["components"]}
    for index, row in enumerate(package["coverage"]):
        for column, codes in zip(COLUMNS, (row["entry"], row["continuing"], row["final"]), strict=True):
            for n, code in enumerate(codes):
                if kinds.get(code, column) != column:
                    at = pointer_to("coverage", index, column, n)
                    yield Finding(at, "SCH-3", f"{code} is of another kind")


def profile_ratings(package: Package) -> Iterator[Finding]:
    """Refuse a profile rating from a component that does not rate the element at each level (SCH-3).

    A test scored by key gives unit scores, never element ratings.
    """
    levels = {item["level"] for item in package["levels"]["items"] if item["certifiable"]}
    by_code = {component["code"]: component for component in package["assessment"]["components"]}
    for index, row in enumerate(package["coverage"]):
        at = pointer_to("coverage", index, "rating_from")
        component = by_code.get(row["rating_from"])
        if row["rating_from"] not in row["final"]:
            yield Finding(at, "SCH-3", f"{row['rating_from']} does not measure this element")
        elif component is not None and component["scoring"] != "rubric":
            yield Finding(at, "SCH-3", f"{row['rating_from']} gives no element ratings")
        elif component is not None and not levels <= set(component["levels"]):
            yield Finding(at, "SCH-3", f"{row['rating_from']} does not serve every certifiable level")


def blueprints(package: Package) -> Iterator[Finding]:
    """Refuse a blueprint that does not add up, or samples a unit the test does not measure (EXM-1)."""
    for index, component in enumerate(package["assessment"]["components"]):
        lines = component.get("blueprint", [])
        at = ("assessment", "components", index, "blueprint")
        if lines and sum(line["items"] for line in lines) != component.get("items"):
            yield Finding(pointer_to(*at), "EXM-1", f"must add up to {component.get('items')} items")
        measured = {
            row["element"].rpartition(".")[0]
            for row in package["coverage"]
            if component["code"] in row["final"]
        }
        for n, line in enumerate(lines):
            if line["unit"] not in measured:
                message = f"{component['code']} measures no element of {line['unit']}"
                yield Finding(pointer_to(*at, n, "unit"), "EXM-1", message)
        for unit in sorted(measured - {line["unit"] for line in lines}) if lines else ():
            yield Finding(pointer_to(*at), "EXM-1", f"{component['code']} has no items for {unit}")


def task_weights(package: Package) -> Iterator[Finding]:
    """Refuse a blueprint said to follow the task ratings that does not (SCH-4)."""
    for index, component in enumerate(package["assessment"]["components"]):
        if component.get("blueprint_basis") != "task_ratings":
            continue
        lines = component.get("blueprint", [])
        expected = items_by_unit(package, component.get("items", 0))
        for n, line in enumerate(lines):
            if line["items"] != expected.get(line["unit"], 0):
                at = pointer_to("assessment", "components", index, "blueprint", n, "items")
                message = f"the task ratings give {expected.get(line['unit'], 0)} items"
                yield Finding(at, "SCH-4", message)


def grounds(package: Package) -> Iterator[Finding]:
    """Refuse a final component that nothing asks for (ASM-1) or whose method was never validated (SCH-4)."""
    asked = {item.get("component") for item in package["requirements"].get("items", [])}
    studied = {study["component"] for study in package["studies"]["methods"]}
    for index, component in enumerate(package["assessment"]["components"]):
        at = pointer_to("assessment", "components", index)
        if "examination" in component["purposes"] and component["code"] not in asked:
            yield Finding(at, "ASM-1", f"no requirement asks to pass {component['code']}")
        if component["kind"] == "final" and component["code"] not in studied:
            yield Finding(at, "SCH-4", f"no study shows that the method of {component['code']} is valid")


def cuts(package: Package) -> Iterator[Finding]:
    """Refuse an examination scored by key without standard setting at each of its levels (EXM-2)."""
    setting = package["assessment"]["standard_setting"]
    for index, component in enumerate(package["assessment"]["components"]):
        if component["scoring"] != "key" or "examination" not in component["purposes"]:
            continue
        at = pointer_to("assessment", "components", index)
        if component["code"] not in setting.get("components", []):
            yield Finding(at, "EXM-2", f"{component['code']} has no way to find its cut")
        elif not set(component["levels"]) <= set(setting.get("cuts_for_levels", [])):
            at = "/assessment/standard_setting/cuts_for_levels"
            yield Finding(at, "EXM-2", f"a level of {component['code']} has no cut")


RULES = (orphans, idle, columns, profile_ratings, blueprints, task_weights, grounds, cuts)
