"""A requirement of a scheme answered from practice: value found, met or not, and from which records."""

from datetime import date
from uuid import UUID

from app.core.errors import Invalid
from app.practice import rules
from app.practice.rules import SINCE_A_DAY, Counting, Measure, Measured, RecordKind, Span
from app.practice.service.measuring import load, measure, phases_evidenced
from app.schemes.requirements import Answer, Kind, Requirement
from app.work import Work


def evaluate(
    work: Work, person_id: UUID, requirement: Requirement, *, on: date, counting: Counting
) -> Answer:
    """Answer a requirement over practice; callers have asked their own permission (7.3)."""
    found = _found(work, person_id, requirement, on, counting)
    return Answer(requirement, found.value, found.sources)


def _found(work: Work, person_id: UUID, asked: Requirement, on: date, counting: Counting) -> Measured:
    if asked.kind is Kind.PHASES_EVIDENCED:
        assert asked.engagements_per_phase is not None
        per_phase = asked.engagements_per_phase
        return phases_evidenced(work, person_id, on=on, engagements_per_phase=per_phase, counting=counting)
    span = Span(on, asked.window_months)
    if asked.kind is Kind.RECORD_PRESENT:
        assert asked.record is not None
        kind = RecordKind(asked.record)
        return rules.records_present(load(work, person_id), kind, span, attested=bool(asked.attested))
    assert asked.measure is not None
    if asked.kind is Kind.AT_LEAST_EACH:
        assert asked.period_months is not None
        if asked.measure not in set(Measure) - SINCE_A_DAY:
            raise Invalid("measure_unknown", measure=asked.measure)
        return rules.measured_each(
            load(work, person_id),
            Measure(asked.measure),
            span,
            period_months=asked.period_months,
            counting=counting,
        )
    return measure(
        work, person_id, asked.measure, on=on, window_months=asked.window_months, counting=counting
    )
