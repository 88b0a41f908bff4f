"""The tables of practice, a module for each family of use cases."""

from app.practice.tables.activities import ActivityTypeRow
from app.practice.tables.badges import BadgeRow
from app.practice.tables.confirming import AttestationRow, ConfirmationLinkRow, MenteeRow
from app.practice.tables.engagements import EngagementRow, SessionRow
from app.practice.tables.evidence import EvidenceAttestationRow, EvidenceRow, EvidenceVersionRow
from app.practice.tables.exchange import EntryRow
from app.practice.tables.feedback import FeedbackRow
from app.practice.tables.handing_over import HandOverRow
from app.practice.tables.impact import ConsentRow, FigureRow, ImpactLinkRow, IndicatorRow
from app.practice.tables.milestones import MilestoneIndicatorRow, MilestoneRow
from app.practice.tables.no_shows import NoShowRow
from app.practice.tables.planning import GoalRow, PlanRow
from app.practice.tables.records import PracticeRecordRow
from app.practice.tables.reviews import PromptRow, ReviewAnswerRow, ReviewLinkRow
from app.practice.tables.sampling import AttestationCheckRow, SampleRow

__all__ = [
    "ActivityTypeRow",
    "AttestationCheckRow",
    "AttestationRow",
    "BadgeRow",
    "ConfirmationLinkRow",
    "ConsentRow",
    "EngagementRow",
    "EntryRow",
    "EvidenceAttestationRow",
    "EvidenceRow",
    "EvidenceVersionRow",
    "FeedbackRow",
    "FigureRow",
    "GoalRow",
    "HandOverRow",
    "ImpactLinkRow",
    "IndicatorRow",
    "MenteeRow",
    "MilestoneIndicatorRow",
    "MilestoneRow",
    "NoShowRow",
    "PlanRow",
    "PracticeRecordRow",
    "PromptRow",
    "ReviewAnswerRow",
    "ReviewLinkRow",
    "SampleRow",
    "SessionRow",
]
