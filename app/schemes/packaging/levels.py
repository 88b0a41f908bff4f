"""Checks on levels: which there are, what they serve, and that every figure asked by level fits them."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from app.schemes.packaging.finding import Finding, pointer_to
from app.schemes.packaging.shape import LevelItem, Package, Requirement

Steps = tuple[str | int, ...]


def ladder(package: Package) -> Iterator[Finding]:
    """Refuse levels that do not run from 1 up without a hole, or none of which is certifiable (SCH-1)."""
    items = package["levels"]["items"]
    for index, item in enumerate(items):
        if item["level"] != index + 1:
            at = pointer_to("levels", "items", index, "level")
            yield Finding(at, "SCH-1", "levels run from 1 upwards without a hole")
    if not _certifiable(package):
        yield Finding("/levels/items", "SCH-1", "no level is certifiable")


def service(package: Package) -> Iterator[Finding]:
    """Refuse a level silent on what it may do in a growth phase, or naming a phase there is not (SCH-1)."""
    phases = {phase["code"] for phase in package["phases"]}
    for index, item in enumerate(package["levels"]["items"]):
        at = ("levels", "items", index, "serves")
        for phase in phases - item["serves"].keys():
            yield Finding(pointer_to(*at, phase), "SCH-1", "must say what the level may do in this phase")
        for phase in item["serves"].keys() - phases:
            yield Finding(pointer_to(*at, phase), "SCH-1", "is not a growth phase of the scheme")


def figures(package: Package) -> Iterator[Finding]:
    """Refuse a figure for a level that the scheme does not have (SCH-1)."""
    known = {str(item["level"]) for item in package["levels"]["items"]}
    for at, by_level in _by_level(package):
        for level in by_level.keys() - known:
            yield Finding(pointer_to(*at, level), "SCH-1", "the scheme has no such level")


def assessed_levels(package: Package) -> Iterator[Finding]:
    """Refuse an assessment or an endorsement for a level that cannot be certified (SCH-1)."""
    certifiable = _certifiable(package)
    for c, component in enumerate(package["assessment"]["components"]):
        for n, level in enumerate(component["levels"]):
            if level not in certifiable:
                at = pointer_to("assessment", "components", c, "levels", n)
                yield Finding(at, "SCH-1", f"level {level} is not certifiable")
    rule = package["endorsements"].get("rule")
    if rule is not None and rule["minimum_level"] not in certifiable:
        at = "/endorsements/rule/minimum_level"
        yield Finding(at, "SCH-1", f"level {rule['minimum_level']} is not certifiable")


def phases_in_reach(package: Package) -> Iterator[Finding]:
    """Refuse to ask proof of more growth phases than the level may serve alone (SCH-1)."""
    by_level = {str(item["level"]): item for item in package["levels"]["items"]}
    for at, requirement in _requirements(package, kind="phases_evidenced"):
        for level, asked in requirement.get("thresholds", {}).items():
            if level in by_level and Decimal(asked) > _served_alone(by_level[level]):
                message = "asks for more growth phases than the level may serve alone"
                yield Finding(pointer_to(*at, "thresholds", level), "SCH-1", message)


def feedback(package: Package) -> Iterator[Finding]:
    """Refuse a certifiable level that asks for less feedback than `feedback_min`, if that is set (SCH-1)."""
    least = package["parameters"].get("feedback_min", 0)
    for at, requirement in _requirements(package, kind="at_least"):
        thresholds = requirement.get("thresholds", {})
        for level in sorted(_certifiable(package)):
            asked = thresholds.get(str(level), "0")
            if requirement.get("measure") == "feedback_count" and Decimal(asked) < least:
                message = f"a certifiable level asks for at least {least}"
                yield Finding(pointer_to(*at, "thresholds", level), "SCH-1", message)


def periods(package: Package) -> Iterator[Finding]:
    """Refuse a window that its periods do not fill: some months would go unasked (SCH-1)."""
    for at, requirement in _by_period(package):
        if requirement["window_months"] % requirement["period_months"]:
            message = f"is not a multiple of {requirement['period_months']} months"
            yield Finding(pointer_to(*at, "window_months"), "SCH-1", message)


def _by_period(package: Package) -> Iterator[tuple[Steps, Requirement]]:
    sections = (
        ("requirements", "items", package["requirements"].get("items", [])),
        ("surveillance", "requirements", package["surveillance"].get("requirements", [])),
        ("recertification", "requirements", package["recertification"].get("requirements", [])),
    )
    for name, key, section in sections:
        for index, requirement in enumerate(section):
            if requirement["kind"] == "at_least_each":
                yield (name, key, index), requirement


def _certifiable(package: Package) -> set[int]:
    return {item["level"] for item in package["levels"]["items"] if item["certifiable"]}


def _served_alone(item: LevelItem) -> int:
    return sum(service == "alone" for service in item["serves"].values())


def _requirements(package: Package, *, kind: str) -> Iterator[tuple[Steps, Requirement]]:
    for index, requirement in enumerate(package["requirements"].get("items", [])):
        if requirement["kind"] == kind:
            yield ("requirements", "items", index), requirement


def _by_level(package: Package) -> Iterator[tuple[Steps, Mapping[str, object]]]:
    for name, key, section in (
        ("requirements", "items", package["requirements"].get("items", [])),
        ("surveillance", "requirements", package["surveillance"].get("requirements", [])),
        ("recertification", "requirements", package["recertification"].get("requirements", [])),
    ):
        for index, requirement in enumerate(section):
            yield (name, key, index, "thresholds"), requirement.get("thresholds", {})
    for index, component in enumerate(package["assessment"]["components"]):
        yield ("assessment", "components", index, "engagements"), component.get("engagements", {})


RULES = (ladder, service, figures, assessed_levels, phases_in_reach, feedback, periods)
