"""The mentee's pages: each shows what its link asks, and takes down the answer."""

from collections.abc import Callable
from typing import TypeVar

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.core.errors import Findings, Invalid
from app.edge import FormDep, StrangerDep, without_key
from app.practice.schemas.confirming import MenteeView
from app.web.mentee import forms, views
from app.web.mentee.forms import Faults, Typed
from app.web.pages import page
from app.work import Caller, Work

Found = TypeVar("Found")

router = APIRouter(include_in_schema=False, tags=["pages"])


@router.get("/confirm/{slug}/{secret}")
def web_sessions(request: Request, slug: str, secret: str, caller: StrangerDep) -> Response:
    """Show a mentee the sessions that she is asked to confirm."""
    view: views.View[MenteeView] = caller.of_body(slug).read(views.sessions, secret)
    return _form(request, "confirm", view)


@router.post("/confirm/{slug}/{secret}")
def web_confirm(request: Request, slug: str, secret: str, form: FormDep, caller: StrangerDep) -> Response:
    """Confirm all sessions but those that the mentee marked."""
    typed, asked = Typed(form), without_key(caller.of_body(slug))
    try:
        view = asked.write(views.confirm, secret, forms.confirmation(typed))
    except (Findings, Invalid) as refusal:
        return _form(
            request, "confirm", _of(asked, views.sessions, secret), typed, forms.confirmation_faults(refusal)
        )
    return page(request, "mentee/confirmed.html", view=view)


@router.get("/review/{slug}/{secret}")
def web_questions(request: Request, slug: str, secret: str, caller: StrangerDep) -> Response:
    """Show a mentee what she is asked at a review."""
    view: views.ReviewView = caller.of_body(slug).read(views.questions, secret)
    return _form(request, "review", view)


@router.post("/review/{slug}/{secret}")
def web_review(request: Request, slug: str, secret: str, form: FormDep, caller: StrangerDep) -> Response:
    """Take down a mentee's answers at a review."""
    typed, asked = Typed(form), without_key(caller.of_body(slug))
    try:
        view = asked.write(views.review, secret, forms.review(typed))
    except (Findings, Invalid) as refusal:
        shown = _of(asked, views.questions, secret)
        faults = forms.review_faults(refusal, typed, shown.labels(), shown.shown.questions)
        return _form(request, "review", shown, typed, faults)
    return page(request, "mentee/reviewed.html", view=view)


@router.get("/impact/{slug}/{secret}")
def web_figures(request: Request, slug: str, secret: str, caller: StrangerDep) -> Response:
    """Ask a firm for its consent, and for figures if it gives it."""
    view: views.ImpactView = caller.of_body(slug).read(views.figures, secret)
    return _form(request, "impact", view)


@router.post("/impact/{slug}/{secret}")
def web_tell_figures(
    request: Request, slug: str, secret: str, form: FormDep, caller: StrangerDep
) -> Response:
    """Take down a firm's consent and figures, or its refusal."""
    typed, asked = Typed(form), without_key(caller.of_body(slug))
    try:
        view = asked.write(views.tell, secret, forms.impact(typed))
    except (Findings, Invalid) as refusal:
        shown = _of(asked, views.figures, secret)
        return _form(request, "impact", shown, typed, forms.impact_faults(refusal, typed, shown.labels()))
    return page(request, "mentee/told.html", view=view)


@router.get("/impact-consent/{slug}/{secret}")
def web_consent(request: Request, slug: str, secret: str, caller: StrangerDep) -> Response:
    """Show what a firm allowed, and the way to take it back."""
    view: views.ImpactView = caller.of_body(slug).read(views.consent, secret)
    return _form(request, "consent", view)


@router.post("/impact-consent/{slug}/{secret}")
def web_withdraw_consent(
    request: Request, slug: str, secret: str, form: FormDep, caller: StrangerDep
) -> Response:
    """Take back all or one of the uses that a firm allowed."""
    asked = without_key(caller.of_body(slug))
    try:
        view = asked.write(views.withdraw, secret, forms.withdrawal(Typed(form)))
    except Findings:
        return _form(request, "consent", _of(asked, views.consent, secret), faults={"": "other"})
    return page(request, "mentee/withdrawn.html", view=view)


def _of(caller: Caller, use_case: Callable[[Work, str], Found], secret: str) -> Found:
    """Read anew what a refused form belongs to: the work that refused it is gone."""
    found: Found = caller.read(use_case, secret)
    return found


def _form(
    request: Request, name: str, view: object, typed: Typed | None = None, faults: Faults | None = None
) -> Response:
    """Show a form; one that was refused says where, and holds what was typed."""
    return page(
        request,
        f"mentee/{name}.html",
        200 if faults is None else 422,
        view=view,
        typed=typed or Typed(),
        faults={} if faults is None else faults or {"": "other"},
        here=request.url.path,
    )
