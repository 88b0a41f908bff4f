"""Tables of marking, by family."""

from app.marking.tables.allocation import (
    AssessorLoadRow,
    AssessorScopeRow,
    MarkingPolicyRow,
)
from app.marking.tables.calibration import (
    CalibrationExerciseRow,
    CalibrationPerformanceRow,
    CalibrationTryRow,
)
from app.marking.tables.quality import (
    AssessorFindingRow,
    AssessorReviewRow,
    ModerationRow,
    ModerationSheetRow,
)
from app.marking.tables.sheets import (
    AssignmentRow,
    MarkRow,
    ProposalRow,
    ResultRow,
)
from app.marking.tables.written import WrittenPointsRow

__all__ = [
    "AssessorFindingRow",
    "AssessorLoadRow",
    "AssessorReviewRow",
    "AssessorScopeRow",
    "AssignmentRow",
    "CalibrationExerciseRow",
    "CalibrationPerformanceRow",
    "CalibrationTryRow",
    "MarkRow",
    "MarkingPolicyRow",
    "ModerationRow",
    "ModerationSheetRow",
    "ProposalRow",
    "ResultRow",
    "WrittenPointsRow",
]
