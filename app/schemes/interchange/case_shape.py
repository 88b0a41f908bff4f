"""Whether a posted CFPackage can be read at all: its shape, its size, and that no identifier occurs twice."""

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from app.schemes.interchange.convention import OURS, own
from app.schemes.packaging.finding import Finding, pointer_to

MOST_ITEMS = 5000
DEEPEST = 40
"""Levels of nesting in the JSON itself; CASE needs ten."""

Steps = tuple[str | int, ...]
Check = Callable[[object, Steps], Iterator[Finding]]


def faults(package: Mapping[str, Any]) -> list[Finding]:
    """Return why a package cannot be read; what is counted, nested and spelt first, then what it says."""
    items = package.get("CFItems")
    if not isinstance(items, list) or not items:
        return [Finding("/CFItems", "no_items", "a framework has at least one item")]
    if len(items) > MOST_ITEMS:
        return [Finding("/CFItems", "too_many_items", f"at most {MOST_ITEMS} items are read")]
    found = list(_unwritable(package)) or list(_PACKAGE(package, ()))
    return found or list(_repeats(package))


def _unwritable(package: Mapping[str, Any]) -> Iterator[Finding]:
    """Find text that no answer could repeat, and nesting that no framework has."""
    pending: list[tuple[object, Steps]] = [(package, ())]
    while pending:
        value, at = pending.pop()
        if len(at) > DEEPEST:
            yield Finding(pointer_to(*at), "too_deep", f"is nested deeper than {DEEPEST} steps")
        elif isinstance(value, dict):
            pending += [(inner, (*at, key)) for key, inner in value.items()]
            pending += [(key, at) for key in value]
        elif isinstance(value, list):
            pending += [(inner, (*at, index)) for index, inner in enumerate(value)]
        elif isinstance(value, str) and not _can_be_written(value):
            yield Finding(pointer_to(*at), "shape", "holds a character that cannot be written")
        elif isinstance(value, float) and not math.isfinite(value):
            yield Finding(pointer_to(*at), "shape", "must be a finite number")


def _can_be_written(text: str) -> bool:
    return "\0" not in text and (text.isascii() or not any("\ud800" <= char <= "\udfff" for char in text))


def _repeats(package: Mapping[str, Any]) -> Iterator[Finding]:
    for member in ("CFItems", "CFAssociations", "CFRubrics"):
        seen = {package["CFDocument"]["identifier"]}
        for index, entry in enumerate(package.get(member) or ()):
            if entry["identifier"] in seen:
                at = pointer_to(member, index, "identifier")
                yield Finding(at, "duplicate_identifier", f"{entry['identifier']} occurs twice")
            seen.add(entry["identifier"])


def _a(*kinds: type, name: str) -> Check:
    def check(value: object, at: Steps) -> Iterator[Finding]:
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            yield Finding(pointer_to(*at), "shape", f"must be {name}")

    return check


def _many(inner: Check) -> Check:
    def check(value: object, at: Steps) -> Iterator[Finding]:
        if isinstance(value, list):
            for index, entry in enumerate(value):
                yield from inner(entry, (*at, index))
        else:
            yield Finding(pointer_to(*at), "shape", "must be a list")

    return check


def _every(inner: Check) -> Check:
    def check(value: object, at: Steps) -> Iterator[Finding]:
        if isinstance(value, dict):
            for key, entry in value.items():
                yield from inner(entry, (*at, key))
        else:
            yield Finding(pointer_to(*at), "shape", "must be an object")

    return check


def _entry(needed: Mapping[str, Check], optional: Mapping[str, Check]) -> Check:
    """Ask for an object with these members, and any others; an optional one may be null."""

    def check(value: object, at: Steps) -> Iterator[Finding]:
        if not isinstance(value, dict):
            yield Finding(pointer_to(*at), "shape", "must be an object")
            return
        for member, inner in needed.items():
            if value.get(member) is None:
                yield Finding(pointer_to(*at, member), "shape", "is missing")
            else:
                yield from inner(value[member], (*at, member))
        for member, inner in optional.items():
            if value.get(member) is not None:
                yield from inner(value[member], (*at, member))
        yield from _OURS(own(value), (*at, "extensions", OURS))

    return check


_TEXT = _a(str, name="a text")
_OBJECT = _every(lambda _value, _at: iter(()))
_TEXTS = _every(_every(_TEXT))


def _ours(value: object, at: Steps) -> Iterator[Finding]:
    checks = {"texts": _TEXTS, "members": _OBJECT, "levels": _OBJECT, "level": _TEXT}
    for member, check in checks.items():
        if isinstance(value, dict) and member in value:
            yield from check(value[member], (*at, member))


_OURS: Check = _ours
_LINK = _entry({"identifier": _TEXT}, {"uri": _TEXT, "title": _TEXT, "targetType": _TEXT})
_NAMED = {"identifier": _TEXT}
_LEVEL = _entry(
    {},
    {
        "quality": _TEXT,
        "description": _TEXT,
        "position": _a(int, name="a whole number"),
        "score": _a(int, float, name="a number"),
    },
)
_CRITERION = _entry({}, {"CFItemURI": _LINK, "CFRubricCriterionLevels": _many(_LEVEL)})
_PACKAGE = _entry(
    {
        "CFDocument": _entry(
            _NAMED | {"title": _TEXT},
            {"creator": _TEXT, "language": _TEXT, "version": _TEXT, "licenseURI": _LINK},
        ),
        "CFItems": _many(_entry(_NAMED | {"fullStatement": _TEXT}, {"humanCodingScheme": _TEXT})),
    },
    {
        "CFAssociations": _many(
            _entry(
                _NAMED | {"associationType": _TEXT, "originNodeURI": _LINK, "destinationNodeURI": _LINK},
                {
                    "sequenceNumber": _a(int, name="a whole number"),
                    "CFAssociationGroupingURI": _LINK,
                    "notes": _TEXT,
                },
            )
        ),
        "CFDefinitions": _entry(
            {},
            {
                "CFLicenses": _many(_entry(_NAMED | {"title": _TEXT}, {"uri": _TEXT, "licenseText": _TEXT})),
                "CFAssociationGroupings": _many(_entry(_NAMED | {"title": _TEXT}, {})),
                "CFSubjects": _many(_OBJECT),
                "CFConcepts": _many(_OBJECT),
            },
        ),
        "CFRubrics": _many(_entry(_NAMED, {"CFRubricCriteria": _many(_CRITERION)})),
    },
)
