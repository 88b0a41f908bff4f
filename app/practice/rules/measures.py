"""What a scheme may ask of a person's practice, and the answer with its sources (7.3, amendment 3).

A session counts when the mentee confirmed it or somebody named attested it. Nothing here depends on the order
of the rows, and what nobody confirmed changes nothing.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum
from uuid import UUID

from app.core.dates import add_months, whole_years
from app.practice.rules.counting import COUNTING, Counting
from app.practice.rules.crediting import credited, stands
from app.practice.rules.loaded import Engagement, MentoringSession, Practice, Record, Span
from app.practice.rules.states import RecordKind, SessionKind, SessionState

MOST_SOURCES = 200
_CENT = Decimal("0.01")
_COUNTS = {SessionState.CONFIRMED, SessionState.ATTESTED}


class Measure(StrEnum):
    """The measures by the names that scheme packages use."""

    BUSINESS_EXPERIENCE_YEARS = "business_experience_years"
    TRAINING_HOURS = "training_hours"
    CONFIRMED_HOURS = "confirmed_hours"
    DISTINCT_SMES = "distinct_smes"
    COMPLETED_ENGAGEMENTS = "completed_engagements"
    YEARS_MENTORING = "years_mentoring"
    FEEDBACK_COUNT = "feedback_count"
    REFLECTION_COUNT = "reflection_count"
    SUPERVISION_HOURS = "supervision_hours"
    CPD_HOURS = "cpd_hours"


SINCE_A_DAY = frozenset({Measure.BUSINESS_EXPERIENCE_YEARS, Measure.YEARS_MENTORING})
"""Measures of time gone by: they run up to the day itself and cannot be asked period by period."""


@dataclass(frozen=True)
class Measured:
    """A value and what it rests on; beyond 200 sources a digest over all of them follows the first 200."""

    value: Decimal
    sources: tuple[str, ...]


def measured(practice: Practice, measure: Measure, span: Span, counting: Counting = COUNTING) -> Measured:
    """Return one measure of a person's practice over the days looked at (7.3)."""
    return MEASURES[measure](practice, span, counting)


def measured_each(
    practice: Practice, measure: Measure, span: Span, *, period_months: int, counting: Counting = COUNTING
) -> Measured:
    """Return the least value among the periods of the window, with what all of them rest on (6.2)."""
    assert measure not in SINCE_A_DAY
    found = [measured(practice, measure, period, counting) for period in span.periods(period_months)]
    sources = sorted({source for one in found for source in one.sources})
    return Measured(min(one.value for one in found), tuple(sources))


def records_present(practice: Practice, kind: RecordKind, span: Span, *, attested: bool) -> Measured:
    """Count the records of a kind, or those of them alone that somebody named attested (3.3)."""
    found = [
        record.id
        for record in _records(practice, kind)
        if record.started_on in span and (record.is_backed or not attested)
    ]
    return _told(len(found), "record", found)


def phases_evidenced(
    practice: Practice, span: Span, *, engagements_per_phase: int, counting: Counting = COUNTING
) -> Measured:
    """Return in how many growth phases enough engagements were completed (7.3)."""
    by_phase: dict[str, list[Engagement]] = {}
    for engagement in _completed(practice, span, counting):
        by_phase.setdefault(engagement.phase, []).append(engagement)
    shown = [found for found in by_phase.values() if len(found) >= engagements_per_phase]
    return _told(len(shown), "engagement", (engagement.id for found in shown for engagement in found))


def _hours(practice: Practice, span: Span, counting: Counting) -> Measured:
    """Sum confirmed hours; attested ones add at most their share of the whole (7.3, amendment 3)."""
    counted = _counted(practice, span)
    confirmed, attested = _minutes(counted, counting)
    share = counting.attested_share_max
    if share < 1:
        attested = min(attested, int(confirmed * share / (1 - share)))
    return _told(_in_hours(confirmed + attested), "session", (session.id for session in counted))


def _minutes(sessions: Iterable[MentoringSession], counting: Counting) -> tuple[int, int]:
    """Return confirmed and attested minutes: a group once, no overlap, within session and day limits."""
    days: dict[date, list[int]] = {}
    busy_until: datetime | None = None
    for (starts_at, ends_at), held in sorted(_slots(sessions).items()):
        if busy_until is not None and starts_at < busy_until:
            continue
        busy_until = ends_at
        length = min(int((ends_at - starts_at).total_seconds()) // 60, counting.session_minutes_max)
        is_confirmed = any(session.state is SessionState.CONFIRMED for session in held)
        days.setdefault(held[0].held_on, [0, 0])[0 if is_confirmed else 1] += length
    confirmed = attested = 0
    for day_confirmed, day_attested in days.values():
        kept = min(day_confirmed, counting.day_minutes_max)
        confirmed += kept
        attested += min(day_attested, counting.day_minutes_max - kept)
    return confirmed, attested


def _slots(sessions: Iterable[MentoringSession]) -> dict[tuple[datetime, datetime], list[MentoringSession]]:
    slots: dict[tuple[datetime, datetime], list[MentoringSession]] = {}
    for session in sessions:
        if session.starts_at < session.ends_at:
            slots.setdefault((session.starts_at, session.ends_at), []).append(session)
    return slots


def _smes(practice: Practice, span: Span, counting: Counting) -> Measured:
    """Count different SMEs; of a group that met, at most a few (7.3)."""
    keys = {engagement.id: engagement.sme_key for engagement in practice.engagements}
    counted = _counted(practice, span)
    alone = {keys[session.engagement_id] for session in counted if session.kind is not SessionKind.GROUP}
    smes = set(alone)
    for held in _slots(session for session in counted if session.kind is SessionKind.GROUP).values():
        smes |= set(
            sorted({keys[session.engagement_id] for session in held} - alone)[: counting.group_smes_max]
        )
    shown = {session.engagement_id for session in counted if keys[session.engagement_id] in smes}
    return _told(len(smes), "engagement", shown)


def _engagements(practice: Practice, span: Span, counting: Counting) -> Measured:
    completed = _completed(practice, span, counting)
    return _told(len(completed), "engagement", (engagement.id for engagement in completed))


def _completed(practice: Practice, span: Span, counting: Counting) -> list[Engagement]:
    """Return completed engagements with somebody else's firm, of which at least one session counts."""
    with_sessions = {session.engagement_id for session in _counted(practice, Span(span.on))}
    return [
        engagement
        for engagement in practice.engagements
        if engagement.id in with_sessions
        and engagement.is_complete(counting)
        and engagement.ended_on is not None
        and engagement.ended_on in span
    ]


def _counted(practice: Practice, span: Span) -> list[MentoringSession]:
    """Return the sessions that others vouch for; own, family's and employer's firms never count (7.3)."""
    foreign = {engagement.id for engagement in practice.engagements if not engagement.own_interest}
    return [
        session
        for session in practice.sessions
        if session.state in _COUNTS and session.engagement_id in foreign and session.held_on in span
    ]


def _years_mentoring(practice: Practice, span: Span, _counting: Counting) -> Measured:
    first = min(_counted(practice, span), key=lambda session: (session.starts_at, session.id), default=None)
    if first is None:
        return Measured(Decimal("0.00"), ())
    return _told(_years(first.held_on, span.on), "session", [first.id])


def _experience(practice: Practice, span: Span, _counting: Counting) -> Measured:
    """Sum years in business; times that run side by side count once."""
    begin = date.min if span.window_months is None else add_months(span.on, -span.window_months)
    found = [record for record in _records(practice, RecordKind.EXPERIENCE) if record.started_on <= span.on]
    total, until = Decimal("0.00"), begin
    for record in sorted(found, key=lambda record: (record.started_on, record.id)):
        start, end = max(record.started_on, until), min(record.ended_on or span.on, span.on)
        if start < end:
            total, until = total + _years(start, end), end
    return _told(total, "record", (record.id for record in found))


def _sum_of(kind: RecordKind) -> Callable[[Practice, Span, Counting], Measured]:
    def hours(practice: Practice, span: Span, _counting: Counting) -> Measured:
        credit = credited(_records(practice, kind), practice.types)
        found = [record for record in _records(practice, kind) if record.started_on in span]
        total = sum((credit[record.id] for record in found), Decimal("0.00"))
        return _told(total, "record", (record.id for record in found))

    return hours


def _reflections(practice: Practice, span: Span, _counting: Counting) -> Measured:
    found = [record.id for record in _records(practice, RecordKind.REFLECTION) if record.started_on in span]
    return _told(len(found), "record", found)


def _feedback(practice: Practice, span: Span, _counting: Counting) -> Measured:
    """Count feedback that came from mentees or was attested, never what only the mentor wrote down."""
    own = {engagement.id for engagement in practice.engagements if engagement.own_interest}
    found = [
        record.id
        for record in _records(practice, RecordKind.FEEDBACK)
        if record.is_backed and record.started_on in span and record.engagement_id not in own
    ]
    return _told(len(found), "record", found)


def _records(practice: Practice, kind: RecordKind) -> list[Record]:
    return [record for record in practice.records if record.kind is kind and stands(record, practice.types)]


def _years(start: date, end: date) -> Decimal:
    """Return years with two decimals, rounded down, so that a year is full on its day and not before."""
    full = whole_years(start, end)
    rest = (end - add_months(start, full * 12)).days
    return (full + Decimal(rest) / 366).quantize(_CENT, ROUND_DOWN)


def _in_hours(minutes: int) -> Decimal:
    return (Decimal(minutes) / 60).quantize(_CENT, ROUND_DOWN)


def _told(value: Decimal | int, kind: str, ids: Iterable[UUID]) -> Measured:
    names = sorted({f"{kind}:{found}" for found in ids})
    kept = names[:MOST_SOURCES]
    if len(names) > MOST_SOURCES:
        kept.append("sha256:" + hashlib.sha256("\n".join(names).encode()).hexdigest())
    return Measured(Decimal(value), tuple(kept))


MEASURES: Mapping[Measure, Callable[[Practice, Span, Counting], Measured]] = {
    Measure.BUSINESS_EXPERIENCE_YEARS: _experience,
    Measure.TRAINING_HOURS: _sum_of(RecordKind.TRAINING),
    Measure.CONFIRMED_HOURS: _hours,
    Measure.DISTINCT_SMES: _smes,
    Measure.COMPLETED_ENGAGEMENTS: _engagements,
    Measure.YEARS_MENTORING: _years_mentoring,
    Measure.FEEDBACK_COUNT: _feedback,
    Measure.REFLECTION_COUNT: _reflections,
    Measure.SUPERVISION_HOURS: _sum_of(RecordKind.SUPERVISION),
    Measure.CPD_HOURS: _sum_of(RecordKind.CPD),
}
