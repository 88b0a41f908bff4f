"""Feedback both ways: who may hear what was said, and how steadily the two speak."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from app.core.errors import Conflict
from app.practice.rules.calendar import MOST_SESSIONS
from app.practice.rules.questions import Audience


class Speaker(StrEnum):
    """Who gave the feedback to the other."""

    MENTOR = "mentor"
    MENTEE = "mentee"


@dataclass(frozen=True)
class Said:
    """Feedback of one side on a day; None stands for a time when nobody was asked whom it is for."""

    side: Speaker
    given_on: date
    audience: Audience | None
    text: str | None


@dataclass(frozen=True)
class Trend:
    """How often one side spoke, and how steadily; the gap needs two days."""

    side: Speaker
    count: int
    first_on: date | None
    last_on: date | None
    usual_gap_days: int | None


def may_hear(one: Said, listener: Speaker) -> bool:
    """Tell whether a side may hear it: all its own words, and of the other's what was to be shared."""
    return one.side is listener or one.audience is not Audience.ASSESSORS


def trend(side: Speaker, said: Iterable[Said]) -> Trend:
    """Return how often and how steadily one side spoke; what it said and to whom is of no account."""
    given = sorted(one.given_on for one in said if one.side is side)
    days = sorted(set(given))
    gaps = sorted((later - earlier).days for earlier, later in pairwise(days))
    return Trend(
        side=side,
        count=len(given),
        first_on=days[0] if days else None,
        last_on=days[-1] if days else None,
        usual_gap_days=gaps[(len(gaps) - 1) // 2] if gaps else None,
    )


def ensure_room(given: int) -> None:
    """Refuse more feedback in one engagement than anybody would read."""
    if given >= MOST_SESSIONS:
        raise Conflict("feedback_full", most=MOST_SESSIONS)
