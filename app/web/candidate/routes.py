"""The candidate's pages: her plan, booking a slot, and sitting a test."""

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Header, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from app.core.errors import Conflict, Invalid, Refusal, Stale
from app.delivery.rules import is_answered
from app.delivery.schemas.sat import AttemptRead, ResponsesSave
from app.edge import FormDep, PageCallerDep, without_key
from app.web import session
from app.web.candidate import forms, views
from app.web.candidate.forms import Responses
from app.web.candidate.views import AttemptStanding, AttemptView, PlanView
from app.web.languages import reader_of
from app.web.pages import page, told
from app.work import Caller

router = APIRouter(include_in_schema=False, tags=["pages"])

Token = Annotated[str, Form(max_length=100)]
FormToken = Annotated[str, Header(alias="X-Form-Token", max_length=100)]
_ATTEMPT = "/me/{slug}/attempts/{attempt_id}"


class StandingRead(AttemptStanding):
    """What the server has of an attempt, with the token that the page's form needs by now."""

    token: str


@dataclass(frozen=True)
class Fault:
    """Why a form was not taken, and the status that says so to a machine."""

    status: int
    says: str


@router.get("/me/{slug}/cases/{case_id}")
def web_plan(request: Request, slug: str, case_id: UUID, caller: PageCallerDep) -> Response:
    """Show a candidate what she still has to take, when she may, and what she has booked."""
    view: PlanView = caller.read(views.plan, slug, case_id)
    return _plan_page(request, slug, view)


@router.post("/me/{slug}/cases/{case_id}/bookings")
def web_book(
    request: Request,
    slug: str,
    case_id: UUID,
    slot_id: Annotated[UUID, Form()],
    token: Token,
    caller: PageCallerDep,
) -> Response:
    """Book a slot, or move a booking there."""
    session.ensure_form(session.secret_of(request), token)
    try:
        caller.write(views.book, slug, case_id, slot_id)
    except (Conflict, Invalid) as refusal:
        return _plan_page(request, slug, _plan(caller, slug, case_id), refusal)
    return _led(request, f"/me/{slug}/cases/{case_id}")


@router.post("/me/{slug}/bookings/{booking_id}/cancellation")
def web_cancel(
    request: Request, slug: str, booking_id: UUID, token: Token, caller: PageCallerDep
) -> Response:
    """Give a place in a slot back."""
    session.ensure_form(session.secret_of(request), token)
    case_id = caller.write(views.cancel, slug, booking_id)
    return _led(request, f"/me/{slug}/cases/{case_id}")


@router.post("/me/{slug}/cases/{case_id}/attempts")
def web_begin(
    request: Request,
    slug: str,
    case_id: UUID,
    component: Annotated[str, Form(max_length=20)],
    token: Token,
    caller: PageCallerDep,
) -> Response:
    """Open an attempt for which the candidate was checked in, and lead her to its page."""
    session.ensure_form(session.secret_of(request), token)
    try:
        attempt_id = caller.write(views.begin, slug, case_id, component)
    except Conflict as refusal:
        return _plan_page(request, slug, _plan(caller, slug, case_id), refusal)
    return _led(request, f"/me/{slug}/attempts/{attempt_id}")


@router.get(_ATTEMPT)
def web_attempt(request: Request, slug: str, attempt_id: UUID, caller: PageCallerDep) -> Response:
    """Show a candidate the questions of her open attempt; each view is recorded."""
    view: AttemptView = without_key(caller).disclose(views.attempt, slug, attempt_id, caller.claim)
    return _attempt_page(request, slug, view)


@router.post(_ATTEMPT + "/responses")
def web_save(request: Request, slug: str, attempt_id: UUID, form: FormDep, caller: PageCallerDep) -> Response:
    """Save what the form holds; where another window has saved meanwhile, say so and lose nothing typed."""
    session.ensure_form(session.secret_of(request), forms.field(form, "token"))
    given = forms.responses(form)
    seen = replace(caller, if_match=forms.field(form, "rev"))
    then = "/submission" if forms.field(form, "then") == "submit" else ""
    try:
        seen.write(views.save, slug, attempt_id, given)
    except (Stale, Invalid) as refusal:
        fault = (
            Fault(412, _stale(request)) if isinstance(refusal, Stale) else Fault(422, told(request, refusal))
        )
        return _attempt_page(request, slug, _attempt(caller, slug, attempt_id), given, fault)
    except Conflict:  # the time is up, or it is submitted: the page says so
        then = ""
    return _led(request, f"/me/{slug}/attempts/{attempt_id}{then}")


@router.put(_ATTEMPT + "/responses")
def web_autosave(
    request: Request,
    slug: str,
    attempt_id: UUID,
    body: ResponsesSave,
    caller: PageCallerDep,
    token: FormToken = "",
) -> AttemptRead:
    """Save for the page's own script what the form holds at the moment."""
    session.ensure_form(session.secret_of(request), token)
    return without_key(caller).write(views.save, slug, attempt_id, body.kept(), answer=AttemptRead)


@router.get(_ATTEMPT + "/responses")
def web_standing(request: Request, slug: str, attempt_id: UUID, caller: PageCallerDep) -> StandingRead:
    """Tell the page's own script what the server has."""
    found: AttemptStanding = caller.read(views.standing, slug, attempt_id)
    token = session.form_token(session.secret_of(request) or "")
    return StandingRead(**found.model_dump(), token=token)


@router.get(_ATTEMPT + "/submission")
def web_submission(request: Request, slug: str, attempt_id: UUID, caller: PageCallerDep) -> Response:
    """Show a candidate what she is about to submit."""
    view: views.SubmissionView = caller.read(views.submission, slug, attempt_id)
    token = session.form_token(session.secret_of(request) or "")
    return page(request, "candidate/submission.html", view=view, slug=slug, token=token)


@router.post(_ATTEMPT + "/submission")
def web_submit(
    request: Request, slug: str, attempt_id: UUID, token: Token, caller: PageCallerDep
) -> Response:
    """Submit an attempt, and show that it is submitted."""
    session.ensure_form(session.secret_of(request), token)
    with suppress(Conflict):  # submitted before, perhaps from another window: the page says so
        caller.write(views.submit, slug, attempt_id)
    return _led(request, f"/me/{slug}/attempts/{attempt_id}")


def _stale(request: Request) -> str:
    return reader_of(request).told("test_stale")


def _led(request: Request, path: str) -> Response:
    return RedirectResponse(reader_of(request).link(path), 303)


def _plan(caller: Caller, slug: str, case_id: UUID) -> PlanView:
    """Read anew what a refused form belongs to: the work that refused it is gone."""
    found: PlanView = caller.read(views.plan, slug, case_id)
    return found


def _plan_page(request: Request, slug: str, view: PlanView, refusal: Refusal | None = None) -> Response:
    token = session.form_token(session.secret_of(request) or "")
    return page(
        request,
        "candidate/plan.html",
        200 if refusal is None else 409,
        view=view,
        slug=slug,
        token=token,
        refusal=refusal and told(request, refusal),
        gate_says=lambda gate: told(request, gate),
    )


def _attempt(caller: Caller, slug: str, attempt_id: UUID) -> AttemptView:
    found: AttemptView = without_key(caller).disclose(views.attempt, slug, attempt_id, caller.claim)
    return found


def _attempt_page(
    request: Request,
    slug: str,
    view: AttemptView,
    typed: Responses | None = None,
    fault: Fault | None = None,
) -> Response:
    """Show an attempt; a form that came too late, or was refused, holds what was typed, and says why."""
    secret = session.secret_of(request) if view.prolonged is None else view.prolonged.access_token
    given = view.responses if typed is None else typed
    shown = page(
        request,
        "candidate/attempt.html",
        200 if fault is None else fault.status,
        script=None if typed is not None else "attempt.js",  # the script knows only what was saved
        view=view,
        slug=slug,
        token=session.form_token(secret or ""),
        given=given,
        answered=[code for code, answer in given.items() if is_answered(answer)],
        fault=fault and fault.says,
    )
    if view.prolonged is not None:
        session.prolong(shown, request, slug, view.prolonged)
    return shown
