"""Released results computed anew from stored raw material and held against what was released (EXM-5).

Nothing is changed, whatever comes out: a difference is for people to look into.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from app.access.permissions import Permission
from app.applications import service as applications
from app.core.errors import Refusal
from app.core.paging import Window
from app.delivery import service as delivery
from app.marking import queries
from app.marking.rules import Recomputed, compared
from app.marking.service import computing
from app.marking.service.material import component_under
from app.marking.tables import ResultRow
from app.schemes import service as schemes
from app.work import Work
from assessments.errors import AssessmentError


def recompute_case(work: Work, case_id: UUID) -> dict[str, object]:
    """Compute every released result of a case anew and tell which are equal (EXM-5)."""
    work.require(Permission.RESULTS_READ)
    applications.case(work, case_id)
    return {"items": [_compared(work, row) for row in queries.results_of(work, case_id)]}


def recompute_period(
    work: Work, wanted: Window, *, released_from: date, released_until: date
) -> dict[str, object]:
    """Compute one page of the results released in a period anew and tell which are equal (EXM-5)."""
    work.require(Permission.RESULTS_READ)
    found = queries.results_released(work, released_from, released_until, wanted)
    return {"items": [_compared(work, row) for row in found.items], "next": found.next}


def _compared(work: Work, row: ResultRow) -> dict[str, object]:
    found: Recomputed
    try:
        found = compared(_released(row), _anew(work, row))
    except (Refusal, AssessmentError) as fault:
        found = Recomputed.impossible(fault.code)
    return {
        "result_id": row.id,
        "case_id": row.case_id,
        "component": row.component,
        "attempt_no": row.attempt_no,
        "released_on": row.released_on,
        "outcome": found.outcome,
        "differs": found.differs,
        "fault": found.fault,
    }


def _released(row: ResultRow) -> Mapping[str, Any]:
    """Return a result's columns; units from before scores could be fractions had no exact part."""
    return {**row.model_dump(), "units": [{"exact": None, **unit} for unit in row.units]}


def _anew(work: Work, row: ResultRow) -> Mapping[str, Any]:
    """Compute a result by its own rule, a judged one by the package that held when it was released."""
    case = applications.case(work, row.case_id)
    if row.external_id is not None:
        return computing.external(delivery.external_result(work, row.external_id))
    if row.rule == "cut":
        attempt = delivery.attempt(work, case.id, row.component, row.attempt_no)
        return computing.keyed(work, case, attempt)
    version = queries.version_before(work, case.id, row.released_at) or case.scheme_version_id
    package = schemes.version_of(work, version).package
    return computing.judged(work, component_under(package, case, row.component), row.attempt_no)
