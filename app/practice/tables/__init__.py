"""The tables of practice, a module for each family of use cases."""

from app.practice.tables.confirming import AttestationRow, ConfirmationLinkRow, MenteeRow
from app.practice.tables.engagements import EngagementRow, SessionRow
from app.practice.tables.impact import ConsentRow, FigureRow, ImpactLinkRow, IndicatorRow
from app.practice.tables.planning import GoalRow, PlanRow
from app.practice.tables.records import PracticeRecordRow
from app.practice.tables.reviews import PromptRow, ReviewAnswerRow, ReviewLinkRow

__all__ = [
    "AttestationRow",
    "ConfirmationLinkRow",
    "ConsentRow",
    "EngagementRow",
    "FigureRow",
    "GoalRow",
    "ImpactLinkRow",
    "IndicatorRow",
    "MenteeRow",
    "PlanRow",
    "PracticeRecordRow",
    "PromptRow",
    "ReviewAnswerRow",
    "ReviewLinkRow",
    "SessionRow",
]
