"""Checks on what a version says about those before it: by itself, and beside the packages of the older ones.

A result is known by its case and the code of its component, and goes along when the case moves. So a code
means one and the same measurement in both versions, and what is to be taken anew bears a new one.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import cast

from app.schemes.packaging.finding import Finding, pointer_to
from app.schemes.packaging.shape import Component, Package, TransitionRule

_STAYS = "finish"


def order(package: Package) -> Iterator[Finding]:
    """Refuse two rules about one version, and a rule about a version that is not an earlier one (SCH-5)."""
    own, seen = _numbers(package["scheme"]["version"]), set()
    for index, rule in enumerate(package["transition"]["rules"]):
        at = pointer_to("transition", "rules", index, "from_version")
        if rule["from_version"] in seen:
            yield Finding(at, "SCH-5", f"there is another rule about {rule['from_version']}")
        if _numbers(rule["from_version"]) >= own:
            yield Finding(at, "SCH-5", f"{rule['from_version']} is not an earlier version")
        seen.add(rule["from_version"])


def extra(package: Package) -> Iterator[Finding]:
    """Refuse, as extra assessment, what is no examination of this version (SCH-5)."""
    known = {part["code"] for part in package["assessment"]["components"]}
    for index, rule in enumerate(package["transition"]["rules"]):
        for n, code in enumerate(rule.get("extra_assessment", ())):
            if code in known and code not in _examining(package):
                at = pointer_to("transition", "rules", index, "extra_assessment", n)
                yield Finding(at, "SCH-5", f"{code} does not examine")


def check_succession(
    document: Mapping[str, object], earlier: Mapping[str, Mapping[str, object]], in_force: Collection[str]
) -> list[Finding]:
    """Return the faults of a sound package beside the published versions of its scheme, by label (SCH-5).

    Every version still in force needs a rule; where cases move, results must be able to go along.
    """
    package = cast("Package", document)
    rules = package["transition"]["rules"]
    missing = sorted(set(in_force) - {rule["from_version"] for rule in rules})
    found = [
        Finding("/transition/rules", "SCH-5", f"must say what becomes of version {label}, which is in force")
        for label in missing
    ]
    for index, rule in enumerate(rules):
        if rule["open_cases"] != _STAYS and rule["from_version"] in earlier:
            found += _beside(package, rule, index, cast("Package", earlier[rule["from_version"]]))
    return sorted(set(found))


def _beside(package: Package, rule: TransitionRule, index: int, older: Package) -> Iterator[Finding]:
    yield from _carried(package, older, rule["from_version"])
    yield from _named(package, older, rule, index)
    now, before = package["agreement"], older["agreement"]
    both = now["text"].keys() & before["text"].keys()
    if now["version"] == before["version"] and any(now["text"][one] != before["text"][one] for one in both):
        message = f"the text is not that of version {rule['from_version']}, so its version must be another"
        yield Finding("/agreement/version", "APP-2", message)
    for part in ("rounding", "reconciliation", "adjudication"):
        if package["assessment"][part] != older["assessment"][part]:
            message = f"differs from version {rule['from_version']}, whose results would go along"
            yield Finding(pointer_to("assessment", part), "SCH-5", message)


def _carried(package: Package, older: Package, label: str) -> Iterator[Finding]:
    """Find examinations of the older version that are gone, or measure something else by now."""
    places = {part["code"]: n for n, part in enumerate(package["assessment"]["components"])}
    now, before = _examining(package), _examining(older)
    for code in sorted(before):
        if code not in now:
            message = f"{code} of version {label} is gone, and with it the results of cases that move"
            yield Finding("/assessment/components", "SCH-5", message)
        elif _measurement(package, now[code]) != _measurement(older, before[code]):
            at = pointer_to("assessment", "components", places[code])
            message = f"measures otherwise than in version {label}; what is taken anew bears a new code"
            yield Finding(at, "SCH-5", message)


def _named(package: Package, older: Package, rule: TransitionRule, index: int) -> Iterator[Finding]:
    """Find what a case that moves takes on top and was not told, and what it was told and does not take."""
    at = ("transition", "rules", index, "extra_assessment")
    told, label = rule["extra_assessment"], rule["from_version"]
    new = set(_examining(package)) - set(_examining(older))
    for code in sorted(new - set(told)):
        yield Finding(pointer_to(*at), "SCH-5", f"must name {code}, which version {label} did not have")
    for n, code in enumerate(told):
        if code not in new:
            message = f"{code} was in version {label} too; its result goes along"
            yield Finding(pointer_to(*at, n), "SCH-5", message)


def _examining(package: Package) -> dict[str, Component]:
    return {
        part["code"]: part
        for part in package["assessment"]["components"]
        if "examination" in part["purposes"]
    }


def _measurement(package: Package, part: Component) -> tuple[object, ...]:
    """Return what makes a component the one that it is: method, marking, levels and what it measures."""
    plan: Mapping[str, object] = part
    critical = {
        element["code"]: element["critical"] for unit in package["units"] for element in unit["elements"]
    }
    measured = {row["element"] for row in package["coverage"] if part["code"] in row["final"]}
    return (
        plan["method"],
        plan["scoring"],
        plan["pass"],
        sorted(part["levels"]),
        sorted((code, critical[code]) for code in measured),
    )


def _numbers(label: str) -> tuple[int, ...]:
    return tuple(int(part) for part in label.split("."))


RULES = (order, extra)
