"""What is asked about marking."""

from app.marking.queries.sheets import (
    assignments_of,
    marks_of,
    open_proposals,
    open_proposals_for_update,
    own_assignment,
    own_assignment_for_update,
    own_assignments,
    proposals_of,
    results_of,
    sme_names,
)

__all__ = [
    "assignments_of",
    "marks_of",
    "open_proposals",
    "open_proposals_for_update",
    "own_assignment",
    "own_assignment_for_update",
    "own_assignments",
    "proposals_of",
    "results_of",
    "sme_names",
]
