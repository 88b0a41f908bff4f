"""Practice as a programme sees it: engagements without their firms' names, and the sessions held in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.practice import queries
from app.practice.rules import EngagementState, Held, Modality, Phase
from app.work import Work


@dataclass(frozen=True)
class EngagementSeen:
    """An engagement without the name of its SME; `firm` tells the firms of one mentor apart, and no more."""

    id: UUID
    person_id: UUID
    firm: str
    sector: str
    phase: Phase
    modality: Modality
    planned_months: int
    state: EngagementState
    started_on: date
    ended_on: date | None


def engagements_seen(work: Work, engagement_ids: Sequence[UUID]) -> list[EngagementSeen]:
    """Return engagements without their firms' names; callers have asked their own permission."""
    return [
        EngagementSeen(
            id=row.id,
            person_id=row.person_id,
            firm=row.sme_key,
            sector=row.sector,
            phase=row.phase,
            modality=row.modality,
            planned_months=row.planned_months,
            state=row.state,
            started_on=row.started_on,
            ended_on=row.ended_on,
        )
        for row in queries.engagements_of_ids(work, engagement_ids)
    ]


def sessions_held(work: Work, engagement_ids: Sequence[UUID], first: date, last: date) -> list[Held]:
    """Return what was held in engagements on days of the body's calendar; callers have asked permission."""
    return [
        Held(row.stream, row.person_id, row.held_on, row.starts_at, row.ends_at, row.kind, row.state)
        for row in queries.sessions_held(work, engagement_ids, first, last)
    ]
