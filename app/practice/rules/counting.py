"""The figures of the counting rules: data of the scheme version; SME-BM's where no version is meant."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from app.practice.rules.states import Milestone


@dataclass(frozen=True)
class Counting:
    """How much of a session, a day, a group and of attested practice counts; what completes an engagement."""

    session_minutes_max: int = 240
    day_minutes_max: int = 600
    group_smes_max: int = 3
    attested_share_max: Decimal = Decimal("0.5")
    months_min: int = 3
    milestones_required: frozenset[str] = frozenset({Milestone.INITIAL_GOALS, Milestone.AFTER_PLAN})
    milestones_other_min: int = 1


COUNTING = Counting()


def counting_from(package: Mapping[str, Any]) -> Counting:
    """Read the counting rules of a checked scheme package (7.3)."""
    given = package["requirements"]["counting"]
    completed = given["completed_engagement"]
    return Counting(
        session_minutes_max=int(Decimal(given["session_hours_max"]) * 60),
        day_minutes_max=int(Decimal(given["day_hours_max"]) * 60),
        group_smes_max=int(given["group_smes_max"]),
        attested_share_max=Decimal(given["attested_share_max"]),
        months_min=int(completed["months_min"]),
        milestones_required=frozenset(completed["milestones_required"]),
        milestones_other_min=int(completed["milestones_other_min"]),
    )
