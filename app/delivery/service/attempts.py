"""Use cases of attempts: open one, save, submit, and what marking needs of them."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from app.access.permissions import Permission
from app.applications import service as applications
from app.audit.events import Event
from app.core.errors import Conflict, NotFound, NotImpartial
from app.delivery import queries, rules
from app.delivery.rules import AttemptAction, AttemptState
from app.delivery.service.booking import use_booking
from app.delivery.service.incidents import leaked_forms
from app.delivery.service.readiness import ensure_ready, tries_of
from app.delivery.tables import AttemptRow
from app.itembank import service as itembank
from app.itembank.rules.contents import FormItem
from app.itembank.tables import FormRow
from app.schemes import assessing
from app.work import Work


def open_attempt(work: Work, case_id: UUID, component: str) -> AttemptRow:
    """Open the candidate's attempt at a keyed component on an approved form (EXM-2, EXM-3)."""
    work.require(Permission.DELIVERY_SIT)
    applications.own_case(work, case_id)
    case = applications.case_for_update(work, case_id)
    package = ensure_ready(work, case, component, scoring="key")
    number = rules.next_try(tries_of(work, case_id, component), assessing.retake(package), work.today)
    forms = itembank.approved_forms(work, case.scheme_version_id, component, case.language)
    forms = [form for form in forms if form.id not in leaked_forms(work)]
    if not forms:
        raise Conflict("no_approved_form", rule="EXM-3", component=component, language=case.language)
    _ensure_not_seen(work, forms)
    sat = {row.form_id for row in queries.attempts_of(work, case_id, component)}
    chosen = rules.next_form([form.id for form in forms], sat)
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
        booking_id=use_booking(work, case, component).id,
    )
    work.session.add(row)
    itembank.note_exposure(work, chosen, row.id)
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
        "answered": sum(rules.is_answered(given) for given in row.responses.values()),
        "questions": [_question(item) for item in itembank.form_items(work, row.form_id)] if is_open else [],
        "responses": row.responses if is_open else {},
    }


def own_attempt(work: Work, attempt_id: UUID) -> AttemptRow:
    """Return the acting person's attempt without its paper."""
    work.require(Permission.DELIVERY_SIT)
    return _own(work, queries.attempt(work, attempt_id))


def own_open_attempts(work: Work, case_id: UUID) -> Sequence[AttemptRow]:
    """Return the attempts of one's case that are not submitted yet."""
    work.require(Permission.DELIVERY_SIT)
    applications.own_case(work, case_id)
    return queries.open_attempts(work, case_id)


def save(work: Work, attempt_id: UUID, responses: dict[str, Any]) -> AttemptRow:
    """Save all responses so far while the time runs; each item is answered as its kind asks."""
    work.require(Permission.DELIVERY_SIT)
    row = _own(work, queries.attempt_for_update(work, attempt_id))
    row.state = rules.after(row.state, AttemptAction.SAVE)
    work.expect(row)
    rules.ensure_in_time(work.now, row.closes_at)
    items = {item.code: item.scored for item in itembank.form_items(work, row.form_id)}
    rules.ensure_responses(items, responses)
    row.responses, row.saves, row.saved_at = responses, row.saves + 1, work.now
    work.session.add(row)
    work.record(
        Event.ATTEMPT_SAVED, row, answered=sum(rules.is_answered(given) for given in responses.values())
    )
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


def attempt_to_score(work: Work, case_id: UUID, component: str) -> AttemptRow:
    """Return the attempt whose result is due; refuse while there is none or it still runs."""
    found = attempt_due(work, case_id, component)
    if found is None:
        raise Conflict("attempt_missing", component=component)
    return found


def attempt_due(work: Work, case_id: UUID, component: str) -> AttemptRow | None:
    """Return the submitted attempt whose result is due, if any; callers have asked their own permission."""
    last = queries.attempts_of(work, case_id, component)[-1:]
    return next((row for row in last if row.state is AttemptState.SUBMITTED and row.passed is None), None)


def attempt(work: Work, case_id: UUID, component: str, attempt_no: int) -> AttemptRow:
    """Return an attempt by its number; callers have asked their own permission."""
    return next(row for row in queries.attempts_of(work, case_id, component) if row.attempt_no == attempt_no)


def concluded(work: Work, form_id: UUID, first: date, last: date) -> Sequence[AttemptRow]:
    """Return the attempts on a form that were concluded in a period; callers asked their own permission."""
    return queries.concluded_on(work, form_id, first, last)


def conclude_attempt(work: Work, row: AttemptRow, *, passed: bool) -> None:
    """Say once whether an attempt was passed; callers release its result in the same work."""
    row.passed, row.concluded_on = passed, work.today
    work.session.add(row)
    work.record(Event.ATTEMPT_CONCLUDED, row, component=row.component, passed=passed)


def _ensure_not_seen(work: Work, forms: Sequence[FormRow]) -> None:
    """Refuse a candidate who may read the item bank, or whose work is in a form (SEC-1)."""
    if work.may(Permission.ITEMBANK_READ) or work.person_id in itembank.hands(work, forms):
        raise NotImpartial("not_impartial", rule="SEC-1", act="keeps the item bank", duty="sit")


def _own(work: Work, row: AttemptRow) -> AttemptRow:
    if row.candidate_id != work.person_id:
        raise NotFound("attempt")
    return row


def _question(item: FormItem) -> dict[str, object]:
    """Return what a candidate sees of an item; what a rubric looks for is told to those who write."""
    return {
        "code": item.code,
        "kind": item.kind,
        "stem": item.stem,
        "options": item.options,
        "points": item.points,
        "criteria": [{"points": line["points"], "text": line["text"]} for line in item.rubric],
    }
