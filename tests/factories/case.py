"""CASE packages as other tools write them, small enough to read."""

from typing import Any
from uuid import UUID

Package = dict[str, Any]


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
