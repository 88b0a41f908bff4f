"""What is asked about marking."""

from app.marking.queries.allocation import (
    load_for_update,
    loads_of,
    open_assignments,
    policies_of,
    scope_for_update,
    scopes_of,
    to_be_judged,
)
from app.marking.queries.calibration import (
    exercise,
    exercise_for_update,
    exercises,
    open_exercises,
    own_try,
    passed_tries,
    performances_of,
    tries_of,
)
from app.marking.queries.events import (
    signs_of_life,
    viewers,
)
from app.marking.queries.reporting import assignments_in, judged_in
from app.marking.queries.results import (
    results_released,
    version_before,
)
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
from app.marking.queries.written import written_points_of

__all__ = [
    "accepted_proposal",
    "assignments_in",
    "assignments_of",
    "exercise",
    "exercise_for_update",
    "exercises",
    "judged_in",
    "load_for_update",
    "loads_of",
    "marks_of",
    "open_assignments",
    "open_exercises",
    "open_proposals",
    "open_proposals_for_update",
    "open_sheets_for_update",
    "own_assignment",
    "own_assignment_for_update",
    "own_assignments",
    "own_try",
    "passed_tries",
    "performances_of",
    "policies_of",
    "proposals_of",
    "results_of",
    "results_released",
    "scope_for_update",
    "scopes_of",
    "sheet_for_update",
    "signs_of_life",
    "sme_names",
    "to_be_judged",
    "tries_of",
    "version_before",
    "viewers",
    "written_points_of",
]
