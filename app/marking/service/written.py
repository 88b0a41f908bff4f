"""Written answers of a keyed form: points by the rubric, blind and by two, as sheets of their own."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from app.access.permissions import Permission
from app.applications import service as applications
from app.applications.tables import CaseRow
from app.audit.events import Event
from app.core.errors import Conflict, Findings, Invalid
from app.delivery import service as delivery
from app.delivery.tables import AttemptRow
from app.impartiality import service as impartiality
from app.itembank import service as itembank
from app.itembank.rules.contents import FormItem
from app.marking import queries, rules
from app.marking.rules import AssignmentAction, AssignmentState, Seat, Seen
from app.marking.schemas.written import CriterionPoints
from app.marking.service.material import assignments_of, package_of, pseudonym
from app.marking.tables import AssignmentRow, WrittenPointsRow
from app.schemes import assessing
from app.work import Work
from assessments.forms.items import ShortAnswerItem


def due(work: Work, case: CaseRow) -> Iterator[AttemptRow]:
    """Yield the submitted attempts of a case that wait for their result and hold written answers."""
    package = package_of(work, case)
    for code in assessing.examined(package, case.level):
        if assessing.component(package, code)["scoring"] != "key":
            continue
        attempt = delivery.attempt_due(work, case.id, code)
        if attempt is not None and _written(work, attempt):
            yield attempt


def sheets_of(work: Work, attempt: AttemptRow) -> dict[Seat, dict[str, dict[str, int]]]:
    """Return the submitted sheets on an attempt's written answers, by seat."""
    rows = [
        row
        for row in assignments_of(work, attempt.case_id, attempt.component, attempt.attempt_no)
        if row.state is AssignmentState.SUBMITTED
    ]
    return {Seat(row.seat): _given(work, row) for row in rows}


def awards_of(work: Work, attempt: AttemptRow) -> dict[str, Any]:
    """Return what assessors gave the written answers of an attempt, once their marking is ready."""
    return dict(rules.written_awards(sheets_of(work, attempt)))


def written_sheet(work: Work, assignment_id: UUID) -> dict[str, object]:
    """Show the acting assessor what she is to mark, under a pseudonym; that she opened it is kept (IMP-2)."""
    work.require(Permission.MARKING_MARK)
    row = queries.own_assignment(work, assignment_id, work.person_id)
    items = _opened(work, row)
    work.record(Event.SHEET_OPENED, row)
    return _told(work, row, items)


def save_written(work: Work, assignment_id: UUID, points: Sequence[CriterionPoints]) -> dict[str, object]:
    """Save points as a draft, each within its criterion's."""
    work.require(Permission.MARKING_MARK)
    row = queries.own_assignment_for_update(work, assignment_id, work.person_id)
    items = _opened(work, row)
    row.state = rules.after(row.state, AssignmentAction.SAVE)
    work.expect(_Versioned(_told(work, row, items)))
    _enter(work, row, items, points)
    row.saves += 1
    work.session.add(row)
    work.record(Event.MARKS_SAVED, row, assisted=0)
    work.session.flush()  # the answer reads the points back
    return _told(work, row, items)


def submit_written(work: Work, assignment_id: UUID) -> dict[str, object]:
    """Submit a sheet that has points for every criterion; from then on it is frozen (EXM-6)."""
    work.require(Permission.MARKING_MARK)
    row = queries.own_assignment_for_update(work, assignment_id, work.person_id)
    items = _opened(work, row)
    state = rules.after(row.state, AssignmentAction.SUBMIT)
    work.expect(_Versioned(_told(work, row, items)))
    asked = {item.code: {line["code"]: line["points"] for line in item.rubric} for item, _ in items}
    if findings := rules.written_findings(asked, _given(work, row)):
        raise Findings("sheet_incomplete", tuple(findings))
    row.state, row.submitted_at, row.seen = state, work.now, Seen.WRITTEN
    work.session.add(row)
    work.record(
        Event.MARKS_SUBMITTED, row, case=row.case_id, component=row.component, seat=row.seat, seen=row.seen
    )
    work.session.flush()  # the answer tells the version that the sheet was submitted in
    return _told(work, row, items)


class _Versioned(dict[str, Any]):
    """A sheet as told, which knows its version."""

    @property
    def rev(self) -> int:
        """The sheet's version."""
        return int(self["rev"])


def _opened(work: Work, row: AssignmentRow) -> list[tuple[FormItem, str]]:
    """Open the answers that a sheet is for: all that were written, for a third those disputed (IMP-2)."""
    case = applications.case(work, row.case_id)
    impartiality.require_declared(work, applications.matter(work, case, row.component), row.assessor_id)
    rules.ensure_stands(row.state)
    if assessing.component(package_of(work, case), row.component)["scoring"] != "key":
        raise Conflict("component_not_written", rule="ASM-1", component=row.component)
    attempt = delivery.attempt(work, row.case_id, row.component, row.attempt_no)
    items = _written(work, attempt)
    if row.seat is not Seat.THIRD:
        return items
    apart = rules.disputed(sheets_of(work, attempt))
    return [(item, answer) for item, answer in items if item.code in apart]


def _written(work: Work, attempt: AttemptRow) -> list[tuple[FormItem, str]]:
    """Return the items that were answered in writing; a blank answer needs no assessor."""
    return [
        (item, attempt.responses[item.code])
        for item in itembank.form_items(work, attempt.form_id)
        if isinstance(item.scored, ShortAnswerItem) and str(attempt.responses.get(item.code, "")).strip()
    ]


def _given(work: Work, row: AssignmentRow) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for line in queries.written_points_of(work, [row.id]):
        found.setdefault(line.item, {})[line.criterion] = line.points
    return found


def _enter(
    work: Work, row: AssignmentRow, items: list[tuple[FormItem, str]], points: Sequence[CriterionPoints]
) -> None:
    most = {(item.code, line["code"]): line["points"] for item, _ in items for line in item.rubric}
    saved = {(line.item, line.criterion): line for line in queries.written_points_of(work, [row.id])}
    fresh: dict[tuple[str, str], dict[str, object]] = {}
    for place, line in enumerate(points):
        named = (line.item, line.criterion)
        if named not in most or named in fresh or not 0 <= line.points <= most[named]:
            raise Invalid(
                "points_refused", pointer=f"/points/{place}", item=line.item, criterion=line.criterion
            )
        if named in saved:
            saved[named].points = line.points
            work.session.add(saved[named])
        else:
            fresh[named] = {"stream": row.id, "most": most[named], **line.model_dump()}
    work.recorder.insert(WrittenPointsRow, list(fresh.values()))


def _told(work: Work, row: AssignmentRow, items: list[tuple[FormItem, str]]) -> dict[str, object]:
    given = _given(work, row)
    return {
        "id": row.id,
        "rev": row.rev,
        "component": row.component,
        "attempt_no": row.attempt_no,
        "seat": row.seat,
        "candidate": pseudonym(row.case_id),
        "state": row.state,
        "submitted_at": row.submitted_at,
        "answers": [
            {
                "item": item.code,
                "stem": item.stem,
                "answer": answer,
                "criteria": [
                    {
                        "criterion": line["code"],
                        "text": line["text"],
                        "most": line["points"],
                        "points": given.get(item.code, {}).get(line["code"]),
                    }
                    for line in item.rubric
                ],
            }
            for item, answer in items
        ],
    }
