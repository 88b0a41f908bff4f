"""The assessor's desk: her queue, her sheet, saving, confirming, submitting; the others' once all are in."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from app.access.permissions import Permission
from app.audit.events import Event
from app.core.errors import Findings, Invalid
from app.core.paging import Slice, Window
from app.delivery import service as delivery
from app.marking import queries, rules
from app.marking.rules import AssignmentAction, Mark, Seen
from app.marking.schemas.sheets import MarkConfirm, MarkSave
from app.marking.service.material import (
    Component,
    assignments_of,
    opened,
    pseudonym,
    sheet_of,
    sheets_of,
)
from app.marking.service.timing import timing_of
from app.marking.service.watching import ensure_recorded
from app.marking.tables import AssignmentRow, MarkRow
from app.work import Work

_SAVED = ("rating", "comment", "ai_system", "ai_version", "confirmed_at")
"""What a sheet shows of a line as it was saved."""


def queue(work: Work, wanted: Window) -> dict[str, object]:
    """Return one page of the acting assessor's own assignments."""
    work.require(Permission.MARKING_MARK)
    found: Slice[AssignmentRow] = queries.own_assignments(work, work.person_id, wanted)
    return {"items": [_entry(row) for row in found.items], "next": found.next}


def sheet(work: Work, assignment_id: UUID) -> dict[str, object]:
    """Show the acting assessor her own sheet under a pseudonym; when she opened it is kept (IMP-2, EXM-6)."""
    work.require(Permission.MARKING_MARK)
    row = queries.own_assignment(work, assignment_id, work.person_id)
    component = opened(work, row)
    work.record(Event.SHEET_OPENED, row)
    return _told(work, row, component)


def save(work: Work, assignment_id: UUID, marks: Sequence[MarkSave]) -> dict[str, object]:
    """Save marks as a draft."""
    work.require(Permission.MARKING_MARK)
    row = queries.own_assignment_for_update(work, assignment_id, work.person_id)
    component = opened(work, row)
    row.state = rules.after(row.state, AssignmentAction.SAVE)
    _expect(work, row, component)
    _ensure_known(component, marks)
    _enter(work, row, marks)
    row.saves += 1
    work.session.add(row)
    work.record(Event.MARKS_SAVED, row, assisted=sum(mark.ai_system is not None for mark in marks))
    work.session.flush()  # the answer reads the marks back
    return _told(work, row, component)


def confirm(work: Work, assignment_id: UUID, wanted: MarkConfirm) -> dict[str, object]:
    """Take over one line in which a machine took part; until its marker has, it counts for nothing (AI-1)."""
    work.require(Permission.MARKING_MARK)
    row = queries.own_assignment_for_update(work, assignment_id, work.person_id)
    component = opened(work, row)
    row.state = rules.after(row.state, AssignmentAction.SAVE)
    _expect(work, row, component)
    found = next((mark for mark in queries.marks_of(work, [row.id]) if mark.element == wanted.element), None)
    if found is None:
        raise Invalid("element_refused", pointer="/element", element=wanted.element)
    rules.ensure_confirmable(_mark(found), wanted.rating, is_assisted=found.ai_system is not None)
    found.confirmed_by, found.confirmed_at = work.person_id, work.now
    row.saves += 1
    work.session.add_all((found, row))
    work.record(
        Event.MARK_CONFIRMED, row, element=found.element, system=found.ai_system, version=found.ai_version
    )
    work.session.flush()  # the answer tells the version that the sheet now has
    return _told(work, row, component)


def submit(work: Work, assignment_id: UUID, seen: Seen) -> dict[str, object]:
    """Submit a complete sheet once the sitting was held; from then on it is frozen (EXM-6)."""
    work.require(Permission.MARKING_MARK)
    row = queries.own_assignment_for_update(work, assignment_id, work.person_id)
    component = opened(work, row)
    state = rules.after(row.state, AssignmentAction.SUBMIT)
    _expect(work, row, component)
    sitting = delivery.sitting(work, row.case_id, row.component, row.attempt_no)
    if seen is Seen.RECORDING:
        ensure_recorded(work, row, sitting)
    marks = {mark.element: _mark(mark) for mark in queries.marks_of(work, [row.id])}
    if findings := rules.submission_findings(component.elements, marks, component.standard):
        raise Findings("sheet_incomplete", tuple(findings))
    row.state, row.submitted_at, row.seen = state, work.now, seen
    work.session.add(row)
    work.record(
        Event.MARKS_SUBMITTED, row, case=row.case_id, component=row.component, seat=row.seat, seen=seen
    )
    work.session.flush()  # the answer tells the version that the sheet was submitted in
    return _told(work, row, component)


def co_marks(work: Work, assignment_id: UUID) -> dict[str, object]:
    """Show the other sheets once own and pair are in, and nothing before (EXM-6)."""
    work.require(Permission.MARKING_MARK)
    row = queries.own_assignment(work, assignment_id, work.person_id)
    component = opened(work, row)
    shown = rules.visible(sheet_of(row, {}), sheets_of(work, component, row.attempt_no))
    seats = {sheet.seat for sheet in shown}
    others = [
        other
        for other in assignments_of(work, row.case_id, row.component, row.attempt_no)
        if other.seat in seats
    ]
    return {
        "sheets": [
            {"seat": other.seat, "seen": other.seen, "marks": queries.marks_of(work, [other.id])}
            for other in others
        ]
    }


def _expect(work: Work, row: AssignmentRow, component: Component) -> None:
    """Refuse a change to an older version; the refusal shows the sheet as it is now."""
    work.expect(_Versioned(_told(work, row, component)))


class _Versioned(dict[str, Any]):
    """A sheet as told, which knows its version."""

    @property
    def rev(self) -> int:
        """The sheet's version."""
        return int(self["rev"])


def _ensure_known(component: Component, marks: Sequence[MarkSave]) -> None:
    known = {element.code for element in component.elements}
    seen: set[str] = set()
    for place, mark in enumerate(marks):
        if mark.element not in known or mark.element in seen:
            raise Invalid("element_refused", pointer=f"/marks/{place}/element", element=mark.element)
        seen.add(mark.element)


def _enter(work: Work, row: AssignmentRow, marks: Sequence[MarkSave]) -> None:
    saved = {mark.element: mark for mark in queries.marks_of(work, [row.id])}
    fresh = []
    for mark in marks:
        if mark.element not in saved:
            fresh.append({"stream": row.id, **mark.model_dump()})
            continue
        _change(saved[mark.element], mark)
        work.session.add(saved[mark.element])
    work.recorder.insert(MarkRow, fresh)


def _change(saved: MarkRow, mark: MarkSave) -> None:
    """Enter what a line says now; a changed line is to be confirmed anew, and its machine stays named."""
    if mark.ai_system is not None:
        saved.ai_system, saved.ai_version = mark.ai_system, mark.ai_version
    if (saved.rating, saved.comment) != (mark.rating, mark.comment) or mark.ai_system is not None:
        saved.confirmed_by = saved.confirmed_at = None
    saved.rating, saved.comment = mark.rating, mark.comment


def _mark(row: MarkRow) -> Mark:
    return Mark(row.rating, row.comment, row.is_confirmed)


def _entry(row: AssignmentRow) -> dict[str, object]:
    return {
        "id": row.id,
        "rev": row.rev,
        "case_id": row.case_id,
        "component": row.component,
        "attempt_no": row.attempt_no,
        "seat": row.seat,
        "candidate": pseudonym(row.case_id),
        "state": row.state,
    }


def _told(work: Work, row: AssignmentRow, component: Component) -> dict[str, object]:
    marks = {mark.element: mark for mark in queries.marks_of(work, [row.id])}
    elements = [
        {
            "code": element.code,
            "unit": element.unit,
            "title": element.title,
            "descriptor": element.descriptor,
            "is_critical": element.is_critical,
            **{name: getattr(marks.get(element.code), name, None) for name in _SAVED},
        }
        for element in component.elements
    ]
    return {
        "id": row.id,
        "rev": row.rev,
        "component": row.component,
        "attempt_no": row.attempt_no,
        "seat": row.seat,
        "candidate": pseudonym(row.case_id),
        "level": component.standard.target,
        "state": row.state,
        "submitted_at": row.submitted_at,
        "seen": row.seen,
        "timing": timing_of(work, row),
        "elements": elements,
    }
