"""The tables of practice, a module for each family of use cases."""

from app.practice.tables.badges import BadgeRow
from app.practice.tables.confirming import AttestationRow, ConfirmationLinkRow
from app.practice.tables.engagements import EngagementRow, SessionRow
from app.practice.tables.evidence import EvidenceAttestationRow, EvidenceRow, EvidenceVersionRow
from app.practice.tables.milestones import IndicatorRow, MilestoneRow
from app.practice.tables.planning import GoalRow, PlanRow
from app.practice.tables.records import PracticeRecordRow

__all__ = [
    "AttestationRow",
    "BadgeRow",
    "ConfirmationLinkRow",
    "EngagementRow",
    "EvidenceAttestationRow",
    "EvidenceRow",
    "EvidenceVersionRow",
    "GoalRow",
    "IndicatorRow",
    "MilestoneRow",
    "PlanRow",
    "PracticeRecordRow",
    "SessionRow",
]
