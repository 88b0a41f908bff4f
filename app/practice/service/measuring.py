"""What a person's practice amounts to, for the mentor, for staff and for the rules of a scheme."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.access.permissions import Permission
from app.audit.events import Event
from app.core.errors import Invalid
from app.people import service as people
from app.practice import queries, rules
from app.practice.rules import (
    COUNTING,
    Counting,
    Engagement,
    Measure,
    Measured,
    MentoringSession,
    Practice,
    Record,
    SessionState,
    Span,
)
from app.practice.service import milestones
from app.practice.service.activities import types_of
from app.practice.tables import EngagementRow, SessionRow
from app.work import Work

_SHOWN: tuple[tuple[Measure, int | None], ...] = (
    (Measure.BUSINESS_EXPERIENCE_YEARS, None),
    (Measure.TRAINING_HOURS, None),
    (Measure.CONFIRMED_HOURS, None),
    (Measure.CONFIRMED_HOURS, 24),
    (Measure.DISTINCT_SMES, None),
    (Measure.COMPLETED_ENGAGEMENTS, None),
    (Measure.YEARS_MENTORING, None),
    (Measure.FEEDBACK_COUNT, 12),
    (Measure.REFLECTION_COUNT, 12),
    (Measure.SUPERVISION_HOURS, 12),
    (Measure.CPD_HOURS, 12),
)
_PER_PHASE = 2
_TOLD = {
    "id",
    "country",
    "sector",
    "own_interest",
    "is_paid",
    "touch",
    "phase",
    "started_on",
    "ended_on",
    "milestones",
    "state",
    "end_reason",
    "continues_id",
}
"""What is told of an engagement; names are not."""


@dataclass(frozen=True)
class Line:
    """One measure in a summary."""

    measure: str
    window_months: int | None
    value: object
    sources: list[str]


def measure(
    work: Work,
    person_id: UUID,
    measure: str,
    *,
    on: date,
    window_months: int | None,
    counting: Counting = COUNTING,
) -> Measured:
    """Return one measure of a person's practice on a day; callers have asked their own permission (7.3)."""
    if measure not in set(Measure):
        raise Invalid("measure_unknown", measure=measure)
    return rules.measured(load(work, person_id), Measure(measure), Span(on, window_months), counting)


def phases_evidenced(
    work: Work, person_id: UUID, *, on: date, engagements_per_phase: int, counting: Counting = COUNTING
) -> Measured:
    """Return how many growth phases are shown; callers have asked their own permission (7.3)."""
    return rules.phases_evidenced(
        load(work, person_id), Span(on), engagements_per_phase=engagements_per_phase, counting=counting
    )


def own_summary(work: Work) -> dict[str, object]:
    """Tell a mentor what her practice amounts to today."""
    work.require(Permission.PRACTICE_LOG_OWN)
    return _summary(work, work.person_id)


def summary(work: Work, person_id: UUID) -> dict[str, object]:
    """Tell those who review or attest what a person's practice amounts to; the access is recorded."""
    if not work.may(Permission.PRACTICE_ATTEST):
        work.require(Permission.PRACTICE_READ)
    person = people.known(work, person_id)
    work.record(Event.RECORD_DISCLOSED, person, what="practice")
    return _summary(work, person_id)


def load(work: Work, person_id: UUID) -> Practice:
    """Return all that one person has shown, as plain values."""
    return Practice(
        engagements=[as_engagement(row) for row in queries.engagements(work, person_id)],
        sessions=[_as_session(row) for row in queries.sessions(work, person_id)],
        records=[
            Record(
                id=row.id,
                kind=row.kind,
                started_on=row.started_on,
                ended_on=row.ended_on,
                hours=row.hours,
                engagement_id=row.engagement_id,
                is_backed=row.engagement_id is not None or row.attested_by is not None or row.backed_there,
                type=row.type,
            )
            for row in queries.records(work, person_id)
        ],
        types=types_of(work),
    )


def as_engagement(row: EngagementRow) -> Engagement:
    """Return an engagement as the rules see it."""
    return Engagement(
        id=row.id,
        sme_key=row.sme_key,
        own_interest=row.own_interest,
        phase=row.phase,
        state=row.state,
        started_on=row.started_on,
        ended_on=row.ended_on,
        milestones=frozenset(row.milestones),
    )


def _as_session(row: SessionRow) -> MentoringSession:
    return MentoringSession(row.id, row.stream, row.held_on, row.starts_at, row.ends_at, row.kind, row.state)


def _summary(work: Work, person_id: UUID) -> dict[str, object]:
    practice = load(work, person_id)
    lines = [
        _line(name, window, rules.measured(practice, name, Span(work.today, window)))
        for name, window in _SHOWN
    ]
    phases = rules.phases_evidenced(practice, Span(work.today), engagements_per_phase=_PER_PHASE)
    lines.append(_line("phases_evidenced", None, phases))
    return {
        "person_id": person_id,
        "on": work.today,
        "measures": lines,
        "engagements": _told(work, person_id, practice.sessions),
    }


def engagements_in_numbers(work: Work, person_id: UUID) -> list[dict[str, object]]:
    """Return a person's engagements with a number in place of each firm; callers asked their permission."""
    sessions = [_as_session(row) for row in queries.sessions(work, person_id)]
    return _told(work, person_id, sessions)


def _line(name: str, window: int | None, found: Measured) -> Line:
    return Line(name, window, found.value, list(found.sources))


def _told(work: Work, person_id: UUID, sessions: Sequence[MentoringSession]) -> list[dict[str, object]]:
    """Tell engagements with a number in place of each firm's name."""
    rows, no_shows = queries.engagements(work, person_id), queries.no_shows_by_engagement(work, person_id)
    firms: dict[str, int] = {}
    counts: dict[tuple[UUID, SessionState], int] = {}
    for session in sessions:
        place = (session.engagement_id, session.state)
        counts[place] = counts.get(place, 0) + 1
    told, shown = [], milestones.shown(work, rows)
    for row in rows:
        plain = row.model_dump(include=_TOLD)
        firm = firms.setdefault(row.sme_key, len(firms) + 1)
        told.append(
            plain
            | {"firm": firm, "milestones_shown": shown[row.id], "no_shows": no_shows.get(row.id, 0)}
            | {str(state): counts.get((row.id, state), 0) for state in SessionState}
        )
    return told
