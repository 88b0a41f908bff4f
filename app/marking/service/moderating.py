"""Use cases of moderation: draw a period's sample, take a sheet of it, look into it, and give a verdict."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from app.access.permissions import Permission
from app.applications import service as applications
from app.applications.rules import CaseState
from app.audit.events import Event
from app.core.errors import Conflict, Invalid, NotFound
from app.core.ids import new_id, new_secret
from app.core.paging import Window
from app.impartiality import service as impartiality
from app.impartiality.rules import Act, Answer
from app.marking import queries, rules
from app.marking.queries import quality
from app.marking.rules import AsideCause, Policy, Stage, moderation
from app.marking.rules.moderation import Candidate, ModerationVerdict, Placed
from app.marking.schemas.moderation import ModerationCreate, VerdictCreate
from app.marking.service.material import component_of, pseudonym, sheets_of
from app.marking.service.policies import policy_of
from app.marking.service.remarking import ensure_uninvolved, set_aside
from app.marking.tables import AssignmentRow, ModerationRow, ModerationSheetRow
from app.people import service as people
from app.schemes import service as schemes
from app.work import Work
from assessments.examiners.moderation import MODERATION_VERSION

_TELLING = ("digest", "reason", "verdict", "judged_at")
"""What tells of a sheet's marks, or by whom they are."""


def draw_moderation(work: Work, scheme_id: UUID, wanted: ModerationCreate) -> dict[str, Any]:
    """Draw which sheets of a period are looked into, by a seed that nobody chose and nobody knew (EXM-6).

    The period is over for them: every marking of it must be ready, so that no rating can still follow the
    draw. Sheets that an earlier moderation took are left out.
    """
    work.require(Permission.MARKING_RELEASE)
    if wanted.held_until < wanted.held_from:
        raise Invalid("dates_reversed", pointer="/held_until")
    schemes.known(work, scheme_id)
    found = _population(work, scheme_id, wanted)
    policy, seed = policy_of(work, scheme_id), new_secret()
    placed = moderation.drawn(found, policy, seed)
    row = _row(work, scheme_id, wanted, policy, seed, sheets=len(placed))
    work.session.add(row)
    work.session.flush()  # its sheets, written as plain rows, refer to it
    work.recorder.insert(ModerationSheetRow, [{"stream": row.id, **_placed(one)} for one in placed])
    drawn = [one.sheet.sheet_id for one in placed if one.reason is not None]
    work.record(
        Event.MODERATION_DRAWN,
        row,
        component=row.component,
        held_from=row.held_from,
        held_until=row.held_until,
        seed=seed,
        sheets=row.sheets,
        drawn=drawn,
    )
    return _told(work, row)


def _row(
    work: Work, scheme_id: UUID, wanted: ModerationCreate, policy: Policy, seed: str, *, sheets: int
) -> ModerationRow:
    return ModerationRow(
        body_id=work.body_id,
        id=new_id(),
        scheme_id=scheme_id,
        **wanted.model_dump(),
        seed=seed,
        percent=policy.moderation_percent,
        least=policy.moderation_least,
        margin=policy.moderation_margin,
        sheets=sheets,
        version=MODERATION_VERSION,
        drawn_by=work.person_id,
        drawn_at=work.now,
    )


def search_moderations(work: Work, scheme_id: UUID, wanted: Window) -> dict[str, Any]:
    """Return one page of a scheme's moderations, with how many sheets still wait."""
    _require_any(work)
    schemes.known(work, scheme_id)
    found = quality.moderations(work, scheme_id, wanted)
    return {"items": [_told(work, row) for row in found.items], "next": found.next}


def read_moderation(work: Work, moderation_id: UUID) -> dict[str, Any]:
    """Tell which sheets were drawn, why, and what became of each; no rating is among it."""
    _require_any(work)
    return _told(work, quality.moderation(work, moderation_id))


def take_sheet(work: Work, moderation_id: UUID, sheet_id: UUID, answer: Answer) -> dict[str, Any]:
    """Take a drawn sheet after declaring conflicts with its candidate, real name known (IMP-2, EXM-6)."""
    work.require(Permission.MARKING_MODERATE)
    row, sheet, assignment = _locked(work, moderation_id, sheet_id)
    moderation.ensure_open(sheet.verdict, sheet.reason)
    matter = applications.matter(work, applications.case(work, assignment.case_id), assignment.component)
    ensure_uninvolved(work, assignment.case_id, assignment.component, duty="moderate")
    impartiality.require_free(work, Act.MODERATED, matter, person_id=work.person_id)
    impartiality.enter_declaration(work, matter, answer)
    work.session.flush()  # the ledger asks the database for the declaration
    if answer is Answer.NONE:
        impartiality.note(work, Act.MODERATED, matter, person_id=work.person_id)
        sheet.moderator_id = work.person_id
        work.session.add(sheet)
        work.record(
            Event.MODERATION_TAKEN, row, sheet=sheet.id, case=assignment.case_id, moderator=work.person_id
        )
        work.session.flush()  # the answer tells it
    return _entry(work, sheet, assignment)


def moderated_sheet(work: Work, moderation_id: UUID, sheet_id: UUID) -> dict[str, Any]:
    """Show the moderator the ratings and comments of a sheet she took; her view is recorded."""
    work.require(Permission.MARKING_MODERATE)
    sheet, assignment = _own(work, moderation_id, sheet_id)
    case = applications.case(work, assignment.case_id)
    impartiality.require_declared(work, applications.matter(work, case, assignment.component), work.person_id)
    work.record(Event.RECORD_DISCLOSED, assignment, what="moderated sheet")
    return {
        "id": sheet.id,
        "candidate": pseudonym(assignment.case_id),
        "component": assignment.component,
        "level": case.level,
        "seat": assignment.seat,
        "distance": sheet.distance,
        "reason": None if sheet.reason is None else sheet.reason.value,
        "marks": queries.marks_of(work, [assignment.id]),
        "verdict": sheet.verdict,
        "note": sheet.note,
    }


def judge_sheet(work: Work, moderation_id: UUID, sheet_id: UUID, wanted: VerdictCreate) -> dict[str, Any]:
    """Uphold a sheet or have another mark in its place; a verdict stays (EXM-6)."""
    work.require(Permission.MARKING_MODERATE)
    row, sheet, assignment = _locked(work, moderation_id, sheet_id)
    if sheet.moderator_id != work.person_id:
        raise NotFound("moderated_sheet")
    moderation.ensure_open(sheet.verdict, sheet.reason)
    case = applications.case(work, assignment.case_id)
    impartiality.require_declared(work, applications.matter(work, case, assignment.component), work.person_id)
    sheet.verdict, sheet.note, sheet.judged_at = wanted.verdict, wanted.note, work.now
    work.session.add(sheet)
    left = sum(
        one.reason is not None and one.verdict is None and one.id != sheet.id
        for one in quality.moderated_sheets(work, row.id)
    )
    work.record(Event.MODERATION_JUDGED, row, sheet=sheet.id, verdict=wanted.verdict, left=left)
    if wanted.verdict is ModerationVerdict.REMARK:
        set_aside(work, assignment, AsideCause.REMARKING, reasons=wanted.note)
    work.session.flush()  # the answer tells it
    return _entry(work, sheet, assignment)


def ensure_moderated(work: Work, scheme_id: UUID, sheets: Sequence[UUID]) -> None:
    """Refuse a release that a moderation is due for and not done; callers asked their own permission."""
    if not policy_of(work, scheme_id).is_moderated:
        return
    found = quality.in_moderation(work, sheets)
    waiting = quality.unjudged(work, {row.stream for row in found})
    moderation.ensure_moderated(sheets, [row.assignment_id for row in found if row.stream not in waiting])


def _population(work: Work, scheme_id: UUID, wanted: ModerationCreate) -> list[Candidate]:
    """Return the sheets of a period that no moderation took; refuse while a marking is not ready."""
    rows = quality.sheets_in(work, scheme_id, wanted.held_from, wanted.held_until, wanted.component)
    taken = {row.assignment_id for row in quality.in_moderation(work, [row.id for row in rows])}
    markings: dict[tuple[UUID, int], list[AssignmentRow]] = {}
    for row in rows:
        if row.id not in taken:
            markings.setdefault((row.case_id, row.attempt_no), []).append(row)
    found: list[Candidate] = []
    for (case_id, attempt_no), sheets in markings.items():
        case = applications.case(work, case_id)
        if case.state is not CaseState.ADMITTED or _is_released(work, case_id, wanted.component, attempt_no):
            continue
        component = component_of(work, case, wanted.component)
        known = {sheet.seat: sheet for sheet in sheets_of(work, component, attempt_no)}
        if rules.stage(tuple(known.values()), component.standard) is not Stage.READY:
            raise Conflict("marking_not_ready", rule="EXM-6", component=wanted.component)
        found += [
            Candidate(
                row.id,
                case_id,
                row.assessor_id,
                moderation.distance(known[row.seat].ratings, component.standard),
            )
            for row in sheets
        ]
    if not found:
        raise Conflict("nothing_to_moderate", component=wanted.component)
    return found


def _placed(one: Placed) -> dict[str, Any]:
    return {
        "assignment_id": one.sheet.sheet_id,
        "distance": one.sheet.distance,
        "digest": one.digest,
        "reason": one.reason,
    }


def _is_released(work: Work, case_id: UUID, component: str, attempt_no: int) -> bool:
    released = {(row.component, row.attempt_no) for row in queries.results_of(work, case_id)}
    return (component, attempt_no) in released


def _locked(
    work: Work, moderation_id: UUID, sheet_id: UUID
) -> tuple[ModerationRow, ModerationSheetRow, AssignmentRow]:
    """Lock the case first, as everybody does, then the moderation."""
    [assignment] = quality.assignments(
        work, [quality.moderated_sheet(work, moderation_id, sheet_id).assignment_id]
    )
    applications.case_for_update(work, assignment.case_id)
    row = quality.moderation(work, moderation_id, lock=True)
    return row, quality.moderated_sheet(work, moderation_id, sheet_id), assignment


def _own(work: Work, moderation_id: UUID, sheet_id: UUID) -> tuple[ModerationSheetRow, AssignmentRow]:
    sheet = quality.moderated_sheet(work, moderation_id, sheet_id)
    if sheet.moderator_id != work.person_id:
        raise NotFound("moderated_sheet")
    [assignment] = quality.assignments(work, [sheet.assignment_id])
    return sheet, assignment


def _require_any(work: Work) -> None:
    if not work.may(Permission.MARKING_MODERATE):
        work.require(Permission.MARKING_MONITOR)


def _told(work: Work, row: ModerationRow) -> dict[str, Any]:
    sheets = quality.moderated_sheets(work, row.id)
    drawn = [sheet for sheet in sheets if sheet.reason is not None]
    known = {one.id: one for one in quality.assignments(work, [sheet.assignment_id for sheet in drawn])}
    return {
        **row.model_dump(exclude={"body_id", "salt"}),
        "drawn": [_entry(work, sheet, known[sheet.assignment_id]) for sheet in drawn],
        "waiting": sum(sheet.verdict is None for sheet in drawn),
    }


def _entry(work: Work, sheet: ModerationSheetRow, assignment: AssignmentRow) -> dict[str, Any]:
    """Tell of a drawn sheet what a moderator needs to declare conflicts: the real name, never a rating.

    Why it was drawn, and what became of it, says something of its marks: that is told to its own moderator
    and to who oversees marking, unless she marks in the case herself, as who marks anew does (EXM-6).
    """
    case = applications.case(work, assignment.case_id)
    found = {
        "id": sheet.id,
        "case_id": assignment.case_id,
        "candidate_name": people.known(work, case.person_id).printed_name,
        "component": assignment.component,
        "seat": assignment.seat,
        "digest": sheet.digest,
        "reason": None if sheet.reason is None else sheet.reason.value,
        "moderator_id": sheet.moderator_id,
        "verdict": sheet.verdict,
        "judged_at": sheet.judged_at,
    }
    return found if _may_know(work, sheet, assignment) else {**found, **dict.fromkeys(_TELLING)}


def _may_know(work: Work, sheet: ModerationSheetRow, assignment: AssignmentRow) -> bool:
    if sheet.moderator_id is not None and sheet.moderator_id == work.actor.person_id:
        return True
    case_id, me = assignment.case_id, work.actor.person_id
    proposed = {(row.component, row.assessor_id) for row in queries.proposals_of(work, case_id)}
    seated = {(row.component, row.assessor_id) for row in queries.assignments_of(work, case_id)}
    is_marker = (assignment.component, me) in proposed | seated
    return work.may(Permission.MARKING_MONITOR) and not is_marker
