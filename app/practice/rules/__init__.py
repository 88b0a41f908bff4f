"""Pure rules of practice: states and moves, logging and importing sessions, what counts and how much."""

from app.practice.rules.calendar import Calendar, Draft, Frame, Refused
from app.practice.rules.counting import COUNTING, Counting, counting_from
from app.practice.rules.intake import BadRows, Entry, Intake, Judged, RowOutcome, Totals, settled, totals
from app.practice.rules.loaded import Engagement, MentoringSession, Practice, Record, Span
from app.practice.rules.measures import MEASURES, Measure, Measured, measured, phases_evidenced
from app.practice.rules.naming import sme_key
from app.practice.rules.states import (
    Capacity,
    EngagementAction,
    EngagementState,
    Milestone,
    Modality,
    Phase,
    RecordKind,
    SessionAction,
    SessionKind,
    SessionState,
    after_engagement,
    after_session,
    may_settle,
    with_milestone,
)

__all__ = [
    "COUNTING",
    "MEASURES",
    "BadRows",
    "Calendar",
    "Capacity",
    "Counting",
    "Draft",
    "Engagement",
    "EngagementAction",
    "EngagementState",
    "Entry",
    "Frame",
    "Intake",
    "Judged",
    "Measure",
    "Measured",
    "MentoringSession",
    "Milestone",
    "Modality",
    "Phase",
    "Practice",
    "Record",
    "RecordKind",
    "Refused",
    "RowOutcome",
    "SessionAction",
    "SessionKind",
    "SessionState",
    "Span",
    "Totals",
    "after_engagement",
    "after_session",
    "counting_from",
    "may_settle",
    "measured",
    "phases_evidenced",
    "settled",
    "sme_key",
    "totals",
    "with_milestone",
]
