"""The tables of practice, a module for each family of use cases."""

from app.practice.tables.activities import ActivityTypeRow
from app.practice.tables.confirming import AttestationRow, ConfirmationLinkRow, MenteeRow
from app.practice.tables.engagements import EngagementRow, SessionRow
from app.practice.tables.exchange import EntryRow
from app.practice.tables.feedback import FeedbackRow
from app.practice.tables.handing_over import HandOverRow
from app.practice.tables.no_shows import NoShowRow
from app.practice.tables.planning import GoalRow, PlanRow
from app.practice.tables.records import PracticeRecordRow

__all__ = [
    "ActivityTypeRow",
    "AttestationRow",
    "ConfirmationLinkRow",
    "EngagementRow",
    "EntryRow",
    "FeedbackRow",
    "GoalRow",
    "HandOverRow",
    "MenteeRow",
    "NoShowRow",
    "PlanRow",
    "PracticeRecordRow",
    "SessionRow",
]
