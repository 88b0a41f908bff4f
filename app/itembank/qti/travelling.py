"""An item as it travels between banks, and the words of QTI that writing and reading share."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from assessments.forms import ItemKind, JudgementRule

ITEM_NAMESPACE = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
RESPONSE = "RESPONSE"
BEST, WORST = "BEST", "WORST"
TEMPLATES = "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/"
MATCH, MAP = "match_correct", "map_response"
POINTS = {ItemKind.ORDERING: 1, ItemKind.SITUATIONAL_JUDGEMENT: 2}
"""What an item is worth that does not say it; choice items are worth one point always."""


@dataclass(frozen=True)
class Travelling:
    """An item with its content, as `ItemContent` holds it, and what a bank knows of it."""

    identifier: str
    kind: ItemKind
    language: str | None
    content: Mapping[str, Any]
    element: str | None = None
    cognitive_level: str | None = None
    seconds: int | None = None
    ai_system: str | None = None


def points_of(kind: ItemKind, content: Mapping[str, Any]) -> int:
    """Return what an item is worth."""
    if kind is ItemKind.SHORT_ANSWER:
        return sum(line["points"] for line in content["rubric"])
    return int(content.get("points") or POINTS.get(kind, 1))


def judgement_mapping(best: str, worst: str, rule: JudgementRule, points: int) -> dict[str, Fraction]:
    """Return what each pair (option, end) earns: half of the points each, and under a penalty loses."""
    half = Fraction(points, 2)
    right = {f"{best} {BEST}": half, f"{worst} {WORST}": half}
    if rule is JudgementRule.PLAIN:
        return right
    return right | {f"{worst} {BEST}": -half, f"{best} {WORST}": -half}
