"""The score of a keyed form: right answers counted, or points where it has other kinds of items; pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from app.core.errors import Conflict
from assessments.errors import AssessmentError
from assessments.forms import AnswerKey, Item, read_response
from assessments.points import Award, PointScore, score_points
from assessments.results import document
from assessments.scoring import Score, passes, score


@dataclass(frozen=True)
class KeyedScore:
    """A score as a result keeps it: whole points, the exact fraction where there can be one, and by unit."""

    passed: bool
    raw: int
    exact: str | None
    maximum: int
    units: list[dict[str, Any]]
    key_version: str
    scoring_version: str


def keyed_score(
    key: AnswerKey, responses: Mapping[str, Any], cut: int, awards: Mapping[str, Award]
) -> KeyedScore:
    """Score raw responses under one key and compare them with the cut (EXM-5).

    A form of choice items alone is scored by number correct, any other in points. The cut is whole, so the
    whole points of an exact score decide as the score itself does. `awards`: item code → what
    assessors gave a written answer. Refuses while written answers are not marked.
    """
    found = (
        score(key, responses)
        if all(isinstance(item, Item) for item in key.items)
        else _in_points(key, responses, awards)
    )
    return KeyedScore(
        passed=passes(found, cut),
        raw=found.raw // 1,
        exact=_exact(found.raw),
        maximum=found.maximum,
        units=_units(found),
        key_version=found.key_version,
        scoring_version=found.scoring_version,
    )


def _in_points(key: AnswerKey, responses: Mapping[str, Any], awards: Mapping[str, Award]) -> PointScore:
    given = {
        item.code: read_response(item, responses[item.code]) for item in key.items if item.code in responses
    }
    try:
        return score_points(key, given, awards)
    except AssessmentError as refusal:
        if refusal.code != "award_missing":
            raise
        raise Conflict("written_answers_unmarked", rule="EXM-5", item=refusal.facts["item"]) from None


def _units(found: Score | PointScore) -> list[dict[str, Any]]:
    """Tell each unit's points: whole, and exact where there can be fractions."""
    return [
        {"unit": unit.unit, "raw": unit.raw // 1, "exact": _exact(unit.raw), "maximum": unit.maximum}
        for unit in found.by_unit
    ]


def _exact(raw: int | Fraction) -> str | None:
    return None if isinstance(raw, int) else str(document(raw))
