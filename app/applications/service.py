"""Use cases of applications: apply, declare, see the answers, review, decide on accommodations."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from app.access.permissions import Permission
from app.applications import queries, rules
from app.applications.rules import AccommodationState, CaseAction, CaseState, Outcome
from app.applications.schemas import AccommodationAsked, AccommodationDecide, ApplicationCreate, ReviewCreate
from app.applications.tables import AccommodationRow, CaseRow, ReviewRow
from app.audit.canonical import digest
from app.audit.events import Event
from app.core.errors import Conflict, Invalid, NotFound, NotImpartial
from app.core.paging import Slice, Window
from app.impartiality import service as impartiality
from app.impartiality.rules import Act
from app.impartiality.rules import Answer as ConflictAnswer
from app.impartiality.service import Matter
from app.impartiality.tables import DeclarationRow
from app.practice import service as practice
from app.practice.rules import counting_from
from app.schemes import service as schemes
from app.schemes.requirements import Answer, AsOf, Requirement, requirements_for
from app.schemes.rules import VersionState, transition
from app.schemes.rules.transition import Passage
from app.work import Work


def submit(work: Work, wanted: ApplicationCreate) -> CaseRow:
    """Take in an application with its agreement by version and accommodation asked or none (APP-1, APP-2)."""
    work.require(Permission.APPLICATIONS_SUBMIT)
    version = schemes.version_for_application(work, wanted.scheme_version_id)
    if wanted.is_pilot is not (version.state is VersionState.PILOT):
        raise Conflict("pilot_not_as_told", version=version.version, state=version.state)
    rules.ensure_scope(version.package, wanted.level, wanted.phases, wanted.endorsements)
    _ensure_current(wanted, version.package)
    rules.ensure_needs(version.package["overview"].get("needs", {}), wanted.needs_confirmed)
    case = CaseRow(
        body_id=work.body_id,
        person_id=work.person_id,
        submitted_at=work.now,
        submitted_on=work.today,
        needs_confirmed=sorted(set(wanted.needs_confirmed)),
        **wanted.model_dump(exclude={"accommodation", "needs_confirmed"}),
    )
    work.session.add(case)
    work.session.flush()  # the accommodation refers to the case
    asked = wanted.accommodation
    is_asked = isinstance(asked, AccommodationAsked)
    work.session.add(
        AccommodationRow(
            body_id=work.body_id,
            stream=case.id,
            state=AccommodationState.REQUESTED if is_asked else AccommodationState.NONE,
            reason=asked.reason if isinstance(asked, AccommodationAsked) else None,
        )
    )
    work.record(
        Event.APPLICATION_SUBMITTED,
        case,
        scheme_version=version.id,
        level=case.level,
        phases=case.phases,
        evidence=digest(practice.pins(work, work.person_id)),
    )
    return case


def _ensure_current(wanted: ApplicationCreate, package: dict[str, dict[str, object]]) -> None:
    """Refuse an agreement or overview of another version than the one in force."""
    for part, given in (("agreement", wanted.agreement_version), ("overview", wanted.overview_version)):
        if package[part]["version"] != given:
            current = package[part]["version"]
            raise Invalid("not_the_current_version", pointer=f"/{part}_version", part=part, current=current)
    header = package["scheme"]
    if wanted.language not in header["languages"]:  # type: ignore[operator] # checked package
        raise Invalid("language_not_offered", pointer="/language", language=wanted.language)


def read_own(work: Work, case_id: UUID) -> CaseRow:
    """Return one of the caller's own cases."""
    work.require(Permission.APPLICATIONS_READ_OWN)
    return own_case(work, case_id)


def search_own(work: Work, wanted: Window) -> Slice[CaseRow]:
    """Return one page of the caller's own cases."""
    work.require(Permission.APPLICATIONS_READ_OWN)
    return queries.listed(work, wanted, person_id=work.person_id)


def search(work: Work, wanted: Window) -> Slice[CaseRow]:
    """Return one page of the body's cases."""
    work.require(Permission.APPLICATIONS_READ)
    return queries.listed(work, wanted)


def read(work: Work, case_id: UUID) -> CaseRow:
    """Return a case."""
    work.require(Permission.APPLICATIONS_READ)
    return queries.by_id(work, case_id)


def declare(work: Work, case_id: UUID, answer: ConflictAnswer) -> DeclarationRow:
    """Declare whether there is a conflict with the candidate, before the file may be seen (IMP-2)."""
    work.require(Permission.IMPARTIALITY_DECLARE)
    return impartiality.enter_declaration(work, matter(work, queries.by_id(work, case_id)), answer)


def answers(work: Work, case_id: UUID) -> dict[str, object]:
    """Show what is found for each prerequisite to who may review the case, after declaring (IMP-2)."""
    work.require(Permission.APPLICATIONS_REVIEW)
    case = queries.by_id(work, case_id)
    concerned = matter(work, case)
    impartiality.require_free(work, Act.REVIEWED, concerned, person_id=work.person_id)
    impartiality.require_declared(work, concerned, work.person_id)
    work.record(Event.RECORD_DISCLOSED, case, what="prerequisites")
    return {"case_id": case.id, "items": [answer.to_document() for answer in prerequisites(work, case)]}


def own_answers(work: Work, case_id: UUID) -> dict[str, object]:
    """Show the candidate what is found for each prerequisite of her own case."""
    work.require(Permission.APPLICATIONS_READ_OWN)
    case = own_case(work, case_id)
    return {"case_id": case.id, "items": [answer.to_document() for answer in prerequisites(work, case)]}


def review(work: Work, case_id: UUID, wanted: ReviewCreate) -> ReviewRow:
    """Conclude the entry assessment: admit, admit with gaps, or re-orient (APP-3)."""
    work.require(Permission.APPLICATIONS_REVIEW)
    case = queries.for_update(work, case_id)
    ensure_governed(work, case)
    act = impartiality.note(work, Act.REVIEWED, matter(work, case), person_id=work.person_id)
    found = prerequisites(work, case)
    most = schemes.version_of(work, case.scheme_version_id).package["assessment"]["entry"][
        "gap_close_days_max"
    ]
    rules.ensure_outcome(
        wanted.outcome, found, wanted.unmet, close_by=wanted.close_by, today=work.today, most=most
    )
    action = CaseAction.REORIENT if wanted.outcome is Outcome.REORIENT else CaseAction.ADMIT
    row = ReviewRow(
        body_id=work.body_id,
        case_id=case.id,
        reviewer_id=work.person_id,
        involvement_id=act.id,
        outcome=wanted.outcome,
        answers=[answer.to_document() for answer in found],
        unmet=sorted(wanted.unmet),
        close_by=wanted.close_by,
        reviewed_at=work.now,
    )
    advance(work, case, action)
    work.session.add(row)
    work.record(
        Event.APPLICATION_REVIEWED,
        row,
        case=case.id,
        outcome=row.outcome,
        unmet=row.unmet,
        answers=digest(row.answers),
    )
    return row


def prerequisites(work: Work, case: CaseRow, *, on: date | None = None) -> list[Answer]:
    """Evaluate what is judged at application, as of that day (7.0, amendment 1), or later for open gaps."""
    package = schemes.version_of(work, case.scheme_version_id).package
    wanted = (item for item in requirements_for(package, case.level) if item.as_of is AsOf.APPLICATION)
    return [measured(work, case, item, on=on or case.submitted_on) for item in wanted]


def measured(work: Work, case: CaseRow, item: Requirement, *, on: date) -> Answer:
    """Answer a requirement over practice by the counting rules of the case's own scheme version (GEN-2)."""
    counting = counting_from(schemes.version_of(work, case.scheme_version_id).package)
    return practice.evaluate(work, case.person_id, item, on=on, counting=counting)


def accommodation(work: Work, case_id: UUID) -> dict[str, object]:
    """Show a request for special arrangements to the accommodation officer alone (ASM-2)."""
    work.require(Permission.ACCOMMODATIONS_DECIDE)
    case = queries.by_id(work, case_id)
    work.record(Event.RECORD_DISCLOSED, case, what="accommodation")
    return _told(queries.accommodation_of(work, case_id))


def decide_accommodation(work: Work, case_id: UUID, wanted: AccommodationDecide) -> dict[str, object]:
    """Grant or decline special arrangements; scores never depend on them (ASM-2)."""
    work.require(Permission.ACCOMMODATIONS_DECIDE)
    case = queries.for_update(work, case_id)
    ensure_not_own(work, case, "accommodate")
    row = queries.accommodation_of(work, case_id)
    if row.state is AccommodationState.NONE:
        raise Conflict("no_accommodation_asked")
    row.state = wanted.state
    is_granted = wanted.state is AccommodationState.GRANTED
    row.extra_time_percent = wanted.extra_time_percent if is_granted else 0
    row.other_adjustment = wanted.other_adjustment if is_granted else None
    work.session.add(row)
    work.record(Event.ACCOMMODATION_DECIDED, case, state=row.state, extra_time_percent=row.extra_time_percent)
    return _told(row)


def _told(row: AccommodationRow) -> dict[str, object]:
    return {
        "case_id": row.stream,
        "state": row.state,
        "reason": row.reason,
        "extra_time_percent": row.extra_time_percent,
        "other_adjustment": row.other_adjustment,
    }


def case(work: Work, case_id: UUID) -> CaseRow:
    """Return a case; callers have asked their own permission."""
    return queries.by_id(work, case_id)


def levels(work: Work, case_ids: Iterable[UUID]) -> dict[UUID, int]:
    """Return the level that each of some cases seeks; callers have asked their own permission."""
    return queries.levels(work, case_ids)


def case_for_update(work: Work, case_id: UUID) -> CaseRow:
    """Return a case, locked; callers have asked their own permission."""
    return queries.for_update(work, case_id)


def own_case(work: Work, case_id: UUID) -> CaseRow:
    """Return a case of the acting person; another's is not there for her."""
    found = queries.by_id(work, case_id)
    if found.person_id != work.person_id:
        raise NotFound("case")
    return found


def ensure_not_own(work: Work, case: CaseRow, duty: str) -> None:
    """Refuse an act of the body's staff in their own case (IMP-2)."""
    if case.person_id == work.actor.person_id:
        raise NotImpartial("not_impartial", rule="IMP-2", act="is the candidate", duty=duty)


def ensure_governed(work: Work, case: CaseRow) -> None:
    """Refuse to judge a case under a version that no longer governs it (SCH-5)."""
    transition.ensure_governed(passage_of(work, case), work.today)


def passage_of(work: Work, case: CaseRow) -> Passage | None:
    """Return what a newer version says about an open case; what was begun in a pilot ends in it."""
    if case.is_pilot or not rules.is_open(case.state):
        return None
    return schemes.passage_from(work, case.scheme_version_id)


def review_of(work: Work, case_id: UUID) -> ReviewRow | None:
    """Return the review of a case; callers have asked their own permission."""
    return queries.review_of(work, case_id)


def extra_time_percent(work: Work, case_id: UUID) -> int:
    """Return the extra time granted in a case, never why."""
    return queries.accommodation_of(work, case_id).extra_time_percent


def matter(work: Work, case: CaseRow, component: str | None = None) -> Matter:
    """Return what impartiality must know of a case."""
    package = schemes.version_of(work, case.scheme_version_id).package
    return Matter(case.id, case.person_id, package["parameters"]["examiner_gap_months"], component)


def advance(work: Work, case: CaseRow, action: CaseAction) -> CaseState:
    """Move a case on along its life; callers have asked their own permission."""
    case.state = rules.after(case.state, action)
    work.session.add(case)
    work.record(Event.CASE_MOVED, case, state=case.state)
    return case.state
