"""A framework of others made into a draft: what CASE does not hold comes from a version one has."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from app.schemes.interchange.convention import Entry

_OWN = ("code", "version", "languages", "standard", "example", "demo_note")
"""What the header says of the draft itself; the rest of it tells who the framework is."""


def merged(base: Mapping[str, Any], framework: Mapping[str, Any], label: str, line: Entry) -> Entry:
    """Return a package with the framework's levels and units, and all else from a sound base.

    Codes stay as the framework has them. What it does not say of a level, a unit or an element of the base's
    own code stands as the base has it; what is missing then is left for the findings to name. `line` is the
    draft's own line of lineage and comes first.
    """
    header, lineage = framework["scheme"], framework["scheme"].get("lineage")
    lines = lineage if isinstance(lineage, list) else []
    return {
        **base,
        "scheme": _over(base["scheme"], header, but=_OWN) | {"version": label, "lineage": [line, *lines]},
        "levels": {
            **base["levels"],
            **framework["levels"],
            "items": _things(base["levels"]["items"], framework["levels"]["items"], "level"),
        },
        "units": _units(base["units"], framework["units"]),
    }


def _units(base: Iterable[Entry], given: Iterable[Entry]) -> list[Entry]:
    elements = [element for unit in base for element in unit["elements"]]
    return [
        unit | {"elements": _things(elements, unit["elements"], "code")}
        for unit in _things(base, given, "code")
    ]


def _things(base: Iterable[Entry], given: Iterable[Entry], name: str) -> list[Entry]:
    known = {thing[name]: thing for thing in base}
    return [_over(known.get(_key(thing.get(name)), {}), thing) for thing in given]


def _key(value: object) -> object:
    """Return what can be looked up; another tool may have put anything there."""
    return value if isinstance(value, str | int) else None


def _over(base: Entry, given: Entry, *, but: Collection[str] = ()) -> Entry:
    """Lay one thing over another, whole texts and all; what is empty covers nothing."""
    told = {
        member: value
        for member, value in given.items()
        if member not in but and (value not in ({}, [], "") or member not in base)
    }
    return base | told
