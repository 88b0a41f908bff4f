"""What is asked about marking."""

from app.marking.queries.events import signs_of_life, viewers
from app.marking.queries.results import results_released, version_before
from app.marking.queries.sheets import (
    accepted_proposal,
    assignments_of,
    marks_of,
    open_proposals,
    open_proposals_for_update,
    open_sheets_for_update,
    own_assignment,
    own_assignment_for_update,
    own_assignments,
    proposals_of,
    results_of,
    sheet_for_update,
    sme_names,
)

__all__ = [
    "accepted_proposal",
    "assignments_of",
    "marks_of",
    "open_proposals",
    "open_proposals_for_update",
    "open_sheets_for_update",
    "own_assignment",
    "own_assignment_for_update",
    "own_assignments",
    "proposals_of",
    "results_of",
    "results_released",
    "sheet_for_update",
    "signs_of_life",
    "sme_names",
    "version_before",
    "viewers",
]
