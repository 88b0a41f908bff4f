"""Use cases of a case between scheme versions: what a newer version means for it, moving, agreeing anew."""

from typing import Any
from uuid import UUID

from app.access.permissions import Permission
from app.applications import queries, rules, service
from app.applications.rules import CaseAction, CaseState
from app.applications.tables import CaseRow, VersionMoveRow
from app.audit.events import Event
from app.core.errors import Conflict, Invalid
from app.schemes import assessing
from app.schemes import service as schemes
from app.schemes.rules import transition
from app.schemes.rules.transition import Passage
from app.schemes.tables import SchemeVersionRow
from app.work import Work


def explain(work: Work, case_id: UUID) -> dict[str, object]:
    """Tell which version governs a case today, what a newer one asks on top, and by when (SCH-5).

    The candidate reads it of her own case; a holder's case stays under its version until recertification.
    """
    case = _readable(work, case_id)
    version = schemes.version_of(work, case.scheme_version_id)
    passage = service.passage_of(work, case)
    is_governed = transition.is_governed_by_newer(passage, work.today)
    return {
        "case_id": case.id,
        "version": version.version,
        "governed_by": passage.to.label if passage is not None and is_governed else version.version,
        "must_move": is_governed,
        "passage": None if passage is None else _told(passage, case, version),
        "recertification": _at_recertification(work, case, version),
    }


def move(work: Work, case_id: UUID, wanted: UUID) -> CaseRow:
    """Bring a case under the newer version that governs it by now; results go along (SCH-5)."""
    work.require(Permission.APPLICATIONS_MOVE)
    case = queries.for_update(work, case_id)
    service.ensure_not_own(work, case, "move")
    rules.after(case.state, CaseAction.MOVE)
    passage = transition.ensure_may_move(service.passage_of(work, case), wanted, work.today)
    package = schemes.version_of(work, wanted).package
    rules.ensure_scope_kept(package, case.level, case.phases, case.endorsements, case.language)
    extra = _extra(passage, case)
    row = VersionMoveRow(
        body_id=work.body_id,
        stream=case.id,
        from_version_id=case.scheme_version_id,
        to_version_id=wanted,
        extra_assessment=extra,
        moved_by=work.person_id,
        moved_at=work.now,
        moved_on=work.today,
    )
    work.session.add(row)
    work.session.flush()  # the case's own guard looks for the move
    case.state = rules.after(case.state, CaseAction.MOVE_AND_EXAMINE if extra else CaseAction.MOVE)
    case.scheme_version_id = wanted
    work.session.add(case)
    work.record(
        Event.VERSION_MOVED,
        case,
        from_version=row.from_version_id,
        to_version=row.to_version_id,
        extra_assessment=extra,
        state=case.state,
    )
    return case


def accept_agreement(work: Work, case_id: UUID, agreement_version: int) -> CaseRow:
    """Accept the agreement of the version that one's own open case stands under (APP-2)."""
    work.require(Permission.APPLICATIONS_SUBMIT)
    service.own_case(work, case_id)
    case = queries.for_update(work, case_id)
    if not rules.is_open(case.state):
        raise Conflict("case_not_open", state=case.state)
    current = schemes.version_of(work, case.scheme_version_id).package["agreement"]["version"]
    if agreement_version != current:
        raise Invalid(
            "not_the_current_version", pointer="/agreement_version", part="agreement", current=current
        )
    case.agreement_version = agreement_version
    work.session.add(case)
    work.record(Event.AGREEMENT_ACCEPTED, case, agreement_version=agreement_version)
    return case


def _readable(work: Work, case_id: UUID) -> CaseRow:
    """Return the case to staff who may read cases, and to the candidate her own."""
    if work.may(Permission.APPLICATIONS_READ):
        return queries.by_id(work, case_id)
    work.require(Permission.APPLICATIONS_READ_OWN)
    return service.own_case(work, case_id)


def _told(passage: Passage, case: CaseRow, version: SchemeVersionRow) -> dict[str, Any]:
    asked = transition.asked_anew(version.package, passage.to.package, case.level)
    return {
        "to_version": passage.to.label,
        "to_version_id": passage.to.id,
        "open_cases": passage.open_cases,
        "stays_until": passage.stays_until,
        "due_on": passage.due_on,
        "extra_assessment": schemes.components(passage.to.package, _extra(passage, case)),
        "requirements": [
            {"requirement": item.id, "title": item.title, "threshold": format(item.threshold, "f")}
            for item in asked
        ],
        "text": passage.text,
    }


def _extra(passage: Passage, case: CaseRow) -> list[str]:
    """Return what a case takes on top at its level."""
    taken = assessing.examined(passage.to.package, case.level)
    return [code for code in passage.extra_assessment if code in taken]


def _at_recertification(work: Work, case: CaseRow, version: SchemeVersionRow) -> dict[str, Any] | None:
    """Tell a holder what recertification asks as things stand today; it follows the version then in force."""
    if case.state is not CaseState.GRANTED:
        return None
    newest = schemes.successor_in_force(work, version.id)
    codes = transition.at_recertification(
        newest.package, is_changed=newest.id != version.id, level=case.level
    )
    return {
        "version": newest.version,
        "version_id": newest.id,
        "components": schemes.components(newest.package, codes),
    }
