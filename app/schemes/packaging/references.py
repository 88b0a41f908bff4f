"""Checks on codes: none twice, each under its parent's code, and every code named somewhere exists."""

from collections.abc import Iterable, Iterator

from app.schemes.packaging.finding import Finding, pointer_to
from app.schemes.packaging.shape import Mapping, Package

Steps = tuple[str | int, ...]
ESCO = "http://data.europa.eu/esco/"
Named = Iterable[tuple[Steps, str]]


def repeats(package: Package) -> Iterator[Finding]:
    """Refuse a code that occurs twice among its kind (SCH-1)."""
    for codes in _codes(package):
        seen: set[str] = set()
        for at, code in codes:
            if code in seen:
                yield Finding(pointer_to(*at), "SCH-1", f"{code} occurs twice")
            seen.add(code)


def families(package: Package) -> Iterator[Finding]:
    """Refuse a unit that is not named after its scheme, and an element not named after its unit (SCH-1)."""
    scheme = package["scheme"]["code"]
    for u, unit in enumerate(package["units"]):
        if not unit["code"].startswith(f"{scheme}/"):
            yield Finding(pointer_to("units", u, "code"), "SCH-1", f"must begin with {scheme}/")
        for e, element in enumerate(unit["elements"]):
            if not element["code"].startswith(f"{unit['code']}."):
                at = pointer_to("units", u, "elements", e, "code")
                yield Finding(at, "SCH-1", f"must begin with {unit['code']}.")


def dangling(package: Package) -> Iterator[Finding]:
    """Refuse a code that names nothing (SCH-1)."""
    elements = {element["code"] for unit in package["units"] for element in unit["elements"]}
    components = {component["code"] for component in package["assessment"]["components"]}
    upkeep = {component["code"] for component in package["recertification"].get("components", [])}
    requirements = {requirement["id"] for requirement in package["requirements"].get("items", [])}
    units = {unit["code"] for unit in package["units"]}
    milestones = {milestone["code"] for milestone in package["requirements"].get("milestones", [])}
    for known, named in (
        (elements, _named_elements(package)),
        (components, _named_components(package)),
        (upkeep, _named_upkeep(package)),
        (requirements, _named_requirements(package)),
        (units, _named_units(package)),
        (milestones, _named_milestones(package)),
    ):
        for at, code in named:
            if code not in known:
                yield Finding(pointer_to(*at), "SCH-1", f"{code} does not exist")


def concepts(package: Package) -> Iterator[Finding]:
    """Refuse, as a concept of ESCO, an address that is not one of ESCO's (SCH-1)."""
    for u, unit in enumerate(package["units"]):
        things: list[tuple[Steps, list[Mapping]]] = [(("units", u), unit.get("mappings", []))]
        things += [
            (("units", u, "elements", e), element.get("mappings", []))
            for e, element in enumerate(unit["elements"])
        ]
        for at, mappings in things:
            for n, mapping in enumerate(mappings):
                if mapping["framework"] == "ESCO" and not mapping.get("uri", ESCO).startswith(ESCO):
                    yield Finding(pointer_to(*at, "mappings", n, "uri"), "SCH-1", f"must begin with {ESCO}")


def _codes(package: Package) -> Iterator[list[tuple[Steps, str]]]:
    """List, family by family, where each code is given."""
    units = package["units"]
    yield [(("units", u, "code"), unit["code"]) for u, unit in enumerate(units)]
    yield [
        (("units", u, "elements", e, "code"), element["code"])
        for u, unit in enumerate(units)
        for e, element in enumerate(unit["elements"])
    ]
    yield [(("phases", i, "code"), phase["code"]) for i, phase in enumerate(package["phases"])]
    yield [(("job", "tasks", i, "code"), task["code"]) for i, task in enumerate(package["job"]["tasks"])]
    yield [
        (("levels", "items", i, "code"), item["code"]) for i, item in enumerate(package["levels"]["items"])
    ]
    yield [(("coverage", i, "element"), row["element"]) for i, row in enumerate(package["coverage"])]
    endorsements = package["endorsements"].get("items", [])
    yield [(("endorsements", "items", i, "code"), item["code"]) for i, item in enumerate(endorsements)]
    milestones = package["requirements"].get("milestones", [])
    yield [(("requirements", "milestones", i, "code"), item["code"]) for i, item in enumerate(milestones)]
    yield _requirement_ids(package)
    components = package["assessment"]["components"]
    upkeep = package["recertification"].get("components", [])
    yield [
        *((("assessment", "components", i, "code"), item["code"]) for i, item in enumerate(components)),
        *((("recertification", "components", i, "code"), item["code"]) for i, item in enumerate(upkeep)),
    ]


def _requirement_ids(package: Package) -> list[tuple[Steps, str]]:
    ids: list[tuple[Steps, str]] = [
        (("requirements", "items", i, "id"), item["id"])
        for i, item in enumerate(package["requirements"].get("items", []))
    ]
    for section in (package["surveillance"], package["recertification"]):
        name = "surveillance" if section is package["surveillance"] else "recertification"
        ids += [
            ((name, "requirements", i, "id"), item["id"])
            for i, item in enumerate(section.get("requirements", []))
        ]
    return ids


def _named_elements(package: Package) -> Named:
    for i, row in enumerate(package["coverage"]):
        yield ("coverage", i, "element"), row["element"]
    for t, task in enumerate(package["job"]["tasks"]):
        for n, code in enumerate(task["elements"]):
            yield ("job", "tasks", t, "elements", n), code
    for c, component in enumerate(package["recertification"].get("components", [])):
        for n, code in enumerate(component["elements"]):
            yield ("recertification", "components", c, "elements", n), code


def _named_components(package: Package) -> Named:
    yield from _measuring(package)
    yield from _passed_and_studied(package)
    yield from _repeated_later(package)


def _measuring(package: Package) -> Named:
    for i, row in enumerate(package["coverage"]):
        columns = (("entry", row["entry"]), ("continuing", row["continuing"]), ("final", row["final"]))
        for column, codes in columns:
            for n, code in enumerate(codes):
                yield ("coverage", i, column, n), code
        yield ("coverage", i, "rating_from"), row["rating_from"]


def _passed_and_studied(package: Package) -> Named:
    for i, requirement in enumerate(package["requirements"].get("items", [])):
        if "component" in requirement:
            yield ("requirements", "items", i, "component"), requirement["component"]
    for n, code in enumerate(package["assessment"]["standard_setting"].get("components", [])):
        yield ("assessment", "standard_setting", "components", n), code
    for i, study in enumerate(package["studies"]["methods"]):
        yield ("studies", "methods", i, "component"), study["component"]


def _repeated_later(package: Package) -> Named:
    for i, component in enumerate(package["recertification"].get("components", [])):
        if "same_as" in component:
            yield ("recertification", "components", i, "same_as"), component["same_as"]
    for i, rule in enumerate(package["transition"]["rules"]):
        for n, code in enumerate(rule.get("extra_assessment", ())):
            yield ("transition", "rules", i, "extra_assessment", n), code


def _named_upkeep(package: Package) -> Named:
    for i, requirement in enumerate(package["recertification"].get("requirements", [])):
        if "component" in requirement:
            yield ("recertification", "requirements", i, "component"), requirement["component"]


def _named_requirements(package: Package) -> Named:
    for i, component in enumerate(package["assessment"]["components"]):
        for n, code in enumerate(component.get("checks_requirements", [])):
            yield ("assessment", "components", i, "checks_requirements", n), code


def _named_units(package: Package) -> Named:
    for i, component in enumerate(package["assessment"]["components"]):
        for n, line in enumerate(component.get("blueprint", [])):
            yield ("assessment", "components", i, "blueprint", n, "unit"), line["unit"]


def _named_milestones(package: Package) -> Named:
    requirements = package["requirements"]
    if "counting" in requirements:
        at = ("requirements", "counting", "completed_engagement", "milestones_required")
        for n, code in enumerate(requirements["counting"]["completed_engagement"]["milestones_required"]):
            yield (*at, n), code


RULES = (repeats, families, dangling, concepts)
