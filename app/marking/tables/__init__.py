"""Tables of marking: proposals, assignments with their marks, results."""

from app.marking.tables.sheets import (
    AssignmentRow,
    MarkRow,
    ProposalRow,
    ResultRow,
)

__all__ = [
    "AssignmentRow",
    "MarkRow",
    "ProposalRow",
    "ResultRow",
]
