"""Whether examiners judge alike: severity, agreement, spread, drift, the state of PER-5; what is re-marked.

Everything starts from `Rating`s as they were given independently, before reconciliation; an adjudicator who
saw the others' ratings is no co-marker. The candidate is the unit that was sampled: ratings of one candidate
hang together, so standard errors count candidates and not ratings.
"""

from assessments.examiners.drift import DriftRow, DriftTable, examiner_drift
from assessments.examiners.moderation import (
    Drawn,
    ModerationRule,
    ModerationSample,
    Reason,
    Script,
    Stratum,
    moderation_sample,
)
from assessments.examiners.monitoring import (
    ExaminerRow,
    ExaminerState,
    ExaminerTable,
    examiner_state,
    examiner_table,
)
from assessments.examiners.ratings import Rating
from assessments.examiners.severity import Severity, SeverityResult, severities

__all__ = [
    "Drawn",
    "DriftRow",
    "DriftTable",
    "ExaminerRow",
    "ExaminerState",
    "ExaminerTable",
    "ModerationRule",
    "ModerationSample",
    "Rating",
    "Reason",
    "Script",
    "Severity",
    "SeverityResult",
    "Stratum",
    "examiner_drift",
    "examiner_state",
    "examiner_table",
    "moderation_sample",
    "severities",
]
