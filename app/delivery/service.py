"""Use cases of delivery: attempts, sittings, formative completions, and what marking needs of them."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from app.access.permissions import APPOINTABLE, Permission
from app.applications import service as applications
from app.applications.rules import CaseState
from app.applications.tables import CaseRow
from app.audit.events import Event
from app.core.errors import Conflict, Invalid, NotFound, NotImpartial
from app.delivery import queries, rules
from app.delivery.rules import AttemptAction, AttemptState, Completed, Try
from app.delivery.schemas import FormativeCreate, SittingCreate
from app.delivery.tables import AttemptRow, FormativeRow, SittingRow
from app.impartiality import service as impartiality
from app.impartiality.rules import Act
from app.itembank import service as itembank
from app.itembank.tables import FormRow
from app.people import service as people
from app.schemes import assessing
from app.schemes import service as schemes
from app.work import Work


def open_attempt(work: Work, case_id: UUID, component: str) -> AttemptRow:
    """Open the candidate's attempt at a keyed component on an approved form (EXM-2, EXM-3)."""
    work.require(Permission.DELIVERY_SIT)
    applications.own_case(work, case_id)
    case = applications.case_for_update(work, case_id)
    package = _ensure_ready(work, case, component, scoring="key")
    tries = queries.attempts_of(work, case_id, component)
    number = rules.next_try([_try_of_attempt(row) for row in tries], assessing.retake(package), work.today)
    forms = itembank.approved_forms(work, case.scheme_version_id, component, case.language)
    if not forms:
        raise Conflict("no_approved_form", rule="EXM-3", component=component, language=case.language)
    _ensure_not_seen(work, forms)
    chosen = rules.next_form([form.id for form in forms], {row.form_id for row in tries})
    minutes = next(form.minutes for form in forms if form.id == chosen)
    extra = applications.extra_time_percent(work, case_id)
    row = AttemptRow(
        body_id=work.body_id,
        case_id=case_id,
        candidate_id=case.person_id,
        component=component,
        attempt_no=number,
        form_id=chosen,
        opened_at=work.now,
        opened_on=work.today,
        closes_at=rules.closing_time(work.now, minutes, extra),
        responses={},
    )
    work.session.add(row)
    work.record(Event.ATTEMPT_OPENED, row, case=case_id, component=component, form=chosen, attempt_no=number)
    return row


def paper(work: Work, attempt_id: UUID) -> dict[str, object]:
    """Show the candidate stems and options of her open attempt, never keys; views are on record (SEC-1)."""
    work.require(Permission.DELIVERY_SIT)
    row = _own(work, queries.attempt(work, attempt_id))
    is_open = row.state is AttemptState.OPEN
    work.record(Event.RECORD_DISCLOSED, row, what="paper")
    return {
        "id": row.id,
        "rev": row.rev,
        "component": row.component,
        "state": row.state,
        "closes_at": row.closes_at,
        "answered": sum(bool(marked) for marked in row.responses.values()),
        "questions": [_question(item) for item in itembank.items(work, row.form_id)] if is_open else [],
        "responses": row.responses if is_open else {},
    }


def save(work: Work, attempt_id: UUID, responses: dict[str, list[str]]) -> AttemptRow:
    """Save all responses so far while the time runs."""
    work.require(Permission.DELIVERY_SIT)
    row = _own(work, queries.attempt_for_update(work, attempt_id))
    row.state = rules.after(row.state, AttemptAction.SAVE)
    work.expect(row)
    rules.ensure_in_time(work.now, row.closes_at)
    rules.ensure_responses({item.code: item.options for item in itembank.items(work, row.form_id)}, responses)
    row.responses, row.saves, row.saved_at = responses, row.saves + 1, work.now
    work.session.add(row)
    work.record(Event.ATTEMPT_SAVED, row, answered=sum(bool(marked) for marked in responses.values()))
    return row


def submit(work: Work, attempt_id: UUID) -> AttemptRow:
    """Submit what was saved in time; once the time is up, planning staff may close a forgotten attempt."""
    row = queries.attempt_for_update(work, attempt_id)
    if not (work.may(Permission.DELIVERY_SIT) and row.candidate_id == work.actor.person_id):
        if not work.may(Permission.DELIVERY_PLAN):
            raise NotFound("attempt")
        if work.now <= row.closes_at:
            raise Conflict("attempt_running", closes_at=row.closes_at.isoformat())
    row.state, row.submitted_at = rules.after(row.state, AttemptAction.SUBMIT), work.now
    work.session.add(row)
    work.record(Event.ATTEMPT_SUBMITTED, row, case=row.case_id, component=row.component)
    return row


def hold(work: Work, case_id: UUID, wanted: SittingCreate) -> SittingRow:
    """Enter a sitting that was held with identity, agreement and aids in order (SEC-2)."""
    work.require(Permission.DELIVERY_PLAN)
    case = applications.case_for_update(work, case_id)
    applications.ensure_not_own(work, case, "hold the sitting")
    package = _ensure_ready(work, case, wanted.component, scoring="rubric")
    rules.ensure_conditions(
        identity_confirmed=wanted.identity_confirmed,
        agreement_signed=wanted.agreement_signed,
        aids_checked=wanted.aids_checked,
    )
    if not case.submitted_on <= wanted.held_on <= work.today:
        raise Invalid("held_on_refused", pointer="/held_on", earliest=case.submitted_on, latest=work.today)
    tries = [_try_of_sitting(row) for row in queries.sittings_of(work, case_id, wanted.component)]
    number = rules.next_try(tries, assessing.retake(package), wanted.held_on)
    involvement_id = None if wanted.invigilator_id is None else _invigilated(work, case, wanted)
    row = SittingRow(
        body_id=work.body_id,
        case_id=case_id,
        attempt_no=number,
        involvement_id=involvement_id,
        **wanted.model_dump(),
    )
    work.session.add(row)
    work.record(Event.SITTING_HELD, row, case=case_id, component=row.component, held_on=row.held_on)
    return row


def complete_formative(work: Work, person_id: UUID, wanted: FormativeCreate) -> FormativeRow:
    """Attest a continuing assessment; its author has trained the person from now on (IMP-1, IMP-3)."""
    work.require(Permission.PRACTICE_ATTEST)
    people.known(work, person_id)
    if wanted.completed_on > work.today:
        raise Invalid("formative_ahead_of_time", pointer="/completed_on")
    if not queries.is_engagement_of(work, person_id, wanted.engagement):
        raise NotFound("engagement")
    earlier = queries.formative_of(work, person_id)
    if any((row.engagement_id, row.component) == (wanted.engagement, wanted.component) for row in earlier):
        raise Conflict("formative_taken", component=wanted.component)
    act = impartiality.note_fact(
        work,
        Act.TRAINED,
        person_id=work.person_id,
        candidate_id=person_id,
        started_on=wanted.completed_on,
        ended_on=wanted.completed_on,
    )
    row = FormativeRow(
        body_id=work.body_id,
        person_id=person_id,
        engagement_id=wanted.engagement,
        component=wanted.component,
        completed_on=wanted.completed_on,
        attested_by=work.person_id,
        involvement_id=act.id,
    )
    work.session.add(row)
    work.record(
        Event.FORMATIVE_COMPLETED,
        row,
        person=person_id,
        component=row.component,
        engagement=row.engagement_id,
    )
    return row


def formative_completed(work: Work, person_id: UUID, component: str) -> Completed | None:
    """Tell that a person completed a formative component; callers have asked their own permission."""
    found = tuple(
        f"formative:{row.id}" for row in queries.formative_of(work, person_id) if row.component == component
    )
    return Completed(Decimal(1), found) if found else None


def attempt_to_score(work: Work, case_id: UUID, component: str) -> AttemptRow:
    """Return the attempt whose result is due; refuse while there is none or it still runs."""
    rows = queries.attempts_of(work, case_id, component)
    if not rows or rows[-1].state is not AttemptState.SUBMITTED or rows[-1].passed is not None:
        raise Conflict("attempt_missing", component=component)
    return rows[-1]


def attempt(work: Work, case_id: UUID, component: str, attempt_no: int) -> AttemptRow:
    """Return an attempt by its number; callers have asked their own permission."""
    return next(row for row in queries.attempts_of(work, case_id, component) if row.attempt_no == attempt_no)


def present_sitting_no(work: Work, case_id: UUID, component: str) -> int:
    """Return the number of the sitting that is, or will be, the present one of a judged component."""
    return 1 + sum(row.passed is not None for row in queries.sittings_of(work, case_id, component))


def sitting(work: Work, case_id: UUID, component: str, attempt_no: int) -> SittingRow:
    """Return the sitting with this number; refuse while it was not held."""
    for row in queries.sittings_of(work, case_id, component):
        if row.attempt_no == attempt_no:
            return row
    raise Conflict("sitting_missing", component=component)


def conclude_attempt(work: Work, row: AttemptRow, *, passed: bool) -> None:
    """Say once whether an attempt was passed; callers release its result in the same work."""
    row.passed, row.concluded_on = passed, work.today
    work.session.add(row)
    work.record(Event.ATTEMPT_CONCLUDED, row, component=row.component, passed=passed)


def conclude_sitting(work: Work, row: SittingRow, *, passed: bool) -> None:
    """Say once whether a sitting was passed; callers release its result in the same work."""
    row.passed, row.concluded_on = passed, work.today
    work.session.add(row)
    work.record(Event.SITTING_CONCLUDED, row, component=row.component, passed=passed)


def _ensure_ready(work: Work, case: CaseRow, component: str, *, scoring: str) -> dict[str, Any]:
    """Refuse a component that this case does not take now (APP-3, ASM-1; 7.0, amendment 9)."""
    if case.state is not CaseState.ADMITTED:
        raise Conflict("case_not_admitted", rule="APP-3", state=case.state)
    package = schemes.version_of(work, case.scheme_version_id).package
    plan = assessing.component(package, component)
    if component not in assessing.examined(package, case.level) or plan["scoring"] != scoring:
        raise Conflict("component_not_offered", rule="ASM-1", component=component)
    done = {(row.engagement_id, row.component) for row in queries.formative_of(work, case.person_id)}
    if missing := rules.missing_formative(assessing.formative(package, case.level), done):
        raise Conflict("formative_missing", components=missing)
    return package


def _invigilated(work: Work, case: CaseRow, wanted: SittingCreate) -> UUID:
    """Note who invigilated; only appointed people do, and never one who scores (7.0, amendment 19)."""
    assert wanted.invigilator_id is not None
    people.known(work, wanted.invigilator_id)
    if not any(people.holds(work, wanted.invigilator_id, role) for role in APPOINTABLE):
        raise Invalid("not_appointed", pointer="/invigilator_id")
    noted = impartiality.note_fact(
        work,
        Act.INVIGILATED,
        person_id=wanted.invigilator_id,
        candidate_id=case.person_id,
        started_on=wanted.held_on,
        ended_on=wanted.held_on,
    )
    for act in impartiality.involved(work, case.person_id):  # after the note, which locked the ledger
        if act["person"] == str(wanted.invigilator_id) and act["act"] in {Act.EXAMINED, Act.ADJUDICATED}:
            raise NotImpartial("not_impartial", rule="IMP-2", act=act["act"], duty="invigilate")
    return noted.id


def _ensure_not_seen(work: Work, forms: Sequence[FormRow]) -> None:
    """Refuse a candidate who may read the item bank, or who drafted or approved a form (SEC-1)."""
    hands = {person for form in forms for person in (form.drafted_by, form.approved_by)}
    if work.may(Permission.ITEMBANK_READ) or work.person_id in hands:
        raise NotImpartial("not_impartial", rule="SEC-1", act="keeps the item bank", duty="sit")


def _own(work: Work, row: AttemptRow) -> AttemptRow:
    if row.candidate_id != work.person_id:
        raise NotFound("attempt")
    return row


def _question(item: Any) -> dict[str, object]:
    return {"code": item.code, "kind": item.kind, "stem": item.stem, "options": item.options}


def _try_of_attempt(row: AttemptRow) -> Try:
    return Try(row.opened_on, row.passed, row.concluded_on)


def _try_of_sitting(row: SittingRow) -> Try:
    return Try(row.held_on, row.passed, row.concluded_on)
