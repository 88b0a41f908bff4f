"""Tables of marking, by family."""

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
