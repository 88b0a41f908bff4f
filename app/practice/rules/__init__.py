"""Pure rules of practice: states and moves, when a session may be logged, what counts and how much."""

from app.practice.rules.calendar import Calendar, Draft, Frame, Refused
from app.practice.rules.counting import COUNTING, Counting, counting_from
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
    "Calendar",
    "Capacity",
    "Counting",
    "Draft",
    "Engagement",
    "EngagementAction",
    "EngagementState",
    "Frame",
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
    "SessionAction",
    "SessionKind",
    "SessionState",
    "Span",
    "after_engagement",
    "after_session",
    "counting_from",
    "may_settle",
    "measured",
    "phases_evidenced",
    "sme_key",
    "with_milestone",
]
