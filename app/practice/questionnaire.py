"""The questionnaires that ship with practice, read once from their files."""

from functools import cache
from pathlib import Path

import yaml

from app.practice.rules.impact import Indicator, indicators_from
from app.practice.rules.questions import Question, questions_from
from app.practice.rules.reviews import Side
from app.practice.rules.rhythm import ReviewKind

_FOLDER = Path(__file__).parent / "questionnaires"


def questions_of(kind: ReviewKind, side: Side) -> tuple[Question, ...]:
    """Return what one side is asked at one review."""
    return _reviews()[(kind, side)]


@cache
def _reviews() -> dict[tuple[ReviewKind, Side], tuple[Question, ...]]:
    found = yaml.safe_load((_FOLDER / "reviews.yaml").read_text(encoding="utf-8"))
    return {
        (ReviewKind(kind), Side(side)): questions_from(entries)
        for kind, sides in found.items()
        for side, entries in sides.items()
    }


@cache
def indicators_of_all() -> tuple[Indicator, ...]:
    """Return what every body counts in mentored firms."""
    return indicators_from(yaml.safe_load((_FOLDER / "indicators.yaml").read_text(encoding="utf-8")))
