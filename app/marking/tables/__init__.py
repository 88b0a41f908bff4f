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
from app.marking.tables.sheets import (
    AssignmentRow,
    MarkRow,
    ProposalRow,
    ResultRow,
)

__all__ = [
    "AssessorLoadRow",
    "AssessorScopeRow",
    "AssignmentRow",
    "CalibrationExerciseRow",
    "CalibrationPerformanceRow",
    "CalibrationTryRow",
    "MarkRow",
    "MarkingPolicyRow",
    "ProposalRow",
    "ResultRow",
]
