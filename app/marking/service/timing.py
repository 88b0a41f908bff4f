"""How long sheets took, told to who marked and, once a pair is in, to who releases."""

from uuid import UUID

from app.access.permissions import Permission
from app.applications import service as applications
from app.marking import queries, rules
from app.marking.rules import AssignmentState, Stage, Timing
from app.marking.service.material import components_of, sheets_of
from app.marking.tables import AssignmentRow
from app.work import Work


def timing_of(work: Work, row: AssignmentRow) -> Timing | None:
    """Measure a submitted sheet; nothing is told of one that is open. Callers asked their own permission."""
    if row.submitted_at is None:
        return None
    moments = [*queries.signs_of_life(work, row.id, row.submitted_at), row.submitted_at]
    return rules.timing(moments, len(queries.marks_of(work, [row.id])))


def sheets(work: Work, case_id: UUID) -> dict[str, object]:
    """Tell whoever releases how the sheets of a case came about: how seen, how long; no mark (EXM-6).

    A marking is told only once both sheets of its pair are in, so that nobody learns of a single one.
    """
    work.require(Permission.MARKING_RELEASE)
    case = applications.case(work, case_id)
    applications.ensure_not_own(work, case, "read the sheets")
    rows = [row for row in queries.assignments_of(work, case_id) if row.state is AssignmentState.SUBMITTED]
    components = {component.code: component for component in components_of(work, case)}
    told = {
        (code, number)
        for code, number in {(row.component, row.attempt_no) for row in rows}
        if code in components
        and rules.stage(sheets_of(work, components[code], number), components[code].standard)
        is not Stage.MARKING
    }
    return {"items": [_entry(work, row) for row in rows if (row.component, row.attempt_no) in told]}


def _entry(work: Work, row: AssignmentRow) -> dict[str, object]:
    return {
        "id": row.id,
        "component": row.component,
        "attempt_no": row.attempt_no,
        "seat": row.seat,
        "assessor_id": row.assessor_id,
        "submitted_at": row.submitted_at,
        "seen": row.seen,
        "assisted": sum(mark.ai_system is not None for mark in queries.marks_of(work, [row.id])),
        "timing": timing_of(work, row),
    }
