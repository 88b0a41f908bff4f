"""CASE packages: as other tools write them, small enough to read, and as our own export arrives elsewhere."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from app.schemes.interchange import Identity, case_package

Package = dict[str, Any]


def exported(document: Package, slug: str = "alpha", base_url: str = "https://example.org") -> Package:
    """A package as it arrives at somebody else's: through JSON."""
    told = case_package(
        document,
        identity=Identity(slug, "Alpha Certification"),
        base_url=base_url,
        changed_at=datetime(2026, 3, 1, tzinfo=UTC),
    )
    again: Package = json.loads(json.dumps(told))
    return again


def identifier(n: int) -> str:
    return str(UUID(int=n))


def foreign(parents: dict[int, int], **others: object) -> Package:
    """A package of another tool: items by number, each under its parent, 0 being the document."""
    numbers = sorted({*parents, *parents.values()} - {0})
    return {
        "CFDocument": {"identifier": identifier(0), "title": "Mentoring", "language": "en-us"},
        "CFItems": [{"identifier": identifier(n), "fullStatement": f"Item {n}"} for n in numbers],
        "CFAssociations": [
            {
                "identifier": identifier(1000 + child),
                "associationType": "isChildOf",
                "originNodeURI": {"identifier": identifier(child)},
                "destinationNodeURI": {"identifier": identifier(parent)},
            }
            for child, parent in parents.items()
        ],
        **others,
    }


def a_rubric(item: int | None, *levels: Package) -> Package:
    link = {} if item is None else {"CFItemURI": {"identifier": identifier(item)}}
    return {
        "identifier": identifier(900),
        "CFRubricCriteria": [{**link, "CFRubricCriterionLevels": list(levels)}],
    }
