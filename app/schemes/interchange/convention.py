"""What both directions agree on: names of extensions, stable identifiers, kinds of relation."""

import json
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import NAMESPACE_URL, uuid5

Entry = dict[str, Any]

OURS = "mentorcert"
CHILD = "isChildOf"
RELATED = "isRelatedTo"
DERIVED = "ext:derivedFrom"
RELATIONS = {None: RELATED, "exact": "exactMatchOf", "part": "isPartOf"}
"""How a mapping's relation is called in CASE; without one it is related in a general way."""
NAMED = "ext:named"
"""Kind of a target that is known by its name only and has no address."""
SCHEME_HOMES = frozenset({"version", "title", "owner", "licence", "lineage"})
ITEM_HOMES = frozenset({"code", "title", "mappings", "elements", "descriptors"})
LEVEL_HOMES = frozenset({"name", "anchor"})

_NAMESPACE = uuid5(NAMESPACE_URL, "urn:mentorcert:case")


def identifier_of(*steps: str) -> str:
    """Name a thing the same way at every export; no step can be mistaken for two."""
    return str(uuid5(_NAMESPACE, json.dumps(steps)))


def own(entry: Mapping[str, Any]) -> Entry:
    """Return our extension of an entry; on the levels of a rubric CASE makes a list of them."""
    for extension in _listed(entry.get("extensions")):
        if isinstance(extension, dict) and isinstance(extension.get(OURS), dict):
            found: Entry = extension[OURS]
            return found
    return {}


def _listed(extensions: object) -> Iterator[object]:
    if isinstance(extensions, list):
        yield from extensions
    else:
        yield extensions
